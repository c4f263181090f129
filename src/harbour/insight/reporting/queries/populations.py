"""Missing episodes of the four populations in one quarter, beside two quarters before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.insight.reporting import policy, rules
from harbour.insight.reporting.models import Break
from harbour.insight.reporting.queries.figures import Scope, quarter_report
from harbour.insight.reporting.rules import Quarter
from harbour.insight.reporting.vocabulary import Span, missing
from harbour.work.missing.vocabulary import EpisodeKind, Population

# The quarter itself, the one before, and the same quarter a year before.
COMPARED = (0, 1, 4)
TOGETHER = ""
FAMILY = "missing"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted of one population in one quarter; closed where it is too small to show."""

    episodes: int = 0
    children: int = 0
    overlapping: int = 0
    no_return_time: int = 0
    closed: bool = False

    @property
    def per_child(self) -> Decimal | None:
        """Return episodes a child, to two places; nothing where no child was missing."""
        return rules.ratio(self.episodes, self.children)


@dataclass(frozen=True, kw_only=True)
class Populations:
    """A quarter's episodes by population ('' is all four), with the quarters it is held against."""

    quarter: Quarter
    scope: Scope
    as_at: datetime
    exact: bool
    quarters: tuple[Quarter, ...]
    missing: Mapping[tuple[int, str], Counted]
    away: Mapping[tuple[int, str], Counted]
    breaks: tuple[Break, ...]

    def counted(self, place: int, population: str) -> Counted:
        """Return what was counted; a nought where there was nothing."""
        return self.missing.get((place, population), Counted())


def populations(reader: Reader, quarter: Quarter, scope: Scope, *, at: datetime) -> Populations:
    """Return the four populations of a quarter.

    Who sees exact figures reads the numbers that are kept counted. For everybody else they come
    from the quarter's report, so that two pages never close different numbers.
    """
    policy.check_can_read(reader)
    quarters = tuple(quarter.back(step) for step in COMPARED)
    exact = reader.may(Permission.FIGURES_EXACT)
    if exact:
        gone, away = _kept(quarters, scope)
    else:
        gone, away = _closed(reader, quarter, scope, at), {}
    first, last = quarters[-1].period, quarter.period
    broken = Break.objects.filter(
        family__startswith=FAMILY,
        starts_on__gt=first.starts_on,
        starts_on__lt=last.ends_before,
    )
    return Populations(
        quarter=quarter,
        scope=scope,
        as_at=at,
        exact=exact,
        quarters=quarters,
        missing=gone,
        away=away,
        breaks=tuple(broken),
    )


def _kept(
    quarters: tuple[Quarter, ...], scope: Scope
) -> tuple[dict[tuple[int, str], Counted], dict[tuple[int, str], Counted]]:
    places = {each.starts_on: place for place, each in enumerate(quarters)}
    found: dict[str, dict[tuple[int, str], Counted]] = {kind: {} for kind in EpisodeKind.values}
    for starts_on, population, kind, *numbers in kept_counts(Span.QUARTER, list(places), scope):
        episodes, children, overlapping, no_return_time = numbers
        found[kind][places[starts_on], population] = Counted(
            episodes=episodes,
            children=children,
            overlapping=overlapping,
            no_return_time=no_return_time,
        )
    return found[EpisodeKind.MISSING], found[EpisodeKind.AWAY]


type Kept = tuple[date, str, str, int, int, int, int]


def kept_counts(span: Span, starts: list[date], scope: Scope) -> list[Kept]:
    """Return the kept numbers of a scope as the database gives them to this reader."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM harbour_sec.missing_counts(%s, %s::date[], %s)",
            [span, starts, scope.authority_id],
        )
        return list(cursor.fetchall())


def _closed(
    reader: Reader, quarter: Quarter, scope: Scope, at: datetime
) -> dict[tuple[int, str], Counted]:
    """Return the same numbers as the quarter's report shows them, small ones closed."""
    report = quarter_report(reader, quarter, scope, at=at, shown=max(COMPARED) + 1)
    found: dict[tuple[int, str], Counted] = {}
    for place, back in enumerate(COMPARED):
        for population in Population:
            name = missing.POPULATIONS[population][0]
            episodes, children = (
                report.series[f"missing.{name}.{what}"][-1 - back].value
                for what in ("episodes", "children")
            )
            found[place, population] = (
                Counted(episodes=episodes, children=children)
                if isinstance(episodes, int) and isinstance(children, int)
                else Counted(closed=True)
            )
    return found
