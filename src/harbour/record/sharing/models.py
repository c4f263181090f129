"""Agreements, requests, shares and refusals to share."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded
from harbour.record.people.models import Person
from harbour.record.sharing.vocabulary import (
    ONE_OFF_LASTS,
    AgreementState,
    Gateway,
    Outcome,
    Purpose,
)


class Agreement(Recorded):
    """One version of what agencies agreed about sharing: a change is a row that supersedes.

    The policies read the newest version of a series, so that what the agencies agreed is what the
    database lets through. Holds no personal data.
    """

    series = models.UUIDField(help_text="the id of the first version")
    number = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.TextField()
    reference = models.TextField(help_text="where the signed text is kept")
    # Ids of agencies, which are never deleted.
    parties = ArrayField(models.UUIDField())
    purposes = ArrayField(models.TextField())
    gateways = ArrayField(models.TextField())
    facets = ArrayField(models.TextField())
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="the last day")
    review_on = models.DateField()
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=AgreementState, default=AgreementState.IN_FORCE)
    state_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("series", "number"), name="sharing_agreement_version_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="sharing_agreement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state=AgreementState.IN_FORCE) | ~Q(state_reason=""),
                name="sharing_agreement_stopped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(number=1, supersedes=None) | Q(number__gt=1, supersedes__isnull=False),
                name="sharing_agreement_versions_follow",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Request(Recorded):
    """An agency asks an authority's partnership for parts of a child's record."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Only where the agency that asks sees the child already; else the child is described.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given = models.TextField(blank=True)
    family = models.TextField(blank=True)
    born_on = models.DateField(null=True, blank=True)
    facets = ArrayField(models.TextField())
    purpose = models.TextField(choices=Purpose)
    what = models.TextField(help_text="what is asked for, in the agency's words")
    reason = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("authority", "recorded_at"), name="sharing_request_authority"),
            models.Index(fields=("agency", "recorded_at"), name="sharing_request_agency"),
            models.Index(fields=("person",), name="sharing_request_person"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(family=""),
                name="sharing_request_names_a_child",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"request {self.pk}"


class Decline(Recorded):
    """Parts of a child's record were not opened to an agency, and why. Never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    facets = ArrayField(models.TextField())
    purpose = models.TextField(choices=Purpose)
    gateway = models.TextField(choices=Gateway, help_text="the gateway that was considered")
    reason = models.TextField()
    review_on = models.DateField()
    request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reconsiders = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("person",), name="sharing_decline_person"),)

    @override
    def __str__(self) -> str:
        return f"decline {self.pk}"


class Share(Recorded):
    """Parts of a child's record opened to an agency; recorded_by: whose decision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    facets = ArrayField(models.TextField())
    purpose = models.TextField(choices=Purpose)
    gateway = models.TextField(choices=Gateway)
    reason = models.TextField()
    # None: a decision for this child alone.
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reconsiders = models.OneToOneField(
        Decline, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    continues = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)
    # The version of the agreement that took the ground away, where one did.
    ended_with = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("person",), name="sharing_share_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="sharing_share_withdrawn_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False)
                | Q(expires_at__isnull=False, expires_at__lte=F("recorded_at") + ONE_OFF_LASTS),
                name="sharing_share_one_off_is_short",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"share {self.pk}"


class Answer(Recorded):
    """What the agency that asked is told; the newest answer holds."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(choices=Outcome)
    words = models.TextField(help_text="said to the agency that asked")

    class Meta:
        indexes = (models.Index(fields=("request", "recorded_at"), name="sharing_answer_request"),)

    @override
    def __str__(self) -> str:
        return f"answer {self.pk}"
