"""Keep the profile of a child who may go missing."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agencies", "0002_policies"),
        ("attachments", "0002_policies"),
        ("restrictions", "0002_policies"),
        ("missing", "0003_keep_a_restricted_placement"),
        ("people", "0005_ask_for_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                ("looks", models.TextField(blank=True, help_text="height, build, hair, marks")),
                (
                    "photo_on",
                    models.DateField(blank=True, help_text="the day it was taken", null=True),
                ),
                (
                    "vulnerable",
                    models.TextField(blank=True, help_text="what puts the child at risk"),
                ),
                (
                    "medical",
                    models.TextField(blank=True, help_text="conditions, medicines, allergies"),
                ),
                ("places", models.TextField(blank=True, help_text="where the child may go")),
                (
                    "associates",
                    models.TextField(blank=True, help_text="whom the child may be with"),
                ),
                ("phones", models.TextField(blank=True)),
                ("accounts", models.TextField(blank=True, help_text="online names")),
                ("transport", models.TextField(blank=True)),
                ("money", models.TextField(blank=True)),
                ("approach", models.TextField(blank=True, help_text="how to speak with the child")),
                (
                    "agreed",
                    models.TextField(
                        blank=True, help_text="what was agreed with the child if late"
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        help_text="whose carer wrote it",
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
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attachments.attachment",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "number"), name="missing_profile_one_of_each_number"
                    )
                ],
            },
        ),
    ]
