"""Homes and placements."""

from typing import override

from django.db import models
from django.db.models import Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded, Versioned
from harbour.record.people.models import Person
from harbour.record.places.models import Place


class Home(Versioned):
    """A registered home or other provider. No personal data of children."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    urn = models.TextField(blank=True, help_text="Ofsted unique reference number")
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveIntegerField(null=True, blank=True)
    manager = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    independent = models.BooleanField(default=True)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    @override
    def __str__(self) -> str:
        return self.agency.name


class Placement(Recorded):
    """A child placed somewhere, from one day until another (excluded), in SSDA903 codes."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(
        Home, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    responsible = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    placement_type = models.TextField(blank=True, help_text="SSDA903 PLACE")
    provider_type = models.TextField(blank=True, help_text="SSDA903 PLACE_PROVIDER")
    legal_status = models.TextField(blank=True, help_text="SSDA903 LS")
    reason_new = models.TextField(blank=True, help_text="SSDA903 RNE")
    need = models.TextField(blank=True, help_text="SSDA903 CIN")
    reason_ended = models.TextField(blank=True, help_text="SSDA903 REC")
    reason_changed = models.TextField(blank=True, help_text="SSDA903 REASON_PLACE_CHANGE")
    home_postcode = models.TextField(blank=True, help_text="SSDA903 HOME_POST, as given")
    placement_postcode = models.TextField(blank=True, help_text="SSDA903 PL_POST, as given")
    urn = models.TextField(blank=True, help_text="SSDA903 URN, as given")
    # The row of the source it came from: importing it again finds it.
    source_key = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("person", "starts_on"), name="providers_placement_person"),)
        constraints = (
            models.UniqueConstraint(
                fields=("responsible", "source_key"),
                condition=~Q(source_key=""),
                name="providers_placement_imported_once",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"placement {self.pk}"
