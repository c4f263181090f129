"""Read on what an episode's population rests, for many children and days at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies import queries as agencies
from harbour.record.people.models import AuthorityTie, CareStatus
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.record.providers.models import Placement


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Who is responsible, who hosts, and whether the child was looked after, on one day."""

    responsible: UUID | None
    host: UUID | None
    looked_after: bool


def bases(reader: Reader, wanted: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], Basis]:
    """Return the basis of each child's day, as far as the reader sees the record.

    The same answer as `harbour_sec.missing_basis` gives for one child, read in three questions.
    """
    del reader
    days = set(wanted)
    people = {person for person, _ in days}
    ties, stays, cared = _ties(people), _stays(people), _cared(people)
    return {
        (person, day): _basis(ties[person], stays[person], cared[person], day)
        for person, day in days
    }


def partner_ids() -> frozenset[UUID]:
    """Return the authorities of the partnership."""
    return frozenset(each.pk for each in agencies.partner_authorities())


@dataclass(frozen=True)
class _Span:
    """Something that held from one day until another."""

    starts_on: date | None
    ends_on: date | None
    recorded_at: datetime
    what: str
    authority_id: UUID | None

    def holds(self, day: date) -> bool:
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or self.ends_on > day)


def _ties(people: set[UUID]) -> dict[UUID, list[_Span]]:
    kinds = (AuthorityTieKind.RESPONSIBLE, AuthorityTieKind.HOST)
    rows = AuthorityTie.objects.filter(person__in=people, kind__in=kinds)
    found: dict[UUID, list[_Span]] = defaultdict(list)
    for person, starts_on, ends_on, recorded_at, kind, authority in rows.values_list(
        "person_id", "starts_on", "ends_on", "recorded_at", "kind", "authority_id"
    ):
        found[person].append(_Span(starts_on, ends_on, recorded_at, kind, authority))
    for theirs in found.values():
        theirs.sort(key=lambda each: (each.starts_on or date.min, each.recorded_at), reverse=True)
    return found


def _stays(people: set[UUID]) -> dict[UUID, list[_Span]]:
    rows = Placement.objects.filter(person__in=people).order_by("-starts_on")
    found: dict[UUID, list[_Span]] = defaultdict(list)
    for person, starts_on, ends_on, recorded_at, host in rows.values_list(
        "person_id", "starts_on", "ends_on", "recorded_at", "host_id"
    ):
        found[person].append(_Span(starts_on, ends_on, recorded_at, "stay", host))
    return found


def _cared(people: set[UUID]) -> dict[UUID, list[_Span]]:
    rows = CareStatus.objects.filter(person__in=people)
    found: dict[UUID, list[_Span]] = defaultdict(list)
    for person, starts_on, ends_on, recorded_at in rows.values_list(
        "person_id", "starts_on", "ends_on", "recorded_at"
    ):
        found[person].append(_Span(starts_on, ends_on, recorded_at, "care", None))
    return found


def _basis(ties: list[_Span], stays: list[_Span], cared: list[_Span], day: date) -> Basis:
    def tied(kind: AuthorityTieKind) -> UUID | None:
        return next((e.authority_id for e in ties if e.what == kind and e.holds(day)), None)

    stay = next((each for each in stays if each.holds(day)), None)
    placed_with = stay.authority_id if stay else None
    return Basis(
        responsible=tied(AuthorityTieKind.RESPONSIBLE),
        host=placed_with or tied(AuthorityTieKind.HOST),
        looked_after=stay is not None or any(each.holds(day) for each in cared),
    )
