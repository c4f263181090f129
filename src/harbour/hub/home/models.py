"""When somebody last looked at their work."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.kernel.models import Record


class Look(Record):
    """The last two looks of one person: changes are shown from the one before this."""

    user = models.OneToOneField("access.User", on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField(help_text="from when changes are shown")
    seen_at = models.DateTimeField(help_text="when the page was last opened")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("since_at")), name="home_look_goes_forward"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"look {self.pk}"
