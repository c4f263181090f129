"""Restrictions, who is named in them, and who looked for what they hide."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from harbour.foundation.kernel.models import Record, Recorded
from harbour.record.people.models import Person
from harbour.record.restrictions.vocabulary import How, Kind


class Restriction(Recorded):
    """Parts of a record, or all of it, closed to all but those named.

    Without parts it stands for a single row that is sealed: the row names its restriction.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=Kind)
    facets = ArrayField(models.TextField(), default=list, blank=True)
    whole = models.BooleanField(default=False)
    reason = models.TextField()
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_reason = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("person",), condition=Q(lifted_at=None), name="restrictions_open_of_person"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="restrictions_restriction_lifted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="restrictions_restriction_reviewed_at_and_by",
            ),
            # Who a child is opens everything else: closed only together with the whole record.
            models.CheckConstraint(
                condition=Q(whole=True, facets__contains=["identity"])
                | Q(whole=False) & ~Q(facets__contains=["identity"]),
                name="restrictions_restriction_identity_closes_whole",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"restriction {self.pk}"


class Named(Recorded):
    """Somebody for whom a restricted record stays open; recorded_by: who named them."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "named"
        constraints = (
            models.UniqueConstraint(
                fields=("restriction", "user"),
                condition=Q(ended_at=None),
                name="restrictions_named_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="restrictions_named_ended_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"named {self.pk}"


class Lookout(Record):
    """Somebody who is not named looked for the record. Written by the database, for the owner."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    how = models.TextField(choices=How)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("restriction", "at"), name="restrictions_lookout_of"),
            models.Index(
                fields=("restriction",),
                condition=Q(read_at=None),
                name="restrictions_lookout_unread",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"lookout {self.pk}"
