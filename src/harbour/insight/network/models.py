"""The register of county lines."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Versioned


class CountyLine(Versioned):
    """A line, where it comes from and goes to, and when it was active."""

    name = models.TextField()
    status = models.TextField(choices=(("confirmed", "Confirmed"), ("suspected", "Suspected")))
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    origin = models.TextField()
    importing = ArrayField(models.TextField(), default=list)
    direction = models.TextField(
        choices=(("in", "Into the area"), ("out", "Out of it"), ("both", "Both ways"))
    )
    active_from = models.DateField()
    last_active_on = models.DateField(null=True, blank=True, help_text="empty while active")

    @override
    def __str__(self) -> str:
        return self.name
