"""Additions to interviews, reviews, what was told on, and what was named."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from harbour.foundation.agencies.models import Team
from harbour.foundation.kernel.models import Recorded
from harbour.record.people.models import Person
from harbour.record.places.models import Place
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.returns import vocabulary as v


class Addition(Recorded):
    """Something added to an interview. The interview itself is never edited."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.AdditionKind)
    text = models.TextField()

    class Meta:
        ordering = ("recorded_at",)
        indexes = (models.Index(fields=("interview",), name="returns_addition_interview"),)

    @override
    def __str__(self) -> str:
        return f"addition {self.pk}"


class Review(Recorded):
    """What a second person found of an interview, criterion by criterion."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(choices=v.ReviewOutcome)
    met = ArrayField(models.TextField(), default=list, help_text="which criteria are met")
    note = models.TextField(blank=True, help_text="what is missing; why it is accepted without it")

    class Meta:
        ordering = ("recorded_at",)
        indexes = (models.Index(fields=("interview",), name="returns_review_interview"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(outcome="more") | ~Q(note=""), name="returns_review_says_what_is_asked"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"review {self.pk}"


class Onward(Recorded):
    """What was told on to a team, why, and who has taken it in."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(help_text="what they need to know")
    why = models.TextField(help_text="why they need it")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("recorded_at",)
        indexes = (
            models.Index(fields=("interview",), name="returns_onward_interview"),
            models.Index(fields=("team",), name="returns_onward_team"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="returns_onward_acknowledged_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"onward {self.pk}"


class Named(Recorded):
    """A place or a person as somebody named them: a proposal for the analyst, never a fact."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(
        ReturnInterview, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.TextField(choices=v.NamedKind)
    text = models.TextField(help_text="as it was named")
    # What two spellings of one name share; empty where there is nothing to compare.
    key = models.TextField(blank=True)
    origin = models.TextField(choices=v.Origin)

    class Meta:
        ordering = ("recorded_at",)
        indexes = (
            models.Index(fields=("episode",), name="returns_named_episode"),
            models.Index(fields=("person",), name="returns_named_person"),
            models.Index(fields=("kind", "key"), name="returns_named_key"),
        )

    @override
    def __str__(self) -> str:
        return f"named {self.pk}"


class Judgement(Recorded):
    """What the analyst made of a name: a place or an association with its strength, or nothing."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named = models.OneToOneField(Named, on_delete=models.PROTECT, related_name="judgement")
    outcome = models.TextField(choices=v.JudgementOutcome)
    strength = models.TextField(choices=v.Strength, blank=True, default="")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    other = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()

    class Meta:
        ordering = ("recorded_at",)
        indexes = (
            models.Index(fields=("place",), name="returns_judgement_place"),
            models.Index(fields=("other",), name="returns_judgement_other"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="returns_judgement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome="refused", strength="", place=None, other=None)
                | Q(outcome="accepted") & ~Q(strength=""),
                name="returns_judgement_refused_or_graded",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"judgement {self.pk}"
