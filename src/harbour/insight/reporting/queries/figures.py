"""Compute the figures of a quarter from what the database counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard
from uuid import UUID

from django.utils.text import slugify

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.insight.reporting import policy, rules
from harbour.insight.reporting import vocabulary as v
from harbour.insight.reporting.models import Break
from harbour.insight.reporting.queries.facts import Facts
from harbour.insight.reporting.rules import Period, Quarter
from harbour.insight.reporting.vocabulary import BY_ID, REGISTER, Cell, Definition, Window

SHOWN = 12
LONGEST_WINDOW = 12
OFFERED = 48  # quarters to choose from: twelve years
TOGETHER = "the partnership's authorities together"


@dataclass(frozen=True)
class Scope:
    """Whose figures: one authority's, or all of them together."""

    authority_id: UUID | None
    name: str

    @property
    def slug(self) -> str:
        """Return the word that tells an authority in an address; nothing for all together."""
        return slugify(self.name) if self.authority_id else ""


@dataclass(frozen=True)
class Base:
    """What a value rests on; `counts` are the numbers of people or events that it gives away."""

    numerator: int | Decimal
    denominator: int | Decimal
    text: str
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure of one quarter and one scope, as far as this reader may see it."""

    definition: Definition
    scope: Scope
    quarter: Quarter
    period: Period
    value: int | Decimal | str | None
    as_at: datetime
    base: Base | None = None
    notes: tuple[str, ...] = ()
    closed: bool = False

    @property
    def id(self) -> str:
        """Return the id of the register, with the authority where it is of one."""
        return f"{self.definition.id}:{self.scope.slug}" if self.scope.slug else self.definition.id


@dataclass(frozen=True)
class Report:
    """The figures of a quarter, each with the quarters before it, the oldest first."""

    quarter: Quarter
    scope: Scope
    as_at: datetime
    exact: bool
    series: dict[str, tuple[Figure, ...]]
    breaks: tuple[Break, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures of the quarter itself, in the order of the register."""
        return tuple(each[-1] for each in self.series.values())


def scopes() -> tuple[Scope, ...]:
    """Return all together first, then each authority of the partnership by name."""
    each = (Scope(one.pk, one.name) for one in agencies.partner_authorities())
    return (Scope(None, TOGETHER), *each)


def scope_named(name: str) -> Scope:
    """Return an authority by its name, a part of it or its word; all where none is said."""
    every = scopes()
    said = name.strip().casefold()
    if not said:
        return every[0]
    exact = [each for each in every[1:] if said in {each.name.casefold(), each.slug}]
    found = exact or [each for each in every[1:] if said in each.name.casefold()]
    if len(found) != 1:
        names = ", ".join(each.name for each in every[1:])
        raise Refused(
            f"No one authority of the partnership has that name. Its authorities: {names}."
        )
    return found[0]


def quarter_report(
    reader: Reader, quarter: Quarter, scope: Scope, *, at: datetime, shown: int = SHOWN
) -> Report:
    """Return every figure of a quarter, counted now, with the quarters before it."""
    return _report(reader, quarter, scope, REGISTER, at, shown)


def one_figure(
    reader: Reader, figure_id: str, quarter: Quarter, scope: Scope, *, at: datetime
) -> Report:
    """Return one figure and its groups up to a quarter; raise `Missing` for an unknown id."""
    if figure_id not in BY_ID:
        raise Missing
    return _report(reader, quarter, scope, _relatives(BY_ID[figure_id]), at, SHOWN)


def _relatives(definition: Definition) -> tuple[Definition, ...]:
    """Return a figure first, then those from which a closed one among them could be worked out."""
    wholes = [each for each in REGISTER if definition.id in each.parts]
    ids = [definition.id, *definition.parts, *definition.closed_with]
    ids += [one for each in wholes for one in (each.id, *each.parts)]
    return tuple(BY_ID[each] for each in dict.fromkeys(ids))


