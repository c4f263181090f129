"""Read the ledger: under policies, everybody reads their own rows and the records officer all."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.audit.models import Entry, Seal


def entries(
    *,
    subject: UUID | None = None,
    actor: UUID | None = None,
    act: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """Return the rows the reader may see, newest first, narrowed by subject, person.

    Act and half-open period.
    """
    found = Entry.objects.order_by("-at")
    if subject is not None:
        found = found.filter(subjects__contains=[subject])
    if actor is not None:
        found = found.filter(actor_id=actor)
    if act:
        found = found.filter(act=act)
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    return found


def newest_seal() -> Seal | None:
    """Return the newest sealed batch, if any."""
    return Seal.objects.order_by("-batch").first()


def unsealed() -> int:
    """Return how many rows the reader may see that no batch has sealed yet."""
    return Entry.objects.filter(batch=None).count()
