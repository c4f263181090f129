"""Episodes, their log and grades, and return home interviews."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Record, Recorded, Versioned
from harbour.record.attachments.models import Attachment
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
    out_of_area = models.BooleanField(
        default=False, help_text="gone out of the local authority's area"
    )
    started_at = models.DateTimeField(
        help_text="last seen by a responsible adult or left placement"
    )
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
    owner_since = models.DateTimeField(null=True, blank=True)
    # Who takes an episode says so: an owner who has not acknowledged is no owner.
    owner_acknowledged_at = models.DateTimeField(null=True, blank=True)
    # Offered to somebody else: until they acknowledge, the owner stays who she is.
    offered_to = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Back: the minute is known, or the day; `returned` without `returned_at` is 'return time not
    # recorded'.
    returned = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_precision = models.TextField(choices=v.Precision, blank=True, default="")
    return_recorded_at = models.DateTimeField(null=True, blank=True)
    return_recorded_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_how = models.TextField(choices=v.ReturnMethod, blank=True, default="")
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
            models.Index(fields=("recorded_at",), name="missing_episode_recorded"),
            models.Index(fields=("return_recorded_at",), name="missing_episode_back"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned=True, returned_at__gte=F("started_at")),
                name="missing_episode_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(return_recorded_at=None, return_recorded_by=None)
                | Q(
                    returned=True,
                    return_recorded_at__isnull=False,
                    return_recorded_by__isnull=False,
                ),
                name="missing_episode_return_recorded_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(owner=None, owner_acknowledged_at=None)
                | Q(owner__isnull=False, owner_acknowledged_at__isnull=False),
                name="missing_episode_an_owner_has_acknowledged",
            ),
            models.CheckConstraint(
                condition=Q(offered_to=None, offered_at=None, offered_by=None)
                | Q(offered_to__isnull=False, offered_at__isnull=False, offered_by__isnull=False),
                name="missing_episode_offered_to_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(offered_to=None) | Q(owner=None) | ~Q(offered_to=F("owner")),
                name="missing_episode_offered_to_another",
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

    @override
    def __str__(self) -> str:
        return f"episode {self.pk}"


class RiskGrade(Recorded):
    """A police risk grade of an open episode, with its history."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    grade = models.TextField(choices=v.PoliceRisk)
    reason = models.TextField()
    set_by = models.TextField(blank=True, help_text="the officer or control room that set it")

    class Meta:
        ordering = ("recorded_at",)
        indexes = (models.Index(fields=("episode",), name="missing_riskgrade_episode"),)

    @override
    def __str__(self) -> str:
        return f"{self.grade} {self.pk}"


