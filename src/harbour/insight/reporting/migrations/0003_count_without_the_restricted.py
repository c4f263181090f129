"""Counted restricted records only for those who are named; see the newest migration."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("reporting", "0002_policies"),
        ("restrictions", "0002_policies"),
    ]
    operations: ClassVar = []
