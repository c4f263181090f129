"""Closed the tables of providers; the policies are stated by the newest migration of the room."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("providers", "0001_tables"),
        ("people", "0002_policies"),
    ]
    operations: ClassVar = []
