"""The ledger. No foreign keys: a ledger row outlives what it speaks of."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models

from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.models import Record


class Entry(Record):
    """One act of one person. Append-only.

    Nobody who signs in to the database may change or delete it.
    """

    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField(blank=True)
    agency_id = models.UUIDField(null=True)
    agency_name = models.TextField(blank=True)
    roles = models.TextField(blank=True)
    session = models.TextField(blank=True)
    request = models.TextField(blank=True)
    act = models.TextField(choices=Act)
    event = models.TextField(help_text="room.verb, such as missing.return_recorded")
    subjects = ArrayField(models.UUIDField(), default=list)
    about_kind = models.TextField(blank=True)
    about_id = models.UUIDField(null=True)
    groups = ArrayField(models.TextField(), default=list)
    reason = models.TextField(blank=True)
    results = models.IntegerField(null=True)
    detail = models.JSONField(default=dict)
    # Written by the database: the hash of this row, the transaction it came in, and the batch that
    # sealed it.
    leaf = models.BinaryField(null=True, editable=False)
    xid = models.BigIntegerField(null=True, editable=False)
    batch = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ("-at",)
        indexes = (
            models.Index(fields=("actor_id", "-at"), name="audit_entry_actor"),
            models.Index(fields=("-at",), name="audit_entry_at"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.actor_name} {self.act} {self.event}"


class Seal(models.Model):
    """A batch of entries, chained to the batch before it."""

    batch = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    entries = models.IntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    chained = models.BinaryField()

    class Meta:
        ordering = ("batch",)

    @override
    def __str__(self) -> str:
        return f"batch {self.batch} of {self.entries} entries"
