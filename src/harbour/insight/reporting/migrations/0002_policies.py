"""Closed the table of reporting, and stated what counts; see the newest migration."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("reporting", "0001_tables"),
        ("access", "0002_policies"),
        ("network", "0002_policies"),
        ("providers", "0002_policies"),
        ("assessments", "0002_policies"),
        ("cases", "0002_policies"),
        ("missing", "0002_policies"),
    ]
    operations: ClassVar = []
