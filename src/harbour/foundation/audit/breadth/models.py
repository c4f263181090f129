"""Limits, the children a person opened beyond their own work, and alerts."""

from datetime import timedelta
from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from harbour.foundation.audit.vocabulary import AlertKind, Answer
from harbour.foundation.kernel.models import Record

GOES_ON_FOR = timedelta(hours=1)


class BreadthLimit(models.Model):
    """From how many children within how long somebody is told, and from how many it stops."""

    starts_on = models.DateField(primary_key=True)
    alert_at = models.PositiveSmallIntegerField()
    stop_at = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(alert_at__gt=0, stop_at__gte=F("alert_at"), minutes__gt=0),
                name="audit_breadthlimit_tells_before_it_stops",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.alert_at} and {self.stop_at} in {self.minutes} minutes"


class Unrelated(Record):
    """A child that a person opened and has no work with. Written by the database, for a day."""

    user_id = models.UUIDField()
    person_id = models.UUIDField()
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "unrelated"
        indexes = (models.Index(fields=("user_id", "opened_at"), name="audit_unrelated_user"),)

    @override
    def __str__(self) -> str:
        return str(self.user_id)


class Alert(Record):
    """Somebody opens unusually many records. Written by the database; answered by a lead."""

    kind = models.TextField(choices=AlertKind)
    user_id = models.UUIDField()
    user_name = models.TextField()
    raised_at = models.DateTimeField()
    number = models.PositiveIntegerField()
    # Whose leads are told: the authorities for which the person's teams work.
    audiences = ArrayField(models.TextField(), default=list)
    answer = models.TextField(choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-raised_at",)
        indexes = (models.Index(fields=("user_id", "-raised_at"), name="audit_alert_user"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="audit_alert_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(until=None)
                | Q(answer=Answer.GO_ON, until__lte=F("answered_at") + GOES_ON_FOR),
                name="audit_alert_goes_on_for_an_hour",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
