"""Keep codes for a first password, and what happened to a sign-in."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("entrance", "0001_identities"),
        ("approvals", "0002_policies"),
        ("mfa", "0003_authenticator_type_uniq"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Activation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code_hash", models.TextField()),
                ("begins_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "begins_at"], name="entrance_activation_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("begins_at"))),
                        name="entrance_activation_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                            ("failed", "Somebody tried to sign in as you and failed"),
                            ("password", "The password was changed"),
                            ("factor_added", "A passkey or an authenticator app was added"),
                            ("factor_removed", "A passkey or an authenticator app was removed"),
                            ("codes", "New recovery codes were made"),
                            ("reset", "Two people reset this sign-in after a loss"),
                            ("activated", "A password was set with a code"),
                            ("browser", "A session was ended because its browser changed"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField()),
                ("address", models.TextField(blank=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ("-at",),
                "indexes": [models.Index(fields=["user", "at"], name="entrance_notice_of")],
            },
        ),
        ApplyPolicies("harbour.foundation.entrance"),
    ]
