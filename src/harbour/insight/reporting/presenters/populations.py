"""The table of the four populations: episodes, children and episodes a child, always together."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import moment
from harbour.insight.reporting import rules
from harbour.insight.reporting.forms import Choice
from harbour.insight.reporting.presenters.page import CLOSED_HERE, MINUS, address
from harbour.insight.reporting.queries import Scope, plain
from harbour.insight.reporting.queries.populations import TOGETHER, Counted, Populations
from harbour.insight.reporting.rules import Quarter
from harbour.work.missing.vocabulary import Population

AGAINST = ("", "the quarter before", "the same quarter a year before")
ALL_FOUR = "All four populations"
NOT_SHOWN = rules.SUPPRESSED


@dataclass(frozen=True)
class PopulationsPage:
    """What the page of the four populations shows."""

    title: str
    whose: str
    span: str
    as_at: str
    choice: ui.FilterPanel
    table: ui.Table
    breaks: tuple[str, ...]
    cautions: ui.Table | None
    closed: str
    back: ui.Link


def populations_page(
    found: Populations, *, quarters: tuple[Quarter, ...], scopes: tuple[Scope, ...]
) -> PopulationsPage:
    """Return the page of the four populations of a quarter."""
    period, scope = found.quarter.period, found.scope
    choice = Choice(quarters=quarters, scopes=scopes, chosen=(found.quarter, scope))
    return PopulationsPage(
        title=f"Children missing: four populations, {period.label}",
        whose=scope.name[:1].upper() + scope.name[1:],
        span=f"{period.starts_on:%-d %B %Y} to {period.last_day:%-d %B %Y}",
        as_at=moment(found.as_at),
        choice=ui.FilterPanel(choice, title="Choose", submit="Show the table"),
        table=_table(found),
        breaks=tuple(
            f"The way of counting changed on {each.starts_on:%-d %B %Y}: {each.sentence} "
            "Do not read a change across that day as a change for children."
            for each in found.breaks
        ),
        cautions=_cautions(found) if found.exact else None,
        closed="" if found.exact else CLOSED_HERE,
        back=ui.Link(
            "All figures of the quarter", address("reporting:quarter", found.quarter, scope)
        ),
    )


def _table(found: Populations) -> ui.Table:
    wanted: list[tuple[str, str]] = [(each.value, str(each.label)) for each in Population]
    if found.exact:
        wanted.append((TOGETHER, ALL_FOUR))
    return ui.Table(
        caption="Missing episodes by population on the day each began",
        columns=(
            ui.Column("Population"),
            ui.Column("Episodes"),
            ui.Column("Children"),
            ui.Column("Episodes a child"),
        ),
        rows=[(label, *_cells(found, population)) for population, label in wanted],
        empty="No figures.",
        noun=("population", "populations"),
    )


def _cells(found: Populations, population: str) -> tuple[ui.Content, ...]:
    each: tuple[Callable[[Counted], int | Decimal | None], ...] = (
        lambda counted: counted.episodes,
        lambda counted: counted.children,
        lambda counted: counted.per_child,
    )
    return tuple(_cell(found, population, number) for number in each)


def _cell(
    found: Populations, population: str, number: Callable[[Counted], int | Decimal | None]
) -> ui.Content:
    now = found.counted(0, population)
    lines = [_written(now, number)]
    lines.extend(
        _change(now, found.counted(place, population), number, _against(found, place))
        for place in range(1, len(AGAINST))
    )
    return ui.Lines(tuple(lines))


def _against(found: Populations, place: int) -> str:
    """Return what is compared with, and whether the way of counting changed in between."""
    before, after = found.quarters[place].period, found.quarter.period
    broken = any(before.starts_on < each.starts_on < after.ends_before for each in found.breaks)
    return f"{AGAINST[place]}, across a break in the series" if broken else AGAINST[place]


def _written(counted: Counted, number: Callable[[Counted], int | Decimal | None]) -> str:
    if counted.closed:
        return NOT_SHOWN
    value = number(counted)
    return "-" if value is None else plain(value)


def _change(
    now: Counted,
    before: Counted,
    number: Callable[[Counted], int | Decimal | None],
    words: str,
) -> str:
    if now.closed or before.closed:
        return f"Not shown against {words}"
    after, first = number(now), number(before)
    if after is None or first is None:
        return (
            f"Nothing to compare with in {words}" if first is None else f"{plain(first)} in {words}"
        )
    difference = Decimal(after) - Decimal(first)
    if not difference:
        return f"No change on {words}"
    sign = MINUS if difference < 0 else "+"
    percent = rules.percentage_change(Decimal(first), Decimal(after))
    share = (
        f" ({MINUS if percent < 0 else '+'}{plain(abs(percent))}%)" if percent is not None else ""
    )
    return f"{sign}{plain(abs(difference))}{share} on {words} ({plain(first)})"


def _cautions(found: Populations) -> ui.Table:
    """Return what lies beside the count: overlaps, returns without a time, children away."""
    wanted = [(each.value, str(each.label)) for each in Population] + [(TOGETHER, ALL_FOUR)]
    return ui.Table(
        caption="Beside the count",
        columns=(
            ui.Column("Population"),
            ui.Column("Return time not recorded", numeric=True),
            ui.Column("Not counted: overlaps another episode", numeric=True),
            ui.Column("Away without authorisation", numeric=True),
        ),
        rows=[
            (
                label,
                found.counted(0, population).no_return_time,
                found.counted(0, population).overlapping,
                found.away.get((0, population), Counted()).episodes,
            )
            for population, label in wanted
        ],
        empty="No figures.",
        noun=("population", "populations"),
    )
