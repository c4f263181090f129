"""Meetings, who came, what was on the agenda, each agency's view, and what was decided."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded, Versioned
from harbour.hub.meetings import vocabulary as v
from harbour.record.people.models import Person
from harbour.work.cases.models import Grading
from harbour.work.cases.vocabulary import HarmStatus, HarmWhen


class Meeting(Versioned):
    """A daily meeting of one authority's partnership. Its window joins the one before."""

    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(default="daily")
    window_from = models.DateTimeField()
    window_to = models.DateTimeField()
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chair = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The child the room is looking at: what the screen on the wall shows.
    shown = models.ForeignKey(
        "Item", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-window_to",)
        constraints = (
            models.CheckConstraint(
                condition=Q(window_to__gt=F("window_from")), name="meetings_meeting_window"
            ),
            models.UniqueConstraint(
                fields=("authority", "kind", "window_from"), name="meetings_meeting_no_overlap"
            ),
            models.UniqueConstraint(
                fields=("authority", "kind"),
                condition=Q(closed_at=None),
                name="meetings_meeting_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="meetings_meeting_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("window_to")),
                name="meetings_meeting_closes_after_its_window",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"meeting {self.pk}"


class Attendance(Recorded):
    """An agency came, or sent apologies."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField()
    who = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "agency"), name="meetings_attendance_once"),
        )

    @override
    def __str__(self) -> str:
        return f"attendance {self.pk}"


class Item(Versioned):
    """A child on the agenda, and the decision that stands."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    group = models.TextField(choices=v.Group)
    reasons = models.JSONField(default=list, help_text="[{kind, sentence, source, source_id}]")
    position = models.PositiveIntegerField(default=0)
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reveal_reason = models.TextField(blank=True, help_text="why an agency was not waited for")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.TextField(choices=v.Outcome, blank=True, default="")
    decision_reason = models.TextField(blank=True)
    grading = models.ForeignKey(
        Grading, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # As it was decided: offers are answered and actions change later, minutes do not.
    settled = models.JSONField(default=list, help_text="[[what, in words]]")

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=("person",), name="meetings_item_person"),)
        constraints = (
            models.UniqueConstraint(fields=("meeting", "person"), name="meetings_item_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="", grading=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="meetings_item_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(revealed_at=None, revealed_by=None)
                | Q(revealed_at__isnull=False, revealed_by__isnull=False),
                name="meetings_item_revealed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decision="graded", grading__isnull=False)
                | ~Q(decision="graded") & Q(grading=None),
                name="meetings_item_graded_with_a_grading",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=("no_change", "next_meeting")) | ~Q(decision_reason=""),
                name="meetings_item_says_why_it_is_not_graded",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"item {self.pk}"


class Superseded(Recorded):
    """A decision that a later one of the same meeting replaced. Append-only."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(choices=v.Outcome)
    decision_reason = models.TextField(blank=True)
    grading = models.ForeignKey(
        Grading, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled = models.JSONField(default=list, help_text="[[what, in words]]")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("decided_at",)
        verbose_name_plural = "superseded"
        indexes = (models.Index(fields=("item",), name="meetings_superseded_item"),)

    @override
    def __str__(self) -> str:
        return f"superseded {self.pk}"


class AgencyView(Versioned):
    """What one agency brings and how it would grade, before it sees the others'."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    information = models.TextField(blank=True)
    harm = models.TextField(choices=HarmStatus, blank=True, default="")
    harm_when = models.TextField(choices=HarmWhen, blank=True, default="")
    grade = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "agency"), name="meetings_view_once_an_agency"),
            models.CheckConstraint(
                condition=Q(given_at=None, given_by=None)
                | Q(given_at__isnull=False, given_by__isnull=False),
                name="meetings_view_given_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"view {self.pk}"
