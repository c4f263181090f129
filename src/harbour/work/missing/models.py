"""Episodes, their log and grades, and return home interviews."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded, Versioned
from harbour.record.people.models import Person
from harbour.work.missing import vocabulary as v


class Episode(Versioned):
    """One time a child was missing or away. It stays open until the child is back."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.EpisodeKind)
    missing_from = models.TextField(choices=v.MissingFrom)
    population = models.TextField(choices=v.Population)
    authority = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="in whose area it began"
    )
    responsible = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    out_of_area = models.BooleanField(default=False, help_text="gone out of the local authority's area")
    started_at = models.DateTimeField(help_text="last seen by a responsible adult or left placement")
    started_precision = models.TextField(choices=v.Precision, default=v.Precision.MINUTE)
    reported_at = models.DateTimeField(null=True, blank=True, help_text="to the police")
    last_seen = models.TextField(blank=True)
    wearing = models.TextField(blank=True)
    with_whom = models.TextField(blank=True)
    means = models.TextField(blank=True, help_text="money, phone, transport")
    told = models.TextField(blank=True, help_text="who has been told")
    police_reference = models.TextField(blank=True)
    police_risk = models.TextField(choices=v.PoliceRisk, blank=True, default="")
    owner = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Back: the day is known or the minute is; `returned` without `returned_at` is 'return time not recorded'.
    returned = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_precision = models.TextField(choices=v.Precision, blank=True, default="")
    found_where = models.TextField(blank=True)
    found_with = models.TextField(blank=True)
    harm = models.TextField(blank=True)
    prevention_check_at = models.DateTimeField(null=True, blank=True, help_text="police check")
    overlaps = models.BooleanField(default=False, help_text="imported, overlaps another episode")
    source_key = models.TextField(blank=True)

    class Meta:
        ordering = ("-started_at",)
        indexes = (
            models.Index(fields=("person", "-started_at"), name="missing_episode_person"),
            models.Index(fields=("started_at",), name="missing_episode_started"),
            models.Index(fields=("returned", "started_at"), name="missing_episode_open"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned=True, returned_at__gte=F("started_at")),
                name="missing_episode_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(returned=False, overlaps=False),
                name="missing_one_open_episode",
            ),
            models.UniqueConstraint(
                fields=("responsible", "source_key"),
                condition=~Q(source_key=""),
                name="missing_episode_imported_once",
            ),
        )

    def __str__(self) -> str:
        return f"episode {self.pk}"


class RiskGrade(Recorded):
    """A police risk grade of an open episode, with its history."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    grade = models.TextField(choices=v.PoliceRisk)
    reason = models.TextField()

    class Meta:
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.grade} {self.pk}"


class LogEntry(Recorded):
    """What was done or heard during an episode, when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ("at",)
        verbose_name_plural = "log entries"

    def __str__(self) -> str:
        return f"log {self.pk}"


class ReturnInterview(Versioned):
    """The interview a child must be offered after an episode. One an episode."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="+")
    # 72 elapsed hours after return; empty where the return time is not recorded.
    due_at = models.DateTimeField(null=True, blank=True)
    offered = models.TextField(choices=v.Answer, default=v.Answer.NOT_KNOWN)
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service = models.TextField(choices=v.InterviewService, blank=True, default="")
    interviewer = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    best_placed_reason = models.TextField(blank=True)
    accepted = models.TextField(choices=v.Answer, default=v.Answer.NOT_KNOWN)
    declined_reason = models.TextField(blank=True)
    carer_account = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    child_words = models.TextField(blank=True, help_text="as the child said it; never edited")
    push_factors = ArrayField(models.TextField(), default=list, blank=True)
    pull_factors = ArrayField(models.TextField(), default=list, blank=True)
    where_text = models.TextField(blank=True)
    who_text = models.TextField(blank=True)
    harm_text = models.TextField(blank=True)
    would_help = models.TextField(blank=True)
    actions_text = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("person",), name="missing_interview_person"),
            models.Index(fields=("due_at",), name="missing_interview_due"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None) | Q(held_at__isnull=False, held_by__isnull=False),
                name="missing_interview_held_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(accepted="no") | ~Q(declined_reason=""),
                name="missing_interview_declined_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"interview {self.pk}"
