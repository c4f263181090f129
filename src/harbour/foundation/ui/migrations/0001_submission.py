"""The table of forms that were sent, with its policies."""

import uuid

from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies


class Migration(migrations.Migration):
    """Make the table and close it to everybody but the person who sent the form."""

    initial = True
    dependencies = [("access", "0002_policies")]
    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("user_id", models.UUIDField()),
                ("body_hash", models.CharField(max_length=64)),
                ("location", models.CharField(blank=True, max_length=2000)),
                ("recorded_at", models.DateTimeField(db_index=True)),
            ],
        ),
        ApplyPolicies("harbour.foundation.ui"),
    ]
