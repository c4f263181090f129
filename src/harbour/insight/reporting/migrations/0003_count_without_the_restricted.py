"""Count restricted records only for those who are named."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("reporting", "0002_policies"),
        ("restrictions", "0002_policies"),
    ]
    operations: ClassVar = [
        ApplyPolicies("harbour.insight.reporting"),
    ]
