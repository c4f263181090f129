"""Read agencies and teams."""

from django.db.models import QuerySet

from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind


def authorities() -> QuerySet[Agency]:
    """Return the local authorities, by name."""
    return Agency.objects.filter(kind=AgencyKind.AUTHORITY)


def partner_authorities() -> QuerySet[Agency]:
    """Return the local authorities that sit in the hub, by name."""
    return authorities().filter(partner=True)


def partner_agencies() -> QuerySet[Agency]:
    """Return every agency that sits in the hub, by name."""
    return Agency.objects.filter(partner=True)


def agency_named(name: str) -> Agency | None:
    """Return the agency with this name, whatever the case, or nothing."""
    return Agency.objects.filter(name__iexact=name.strip()).first()
