"""Base models: what every row of the record has."""

import uuid

from django.conf import settings
from django.db import models


class Record(models.Model):
    """A row with an unguessable identity.

    Made by the client so that no insert needs to read back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Recorded(Record):
    """A row that says who wrote it down and when."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class Versioned(Recorded):
    """A row that people edit: the version tells two editors apart."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
