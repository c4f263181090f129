"""Read the ledger for the records officer, and remember that it was read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit import queries as ledger
from harbour.foundation.audit.breadth.models import Alert, Unrelated
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock


@dataclass(frozen=True, kw_only=True)
class Health:
    """The ledger's own state in figures: newest seal and rows not sealed yet."""

    batch: int | None
    sealed_at: datetime | None
    waiting: int


# Each narrows the ledger on its own; callers name one or two.
def entries(  # noqa: PLR0913
    reader: Reader,
    *,
    at: datetime,
    subject: UUID | None = None,
    actor: UUID | None = None,
    act: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Return ledger rows, newest first.

    `until` is the last day included. Reading is itself remembered.

    Raises `Refused` unless the reader's role reads the ledger.
    """
    access.check_may(reader, Permission.AUDIT_READ)
    audit.record(
        Act.CONSULT,
        "oversight.ledger_read",
        by=reader,
        at=at,
        subjects=[subject] if subject else [],
        groups=["ledger"],
        detail={"act": act, "person": bool(actor)},
    )
    return ledger.entries(
        subject=subject,
        actor=actor,
        act=act,
        since=_midnight(since),
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def health() -> Health:
    """Return how far the ledger is sealed."""
    newest = ledger.newest_seal()
    return Health(
        batch=newest.batch if newest else None,
        sealed_at=newest.sealed_at if newest else None,
        waiting=ledger.unsealed(),
    )


def opened_before(reader: Reader, alert: Alert, *, at: datetime) -> list[UUID]:
    """Return the children that an alert is about, for who reads the ledger; to others nobody."""
    if not reader.may(Permission.AUDIT_READ):
        return []
    opened = Unrelated.objects.filter(
        user_id=alert.user_id,
        opened_at__lte=alert.raised_at,
        opened_at__gt=alert.raised_at - timedelta(hours=1),
    )
    found = list(opened.order_by("opened_at").values_list("person_id", flat=True))
    audit.record(
        Act.CONSULT,
        "oversight.alert_read",
        by=reader,
        at=at,
        subjects=found,
        groups=["ledger"],
        about=alert,
    )
    return found


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=clock.LONDON) if day else None
