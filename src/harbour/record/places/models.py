"""Places. A place alone says nothing of a child; who lives or goes there is in the people room."""

from typing import override

from django.db import models

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Versioned
from harbour.record.places.vocabulary import PlaceKind


class Place(Versioned):
    """An address or premises."""

    kind = models.TextField(choices=PlaceKind)
    name = models.TextField(blank=True)
    street = models.TextField(blank=True)
    locality = models.TextField(blank=True)
    postcode = models.TextField(blank=True, help_text="as it was given")
    postcode_key = models.TextField(
        blank=True, db_index=True, help_text="without spaces, in capitals"
    )
    postcode_flag = models.TextField(
        blank=True, help_text="why it is doubted; empty when it is not"
    )
    easting = models.IntegerField(null=True, blank=True, help_text="metres, OSGB36")
    northing = models.IntegerField(null=True, blank=True, help_text="metres, OSGB36")
    authority = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Normalised street, locality and postcode: what tells whether two people gave the same address.
    match_key = models.TextField(blank=True, db_index=True)

    @override
    def __str__(self) -> str:
        return ", ".join(
            part for part in (self.name, self.street, self.locality, self.postcode) if part
        )
