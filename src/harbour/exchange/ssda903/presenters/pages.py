"""The returns that came, and what was found in one file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from harbour.exchange.ssda903.models import Flag, ImportRun
from harbour.exchange.ssda903.queries import Kind
from harbour.exchange.ssda903.rules.findings import Severity
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.foundation.ui.when import moment


@dataclass(frozen=True)
class RunsPage:
    """The files that came."""

    table: ui.Table
    pagination: ui.Pagination | None


def runs_page(shown: Paged[ImportRun], wanted: Wanted) -> RunsPage:
    """Return the page of the files that came."""
    return RunsPage(
        table=ui.Table(
            caption="Tables of returns",
            columns=(
                ui.Column("File"),
                ui.Column("Authority"),
                ui.Column("Year"),
                ui.Column("Came", sort="came"),
                ui.Column("What came of it"),
                ui.Column("New", numeric=True),
                ui.Column("Changed", numeric=True),
                ui.Column("Refused", numeric=True),
            ),
            rows=[
                (
                    ui.Link(each.file_name, reverse("ssda903:run", args=(each.pk,)), each.table),
                    each.authority.name,
                    _year(each),
                    moment(each.recorded_at),
                    _outcome(each),
                    each.rows_new,
                    each.rows_changed,
                    each.rows_refused,
                )
                for each in shown.items
            ],
            empty="No return has come in yet.",
            total=shown.total,
            wanted=wanted,
            noun=("table", "tables"),
        ),
        pagination=shown.pagination,
    )


def _year(run: ImportRun) -> str:
    return f"{run.year_ending - 1}/{run.year_ending % 100:02d}"


def _outcome(run: ImportRun) -> ui.Tag:
    if run.in_part:
        return ui.Tag("Came in in part", colour=ui.Colour.ORANGE)
    return ui.Tag("Came in", colour=ui.Colour.GREEN)


@dataclass(frozen=True)
class RunPage:
    """One file: what came of it, and what was found in it."""

    title: str
    summary: ui.SummaryList
    kinds: ui.Table
    filter: ui.FilterPanel
    table: ui.Table
    pagination: ui.Pagination | None


def run_page(
    run: ImportRun,
    kinds: Sequence[Kind],
    shown: Paged[Flag],
    wanted: Wanted,
    panel: ui.FilterPanel,
) -> RunPage:
    """Return the page of one file."""
    return RunPage(
        title=run.file_name,
        summary=_summary(run),
        kinds=ui.Table(
            caption="What was found",
            columns=(
                ui.Column("Weight"),
                ui.Column("Column"),
                ui.Column("Problem"),
                ui.Column("What to do"),
                ui.Column("Check"),
                ui.Column("Rows", numeric=True),
            ),
            rows=[
                (
                    _weight(each.severity),
                    each.column or "The whole row",
                    each.problem,
                    each.what_to_do,
                    each.rule or "None of the published ones",
                    each.times,
                )
                for each in kinds
            ],
            empty="Nothing odd was found.",
            noun=("kind", "kinds"),
        ),
        filter=panel,
        table=_rows(shown, wanted),
        pagination=shown.pagination,
    )


def _summary(run: ImportRun) -> ui.SummaryList:
    return ui.SummaryList(
        (
            ui.Row("What came of it", _outcome(run)),
            ui.Row("Table", run.table),
            ui.Row("Authority", run.authority.name),
            ui.Row("Collection year", _year(run)),
            ui.Row("Came", moment(run.recorded_at)),
            ui.Row(
                "Rows",
                f"{run.rows_read:,}: {run.rows_new:,} new, {run.rows_changed:,} changed, "
                f"{run.rows_unchanged:,} the same, {run.rows_refused:,} refused",
            ),
        )
    )


def _rows(shown: Paged[Flag], wanted: Wanted) -> ui.Table:
    return ui.Table(
        caption="Row by row",
        columns=(
            ui.Column("Row", numeric=True, sort="row"),
            ui.Column("Weight"),
            ui.Column("Column"),
            ui.Column("Value"),
            ui.Column("Problem"),
        ),
        rows=[
            (
                each.row or "The file",
                _weight(each.severity),
                each.column or "The whole row",
                each.value or "Blank",
                each.problem,
            )
            for each in shown.items
        ],
        empty="No row fits.",
        total=shown.total,
        wanted=wanted,
        noun=("finding", "findings"),
    )


def _weight(severity: str) -> ui.Tag:
    refused = severity == Severity.REFUSED
    return ui.Tag(
        "Refused" if refused else "Look at it",
        colour=ui.Colour.RED if refused else ui.Colour.ORANGE,
    )