def quarters_with_figures(reader: Reader, *, at: datetime) -> tuple[Quarter, ...]:
    """Return the quarters with anything in them: the last whole one, then the others, newest first.

    Where nothing was recorded yet it is the present quarter.
    """
    policy.check_can_read(reader)
    present = rules.quarter_of(clock.london_date(at))
    facts = Facts(present.run_up_to(OFFERED))
    found = [each for place, each in enumerate(facts.quarters) if facts.is_recorded(place)]
    found = found[::-1] or [present]
    whole = [each for each in found if each != present] or found
    return (whole[0], *(each for each in found if each != whole[0]))


def _report(
    reader: Reader,
    quarter: Quarter,
    scope: Scope,
    definitions: Sequence[Definition],
    at: datetime,
    shown: int,
) -> Report:
    policy.check_can_read(reader)
    exact = reader.may(Permission.FIGURES_EXACT)
    facts = Facts(quarter.run_up_to(shown + LONGEST_WINDOW))
    places = range(LONGEST_WINDOW, LONGEST_WINDOW + shown)
    desk = _Desk(facts, scope, at)
    series = {each.id: tuple(desk.figure(each, place) for place in places) for each in definitions}
    if not exact:
        series = _closed(facts, series, scopes(), at)
    return Report(
        quarter=quarter, scope=scope, as_at=at, exact=exact, series=series, breaks=facts.breaks
    )


