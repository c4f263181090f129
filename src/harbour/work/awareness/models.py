"""Outreach."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.kernel.models import Recorded


class Outreach(Recorded):
    """A programme's reach in one area over a period; `estimated` where nobody counted heads."""

    programme = models.TextField()
    area = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    schools = models.PositiveIntegerField(null=True, blank=True)
    children = models.PositiveIntegerField(null=True, blank=True)
    estimated = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "outreach"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="awareness_outreach_period"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.programme} {self.starts_on}"
