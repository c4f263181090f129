"""Close the tables of access and open them by policy."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0001_tables"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.foundation.access")]
