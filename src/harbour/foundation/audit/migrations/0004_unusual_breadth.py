"""Count how many records a person opens beyond their own work."""

import uuid
from datetime import timedelta
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies

# Told at 30, stopped at 50, within an hour. Another row with a later day changes it.
LIMIT = """
SET LOCAL ROLE harbour_sec_owner;
INSERT INTO audit_breadthlimit (starts_on, alert_at, stop_at, minutes) VALUES ('2026-01-01', 30, 50, 60);
SET LOCAL ROLE harbour_owner;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("audit", "0003_witnesses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="BreadthLimit",
            fields=[
                ("starts_on", models.DateField(primary_key=True, serialize=False)),
                ("alert_at", models.PositiveSmallIntegerField()),
                ("stop_at", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alert_at__gt", 0),
                            ("minutes__gt", 0),
                            ("stop_at__gte", models.F("alert_at")),
                        ),
                        name="audit_breadthlimit_tells_before_it_stops",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unrelated",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("user_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "unrelated",
                "indexes": [
                    models.Index(fields=["user_id", "opened_at"], name="audit_unrelated_user")
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("unusual", "Many records beyond one's own work"),
                            ("stopped", "Stopped at the limit"),
                        ]
                    ),
                ),
                ("user_id", models.UUIDField()),
                ("user_name", models.TextField()),
                ("raised_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("go_on", "May go on for an hour"),
                            ("looked_into", "Looked into"),
                        ],
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-raised_at",),
                "indexes": [
                    models.Index(fields=["user_id", "-raised_at"], name="audit_alert_user")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audit_alert_answered_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            models.Q(
                                ("answer", "go_on"),
                                (
                                    "until__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("answered_at"),
                                        "+",
                                        models.Value(timedelta(hours=1)),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="audit_alert_goes_on_for_an_hour",
                    ),
                ],
            },
        ),
        ApplyPolicies("harbour.foundation.audit.breadth"),
        migrations.RunSQL(LIMIT, migrations.RunSQL.noop),
    ]
