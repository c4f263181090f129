"""Forms that were sent: enough to answer a second press with the answer to the first."""

from django.db import models

from harbour.foundation.kernel.models import Record


class Submission(Record):
    """A form key that was used: by whom, for what (a keyed hash, no content), and where it led."""

    user_id = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    location = models.CharField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(db_index=True)
