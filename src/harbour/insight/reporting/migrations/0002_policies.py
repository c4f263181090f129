"""Close the table of reporting, and state the functions that count."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


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
    operations: ClassVar = [ApplyPolicies("harbour.insight.reporting")]
