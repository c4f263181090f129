"""Tools as data, and completed assessments."""

from typing import override

from django.db import models
from django.db.models import Q

from harbour.foundation.kernel.models import Record, Versioned
from harbour.record.people.models import Person
from harbour.work.referrals.models import Referral


class Tool(Record):
    """A tool: a name, a purpose, and versions."""

    code = models.TextField(unique=True, help_text="cse_rat, gat ...")
    title = models.TextField()
    purpose = models.TextField(help_text="screening or assessment, and what it is not for")

    @override
    def __str__(self) -> str:
        return self.title


class ToolVersion(Record):
    """One published version. Its definition never changes once an assessment rests on it."""

    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_on = models.DateField()
    definition = models.JSONField(help_text="indicators, weights, recency windows, bands")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tool", "number"), name="assessments_toolversion_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.tool} {self.number}"


class Assessment(Versioned):
    """A tool completed about a child by a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version_used = models.ForeignKey(ToolVersion, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict, help_text="indicator: {answer, when, evidence}")
    score = models.IntegerField(null=True, blank=True)
    score_band = models.TextField(blank=True)
    judgement = models.TextField(blank=True, help_text="high, medium, low, none")
    judgement_reason = models.TextField(blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paired_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("person",), name="assessments_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(completed_at=None, completed_by=None)
                | Q(completed_at__isnull=False, completed_by__isnull=False)
                & ~Q(judgement="")
                & ~Q(judgement_reason=""),
                name="assessments_completed_with_judgement",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"assessment {self.pk}"
