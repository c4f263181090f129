"""Where a series of figures breaks: no change across a break is told without it."""

from typing import override

from django.db import models

from harbour.foundation.kernel.models import Recorded


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