class LogEntry(Recorded):
    """What was done or heard during an episode, when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.LogKind, default=v.LogKind.NOTE)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ("at", "recorded_at")
        verbose_name_plural = "log entries"
        indexes = (models.Index(fields=("episode", "-at"), name="missing_logentry_episode"),)

    @override
    def __str__(self) -> str:
        return f"log {self.pk}"


class ReturnInterview(Versioned):
    """The interview a child must be offered after an episode. One an episode."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="+")
    # 72 elapsed hours after return; empty where the return time is not recorded.
    due_at = models.DateTimeField(null=True, blank=True)
    # While it is still to be settled: when the child came back. The database keeps it.
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    offered = models.TextField(choices=v.Answer, default=v.Answer.NOT_KNOWN)
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    not_offered_reason = models.TextField(blank=True)
    service = models.TextField(choices=v.InterviewService, blank=True, default="")
    interviewer = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    best_placed_reason = models.TextField(blank=True)
    chosen_by_child = models.TextField(blank=True, help_text="whom the child named")
    accepted = models.TextField(choices=v.Answer, default=v.Answer.NOT_KNOWN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
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
    # As named, one each. An analyst looks at each before it is part of anything.
    places_named = ArrayField(models.TextField(), default=list, blank=True)
    people_named = ArrayField(models.TextField(), default=list, blank=True)
    travel_text = models.TextField(blank=True)
    harm_text = models.TextField(blank=True)
    would_help = models.TextField(blank=True)
    actions_text = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("person",), name="missing_interview_person"),
            models.Index(fields=("due_at",), name="missing_interview_due"),
            models.Index(fields=("interviewer",), name="missing_interview_interviewer"),
            models.Index(
                fields=("waiting_since",),
                condition=Q(waiting_since__isnull=False),
                name="missing_interview_waiting",
            ),
            models.Index(
                fields=("person", "waiting_since"),
                condition=Q(waiting_since__isnull=False),
                name="missing_interview_waits",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="missing_interview_held_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="missing_interview_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(accepted="no") | ~Q(declined_reason=""),
                name="missing_interview_declined_with_reason",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"interview {self.pk}"


class InterviewAnswer(Recorded):
    """What a child answered to the offer, each time they were asked. The last one holds."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="+")
    accepted = models.TextField(choices=v.Answer)
    declined_reason = models.TextField(blank=True)
    carer_account = models.TextField(blank=True)

    class Meta:
        ordering = ("recorded_at",)
        indexes = (models.Index(fields=("interview",), name="missing_answer_interview"),)

    @override
    def __str__(self) -> str:
        return f"answer {self.pk}"


class PreventionCheck(Recorded):
    """The police's safe and well check after a return, or why none was made."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(choices=v.CheckOutcome)
    checked_at = models.DateTimeField(null=True, blank=True)
    officer = models.TextField(blank=True, help_text="name or number, as the police give it")
    found = models.TextField(blank=True, help_text="how the child was and what they said")
    reason = models.TextField(blank=True, help_text="why no check was made")

    class Meta:
        ordering = ("recorded_at",)
        indexes = (models.Index(fields=("episode",), name="missing_check_episode"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="not_made", checked_at=None) & ~Q(reason="")
                | ~Q(outcome="not_made") & Q(checked_at__isnull=False),
                name="missing_check_made_or_why_not",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"check {self.pk}"


class RepeatRule(models.Model):
    """How many episodes in how many days ask for a strategy discussion. No personal data."""

    number = models.PositiveIntegerField(primary_key=True)
    episodes = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(episodes__gte=2, days__gte=1),
                name="missing_repeatrule_counts_something",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.episodes} in {self.days} days"


class ReportDraft(Record):
    """A report begun and not sent: its author's own, gone when it is sent or a day old."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("-begun_at",)
        indexes = (models.Index(fields=("user",), name="missing_draft_user"),)

    @override
    def __str__(self) -> str:
        return f"draft {self.pk}"


class Profile(Recorded):
    """What whoever looks for a child needs to know, written before it is needed.

    Each row is the whole profile as one person left it; the one with the highest number holds. The
    carer keeps it, and it stays with the child when the carer changes.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kept_by = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="whose carer wrote it"
    )
    looks = models.TextField(blank=True, help_text="height, build, hair, marks")
    photo = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    photo_on = models.DateField(null=True, blank=True, help_text="the day it was taken")
    vulnerable = models.TextField(blank=True, help_text="what puts the child at risk")
    medical = models.TextField(blank=True, help_text="conditions, medicines, allergies")
    places = models.TextField(blank=True, help_text="where the child may go")
    associates = models.TextField(blank=True, help_text="whom the child may be with")
    phones = models.TextField(blank=True)
    accounts = models.TextField(blank=True, help_text="online names")
    transport = models.TextField(blank=True)
    money = models.TextField(blank=True)
    approach = models.TextField(blank=True, help_text="how to speak with the child")
    agreed = models.TextField(blank=True, help_text="what was agreed with the child if late")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "number"), name="missing_profile_one_of_each_number"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"profile {self.pk}"


class SentSheet(Recorded):
    """The sheet of a missing child, sent to somebody without an account for some hours.

    What it says is sealed under a passphrase that is told by telephone and kept nowhere. It opens
    while the child is missing, until its time is over or somebody closes it; then it is empty.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    given_to = models.TextField(help_text="officer and force, or who else looks for the child")
    reason = models.TextField()
    salt = models.BinaryField()
    sealed = models.BinaryField(null=True, blank=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0, help_text="since it was last opened")
    opens = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-recorded_at",)
        indexes = (models.Index(fields=("episode",), name="missing_sentsheet_episode"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="missing_sentsheet_ended_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("recorded_at")),
                name="missing_sentsheet_ends_after_it_begins",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"sheet {self.pk}"
