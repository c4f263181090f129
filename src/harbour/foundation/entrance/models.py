"""Groups that give roles, codes for a first password, and what happened to a sign-in."""

from typing import override

from django.db import models
from django.db.models import Q

from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Team
from harbour.foundation.entrance.vocabulary import Happened
from harbour.foundation.kernel.models import Record, Recorded


class IdentityMapping(Recorded):
    """A group of a sign-in provider whose members hold a role in a team."""

    provider = models.TextField()
    group = models.TextField()
    role = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "group", "role", "team"),
                condition=Q(ended_at=None),
                name="entrance_identitymapping_said_once",
            ),
            models.CheckConstraint(
                condition=~Q(role="system_administrator"),
                name="entrance_identitymapping_makes_no_administrator",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="entrance_identitymapping_ended_by_somebody",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.provider}: {self.group} as {self.role}"


class Activation(Record):
    """A code with which a person sets her password once: kept as a hash, for some hours."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    code_hash = models.TextField()
    begins_at = models.DateTimeField()
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("user", "begins_at"), name="entrance_activation_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("begins_at")),
                name="entrance_activation_ends_after_it_begins",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"


class Notice(Record):
    """Something that happened to a person's sign-in, of which she is told."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=Happened)
    at = models.DateTimeField()
    address = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=("user", "at"), name="entrance_notice_of"),)

    @override
    def __str__(self) -> str:
        return self.kind
