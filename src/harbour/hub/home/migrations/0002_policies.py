"""Close the tables of home and open them by policy."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("home", "0001_tables"),
        ("access", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.hub.home")]
