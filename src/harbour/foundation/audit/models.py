"""The ledger. No foreign keys: a ledger row outlives what it speaks of."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.breadth.models import Alert, BreadthLimit, Unrelated
from harbour.foundation.audit.vocabulary import Act, WitnessKind
from harbour.foundation.kernel.models import Record, Recorded

__all__ = [
    "Alert", "BreadthLimit", "Delivery", "Entry", "Seal", "SignedRoot", "SigningKey", "Unrelated",
    "Witness",
]  # fmt: skip


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


class SigningKey(models.Model):
    """The public half of a key that signs roots; a later key is endorsed by the one before it."""

    key_id = models.TextField(primary_key=True)
    public = models.TextField()
    made_at = models.DateTimeField()
    endorsed_by = models.TextField(blank=True)
    endorsement = models.TextField(blank=True)

    class Meta:
        ordering = ("made_at",)

    @override
    def __str__(self) -> str:
        return self.key_id


class SignedRoot(Record):
    """The newest seal as it stood at a moment, signed with a key the database never holds."""

    batch = models.BigIntegerField()
    chained = models.BinaryField()
    signed_at = models.DateTimeField()
    key_id = models.TextField()
    signature = models.TextField()

    class Meta:
        ordering = ("signed_at",)
        indexes = (models.Index(fields=("-signed_at",), name="audit_signedroot_at"),)

    @override
    def __str__(self) -> str:
        return f"root of batch {self.batch}"


class Witness(Recorded):
    """Where an agency keeps signed roots: outside this hub's reach, if it is to prove anything."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=WitnessKind)
    address = models.TextField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("recorded_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="audit_witness_ended_at_and_by",
            ),
            models.UniqueConstraint(
                fields=("agency", "kind", "address"),
                condition=Q(ended_at=None),
                name="audit_witness_once",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.kind} of {self.agency_id}"


class Delivery(Record):
    """One attempt to hand a signed root to a witness."""

    root = models.ForeignKey(SignedRoot, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()
    ok = models.BooleanField()
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("tried_at",)
        indexes = (models.Index(fields=("witness", "-tried_at"), name="audit_delivery_witness"),)

    @override
    def __str__(self) -> str:
        return f"{'delivered' if self.ok else 'failed'}: {self.root_id}"
