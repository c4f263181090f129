"""Tell nobody where a child is placed whose placement is restricted."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("missing", "0002_policies"),
        ("restrictions", "0002_policies"),
    ]
    operations: ClassVar = [
        ApplyPolicies("harbour.work.missing"),
    ]
