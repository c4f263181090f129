"""Leave hidden names out of the vocabulary, and tell their owners of a search."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("linkage", "0003_learn_all_names"),
        ("restrictions", "0002_policies"),
    ]
    operations: ClassVar = [
        ApplyPolicies("harbour.record.linkage"),
    ]
