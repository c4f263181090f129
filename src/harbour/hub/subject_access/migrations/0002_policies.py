"""Close the tables of requests and open them by policy."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("subject_access", "0001_tables"),
        ("approvals", "0002_policies"),
        ("people", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.hub.subject_access")]
