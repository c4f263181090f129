"""Keep missing episodes counted by quarter, year, authority and population."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies

# The trigger fires for a statement, even one that changes nothing: what is there is counted once.
COUNT_ONCE = "UPDATE agencies_agency SET partner = partner WHERE false"
NO_MORE = """
DROP TRIGGER count_missing_new ON missing_episode;
DROP TRIGGER count_missing_changed ON missing_episode;
DROP TRIGGER count_missing_gone ON missing_episode;
DROP TRIGGER count_missing_anew ON agencies_agency;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agencies", "0002_policies"),
        ("missing", "0004_keep_a_profile"),
        ("reporting", "0003_count_without_the_restricted"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="MissingCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("span", models.TextField(choices=[("quarter", "quarter"), ("year", "year")])),
                ("starts_on", models.DateField(help_text="first day of the quarter or year")),
                ("population", models.TextField(blank=True)),
                ("kind", models.TextField(help_text="missing, or away without authorisation")),
                ("episodes", models.IntegerField()),
                ("children", models.IntegerField()),
                (
                    "overlapping",
                    models.IntegerField(help_text="not among the episodes: overlap another"),
                ),
                (
                    "no_return_time",
                    models.IntegerField(help_text="of the episodes: return time not recorded"),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("span", "starts_on", "authority", "population", "kind"),
                        name="reporting_missingcount_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        ApplyPolicies("harbour.insight.reporting"),
        migrations.RunSQL(COUNT_ONCE, reverse_sql=NO_MORE),
    ]
