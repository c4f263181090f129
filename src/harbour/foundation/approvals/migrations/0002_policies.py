"""Close the tables of approvals and open them by policy."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("approvals", "0001_tables"),
        ("access", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.foundation.approvals")]
