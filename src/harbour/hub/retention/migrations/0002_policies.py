"""Close the tables of retention and open them by policy."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("retention", "0001_tables"),
        ("approvals", "0002_policies"),
        ("attachments", "0002_policies"),
        ("cases", "0002_policies"),
        ("linkage", "0002_policies"),
        ("missing", "0002_policies"),
        ("providers", "0002_policies"),
        ("referrals", "0002_policies"),
        ("sharing", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.hub.retention")]
