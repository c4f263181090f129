"""What is told of an extract: on a terminal, on its pages, and as the file of refused rows."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TextIO

from django.urls import reverse

from harbour.exchange.police_missing.actions import Told
from harbour.exchange.police_missing.models import ColumnMapping, ExtractRun, RowFinding
from harbour.exchange.police_missing.rules.rows import Finding
from harbour.exchange.police_missing.vocabulary import Outcome, Severity
from harbour.foundation.documents.tables import Line, safe_cell
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.foundation.ui.when import moment

KINDS_SHOWN = 40
ADDED = ("Row", "What is wrong with", "Problem", "What to do")
COLOURS = {
    Outcome.CAME_IN: ui.Colour.GREEN,
    Outcome.CAME_IN_IN_PART: ui.Colour.ORANGE,
    Outcome.REFUSED: ui.Colour.RED,
    Outcome.NOTHING_CHANGED: ui.Colour.GREY,
}
PREVIEWED = 3


def told_as_text(told: Told, *, dry_run: bool, refused_file: object | None) -> str:
    """Write what came of an extract for a person at a terminal."""
    counted = (
        f"{told.rows_read:,} rows: {told.new:,} new, {told.changed:,} changed, "
        f"{told.unchanged:,} the same, {told.rows_refused:,} refused."
    )
    lines = ["A trial: nothing is written."] if dry_run else []
    lines += [counted, *_kinds_as_text(told.findings)]
    if refused_file:
        lines.append(f"The refused rows, each with what to do: {refused_file}")
    elif told.run_id:
        lines.append("Each row stands on the run's page, under Returns and imports.")
    lines.append(_headline(told))
    return "\n".join(lines)


def _headline(told: Told) -> str:
    if told.outcome is Outcome.REFUSED:
        return "Nothing came in, because rows were refused. The others come in with --accept-rest."
    return f"{told.outcome.label}."


def _kinds_as_text(findings: Sequence[Finding]) -> list[str]:
    counted = Counter((f.severity, f.field, f.problem, f.what_to_do) for f in findings)
    lines = []
    for (severity, field, problem, what_to_do), times in counted.most_common(KINDS_SHOWN):
        rows = [str(f.row) for f in findings if (f.field, f.problem) == (field, problem)][:5]
        more = ", ..." if times > len(rows) else ""
        lines.append(f"  {times:>6,} {severity.value}  {field}: {problem}")
        lines.append(f"{'':18}rows {', '.join(rows)}{more}. {what_to_do}.")
    return lines


def write_refused(
    file: TextIO, names: Sequence[str], findings: Iterable[Finding | RowFinding]
) -> int:
    """Write refused rows as they came, with what is wrong before each; return how many."""
    writer = csv.writer(file)
    writer.writerow([safe_cell(each) for each in (*ADDED, *names)])
    written = 0
    for each in findings:
        if each.severity == Severity.REFUSED:
            said = (str(each.row), each.field, each.problem, each.what_to_do, *each.cells)
            writer.writerow([safe_cell(cell) for cell in said])
            written += 1
    return written


def refused_as_csv(found: ExtractRun, rows: Iterable[RowFinding]) -> tuple[str, int]:
    """Return the refused rows of a run as a file, and how many there are."""
    file = StringIO(newline="")
    written = write_refused(file, found.mapping.columns, rows)
    return file.getvalue(), written


# Pages


@dataclass(frozen=True)
class RunsPage:
    """The extracts that came, and what was said of columns."""

    table: ui.Table
    pagination: ui.Pagination | None
    mappings: ui.Table
    say: ui.Button


def runs_page(
    shown: Paged[ExtractRun], wanted: Wanted, mappings: Iterable[ColumnMapping]
) -> RunsPage:
    """Return the page of the extracts."""
    return RunsPage(
        table=ui.Table(
            caption="Police extracts",
            columns=(
                ui.Column("File"),
                ui.Column("Authority"),
                ui.Column("Came", sort="came"),
                ui.Column("What came of it"),
                ui.Column("New", numeric=True),
                ui.Column("Changed", numeric=True),
                ui.Column("Refused", numeric=True),
            ),
            rows=[_run_row(each) for each in shown.items],
            empty="No extract has come yet.",
            total=shown.total,
            wanted=wanted,
            noun=("extract", "extracts"),
        ),
        pagination=shown.pagination,
        mappings=ui.Table(
            caption="What the columns mean",
            columns=(
                ui.Column("Authority"),
                ui.Column("Columns"),
                ui.Column("Version", numeric=True),
                ui.Column("Said"),
            ),
            rows=[
                (
                    each.authority.name,
                    f"{len(each.columns)} columns, {len(each.fields)} of them read",
                    each.number,
                    f"{each.recorded_by.name}, {moment(each.recorded_at)}",
                )
                for each in mappings
            ],
            empty="Nobody has said yet what the columns of an extract mean.",
            noun=("version", "versions"),
        ),
        say=ui.Button("Say what the columns mean", href=reverse("police_missing:columns")),
    )


def _run_row(found: ExtractRun) -> tuple[ui.Content, ...]:
    return (
        ui.Link(found.file_name, reverse("police_missing:run", args=(found.pk,))),
        found.authority.name,
        moment(found.recorded_at),
        outcome(found),
        found.rows_new,
        found.rows_changed,
        found.rows_refused,
    )


def outcome(found: ExtractRun) -> ui.Tag:
    """Return what came of a file as a word."""
    said = Outcome(found.outcome)
    return ui.Tag(said.label, colour=COLOURS[said])


@dataclass(frozen=True)
class RunPage:
    """One extract: what came of it, and what was found in it."""

    title: str
    summary: ui.SummaryList
    kinds: ui.Table
    filter: ui.FilterPanel
    table: ui.Table
    pagination: ui.Pagination | None
    take: ui.Button | None


def run_page(
    found: ExtractRun,
    kinds: Sequence[tuple[str, str, str, str, int]],
    shown: Paged[RowFinding],
    wanted: Wanted,
    panel: ui.FilterPanel,
) -> RunPage:
    """Return the page of one extract."""
    return RunPage(
        title=found.file_name,
        summary=_summary(found),
        kinds=ui.Table(
            caption="What was found",
            columns=(
                ui.Column("Kind"),
                ui.Column("About"),
                ui.Column("Problem"),
                ui.Column("What to do"),
                ui.Column("Rows", numeric=True),
            ),
            rows=[
                (severity_tag(severity), field, problem, what_to_do, times)
                for severity, field, problem, what_to_do, times in kinds
            ],
            empty="Nothing was wrong with any row.",
            noun=("kind", "kinds"),
        ),
        filter=panel,
        table=ui.Table(
            caption="Row by row",
            columns=(
                ui.Column("Row", numeric=True, sort="row"),
                ui.Column("Kind"),
                ui.Column("About"),
                ui.Column("Value"),
                ui.Column("Problem"),
            ),
            rows=[
                (each.row, severity_tag(each.severity), each.field, each.value, each.problem)
                for each in shown.items
            ],
            empty="No row fits.",
            total=shown.total,
            wanted=wanted,
            noun=("finding", "findings"),
        ),
        pagination=shown.pagination,
        take=ui.Button(
            "Take the refused rows as a file",
            href=reverse("police_missing:refused", args=(found.pk,)),
            post=True,
        )
        if found.rows_refused
        else None,
    )


def _summary(found: ExtractRun) -> ui.SummaryList:
    return ui.SummaryList(
        (
            ui.Row("What came of it", outcome(found)),
            ui.Row("Authority", found.authority.name),
            ui.Row("Came", moment(found.recorded_at)),
            ui.Row("Rows", f"{found.rows_read:,}"),
            ui.Row(
                "Episodes",
                f"{found.rows_new:,} new, {found.rows_changed:,} changed, "
                f"{found.rows_unchanged:,} the same",
            ),
            ui.Row("Rows refused", f"{found.rows_refused:,}"),
            ui.Row("Columns read by", f"Version {found.mapping.number}"),
        )
    )


def severity_tag(severity: str) -> ui.Tag:
    """Return a finding's weight as a word."""
    refused = severity == Severity.REFUSED
    return ui.Tag(
        "Refused" if refused else "Look at it",
        colour=ui.Colour.RED if refused else ui.Colour.ORANGE,
    )


def preview(lines: Sequence[Line]) -> ui.Table:
    """Return the first rows of a file, so that a person can tell what its columns hold."""
    names = lines[0].cells
    rows = []
    for line in lines[1 : PREVIEWED + 1]:
        cells = (*line.cells, *[""] * (len(names) - len(line.cells)))
        rows.append(cells[: len(names)])
    columns = tuple(ui.Column(name or f"Column {place + 1}") for place, name in enumerate(names))
    return ui.Table(
        caption="The first rows of the file",
        columns=columns,
        rows=rows,
        empty="The file has no rows.",
        noun=("row", "rows"),
        row_headers=False,
    )
