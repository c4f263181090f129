"""Homes and other providers, whom to ring where, which areas adjoin, and placements."""

from typing import override

from django.db import models
from django.db.models import F, Q

from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.models import Recorded, Versioned
from harbour.record.people.models import Person
from harbour.record.places.models import Place
from harbour.record.providers import vocabulary as v


class Home(Versioned):
    """A registered home or other provider. No personal data of children."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=v.ProviderKind, default=v.ProviderKind.CHILDRENS_HOME)
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


class HomeChange(Recorded):
    """What the register said of a home before, and what it says since. Never changed."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="+")
    field = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ("-recorded_at", "field")
        indexes = (models.Index(fields=("home", "-recorded_at"), name="providers_homechange_home"),)

    @override
    def __str__(self) -> str:
        return f"change {self.pk}"


class Contact(Recorded):
    """Whom to ring or write to at an agency, for what, from one day until another (excluded).

    An entry is not rewritten: it ends, and a new one begins. A look that found it right is dated.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(choices=v.ContactPurpose)
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    email = models.TextField(blank=True)
    hours = models.TextField(blank=True, help_text="when somebody answers")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(help_text="when somebody last made sure of it")

    class Meta:
        ordering = ("agency__name", "purpose", "-starts_on")
        indexes = (models.Index(fields=("agency", "purpose"), name="providers_contact_agency"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""), name="providers_contact_can_be_reached"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="providers_contact_ends_after_it_starts",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"contact {self.pk}"


class Adjoining(Recorded):
    """Two authorities whose areas adjoin: a child placed in the one is not far from the other."""

    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    neighbour = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="struck from the list")

    class Meta:
        verbose_name_plural = "adjoining authorities"
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "neighbour"),
                condition=Q(ended_on=None),
                name="providers_adjoining_once",
            ),
            models.CheckConstraint(
                condition=~Q(authority=F("neighbour")), name="providers_adjoining_another"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"adjoining {self.pk}"


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
    # Who arranged it, where that is not the responsible authority.
    placing = models.ForeignKey(
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
