"""What is so: how far from home a child is placed, and how old a contact is."""

from collections.abc import Container
from datetime import date, timedelta
from uuid import UUID

from harbour.record.providers.vocabulary import Distance

# A contact that nobody made sure of for so long is to be looked at again.
CONTACT_STALE_AFTER = timedelta(days=183)


def distance(
    *, responsible: UUID, host: UUID | None, adjoining: Container[UUID], adjoining_known: bool
) -> Distance:
    """Return how far from the responsible authority's area a placement is."""
    if host is None:
        return Distance.NOT_KNOWN
    if host == responsible:
        return Distance.IN_AREA
    if host in adjoining:
        return Distance.ADJOINING
    return Distance.DISTANT if adjoining_known else Distance.OUT_OF_AREA


def is_stale(checked_on: date, *, today: date) -> bool:
    """Say whether a contact should be made sure of again."""
    return today - checked_on > CONTACT_STALE_AFTER
