"""Keep each answer of a child, what the police found, and whom and what a child named."""

import uuid
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("missing", "0005_offer_an_episode"),
        ("people", "0005_ask_for_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="returninterview",
            name="chosen_by_child",
            field=models.TextField(blank=True, help_text="whom the child named"),
        ),
        migrations.AddField(
            model_name="returninterview",
            name="people_named",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), blank=True, default=list
            ),
        ),
        migrations.AddField(
            model_name="returninterview",
            name="places_named",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), blank=True, default=list
            ),
        ),
        migrations.CreateModel(
            name="InterviewAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "accepted",
                    models.TextField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("na", "Not applicable"),
                            ("not_known", "Not known"),
                        ]
                    ),
                ),
                ("declined_reason", models.TextField(blank=True)),
                ("carer_account", models.TextField(blank=True)),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missing.returninterview",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at",),
                "indexes": [models.Index(fields=["interview"], name="missing_answer_interview")],
            },
        ),
        migrations.CreateModel(
            name="PreventionCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("safe", "Made: the child says they are safe and well"),
                            ("concern", "Made: there is a concern for the child"),
                            ("harm", "Made: the child says they were harmed"),
                            ("not_made", "Not made"),
                        ]
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "officer",
                    models.TextField(blank=True, help_text="name or number, as the police give it"),
                ),
                (
                    "found",
                    models.TextField(blank=True, help_text="how the child was and what they said"),
                ),
                ("reason", models.TextField(blank=True, help_text="why no check was made")),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missing.episode",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at",),
                "indexes": [models.Index(fields=["episode"], name="missing_check_episode")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at", None),
                                ("outcome", "not_made"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("outcome", "not_made"), _negated=True),
                                ("checked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="missing_check_made_or_why_not",
                    )
                ],
            },
        ),
    ]
