"""Requests, their stopped clocks, what is to be taken out, and what was released."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.access.models import User
from harbour.foundation.kernel.models import Record, Recorded
from harbour.hub.subject_access.vocabulary import Asker, Decision, Ground
from harbour.record.people.models import Person


class AccessRequest(Recorded):
    """Somebody asks for what is held of a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asker = models.TextField(choices=Asker)
    asker_name = models.TextField()
    identity_checked = models.TextField(help_text="how it was made sure who asks")
    authority = models.TextField(blank=True, help_text="why they may ask for the child")
    received_on = models.DateField()
    identity_on = models.DateField(help_text="when it was sure who asks: the clock begins")
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    extended_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_reason = models.TextField(blank=True, help_text="why nothing was released")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(extended_at=None, extended_by=None)
                | Q(extended_at__isnull=False, extended_by__isnull=False),
                name="subject_access_extended_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="subject_access_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(identity_on__gte=F("received_on")),
                name="subject_access_identity_after_receipt",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"request {self.pk}"


class ClockStop(Recorded):
    """The clock stands still while the asker is asked something; recorded_by stopped it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="stops")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    reason = models.TextField()

    @override
    def __str__(self) -> str:
        return f"stop {self.pk}"


class Redaction(Record):
    """Words that should not go out. Where they stand, never what they are."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="redactions")
    source = models.TextField(help_text="the table")
    source_id = models.UUIDField(help_text="the row")
    part = models.TextField(help_text="the field")
    text_sha256 = models.TextField(help_text="the text it was decided for")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    ground = models.TextField(choices=Ground)
    by_rule = models.BooleanField(default=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("request",), name="subject_access_of_request"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | ~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="subject_access_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="subject_access_span_is_some"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"redaction {self.pk}"


class Release(Recorded):
    """What was released: the document, encrypted, with a fingerprint of each of its parts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    sha256 = models.TextField(help_text="of the document")
    manifest = models.JSONField(help_text="the fingerprint of each part, in order")

    @override
    def __str__(self) -> str:
        return f"release {self.pk}"
