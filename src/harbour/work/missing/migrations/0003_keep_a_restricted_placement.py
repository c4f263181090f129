"""Told nobody where a child is placed whose placement is restricted; see the newest migration."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("missing", "0002_policies"),
        ("restrictions", "0002_policies"),
    ]
    operations: ClassVar = []
