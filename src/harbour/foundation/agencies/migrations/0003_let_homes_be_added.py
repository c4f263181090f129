"""Let who keeps the register of homes add a home that nobody knew yet."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agencies", "0002_policies"),
    ]
    operations: ClassVar = [ApplyPolicies("harbour.foundation.agencies")]
