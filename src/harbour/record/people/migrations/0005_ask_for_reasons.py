"""Keep why a person opened a child's record."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0004_keep_what_was_granted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="StatedReason",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "session",
                    models.TextField(help_text="a mark of the session that does not give it away"),
                ),
                (
                    "code",
                    models.TextField(
                        choices=[
                            ("section_47", "Section 47 enquiry"),
                            ("strategy", "Strategy discussion"),
                            ("missing", "Missing episode"),
                            ("meeting", "Daily meeting"),
                            ("supervision", "Supervision of the worker"),
                            ("allocated", "Allocated to me"),
                            ("asked", "The child or a parent asked"),
                            ("other", "Another reason"),
                            ("screening", "Screening a concern"),
                            ("search", "Finding the right record"),
                            ("own_work", "List of one's own work"),
                            ("emergency", "Emergency access"),
                            ("oversight", "Oversight of the hub"),
                        ]
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["user", "person", "session"], name="people_statedreason_said"
                    )
                ],
            },
        ),
        ApplyPolicies("harbour.record.people"),
    ]
