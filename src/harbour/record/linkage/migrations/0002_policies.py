"""Close the vocabulary, open the parts by policy, and have names learnt as they are written."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("linkage", "0001_tables"),
        ("people", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.record.linkage")]
