"""Notifications, chases, the pack, and what is known and agreed of a child placed elsewhere."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded, Versioned
from harbour.record.people.models import Person
from harbour.record.providers.models import Home, Placement
from harbour.work.hosting import vocabulary as v
from harbour.work.missing.vocabulary import InterviewService


class Notification(Versioned):
    """That a child arrived in a placement or left it, as the home or placing authority told it.

    It belongs to no child's record until it is taken in; from then on it is read with the record.
    """

    direction = models.TextField(choices=v.Direction)
    duty = models.TextField(choices=v.Duty)
    channel = models.TextField(choices=v.Channel)
    sender = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(
        Home, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    host = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    happened_on = models.DateField(help_text="the day of the admission or discharge")
    emergency = models.BooleanField(default=False)
    given = models.TextField(blank=True)
    family = models.TextField(blank=True)
    born_on = models.DateField(null=True, blank=True)
    accommodated = models.TextField(choices=v.Said, blank=True, default="")
    care_order = models.TextField(choices=v.CareOrder, blank=True, default="")
    placing = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    placing_contact = models.TextField(blank=True)
    reviewer_contact = models.TextField(blank=True)
    ehc_plan = models.TextField(choices=v.Said, blank=True, default="")
    ehc_authority = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    needs_given = models.BooleanField(default=False, help_text="needs, and why it suits: reg 13")
    care_plan_given = models.BooleanField(default=False)
    going_to = models.TextField(blank=True, help_text="where a child who leaves goes, if said")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    placement = models.ForeignKey(
        Placement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_in_at = models.DateTimeField(null=True, blank=True)
    taken_in_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-received_on", "-recorded_at")
        indexes = (
            models.Index(fields=("host", "-received_on"), name="hosting_notification_host"),
            models.Index(fields=("person",), name="hosting_notification_person"),
            models.Index(fields=("placement",), name="hosting_notification_placement"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_in_at=None, taken_in_by=None)
                | Q(taken_in_at__isnull=False, taken_in_by__isnull=False, person__isnull=False),
                name="hosting_notification_taken_in_for_a_child",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"


class Chase(Recorded):
    """One time that somebody was asked for what is missing. Never changed."""

    kind = models.TextField(choices=v.ChaseKind)
    how = models.TextField(choices=v.ChaseHow)
    authority = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="for whose sake it was asked"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="who was asked"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The placement, notification, child or sent pack that it is about.
    about_id = models.UUIDField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("-recorded_at",)
        indexes = (models.Index(fields=("about_id", "kind"), name="hosting_chase_about"),)

    @override
    def __str__(self) -> str:
        return f"chase {self.pk}"


class Pack(Recorded):
    """One version of what the partnership gives every provider. No personal data; never changed."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    changed = models.TextField(blank=True, help_text="what is new since the version before")

    class Meta:
        ordering = ("-number",)

    @override
    def __str__(self) -> str:
        return f"pack {self.number}"


class PackSent(Recorded):
    """A version of the pack given to a provider or authority, and who acknowledged it."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("agency__name", "-pack__number")
        verbose_name_plural = "packs sent"
        constraints = (
            models.UniqueConstraint(fields=("pack", "agency"), name="hosting_packsent_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__gte=F("recorded_at"), acknowledged_by__isnull=False),
                name="hosting_packsent_acknowledged_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"pack sent {self.pk}"


class ToldFlag(Recorded):
    """What another authority told of a child: by whom, when and how, as told and not as proved."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.FlagKind)
    told_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    channel = models.TextField(choices=v.Channel)
    since_on = models.DateField(null=True, blank=True, help_text="since when it holds there")
    words = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="taken back by who told it")

    class Meta:
        ordering = ("-told_on",)
        indexes = (models.Index(fields=("person",), name="hosting_toldflag_person"),)

    @override
    def __str__(self) -> str:
        return f"told {self.pk}"


class Consultation(Versioned):
    """A local consultation offered to the authority that placed a child here."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    offered_on = models.DateField()
    answer = models.TextField(choices=v.ConsultationAnswer, default=v.ConsultationAnswer.WAITING)
    held_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("-offered_on",)
        indexes = (models.Index(fields=("person",), name="hosting_consultation_person"),)

    @override
    def __str__(self) -> str:
        return f"consultation {self.pk}"


class Arrangement(Recorded):
    """Who holds return interviews for a child placed across a border; the newest holds."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interviewer = models.TextField(choices=InterviewService)
    agreed_with = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(help_text="why they are best placed")

    class Meta:
        ordering = ("-recorded_at",)
        indexes = (models.Index(fields=("person",), name="hosting_arrangement_person"),)

    @override
    def __str__(self) -> str:
        return f"arrangement {self.pk}"
