"""Keep the owner until whom the episode is offered to acknowledges it."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# An owner who had not acknowledged was no owner: the episode is offered to them. Who offered it stands
# in its log; here it is whoever recorded the episode.
OFFER = """
SET LOCAL ROLE harbour_sec_owner;
UPDATE missing_episode SET offered_to_id = owner_id, offered_at = coalesce(owner_since, recorded_at),
    offered_by_id = recorded_by_id, owner_id = NULL, owner_since = NULL
WHERE owner_id IS NOT NULL AND owner_acknowledged_at IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET LOCAL ROLE harbour_owner;
"""
OWN = """
SET LOCAL ROLE harbour_sec_owner;
UPDATE missing_episode SET owner_id = offered_to_id, owner_since = offered_at, owner_acknowledged_at = NULL
WHERE offered_to_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET LOCAL ROLE harbour_owner;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agencies", "0002_policies"),
        ("missing", "0004_keep_a_profile"),
        ("people", "0005_ask_for_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="episode",
            name="missing_episode_only_an_owner_acknowledges",
        ),
        migrations.AddField(
            model_name="episode",
            name="offered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="episode",
            name="offered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="episode",
            name="offered_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="kind",
            field=models.TextField(
                choices=[
                    ("report", "Reported"),
                    ("note", "Log entry"),
                    ("details", "Details changed"),
                    ("adult", "Turned 18"),
                    ("risk", "Police risk grade"),
                    ("owner", "Owner"),
                    ("prevention", "Prevention check"),
                    ("return", "Return"),
                    ("interview", "Return home interview"),
                ],
                default="note",
            ),
        ),
        migrations.RunSQL(OFFER, OWN),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner", None), ("owner_acknowledged_at", None)),
                    models.Q(("owner__isnull", False), ("owner_acknowledged_at__isnull", False)),
                    _connector="OR",
                ),
                name="missing_episode_an_owner_has_acknowledged",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offered_at", None), ("offered_by", None), ("offered_to", None)),
                    models.Q(
                        ("offered_at__isnull", False),
                        ("offered_by__isnull", False),
                        ("offered_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="missing_episode_offered_to_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("offered_to", None),
                    ("owner", None),
                    models.Q(("offered_to", models.F("owner")), _negated=True),
                    _connector="OR",
                ),
                name="missing_episode_offered_to_another",
            ),
        ),
    ]
