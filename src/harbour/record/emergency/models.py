"""Attempts, broken glass and its reviews."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded
from harbour.record.emergency.vocabulary import LASTS, Outcome, Verdict
from harbour.record.people.models import Person


class BankHoliday(models.Model):
    """A day on which offices in England are shut; the database asks it."""

    day = models.DateField(primary_key=True)

    @override
    def __str__(self) -> str:
        return self.day.isoformat()


class Attempt(Recorded):
    """Somebody looked for one child for emergency access. Written by the database alone."""

    outcome = models.TextField(choices=Outcome)
    # Only where the answer was that the child is found.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("recorded_by", "recorded_at"), name="emergency_attempt_by"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome=Outcome.FOUND, person__isnull=False)
                | (~Q(outcome=Outcome.FOUND) & Q(person=None)),
                name="emergency_attempt_names_whom_it_found",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"attempt {self.pk}"


class BreakGlass(Recorded):
    """One child's record opened to one worker; recorded_by: who broke the glass, at recorded_at."""

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    leads = ArrayField(models.UUIDField(), help_text="the users who were told")
    told_at = models.DateTimeField()
    review_due_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "broken glass"
        indexes = (
            models.Index(fields=("recorded_by", "recorded_at"), name="emergency_breakglass_by"),
            models.Index(fields=("person",), name="emergency_breakglass_person"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="emergency_breakglass_ended_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("recorded_at") + LASTS),
                name="emergency_breakglass_is_short",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"broken glass {self.pk}"


class Review(Recorded):
    """What a lead found; recorded_by: never who broke the glass."""

    break_glass = models.ForeignKey(BreakGlass, on_delete=models.PROTECT, related_name="+")
    verdict = models.TextField(choices=Verdict)
    note = models.TextField()

    class Meta:
        indexes = (models.Index(fields=("break_glass",), name="emergency_review_break_glass"),)

    @override
    def __str__(self) -> str:
        return f"review {self.pk}"
