"""Keep what the hub's own checks of its ledger found, and ask who looked at one record."""

import uuid
from typing import ClassVar

from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("access", "0002_policies"),
        ("audit", "0004_unusual_breadth"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LedgerCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("checked_at", models.DateTimeField()),
                ("first_batch", models.BigIntegerField()),
                ("last_batch", models.BigIntegerField()),
                ("entries", models.IntegerField()),
                ("faults", models.IntegerField()),
            ],
            options={
                "ordering": ("-checked_at",),
                "indexes": [models.Index(fields=["-checked_at"], name="oversight_ledgercheck_at")],
            },
        ),
        ApplyPolicies("harbour.hub.oversight"),
    ]
