"""Depend on the policies of people; the room's own are stated by its newest migration."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("meetings", "0001_tables"),
        ("people", "0002_policies"),
    ]
    operations: ClassVar = []
