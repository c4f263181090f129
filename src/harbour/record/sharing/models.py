"""Shares."""

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded
from harbour.record.people.models import Person
from harbour.record.sharing.vocabulary import Gateway, Purpose


class Share(Recorded):
    """Parts of a child's record opened to an agency; recorded_by: whose decision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    facets = ArrayField(models.TextField())
    purpose = models.TextField(choices=Purpose)
    gateway = models.TextField(choices=Gateway)
    reason = models.TextField()
    expires_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="sharing_share_withdrawn_at_and_by",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"share {self.pk}"
