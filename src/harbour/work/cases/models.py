"""Gradings, allocations, plans, stages and the child's voice."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from harbour.foundation.kernel.models import Recorded, Versioned
from harbour.record.people.models import Person
from harbour.work.cases import vocabulary as v
from harbour.work.referrals.models import Referral


class GradeScale(models.Model):
    """A risk scale as data: the grades in order with their words. The newest one is in use."""

    number = models.PositiveIntegerField(primary_key=True)
    starts_on = models.DateField()
    grades = models.JSONField(
        help_text="[{code, label, rank, needs: [roles], may_have: [roles]}], highest first"
    )

    class Meta:
        ordering = ("number",)

    @override
    def __str__(self) -> str:
        return f"scale {self.number}"


class Grading(Recorded):
    """One decision on harm and risk. Append-only: a later view is a new row."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scale = models.ForeignKey(GradeScale, on_delete=models.PROTECT, related_name="+")
    grade = models.TextField()
    harm = models.TextField(choices=v.HarmStatus)
    harm_when = models.TextField(choices=v.HarmWhen, blank=True, default="")
    concerns = ArrayField(models.TextField(), default=list)
    rationale = models.TextField()
    dissent = models.JSONField(default=list, help_text="[{agency, view, reason}]")
    unallocated_reason = models.TextField(
        blank=True, help_text="why a role the grade asks for is not filled"
    )
    decided_at = models.DateTimeField()
    review_on = models.DateField(null=True, blank=True)
    # The meeting that decided it (the hub stands above this room), or why none did.
    meeting_id = models.UUIDField(null=True, blank=True)
    outside_meeting_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-decided_at",)
        indexes = (models.Index(fields=("person", "-decided_at"), name="cases_grading_person"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(rationale=""), name="cases_grading_has_a_rationale"
            ),
            models.CheckConstraint(
                condition=Q(harm="none_known", harm_when="")
                | ~Q(harm="none_known") & ~Q(harm_when=""),
                name="cases_grading_harm_says_when",
            ),
            models.CheckConstraint(
                condition=Q(meeting_id__isnull=False) | ~Q(outside_meeting_reason=""),
                name="cases_grading_in_a_meeting_or_says_why_not",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"grading {self.pk}"


class Allocation(Versioned):
    """A person offered to a child in a role; nobody is allocated until they acknowledge."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.TextField(choices=v.AllocationRole)
    worker = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=v.AllocationState, default=v.AllocationState.OFFERED)
    offered_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_reason = models.TextField(blank=True)
    grading = models.ForeignKey(
        Grading, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-offered_at",)
        indexes = (
            models.Index(fields=("person",), name="cases_allocation_person"),
            models.Index(fields=("worker", "state"), name="cases_allocation_worker"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_reason=""),
                name="cases_allocation_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, ended_by__isnull=False)
                | ~Q(state="ended") & Q(ended_at=None, ended_by=None),
                name="cases_allocation_ended_at_and_by",
            ),
            models.UniqueConstraint(
                fields=("person", "worker", "role"),
                condition=Q(state__in=("offered", "acknowledged")),
                name="cases_allocation_once_at_a_time",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"allocation {self.pk}"


class PlanAction(Versioned):
    """One owned, dated action of a child's plan."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.PlanKind)
    text = models.TextField()
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ("due_on",)
        indexes = (
            models.Index(fields=("person",), name="cases_planaction_person"),
            models.Index(fields=("owner", "due_on"), name="cases_planaction_owner"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="cases_planaction_done_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"action {self.pk}"


class StageEntry(Recorded):
    """The child's case entered a stage."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stage = models.TextField(choices=v.Stage)
    entered_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("entered_on", "recorded_at")
        verbose_name_plural = "stage entries"
        indexes = (models.Index(fields=("person",), name="cases_stage_person"),)

    @override
    def __str__(self) -> str:
        return f"stage {self.pk}"


class ModelTag(Recorded):
    """A model of exploitation seen in a child's case, from a day until another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    model = models.TextField(choices=v.Model)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person",), name="cases_modeltag_person"),)

    @override
    def __str__(self) -> str:
        return f"model {self.pk}"


class ChildVoice(Recorded):
    """What the child said they want or feel, in their own words."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()
    words = models.TextField()
    said_to = models.TextField(blank=True)

    class Meta:
        ordering = ("-said_on",)
        indexes = (models.Index(fields=("person",), name="cases_childvoice_person"),)

    @override
    def __str__(self) -> str:
        return f"voice {self.pk}"


class Note(Recorded):
    """A dated note on the chronology."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=("person", "-at"), name="cases_note_person"),)

    @override
    def __str__(self) -> str:
        return f"note {self.pk}"
