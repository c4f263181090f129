"""The page of a quarter, and the page of one figure: frozen values for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import ClassVar
from urllib.parse import urlencode

from django.urls import reverse

from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import moment
from harbour.insight.reporting import rules
from harbour.insight.reporting.forms import Choice
from harbour.insight.reporting.presenters import files
from harbour.insight.reporting.presenters.wording import shown_value
from harbour.insight.reporting.queries import (
    Figure,
    Report,
    Scope,
    broken_between,
    is_number,
    plain,
)
from harbour.insight.reporting.rules import Quarter
from harbour.insight.reporting.vocabulary import Unit, Window

MINUS = "\u2212"
WIDTH, HEIGHT, EDGE = 132, 32, 4
COMPARED = frozenset(
    {Window.QUARTER, Window.TWO_YEARS, Window.LONG_TERM, Window.LAST_DAY, Window.SIX_MONTHS}
)
UNCOMPARED = {Window.ACADEMIC_YEAR: "A school year: compared with no quarter"}
CLOSED_HERE = (
    "Numbers of children, episodes and people from 1 to 5 are shown as c, and so is whatever would "
    "give one away. People who work with the children see them."
)


@dataclass(frozen=True)
class Value(ui.Component):
    """A value as it is read to a committee: large."""

    template_name: ClassVar[str] = "reporting/value.html"
    text: str


@dataclass(frozen=True)
class Spark(ui.Component):
    """The quarters up to this one as a small line; gaps where a value is closed or unknown."""

    template_name: ClassVar[str] = "reporting/spark.html"
    text: str
    lines: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Section:
    """The figures of one subject; those of boys and girls apart, behind a summary."""

    table: ui.Table
    by_sex: ui.Table | None


@dataclass(frozen=True)
class QuarterPage:
    """What the page of a quarter shows."""

    title: str
    whose: str
    span: str
    as_at: str
    choice: ui.FilterPanel
    sections: tuple[Section, ...]
    downloads: tuple[ui.Link, ...]
    closed: str
    populations: ui.Link


@dataclass(frozen=True)
class FigurePage:
    """What the page of one figure shows."""

    title: str
    whose: str
    value: Value
    trust: ui.SummaryList
    spark: Spark
    series: ui.Table
    back: str


def quarter_page(
    report: Report, *, quarters: Sequence[Quarter], scopes: Sequence[Scope]
) -> QuarterPage:
    """Return the page of a quarter."""
    quarter, scope = report.quarter, report.scope
    choice = Choice(quarters=quarters, scopes=scopes, chosen=(quarter, scope))
    period = quarter.period
    return QuarterPage(
        title=f"Figures, {period.label}",
        whose=scope.name[:1].upper() + scope.name[1:],
        span=f"{period.starts_on:%-d %B %Y} to {period.last_day:%-d %B %Y}",
        as_at=moment(report.as_at),
        choice=ui.FilterPanel(choice, title="Choose", submit="Show figures"),
        sections=tuple(
            _section(subject.value, list(figures), report)
            for subject, figures in groupby(
                sorted(report.figures, key=_subject_order), key=lambda each: each.definition.subject
            )
        ),
        downloads=tuple(
            ui.Link(f"Download as {form.upper()}", _address("download", report, form))
            for form in ("csv", "json")
        ),
        closed="" if report.exact else CLOSED_HERE,
        populations=ui.Link("Children missing: four populations", _address("populations", report)),
    )


def _subject_order(figure: Figure) -> int:
    return list(type(figure.definition.subject)).index(figure.definition.subject)


def _address(name: str, report: Report, *last: str) -> str:
    return address(f"reporting:{name}", report.quarter, report.scope, *last)


def address(name: str, quarter: Quarter, scope: Scope, *last: str) -> str:
    """Return the address of a quarter's page, with the authority where it is one's."""
    path = reverse(name, args=(quarter.slug, quarter.number, *last))
    return f"{path}?{urlencode({'authority': scope.slug})}" if scope.slug else path


def _is_of_one_sex(figure: Figure) -> bool:
    return bool(figure.definition.closed_with)


def _section(subject: str, figures: Sequence[Figure], report: Report) -> Section:
    main = [each for each in figures if not _is_of_one_sex(each)]
    by_sex = [each for each in figures if _is_of_one_sex(each)]
    return Section(
        table=_table(subject, main, report),
        by_sex=_table(f"{subject}: boys and girls", by_sex, report) if by_sex else None,
    )


def _table(caption: str, figures: Sequence[Figure], report: Report) -> ui.Table:
    columns = (
        ui.Column("Figure"),
        ui.Column("Value"),
        ui.Column("Change"),
        ui.Column("Last quarters"),
        ui.Column("Base"),
    )
    rows = [_row(each, report) for each in figures]
    return ui.Table(
        caption=caption,
        columns=columns,
        rows=rows,
        empty="No figures.",
        noun=("figure", "figures"),
    )


def _row(figure: Figure, report: Report) -> Sequence[ui.Content]:
    series = report.series[figure.definition.id]
    name = figure.definition.title
    return (
        ui.Lines(
            (
                ui.Link(name, _address("figure", report, figure.definition.slug)),
                ui.Help("Why this can be trusted", ui.Lines(tuple(trust(figure, report)))),
            )
        ),
        Value(shown_value(figure)),
        ui.Lines(changes(figure, report)),
        spark(series),
        _base(figure),
    )


def _base(figure: Figure) -> str:
    if figure.closed:
        return "Not shown"
    return figure.base.text if figure.base else "A count"


# Change


def changes(figure: Figure, report: Report) -> tuple[str, ...]:
    """Return how a figure differs from the quarter and the year before, with both bases."""
    if figure.definition.window not in COMPARED:
        return (UNCOMPARED.get(figure.definition.window, "Told as figures of their own"),)
    series = report.series[figure.definition.id]
    wanted = ((1, "the quarter before"), (4, "the same quarter a year before"))
    told = []
    for back, words in wanted:
        if len(series) > back:
            before = series[-1 - back]
            broken = broken_between(report.breaks, figure.definition, before.period, figure.period)
            told.append(
                _change(
                    figure, before, f"{words}, across a break in the series" if broken else words
                )
            )
    return tuple(each for each in told if each) or ("Nothing to compare with",)


def _change(now: Figure, before: Figure, words: str) -> str:
    if now.closed or before.closed:
        return f"Not shown against {words}"
    if before.value is None or now.value is None:
        return ""
    if isinstance(now.value, str) or isinstance(before.value, str):
        return f"{shown_value(before)} in {words}"
    difference = Decimal(now.value) - before.value
    if now.definition.unit is Unit.PERCENT:
        return f"{_signed(difference)} percentage points on {words} ({shown_value(before)})"
    if difference == 0:
        return f"No change on {words}"
    percent = rules.percentage_change(before.value, now.value)
    part = f" ({_signed(percent)}%)" if percent is not None else ""
    return f"{_signed(difference)}{part} on {words} ({plain(before.value)})"


def _signed(number: Decimal) -> str:
    size: Decimal = abs(number)
    return f"{MINUS if number < 0 else '+'}{plain(size)}"


# Sparkline


def spark(series: Sequence[Figure]) -> Spark | str:
    """Return the series as a line, and in words; nothing for names."""
    numbers = [float(each.value) if is_number(each.value) else None for each in series]
    known = [each for each in numbers if each is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    step = (WIDTH - 2 * EDGE) / (len(series) - 1)
    reach = (HEIGHT - 2 * EDGE) / (high - low) if high > low else 0
    points = [
        None
        if each is None
        else (round(EDGE + place * step, 1), round(HEIGHT - EDGE - (each - low) * reach, 1))
        for place, each in enumerate(numbers)
    ]
    lines = [
        list(run) for given, run in groupby(points, key=lambda point: point is not None) if given
    ]
    first = next(each for each in series if is_number(each.value))
    text = (
        f"From {shown_value(first)} in {first.quarter.period.label} "
        f"to {shown_value(series[-1])} in {series[-1].quarter.period.label}; "
        f"lowest {plain(_number(low))}, highest {plain(_number(high))}"
    )
    return Spark(
        text=text,
        lines=tuple(" ".join(f"{point[0]},{point[1]}" for point in run if point) for run in lines),
        points=tuple(each for each in points[-1:] if each is not None),
    )


def _number(value: float) -> Decimal:
    return Decimal(str(value))


# Trust


def trust(figure: Figure, report: Report) -> list[ui.Content]:
    """Return what lets a reader judge a figure."""
    period = figure.period
    span = f"{period.starts_on:%-d %B %Y} to {period.last_day:%-d %B %Y}"
    said: list[ui.Content] = [
        figure.definition.definition,
        f"Population: {files.population(figure)}.",
        f"Period: {period.label}, {span}.",
        f"Counted at {moment(figure.as_at)} from the record as it stood then.",
    ]
    if figure.definition.parts:
        said.append(_reconciled(figure, report))
    said.extend(f"Caution: {note}" for note in (*figure.notes, *_breaks(figure, report)))
    if figure.closed:
        said.append(files.CLOSED)
    return said


def _breaks(figure: Figure, report: Report) -> tuple[str, ...]:
    """Return what breaks the series that is shown, unless the figure says it itself."""
    oldest = report.series[figure.definition.id][0]
    found = broken_between(report.breaks, figure.definition, oldest.period, figure.period)
    return tuple(each for each in found if each not in figure.notes)


def _reconciled(figure: Figure, report: Report) -> str:
    parts = [report.series[each][-1] for each in figure.definition.parts]
    counts = [each.value for each in parts if isinstance(each.value, int)]
    if len(counts) < len(parts) or not isinstance(figure.value, int):
        return "Its groups cannot be compared here: one of them is not shown."
    listed = " + ".join(plain(each) for each in counts)
    try:
        rules.check_whole(figure.value, counts)
    except Refused as refusal:
        return f"Caution: it does not reconcile with its groups ({listed}). {refusal.sentence}"
    return (
        f"Reconciled: {plain(figure.value)} is at least the largest of its groups and at most "
        f"their sum ({listed})."
    )


# One figure


def figure_page(report: Report, figure_id: str) -> FigurePage:
    """Return the page of one figure."""
    series = report.series[figure_id]
    now = series[-1]
    cautions = (*now.notes, *_breaks(now, report))
    rows = (
        ui.Row("Definition", now.definition.definition),
        ui.Row("Population", files.population(now)),
        ui.Row("Unit", now.definition.unit.value),
        ui.Row("Covers", f"{now.definition.window.value}: {now.period.label}"),
        ui.Row("Base", _base(now)),
        ui.Row("Change", ui.Lines(changes(now, report))),
        ui.Row("Counted", f"{moment(now.as_at)}, from the record as it stood then"),
        ui.Row(
            "Reconciled", _reconciled(now, report) if now.definition.parts else "It has no groups"
        ),
        ui.Row("Cautions", ui.Lines(cautions) if cautions else "None"),
    )
    drawn = spark(series)
    return FigurePage(
        title=now.definition.title,
        whose=f"{now.scope.name[:1].upper()}{now.scope.name[1:]}, {now.quarter.period.label}",
        value=Value(shown_value(now)),
        trust=ui.SummaryList(rows),
        spark=drawn if isinstance(drawn, Spark) else Spark("", (), ()),
        series=ui.Table(
            caption="Quarter by quarter",
            columns=(
                ui.Column("Quarter"),
                ui.Column("Value"),
                ui.Column("Base"),
                ui.Column("Covers"),
            ),
            rows=[
                (
                    each.quarter.period.label,
                    shown_value(each),
                    _base(each),
                    each.period.label,
                )
                for each in reversed(series)
            ],
            empty="No quarter has been counted.",
            noun=("quarter", "quarters"),
        ),
        back=address("reporting:quarter", now.quarter, now.scope),
    )
