"""Asks, discussions, invitations and what was decided."""

from typing import override

from django.db import models
from django.db.models import Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Record, Recorded, Versioned
from harbour.record.people.models import Person
from harbour.work.discussions import vocabulary as v
from harbour.work.missing.models import Episode, RepeatRule


class HeldWithin(models.Model):
    """Within how many working days a discussion is held, by its basis. No personal data."""

    number = models.PositiveIntegerField(primary_key=True)
    basis = models.TextField(choices=v.Basis)
    working_days = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "held within"

    @override
    def __str__(self) -> str:
        return f"{self.basis} within {self.working_days} working days"


class Discussion(Versioned):
    """A strategy discussion about one child."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    basis = models.TextField(choices=v.Basis)
    reason = models.TextField()
    due_on = models.DateField(help_text="by the clock of its basis")
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    manner = models.TextField(choices=v.Manner, blank=True, default="")
    # An agency that was missing: whoever held it says why it was held all the same.
    without_reason = models.TextField(blank=True)
    record = models.TextField(blank=True, help_text="what each agency said")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField(choices=v.Outcome, blank=True, default="")
    outcome_reason = models.TextField(blank=True)
    # 15 working days after the discussion that began a section 47 enquiry.
    conference_due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-recorded_at",)
        indexes = (
            models.Index(fields=("person",), name="discussions_person"),
            models.Index(fields=("closed_at", "due_on"), name="discussions_open"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="discussions_held_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="discussions_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="", outcome_reason="")
                | Q(closed_at__isnull=False) & ~Q(outcome_reason=""),
                name="discussions_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(held_at__isnull=False),
                name="discussions_decided_when_held",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"discussion {self.pk}"


class Invitation(Recorded):
    """An agency that was invited: what it answered, and whether it was there."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    capacity = models.TextField(choices=v.Capacity)
    answer = models.TextField(choices=v.InvitationAnswer, blank=True, default="")
    note = models.TextField(blank=True, help_text="who comes, or why nobody does")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    attended = models.BooleanField(null=True, blank=True)
    who = models.TextField(blank=True, help_text="who was there for the agency")

    class Meta:
        ordering = ("recorded_at",)
        indexes = (
            models.Index(fields=("person",), name="discussions_invited_person"),
            models.Index(fields=("agency",), name="discussions_invited_agency"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("discussion", "agency"), name="discussions_invited_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="discussions_answered_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Decision(Versioned):
    """Something that was decided, and where it is to be done, by whom and until when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    owner = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ("due_on", "recorded_at")
        indexes = (
            models.Index(fields=("person",), name="discussions_decision_person"),
            models.Index(fields=("owner", "due_on"), name="discussions_decision_owner"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(owner=None, due_on=None) | Q(owner__isnull=False, due_on__isnull=False),
                name="discussions_decision_owner_and_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="discussions_done_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"decision {self.pk}"


class Ask(Record):
    """A repeat rule was fulfilled: a strategy discussion is asked for. One open ask a child."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(RepeatRule, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="+", help_text="that fulfilled the rule"
    )
    counted = models.PositiveIntegerField(help_text="episodes within the rule's days")
    recorded_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    discussion = models.ForeignKey(
        Discussion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, help_text="why no discussion is asked for")

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(answered_at=None), name="discussions_one_open_ask"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, discussion=None, reason="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & (Q(discussion__isnull=False) | ~Q(reason="")),
                name="discussions_ask_answered_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"ask {self.pk}"
