"""Agencies, teams and the authorities they work for. No personal data."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.models import Record


class Agency(Record):
    """A body that takes part, places children or is told things."""

    name = models.TextField(unique=True)
    kind = models.TextField(choices=AgencyKind)
    # DfE code of a local authority, Ofsted URN of a home, DfE number of a school.
    code = models.TextField(blank=True)
    partner = models.BooleanField(default=False, help_text="sits in the hub")
    # Crime and Disorder Act 1998 s115 covers relevant authorities, never voluntary bodies.
    covered_by_s115 = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    @override
    def __str__(self) -> str:
        return self.name


class Team(Record):
    """A team of an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.TextField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("agency", "name"), name="agencies_team_named_once"),
        )

    @override
    def __str__(self) -> str:
        return self.name


class Remit(Record):
    """An authority whose children a team works for, from one day until another (excluded)."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="remits")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="agencies_remit_ends_after_it_starts",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.team} for {self.authority}"
