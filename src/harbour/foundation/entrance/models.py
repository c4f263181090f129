"""Which group of a provider gives which role in which team."""

from typing import override

from django.db import models
from django.db.models import Q

from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Team
from harbour.foundation.kernel.models import Recorded


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
