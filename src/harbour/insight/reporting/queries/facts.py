"""What the database counts, for a run of quarters at once. No row of a person leaves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from harbour.foundation.agencies import queries as agencies
from harbour.insight.network.rules import RECENT_MONTHS
from harbour.insight.reporting import rules
from harbour.insight.reporting.models import Break
from harbour.insight.reporting.rules import Band, Quarter
from harbour.insight.reporting.vocabulary import ADULT_BANDS, CHILD_BANDS, OLDEST, Cell
from harbour.work.awareness import queries as awareness

type Key = tuple[int, UUID | None, tuple[tuple[str, str], ...], str]
type Arguments = list[Any]


def _moments(quarters: Sequence[Quarter]) -> Arguments:
    return [
        [each.period.starts_at for each in quarters],
        [each.period.ends_at for each in quarters],
    ]


def _days(quarters: Sequence[Quarter]) -> Arguments:
    return [
        [each.period.starts_on for each in quarters],
        [each.period.ends_before for each in quarters],
    ]


def _bands(bands: Sequence[Band]) -> Arguments:
    return [
        [each.low for each in bands],
        [OLDEST if each.high is None else each.high for each in bands],
    ]


def _referrals(quarters: Sequence[Quarter]) -> Arguments:
    rules.check_partition(CHILD_BANDS)
    return [*_moments(quarters), "cse", *_bands(CHILD_BANDS)]


def _adults(quarters: Sequence[Quarter]) -> Arguments:
    return [*_days(quarters), *_bands(ADULT_BANDS)]


def _last_days(quarters: Sequence[Quarter]) -> Arguments:
    return [[each.period.last_day for each in quarters]]


def _six_months(quarters: Sequence[Quarter]) -> Arguments:
    since = [rules.months_before(each.period.ends_before, RECENT_MONTHS) for each in quarters]
    return [*_last_days(quarters), since]


@dataclass(frozen=True)
class Source:
    """A function of the database: its call, what it groups by, what it counts."""

    call: str
    arguments: Callable[[Sequence[Quarter]], Arguments]
    groups: tuple[str, ...]
    numbers: tuple[str, ...]


SOURCES = {
    "missing": Source(
        "SELECT * FROM harbour_sec.figures_missing(%s::timestamptz[], %s::timestamptz[])",
        _moments,
        ("population", "sex"),
        ("episodes", "children", "placers"),
    ),
    "interviews": Source(
        "SELECT * FROM harbour_sec.figures_interviews(%s::timestamptz[], %s::timestamptz[])",
        _moments,
        (),
        ("returns", "offered", "in_time", "accepted", "held"),
    ),
    "exploitation_referrals": Source(
        "SELECT * FROM harbour_sec.figures_referrals("
        "%s::timestamptz[], %s::timestamptz[], %s, %s::int[], %s::int[])",
        _referrals,
        ("sex", "band"),
        ("referrals",),
    ),
    "screening": Source(
        "SELECT * FROM harbour_sec.figures_screening(%s::timestamptz[], %s::timestamptz[])",
        _moments,
        ("source",),
        ("referrals", "in_time", "to_meeting"),
    ),
    "assessments": Source(
        "SELECT * FROM harbour_sec.figures_assessments(%s::timestamptz[], %s::timestamptz[])",
        _moments,
        (),
        ("exploitation", "gang", "pairs"),
    ),
    "models": Source(
        "SELECT * FROM harbour_sec.figures_models(%s::date[], %s::date[])",
        _days,
        ("model",),
        ("cases",),
    ),
    "adults": Source(
        "SELECT * FROM harbour_sec.figures_adults(%s::date[], %s::date[], %s::int[], %s::int[])",
        _adults,
        ("sex", "band"),
        ("people",),
    ),
    "homes": Source(
        "SELECT * FROM harbour_sec.figures_homes(%s::date[])", _last_days, (), ("homes",)
    ),
    "lines": Source(
        "SELECT * FROM harbour_sec.figures_lines(%s::date[], %s::date[])",
        _six_months,
        (),
        ("lines",),
    ),
}


class Facts:
    """Counts of a run of quarters, oldest first, each fact read when it is first asked for."""

    def __init__(self, quarters: Sequence[Quarter]) -> None:
        self.quarters = tuple(quarters)
        self._read: dict[str, dict[Key, int]] = {}

    def number(self, cell: Cell, place: int, authority: UUID | None) -> int:
        """Return a count of one quarter, for one authority or for all of them."""
        if cell.fact not in self._read:
            self._read[cell.fact] = (
                self._outreach() if cell.fact == "outreach" else self._count(cell.fact)
            )
        return self._read[cell.fact].get((place, authority, cell.group, cell.number), 0)

    @cached_property
    def first_place(self) -> int:
        """Return the first quarter with anything in it: before it is no record, not a nought."""
        return next((each for each in range(len(self.quarters)) if self.is_recorded(each)), 0)

    def is_recorded(self, place: int) -> bool:
        """Say whether any episode began, or any referral came, in a quarter."""
        cells = (Cell("missing", "episodes"), Cell("screening", "referrals"))
        return any(self.number(each, place, None) for each in cells)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Return where series break."""
        return tuple(Break.objects.all())

    def _count(self, fact: str) -> dict[Key, int]:
        source = SOURCES[fact]
        with connection.cursor() as cursor:
            cursor.execute(source.call, source.arguments(self.quarters))
            rows = cursor.fetchall()
        found: dict[Key, int] = {}
        for place, authority, *rest in rows:
            values = rest[: len(source.groups)]
            group = sorted(
                (name, str(value))
                for name, value in zip(source.groups, values, strict=True)
                if value is not None
            )
            for number, value in zip(source.numbers, rest[len(source.groups) :], strict=True):
                found[place - 1, authority, tuple(group), number] = value
        return found

    def _outreach(self) -> dict[Key, int]:
        names = {each.name: each.pk for each in agencies.partner_authorities()}
        found: dict[Key, int] = {}
        for place, quarter in enumerate(self.quarters):
            year = rules.academic_year_before(quarter.period.ends_before)
            for each in awareness.reach(starts_on=year.starts_on, ends_before=year.ends_before):
                for number, value in (("schools", each.schools), ("children", each.children)):
                    for whose in {None, names.get(each.area)}:
                        key: Key = (place, whose, (), number)
                        found[key] = found.get(key, 0) + value
        return found