class _Desk:
    """Computes figures of one scope from counts."""

    def __init__(self, facts: Facts, scope: Scope, at: datetime) -> None:
        self.facts = facts
        self.scope = scope
        self.at = at

    def figure(self, definition: Definition, place: int) -> Figure:
        """Compute one figure of one quarter."""
        period, places = self._window(definition.window, place)
        empty = Figure(
            definition,
            self.scope,
            self.facts.quarters[place],
            period,
            None,
            self.at,
            notes=(definition.caution,) if definition.caution else (),
        )
        if not places:
            return replace(empty, notes=(*empty.notes, "The record does not reach so far back."))
        if isinstance(definition.formula, v.Change):
            return self._change(empty, definition.formula, place)
        return self._computed(empty, definition.formula, places)

    def _computed(
        self,
        empty: Figure,
        formula: v.Count | v.Share | v.Ratio | v.Mean | v.Place,
        places: Sequence[int],
    ) -> Figure:
        match formula:
            case v.Count(of):
                return replace(empty, value=self._sum(of, places))
            case v.Share(part, whole, noun):
                return self._share(empty, self._sum(part, places), self._sum(whole, places), noun)
            case v.Ratio(part, whole, noun):
                return self._ratio(empty, self._sum(part, places), self._sum(whole, places), noun)
            case v.Mean(of):
                return self._mean(empty, of, places)
            case v.Place():
                return self._place(empty, formula, places)

    def _window(self, window: Window, place: int) -> tuple[Period, Sequence[int]]:
        """Return the period a figure covers and its quarters; none before the record began."""
        quarter = self.facts.quarters[place]
        match window:
            case Window.YEAR:
                quarters = rules.year_to(quarter)
            case Window.PREVIOUS_YEAR:
                quarters = rules.whole_year(quarter.year - 1)
            case Window.YEAR_BEFORE:
                quarters = rules.whole_year(quarter.year - 2)
            case Window.TWO_YEARS:
                quarters = quarter.run_up_to(8)
            case Window.LONG_TERM:
                first = max(place - LONGEST_WINDOW + 1, self.facts.first_place)
                quarters = self.facts.quarters[first : place + 1] or (quarter,)
            case Window.ACADEMIC_YEAR:
                return rules.academic_year_before(quarter.period.ends_before), [place]
            case Window.LAST_DAY | Window.SIX_MONTHS:
                return _as_it_stood(quarter, window), [place]
            case _:
                quarters = (quarter,)
        period = (
            quarter.period if quarters == (quarter,) else rules.span(quarters, _run_label(quarters))
        )
        known = range(self.facts.first_place, len(self.facts.quarters))
        places = [
            self.facts.quarters.index(each) for each in quarters if each in self.facts.quarters
        ]
        whole = len(places) == len(quarters) and all(each in known for each in places)
        return period, places if whole else []

    def _sum(self, of: Cell, places: Iterable[int]) -> int:
        return sum(self.facts.number(of, each, self.scope.authority_id) for each in places)

    def _share(self, empty: Figure, part: int, whole: int, noun: str) -> Figure:
        notes = empty.notes
        if 0 < whole < rules.SMALL_BASE:
            notes = (
                *notes,
                f"The base is small ({whole}): one more or fewer changes the percentage much.",
            )
        base = Base(part, whole, f"{part:,} of {whole:,} {noun}", (part, whole - part))
        return replace(empty, value=rules.share(part, whole), base=base, notes=notes)

    def _ratio(self, empty: Figure, part: int, whole: int, noun: str) -> Figure:
        first, second = noun.split(" of ")
        base = Base(part, whole, f"{part:,} {first} of {whole:,} {second}", (part, whole))
        return replace(empty, value=rules.ratio(part, whole), base=base)

    def _mean(self, empty: Figure, of: Cell, places: Sequence[int]) -> Figure:
        values = [self._sum(of, [each]) for each in places]
        listed = ", ".join(f"{each:,}" for each in values)
        text = f"{sum(values):,} in {len(values)} quarters ({listed})"
        return replace(
            empty,
            value=rules.mean(values),
            base=Base(sum(values), len(values), text, tuple(values)),
        )

    def _place(self, empty: Figure, formula: v.Place, places: Sequence[int]) -> Figure:
        def counted(**group: str) -> int:
            return self._sum(v.cell(formula.fact, formula.number, **group), places)

        counts = {label: counted(**{formula.dimension: key}) for key, label in formula.names}
        order = rules.ranked(counts, [label for _, label in formula.names])
        if len(order) < formula.rank:
            return replace(empty, notes=(*empty.notes, "Fewer groups than that were counted."))
        name = order[formula.rank - 1]
        notes = (
            (*empty.notes, "Another group has the same number.")
            if rules.tied(counts, name)
            else empty.notes
        )
        whole = counted()
        text = f"{counts[name]:,} of {whole:,} {formula.noun}"
        base = Base(counts[name], whole, text, (counts[name], whole))
        return replace(empty, value=name, base=base, notes=notes)

    def _change(self, empty: Figure, formula: v.Change, place: int) -> Figure:
        now = self.figure(BY_ID[formula.of], place)
        before = [self.figure(BY_ID[each], place) for each in formula.base]
        values = [_exactly(each.base) for each in before if each.base]
        if now.base is None or len(values) < len(before):
            return replace(empty, notes=(*empty.notes, "There is no base to compare with."))
        given_away = tuple(each for one in (now, *before) if one.base for each in one.base.counts)
        value, base = _exactly(now.base), sum(values, Decimal(0)) / len(values)
        labels = " and ".join(each.period.label for each in before)
        of_means = f"the mean of {labels}" if len(before) > 1 else labels
        after, first = plain(_to_one_place(value)), plain(_to_one_place(base))
        text = f"{after} a quarter against {first} a quarter ({of_means})"
        broken = broken_between(
            self.facts.breaks, empty.definition, min(before, key=_began).period, now.period
        )
        return replace(
            empty,
            value=rules.percentage_change(base, value),
            base=Base(_to_one_place(value), _to_one_place(base), text, given_away),
            notes=(*empty.notes, *broken),
        )


def _exactly(base: Base) -> Decimal:
    """Return a mean before it was rounded."""
    return Decimal(base.numerator) / base.denominator


