"""Let a meeting close whatever is kept from the one who closes it."""

from typing import ClassVar

from django.db import migrations

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("meetings", "0003_keep_what_was_settled"),
        ("restrictions", "0002_policies"),
    ]
    operations: ClassVar = [
        ApplyPolicies("harbour.hub.meetings"),
    ]
