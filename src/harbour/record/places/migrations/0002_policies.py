"""Close the tables of places and open them by policy."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("places", "0001_tables"),
        ("access", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.record.places")]
