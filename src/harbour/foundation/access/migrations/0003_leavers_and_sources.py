"""Let a leaver's day close every door by itself, and say who gave a role."""

from typing import ClassVar

from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0002_policies"),
        ("agencies", "0002_policies"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="holding",
            name="access_holding_ends_after_it_starts",
        ),
        migrations.AddField(
            model_name="holding",
            name="source",
            field=models.TextField(
                choices=[
                    ("given", "Given by an administrator"),
                    ("provider", "From a group of the sign-in provider"),
                ],
                default="given",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="left_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="access_holding_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source", "given"),
                    models.Q(
                        ("source", "provider"),
                        models.Q(("role", "system_administrator"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="access_holding_provider_makes_no_administrator",
            ),
        ),
        ApplyPolicies("harbour.foundation.access"),
    ]
