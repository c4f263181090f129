"""The tables of hosting, and who reads them."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agencies", "0003_let_homes_be_added"),
        ("people", "0005_ask_for_reasons"),
        ("providers", "0003_keep_contacts_and_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField(unique=True)),
                ("text", models.TextField()),
                (
                    "changed",
                    models.TextField(blank=True, help_text="what is new since the version before"),
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
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "interviewer",
                    models.TextField(
                        choices=[
                            ("listening_support", "Listening Support Service"),
                            ("duty_social_worker", "Duty social worker"),
                            ("placing_authority", "Placing authority"),
                            ("chosen_by_child", "Someone the child named"),
                        ]
                    ),
                ),
                ("reason", models.TextField(help_text="why they are best placed")),
                (
                    "agreed_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
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
                "ordering": ("-recorded_at",),
                "indexes": [models.Index(fields=["person"], name="hosting_arrangement_person")],
            },
        ),
        migrations.CreateModel(
            name="Chase",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("arrival", "Notification of arrival"),
                            ("departure", "Notification of departure"),
                            ("placing", "Placing authority's notification"),
                            ("incomplete", "What a notification lacks"),
                            ("gaps", "What the home authority has not told"),
                            ("pack", "Acknowledgement of the pack"),
                        ]
                    ),
                ),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Telephone"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                        ]
                    ),
                ),
                ("about_id", models.UUIDField()),
                ("words", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="who was asked",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        help_text="for whose sake it was asked",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                "ordering": ("-recorded_at",),
                "indexes": [models.Index(fields=["about_id", "kind"], name="hosting_chase_about")],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("offered_on", models.DateField()),
                (
                    "answer",
                    models.TextField(
                        choices=[
                            ("waiting", "Not answered yet"),
                            ("accepted", "Accepted"),
                            ("held", "Held"),
                            ("declined", "Declined"),
                        ],
                        default="waiting",
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
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
                "ordering": ("-offered_on",),
                "indexes": [models.Index(fields=["person"], name="hosting_consultation_person")],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "direction",
                    models.TextField(choices=[("arrival", "Arrival"), ("departure", "Departure")]),
                ),
                (
                    "duty",
                    models.TextField(
                        choices=[
                            ("reg_41", "The home, regulation 41"),
                            ("reg_13", "The placing authority, regulation 13"),
                        ]
                    ),
                ),
                (
                    "channel",
                    models.TextField(
                        choices=[
                            ("harbour", "In Harbour"),
                            ("email", "E-mail"),
                            ("letter", "Letter"),
                            ("phone", "Telephone"),
                            ("meeting", "At a meeting"),
                        ]
                    ),
                ),
                ("received_on", models.DateField()),
                (
                    "happened_on",
                    models.DateField(help_text="the day of the admission or discharge"),
                ),
                ("emergency", models.BooleanField(default=False)),
                ("given", models.TextField(blank=True)),
                ("family", models.TextField(blank=True)),
                ("born_on", models.DateField(blank=True, null=True)),
                (
                    "accommodated",
                    models.TextField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("", "It does not say")],
                        default="",
                    ),
                ),
                (
                    "care_order",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("none", "No order"),
                            ("interim", "Interim care order"),
                            ("care", "Care order"),
                            ("supervision", "Supervision order"),
                            ("", "It does not say"),
                        ],
                        default="",
                    ),
                ),
                ("placing_contact", models.TextField(blank=True)),
                ("reviewer_contact", models.TextField(blank=True)),
                (
                    "ehc_plan",
                    models.TextField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("", "It does not say")],
                        default="",
                    ),
                ),
                (
                    "needs_given",
                    models.BooleanField(default=False, help_text="needs, and why it suits: reg 13"),
                ),
                ("care_plan_given", models.BooleanField(default=False)),
                (
                    "going_to",
                    models.TextField(
                        blank=True, help_text="where a child who leaves goes, if said"
                    ),
                ),
                ("taken_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ehc_authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.home",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.placement",
                    ),
                ),
                (
                    "placing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
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
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "taken_in_by",
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
                "ordering": ("-received_on", "-recorded_at"),
                "indexes": [
                    models.Index(fields=["host", "-received_on"], name="hosting_notification_host"),
                    models.Index(fields=["person"], name="hosting_notification_person"),
                    models.Index(fields=["placement"], name="hosting_notification_placement"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_in_at", None), ("taken_in_by", None)),
                            models.Q(
                                ("person__isnull", False),
                                ("taken_in_at__isnull", False),
                                ("taken_in_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hosting_notification_taken_in_for_a_child",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PackSent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hosting.pack",
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
                "verbose_name_plural": "packs sent",
                "ordering": ("agency__name", "-pack__number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pack", "agency"), name="hosting_packsent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                            models.Q(
                                ("acknowledged_at__gte", models.F("recorded_at")),
                                ("acknowledged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hosting_packsent_acknowledged_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ToldFlag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("cse", "Sexual exploitation"),
                            ("cce", "Criminal exploitation"),
                            ("county_lines", "County lines"),
                            ("missing", "Goes missing"),
                            ("trafficking", "Trafficking or modern slavery"),
                            ("gangs", "Gangs"),
                            ("none", "Told that there is none"),
                        ]
                    ),
                ),
                ("told_on", models.DateField()),
                (
                    "channel",
                    models.TextField(
                        choices=[
                            ("harbour", "In Harbour"),
                            ("email", "E-mail"),
                            ("letter", "Letter"),
                            ("phone", "Telephone"),
                            ("meeting", "At a meeting"),
                        ]
                    ),
                ),
                (
                    "since_on",
                    models.DateField(blank=True, help_text="since when it holds there", null=True),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="taken back by who told it", null=True),
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
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "ordering": ("-told_on",),
                "indexes": [models.Index(fields=["person"], name="hosting_toldflag_person")],
            },
        ),
        ApplyPolicies("harbour.work.hosting"),
    ]
