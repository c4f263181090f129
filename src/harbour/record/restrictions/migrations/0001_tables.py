"""Restrictions, who is named in them, and lookouts."""

import uuid
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("people", "0004_keep_what_was_granted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Restriction",
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
                            ("staff_relative", "Relative or friend of somebody who works here"),
                            ("high_profile", "Widely known, or in the news"),
                            ("witness_protection", "Protected witness, or hidden from somebody"),
                            ("other", "Another reason"),
                        ]
                    ),
                ),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list
                    ),
                ),
                ("whole", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                ("review_on", models.DateField()),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_reason", models.TextField(blank=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Named",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.TextField(blank=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.restriction",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "named",
            },
        ),
        migrations.CreateModel(
            name="Lookout",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("search", "Searched for somebody like this child"),
                            ("address", "Opened the address of the record's page"),
                            ("emergency", "Asked for emergency access"),
                        ]
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="restrictions.restriction",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="restriction",
            index=models.Index(
                condition=models.Q(("lifted_at", None)),
                fields=["person"],
                name="restrictions_open_of_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at", None), ("lifted_by", None)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="restrictions_restriction_lifted_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="restrictions_restriction_reviewed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("facets__contains", ["identity"]), ("whole", True)),
                    models.Q(
                        ("whole", False),
                        models.Q(("facets__contains", ["identity"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="restrictions_restriction_identity_closes_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="named",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("restriction", "user"),
                name="restrictions_named_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="named",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="restrictions_named_ended_at_and_by",
            ),
        ),
        migrations.AddIndex(
            model_name="lookout",
            index=models.Index(fields=["restriction", "at"], name="restrictions_lookout_of"),
        ),
        migrations.AddIndex(
            model_name="lookout",
            index=models.Index(
                condition=models.Q(("read_at", None)),
                fields=["restriction"],
                name="restrictions_lookout_unread",
            ),
        ),
    ]
