"""Where a series of figures breaks, and the counts of missing episodes that are kept ready."""

from typing import override

from django.db import models

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Record, Recorded
from harbour.insight.reporting.vocabulary import Span


class Break(Recorded):
    """From a day on, figures of one family are not to be compared with those before."""

    family = models.TextField(help_text="what the ids of its figures begin with")
    starts_on = models.DateField()
    sentence = models.TextField(help_text="what changed, as a committee would want to read it")

    class Meta:
        ordering = ("starts_on",)

    @override
    def __str__(self) -> str:
        return f"{self.family} {self.starts_on}"


class MissingCount(Record):
    """Missing episodes of a quarter or a year, counted ahead: numbers, and nobody's name.

    A trigger on the episodes keeps it in the transaction that writes them. No authority stands for
    all of the partnership, no population for all four.
    """

    span = models.TextField(choices=[(each.value, each.value) for each in Span])
    starts_on = models.DateField(help_text="first day of the quarter or year")
    authority = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    population = models.TextField(blank=True)
    kind = models.TextField(help_text="missing, or away without authorisation")
    episodes = models.IntegerField()
    children = models.IntegerField()
    overlapping = models.IntegerField(help_text="not among the episodes: overlap another")
    no_return_time = models.IntegerField(help_text="of the episodes: return time not recorded")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("span", "starts_on", "authority", "population", "kind"),
                name="reporting_missingcount_once",
                nulls_distinct=False,
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.span} {self.starts_on}"
