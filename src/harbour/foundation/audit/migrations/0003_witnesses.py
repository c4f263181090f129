"""Give agencies witnesses of the ledger, and state all its policies."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_policies"),
        ("audit", "0002_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("key_id", models.TextField(primary_key=True, serialize=False)),
                ("public", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("endorsed_by", models.TextField(blank=True)),
                ("endorsement", models.TextField(blank=True)),
            ],
            options={
                "ordering": ("made_at",),
            },
        ),
        migrations.CreateModel(
            name="SignedRoot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("batch", models.BigIntegerField()),
                ("chained", models.BinaryField()),
                ("signed_at", models.DateTimeField()),
                ("key_id", models.TextField()),
                ("signature", models.TextField()),
            ],
            options={
                "ordering": ("signed_at",),
                "indexes": [models.Index(fields=["-signed_at"], name="audit_signedroot_at")],
            },
        ),
        migrations.CreateModel(
            name="Witness",
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
                            ("endpoint", "Web address that takes them (HTTPS)"),
                            ("mailbox", "Mailbox"),
                            ("file", "File that is only added to"),
                        ]
                    ),
                ),
                ("address", models.TextField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
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
            ],
            options={
                "ordering": ("recorded_at",),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tried_at", models.DateTimeField()),
                ("ok", models.BooleanField()),
                ("answer", models.TextField(blank=True)),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.signedroot",
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="audit.witness",
                    ),
                ),
            ],
            options={
                "ordering": ("tried_at",),
            },
        ),
        migrations.AddConstraint(
            model_name="witness",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="audit_witness_ended_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="witness",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("agency", "kind", "address"),
                name="audit_witness_once",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["witness", "-tried_at"], name="audit_delivery_witness"),
        ),
        ApplyPolicies("harbour.foundation.audit"),
    ]
