"""Hide concerns and news that speak of a restricted child."""

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("referrals", "0004_pass_on_a_concern"),
        ("restrictions", "0002_policies"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            model_name="firing",
            name="children",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, size=None
            ),
        ),
        ApplyPolicies("harbour.work.referrals"),
    ]
