"""Open a child's page: who the child is, which parts the reader sees, and the facts of the band."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.kernel import clock
from harbour.record.people import queries as people
from harbour.record.people.models import Address
from harbour.record.providers import queries as providers
from harbour.work.cases.queries import decided
from harbour.work.missing import queries as missing

# What the top of every page about a child shows, as far as the reader sees it.
TOP = (Facet.IDENTITY, Facet.CONTACT, Facet.PLACEMENT, Facet.MISSING, Facet.CASE)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Which parts of one child's record a reader reads and writes."""

    reads: frozenset[Facet]
    writes: frozenset[Facet]


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child as the top of every page shows them; what may not be seen is not there."""

    header: people.ChildHeader
    parts: Parts
    placed_with: str
    is_placed: bool
    address: str
    grading: decided.GradingLine | None
    allocations: tuple[decided.AllocationLine, ...]
    missing: missing.MissingFact | None
    at: datetime

    @property
    def id(self) -> UUID:
        """Return the child's id."""
        return self.header.id

    def reads(self, facet: Facet) -> bool:
        """Say whether the reader reads this part."""
        return facet in self.parts.reads

    def writes(self, facet: Facet) -> bool:
        """Say whether the reader writes this part."""
        return facet in self.parts.writes


def parts(reader: Reader, person_id: UUID) -> Parts:
    """Return which parts of this child's record stand open to the reader now, in one query."""
    del reader  # the database knows who asks
    wanted = [facet.value for facet in Facet]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f, harbour_sec.may_see(p, f), harbour_sec.may_see(p, f || ':write')"
            " FROM unnest(%s::text[]) f, (SELECT %s::uuid AS p) child",
            [wanted, person_id],
        )
        rows = cursor.fetchall()
    return Parts(
        reads=frozenset(Facet(facet) for facet, read, _ in rows if read),
        writes=frozenset(Facet(facet) for facet, _, written in rows if written),
    )


def child(reader: Reader, person_id: UUID, *, shows: Iterable[Facet] = (), at: datetime) -> Child:
    """Return a child for a page that shows these parts beside the top, and write the look.

    The ledger row names the parts that were shown: those asked for that the reader may see. Raises
    `Missing` for a child that is not there and for one the reader may not see.
    """
    open_parts = parts(reader, person_id)
    reads = open_parts.reads
    shown = [facet for facet in Facet if facet in {*TOP, *shows} & reads]
    header = people.child(reader, person_id, groups=shown or [Facet.IDENTITY], at=at)
    placement = (
        providers.placement_on(reader, person_id, on=clock.london_date(at))
        if Facet.PLACEMENT in reads
        else None
    )
    case = Facet.CASE in reads
    episodes = missing.current(reader, [person_id], at=at) if Facet.MISSING in reads else {}
    return Child(
        header=header,
        parts=open_parts,
        placed_with=placement.home.agency.name if placement and placement.home else "",
        is_placed=placement is not None,
        address=_address(reader, person_id) if Facet.CONTACT in reads else "",
        grading=decided.current_grading(reader, person_id) if case else None,
        allocations=decided.allocations(reader, person_id, open_only=True) if case else (),
        missing=episodes.get(person_id),
        at=at,
    )


def _address(reader: Reader, person_id: UUID) -> str:
    found = people.facts(reader, Address, person_id).filter(ends_on=None)
    row = found.select_related("place").first()
    return str(row.place) if row else ""
