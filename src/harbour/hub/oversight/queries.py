"""Read the ledger for the records officer, and remember that it was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import overload, override
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from harbour.foundation.access import policy as access
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit import queries as ledger
from harbour.foundation.audit.breadth.models import Alert, Unrelated
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.hub.oversight.models import LedgerCheck


@dataclass(frozen=True, kw_only=True)
class Health:
    """The ledger's own state in figures: newest seal, rows not sealed yet, the last check."""

    batch: int | None
    sealed_at: datetime | None
    waiting: int
    check: LedgerCheck | None


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """Which rows of the ledger: of one record or person, of an agency, an act, a period."""

    subject: UUID | None = None
    actor: UUID | None = None
    agency: UUID | None = None
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether nothing narrows it."""
        return self == Narrowing()


FIRST_PAGE = 50


class Looks(Sequence[Entry]):
    """The rows of one record, newest first; read a page at a time."""

    def __init__(self, narrowing: Narrowing) -> None:
        """Remember which rows are wanted; nothing is read yet."""
        self.narrowing = narrowing
        self._total: int | None = None
        self._newest: list[UUID] = []

    @override
    def __len__(self) -> int:
        if self._total is None:
            # The total comes with the first page: most people read no other.
            found = self._ask(0, FIRST_PAGE)
            self._total = found[0][1] if found else 0
            self._newest = [each for each, _ in found]
        return self._total

    @overload
    def __getitem__(self, wanted: int) -> Entry: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[Entry]: ...
    @override
    def __getitem__(self, wanted: int | slice) -> Entry | list[Entry]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        start, stop = wanted.start or 0, wanted.stop if wanted.stop is not None else len(self)
        if self._newest and stop <= len(self._newest):
            ids = self._newest[start:stop]
        else:
            ids = [each for each, _ in self._ask(start, max(stop - start, 0))]
        rows = Entry.objects.in_bulk(ids)
        return [rows[each] for each in ids if each in rows]

    def _ask(self, skip: int, take: int) -> list[tuple[UUID, int]]:
        wanted = self.narrowing
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, total FROM harbour_sec.looks_at(%s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    wanted.subject,
                    wanted.actor,
                    wanted.agency,
                    wanted.act,
                    wanted.since,
                    wanted.until,
                    skip,
                    take,
                ],
            )
            return list(cursor.fetchall())


def entries(
    reader: Reader, narrowing: Narrowing, *, at: datetime
) -> QuerySet[Entry] | Sequence[Entry]:
    """Return ledger rows, newest first. Reading is itself remembered.

    Raises `Refused` unless the reader's role reads the ledger.
    """
    access.check_may(reader, Permission.AUDIT_READ)
    audit.record(
        Act.CONSULT,
        "oversight.ledger_read",
        by=reader,
        at=at,
        subjects=[narrowing.subject] if narrowing.subject else [],
        groups=[audit.LEDGER],
        detail={"act": narrowing.act, "person": bool(narrowing.actor)},
    )
    return rows(narrowing)


def rows(narrowing: Narrowing) -> QuerySet[Entry] | Sequence[Entry]:
    """Return the rows themselves, for an act that writes its own ledger row."""
    if narrowing.subject is not None:
        return Looks(narrowing)
    found = ledger.entries(
        actor=narrowing.actor,
        act=narrowing.act,
        since=narrowing.since,
        until=narrowing.until,
    )
    return found.filter(agency_id=narrowing.agency) if narrowing.agency else found


def children_of(narrowing: Narrowing) -> int:
    """Return how many records one person's rows speak of, each counted once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.records_of(%s, %s, %s, %s)",
            [narrowing.actor, narrowing.act, narrowing.since, narrowing.until],
        )
        return int(cursor.fetchone()[0])


def health() -> Health:
    """Return how far the ledger is sealed, and what the last check found."""
    newest = ledger.newest_seal()
    return Health(
        batch=newest.batch if newest else None,
        sealed_at=newest.sealed_at if newest else None,
        waiting=ledger.unsealed(),
        check=LedgerCheck.objects.order_by("-checked_at").first(),
    )


def refused_since(reader: Reader, since: datetime) -> int:
    """Return how many attempts were refused since a moment."""
    access.check_may(reader, Permission.AUDIT_READ)
    return ledger.entries(act=Act.DENY, since=since).count()


def agencies() -> list[tuple[str, str]]:
    """Return the agencies as choices of a filter."""
    return [
        (str(pk), name) for pk, name in Agency.objects.order_by("name").values_list("pk", "name")
    ]


def staff() -> list[tuple[str, str]]:
    """Return everybody who works in the hub as choices of a filter, by name."""
    people = User.objects.filter(is_system=False).order_by("name").values_list("pk", "name", "job")
    return [(str(pk), f"{name}, {job}") for pk, name, job in people]


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
        groups=[audit.LEDGER],
        about=alert,
    )
    return found


def midnight(day: date | None) -> datetime | None:
    """Return the moment at which a day begins in England."""
    return datetime.combine(day, time(), tzinfo=clock.LONDON) if day else None
