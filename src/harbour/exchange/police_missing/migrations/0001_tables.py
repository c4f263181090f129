"""Keep what columns mean, each extract, and what was found in it."""

import uuid
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("access", "0002_policies"),
        ("agencies", "0002_policies"),
        ("people", "0005_ask_for_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "layout",
                    models.TextField(help_text="SHA-256 of the column names in their order"),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), help_text="column names as the file has them"
                    ),
                ),
                ("fields", models.JSONField(help_text="what is told, by which column")),
                (
                    "authority",
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
        ),
        migrations.CreateModel(
            name="ExtractRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("file_name", models.TextField()),
                ("sha256", models.TextField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("in", "Came in"),
                            ("part", "Came in in part"),
                            ("refused", "Stayed out: rows were refused"),
                            ("same", "Nothing changed: the hub has it already"),
                        ]
                    ),
                ),
                ("rows_read", models.PositiveIntegerField()),
                ("rows_new", models.PositiveIntegerField()),
                ("rows_changed", models.PositiveIntegerField()),
                ("rows_unchanged", models.PositiveIntegerField()),
                ("rows_refused", models.PositiveIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="police_missing.columnmapping",
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
        ),
        migrations.CreateModel(
            name="RowFinding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("row", models.PositiveIntegerField(help_text="as a spreadsheet shows it")),
                ("field", models.TextField(blank=True)),
                ("value", models.TextField(blank=True)),
                ("problem", models.TextField()),
                ("what_to_do", models.TextField()),
                (
                    "severity",
                    models.TextField(choices=[("refused", "refused"), ("flagged", "flagged")]),
                ),
                (
                    "cells",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        default=list,
                        help_text="the row as it came, if refused",
                    ),
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="police_missing.extractrun",
                    ),
                ),
            ],
            options={
                "ordering": ("row",),
            },
        ),
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(
                fields=("authority", "layout", "number"), name="police_missing_mapping_number"
            ),
        ),
        migrations.AddIndex(
            model_name="extractrun",
            index=models.Index(
                fields=["authority", "-recorded_at"], name="police_missing_run_authority"
            ),
        ),
        migrations.AddIndex(
            model_name="rowfinding",
            index=models.Index(fields=["run", "row"], name="police_missing_finding_run"),
        ),
        migrations.AddIndex(
            model_name="rowfinding",
            index=models.Index(fields=["person"], name="police_missing_finding_person"),
        ),
        ApplyPolicies("harbour.exchange.police_missing"),
    ]