def _to_one_place(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _began(figure: Figure) -> Period:
    return figure.period


def _as_it_stood(quarter: Quarter, window: Window) -> Period:
    end = quarter.period.ends_before
    if window is Window.LAST_DAY:
        return Period(quarter.period.last_day, end, f"last day of {quarter.period.label}")
    return Period(
        rules.months_before(end, 6), end, f"six months to the end of {quarter.period.label}"
    )


def _run_label(quarters: Sequence[Quarter]) -> str:
    first, last = quarters[0], quarters[-1]
    if (first.number, last.number, len(quarters)) == (1, 4, 4):
        return last.year_label
    return f"Quarter {first.number} {first.year_label} to quarter {last.number} {last.year_label}"


def broken_between(
    breaks: Iterable[Break], definition: Definition, before: Period, now: Period
) -> tuple[str, ...]:
    """Return what broke the series between two periods of a figure."""
    return tuple(
        f"Break in the series on {each.starts_on:%-d %B %Y}: {each.sentence}"
        for each in breaks
        if definition.id.startswith(each.family)
        and before.starts_on < each.starts_on < now.ends_before
    )


def is_number(value: object) -> TypeGuard[int | Decimal]:
    """Say whether a value is a number, not a name or nothing."""
    return isinstance(value, int | Decimal)


def plain(number: int | Decimal) -> str:
    """Return a number without noughts after the point."""
    return f"{number:,}" if isinstance(number, int) else f"{number.normalize():,f}"


# What those may see who do not see exact figures


def _closed(
    facts: Facts, series: dict[str, tuple[Figure, ...]], every: Sequence[Scope], at: datetime
) -> dict[str, tuple[Figure, ...]]:
    """Close small numbers, and those from which a closed one could be worked out."""
    desks = {each.authority_id: _Desk(facts, each, at) for each in every}
    shut = {
        (name, place)
        for name, figures in series.items()
        for place, figure in enumerate(figures)
        if _is_small(figure) or _gives_away(figure, desks)
    }
    shut |= {
        (other, place)
        for name, place in shut
        for other in BY_ID[name].closed_with
        if other in series
    }
    shut |= {each for name in series for each in _left_over(series, name, shut)}
    return {
        name: tuple(
            _close(figure) if (name, place) in shut else figure
            for place, figure in enumerate(figures)
        )
        for name, figures in series.items()
    }


def _left_over(
    series: dict[str, tuple[Figure, ...]], name: str, shut: set[tuple[str, int]]
) -> Iterator[tuple[str, int]]:
    """Return what must be closed because a whole, less its other parts, would tell a closed one."""
    parts = [each for each in BY_ID[name].parts if each in series]
    for place in range(len(series[name])):
        closed = [each for each in parts if (each, place) in shut]
        counts = {each: series[each][place].value for each in parts if each not in closed}
        others = [
            (value, each) for each, value in counts.items() if isinstance(value, int) and value
        ]
        if len(closed) == 1 and others and (name, place) not in shut:
            yield min(others)[1], place


def _is_small(figure: Figure) -> bool:
    if not figure.definition.is_personal:
        return False
    counts = figure.base.counts if figure.base else (figure.value,)
    return any(isinstance(each, int) and rules.is_disclosive(each) for each in counts)


def _gives_away(figure: Figure, desks: dict[UUID | None, _Desk]) -> bool:
    """Say whether this number, taken from the total, would tell the one small number of another."""
    mine = figure.scope.authority_id
    if (
        mine is None
        or not isinstance(figure.definition.formula, v.Count)
        or not figure.definition.is_personal
    ):
        return False
    place = desks[None].facts.quarters.index(figure.quarter)
    values = {
        authority: desk.figure(figure.definition, place).value
        for authority, desk in desks.items()
        if authority is not None
    }
    counts = {authority: value for authority, value in values.items() if isinstance(value, int)}
    small = [each for each, value in counts.items() if rules.is_disclosive(value)]
    others = [each for each in counts if each not in small and counts[each]]
    return (
        len(small) == 1
        and bool(others)
        and mine == min(others, key=lambda each: (counts[each], str(each)))
    )


def _close(figure: Figure) -> Figure:
    return replace(figure, value=rules.SUPPRESSED, base=None, closed=True)
