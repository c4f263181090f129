"""Keep with each interview that waits the day the child came back."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models

from harbour.foundation.kernel.sql import ApplyPolicies

# The interview's trigger writes it: each row is touched once.
FILL = """
SET LOCAL ROLE harbour_sec_owner;
UPDATE missing_returninterview SET waiting_since = NULL
WHERE held_at IS NULL AND offered NOT IN ('no', 'na') AND accepted NOT IN ('no', 'na');
SET CONSTRAINTS ALL IMMEDIATE;
SET LOCAL ROLE harbour_owner;
"""
# Before the column goes: the functions stay, and would write to it.
STOP = """
DROP TRIGGER IF EXISTS interview_waits ON missing_returninterview;
DROP TRIGGER IF EXISTS return_changed ON missing_episode;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("missing", "0007_send_a_sheet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="returninterview",
            name="waiting_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        ApplyPolicies("harbour.work.missing"),
        migrations.RunSQL(FILL, STOP),
        migrations.AddIndex(
            model_name="returninterview",
            index=models.Index(
                condition=models.Q(("waiting_since__isnull", False)),
                fields=["waiting_since"],
                name="missing_interview_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="returninterview",
            index=models.Index(
                condition=models.Q(("waiting_since__isnull", False)),
                fields=["person", "waiting_since"],
                name="missing_interview_waits",
            ),
        ),
    ]
