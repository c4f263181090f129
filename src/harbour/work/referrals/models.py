"""Referrals, the children they speak of, and the watch over those closed with no further action."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Record, Recorded, Versioned
from harbour.record.people.models import Person
from harbour.work.referrals import vocabulary as v


class Referral(Versioned):
    """What somebody said, kept as they said it, and what screening decided."""

    reference = models.TextField(unique=True, help_text="given to the referrer; says nothing")
    received_at = models.DateTimeField()
    channel = models.TextField(choices=v.Channel)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Set only for a person with an account: they may follow what they sent.
    sent_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.TextField(choices=v.Source)
    local_source = models.TextField(choices=v.LocalSource, blank=True, default="")
    referrer_name = models.TextField(blank=True)
    referrer_role = models.TextField(
        blank=True, help_text="job and agency, or what they are to the child"
    )
    referrer_contact = models.TextField(blank=True)
    concerns = ArrayField(models.TextField())
    group_name = models.TextField(blank=True, help_text="a group or line the referrer named")
    narrative = models.TextField()
    immediate_danger = models.BooleanField(default=False)
    danger_action = models.TextField(blank=True, help_text="what was done at once")
    parents_informed = models.TextField(blank=True, help_text="yes, no, not_known")
    parents_reason = models.TextField(blank=True)
    status = models.TextField(choices=v.Status, default=v.Status.NEW)
    screening_due_on = models.DateField()
    decision = models.TextField(choices=v.Decision, blank=True, default="")
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    feedback_at = models.DateTimeField(null=True, blank=True)
    feedback_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    feedback_text = models.TextField(blank=True)

    class Meta:
        ordering = ("-received_at",)
        indexes = (
            models.Index(
                fields=("status", "screening_due_on", "received_at"), name="referrals_inbox"
            ),
            models.Index(fields=("sent_by", "-received_at"), name="referrals_sent"),
            models.Index(fields=("-received_at",), name="referrals_received"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="", status="new")
                | Q(decided_at__isnull=False, decided_by__isnull=False, status="screened")
                & ~Q(decision="")
                & ~Q(decision_reason=""),
                name="referrals_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(feedback_at=None, feedback_by=None)
                | Q(feedback_at__isnull=False, feedback_by__isnull=False),
                name="referrals_feedback_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.reference


class DescribedChild(Recorded):
    """A child as the referrer described them; never overwritten by what we find out."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1, help_text="in the order they were named")
    given = models.TextField(blank=True)
    family = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    born_on = models.DateField(null=True, blank=True)
    born_precision = models.TextField(blank=True)
    age_said = models.TextField(blank=True)
    sex = models.TextField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    school = models.TextField(blank=True)
    with_now = models.TextField(blank=True, help_text="where the child is now, as far as known")

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("referral",), name="referrals_described"),)

    @override
    def __str__(self) -> str:
        return f"described child {self.pk}"


class Link(Recorded):
    """A referral speaks of this person: a human being said so, and when.

    A mistaken link is never deleted: an `Unlink` follows it, and linking again is the next `turn`.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    described = models.ForeignKey(
        DescribedChild, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "person", "turn"), name="referrals_link_once_a_turn"
            ),
        )
        indexes = (models.Index(fields=("person",), name="referrals_link_person"),)

    @override
    def __str__(self) -> str:
        return f"link {self.pk}"


class Unlink(Recorded):
    """The link was a mistake: who said so, when and why."""

    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    @override
    def __str__(self) -> str:
        return f"unlink {self.pk}"


class Watch(Record):
    """Something a referral closed with no further action looks out for."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.WatchKind)
    value = models.TextField(help_text="person id, place id, phone key or group key")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "watches"
        indexes = (
            models.Index(fields=("kind", "value"), name="referrals_watch_value"),
            models.Index(fields=("referral",), name="referrals_watch_referral"),
        )

    @override
    def __str__(self) -> str:
        return f"watch {self.pk}"


class Firing(Record):
    """A watch fired: something new touched it. Written by the database for whoever keeps it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.WatchKind)
    fired_at = models.DateTimeField()
    source = models.TextField(help_text="kind of record that brought the news")
    source_id = models.UUIDField()
    reason = models.TextField(help_text="a sentence without personal data")
    # A restriction of one of them keeps the news from those who are not named.
    children = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        ordering = ("-fired_at",)
        indexes = (models.Index(fields=("referral", "fired_at"), name="referrals_firing_referral"),)

    @override
    def __str__(self) -> str:
        return f"firing {self.pk}"


class Draft(models.Model):
    """Answers to a form that was not sent yet, for at most a day.

    The application cannot read this table: three functions of the database give a draft to whoever
    knows its key. The key is in the session, only its hash is here.
    """

    key_hash = models.BinaryField(primary_key=True)
    answers = models.JSONField()
    touched_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return "draft"
