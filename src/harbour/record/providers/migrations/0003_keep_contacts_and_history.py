"""Keep whom to ring, which areas adjoin, and what the register said before."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agencies", "0003_let_homes_be_added"),
        ("providers", "0002_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="home",
            name="kind",
            field=models.TextField(
                choices=[
                    ("childrens_home", "Children's home"),
                    ("secure_home", "Secure children's home"),
                    ("supported", "Supported accommodation"),
                    ("residential_school", "Residential special school"),
                    ("fostering", "Fostering agency"),
                    ("family_centre", "Residential family centre"),
                    ("other", "Another provider"),
                ],
                default="childrens_home",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="placing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.CreateModel(
            name="Adjoining",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="struck from the list", null=True),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "neighbour",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name_plural": "adjoining authorities",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("authority", "neighbour"),
                        name="providers_adjoining_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("authority", models.F("neighbour")), _negated=True),
                        name="providers_adjoining_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "purpose",
                    models.TextField(
                        choices=[
                            ("missing", "Missing children: lead"),
                            ("exploitation", "Exploitation: lead"),
                            ("out_of_hours", "Emergency duty team, out of hours"),
                            ("duty", "Duty social work, in the day"),
                            ("notifications", "Notifications of placements"),
                            ("reviewing", "Independent reviewing service"),
                            ("manager", "Registered manager"),
                            ("responsible", "Responsible individual"),
                            ("health", "Health of looked-after children"),
                            ("education", "Virtual school"),
                            ("other", "Other"),
                        ]
                    ),
                ),
                ("name", models.TextField(blank=True)),
                ("phone", models.TextField(blank=True)),
                ("email", models.TextField(blank=True)),
                ("hours", models.TextField(blank=True, help_text="when somebody answers")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("checked_on", models.DateField(help_text="when somebody last made sure of it")),
                (
                    "agency",
                    models.ForeignKey(
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
            ],
            options={
                "ordering": ("agency__name", "purpose", "-starts_on"),
                "indexes": [
                    models.Index(fields=["agency", "purpose"], name="providers_contact_agency")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="providers_contact_can_be_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="providers_contact_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("field", models.TextField()),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="providers.home",
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
                "ordering": ("-recorded_at", "field"),
                "indexes": [
                    models.Index(fields=["home", "-recorded_at"], name="providers_homechange_home")
                ],
            },
        ),
        ApplyPolicies("harbour.record.providers"),
    ]
