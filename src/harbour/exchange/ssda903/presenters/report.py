"""What is told of an import: on a terminal, to another program, and as a file of findings."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from harbour.exchange.ssda903.actions.outcomes import Outcome
from harbour.exchange.ssda903.actions.runs import FileOutcome, Import
from harbour.exchange.ssda903.rules.findings import Finding, Severity, Tally, is_refused, tallied
from harbour.exchange.ssda903.rules.returns import Return
from harbour.exchange.ssda903.vocabulary import EPISODES, HEADER, MISSING_EPISODES, REVIEWS
from harbour.foundation.documents.tables import safe_cell

SHOWN_OF_A_KIND = 3
KINDS_SHOWN = 40
FINDING_COLUMNS = (
    "severity",
    "table",
    "row",
    "column",
    "value",
    "problem",
    "what_to_do",
    "rule",
    "child",
)


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What came of one file."""

    file: str
    table: str
    title: str
    sha256: str
    outcome: Outcome
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_unchanged: int
    rows_repeated: int
    rows_refused: int
    children: int
    unknown_columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of a return."""

    authority: str
    year_ending: int
    year_inferred: bool
    dry_run: bool
    files: tuple[FileReport, ...]
    findings: tuple[Finding, ...]
    not_read_yet: tuple[tuple[str, str], ...]
    not_recognised: tuple[str, ...]

    @property
    def changes_anything(self) -> bool:
        """Say whether the record is, or would be, another one than before."""
        return any(file.rows_new or file.rows_changed for file in self.files)

    @property
    def anything_refused(self) -> bool:
        """Say whether a file, or all there was, stayed out without anybody having accepted that."""
        stayed_out = any(file.outcome is Outcome.REFUSED for file in self.files)
        unreadable = any(not finding.table and is_refused(finding) for finding in self.findings)
        return stayed_out or unreadable or not self.files

    @property
    def totals(self) -> dict[str, int]:
        """Return what the hub now holds of this return."""
        held = {file.table: file for file in self.files if file.outcome is not Outcome.REFUSED}

        def rows(table: str) -> int:
            file = held.get(table)
            return file.rows_new + file.rows_changed + file.rows_unchanged if file else 0

        absences = held.get(MISSING_EPISODES.name)
        return {
            "children": rows(HEADER.name),
            "placement_episodes": rows(EPISODES.name),
            "missing_episodes": rows(MISSING_EPISODES.name),
            "children_missing": absences.children if absences else 0,
            "reviews": rows(REVIEWS.name),
            "flagged": sum(not is_refused(finding) for finding in self.findings),
            "refused": sum(is_refused(finding) for finding in self.findings),
        }


def report(
    result: Return, how: Import, outcomes: Sequence[FileOutcome], *, dry_run: bool
) -> Report:
    """Return what there is to tell of an import."""
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    return Report(
        authority=how.authority.name,
        year_ending=result.year_ending,
        year_inferred=result.year_inferred,
        dry_run=dry_run,
        files=tuple(map(_file_report, outcomes)),
        findings=(*result.unreadable, *findings),
        not_read_yet=result.not_read_yet,
        not_recognised=result.not_recognised,
    )


def _file_report(outcome: FileOutcome) -> FileReport:
    file, brought = outcome.file, outcome.brought
    came = brought.new + brought.changed + brought.unchanged
    stayed_out = outcome.outcome is Outcome.REFUSED
    return FileReport(
        file=file.file_name,
        table=file.table.name,
        title=file.table.title,
        sha256=file.sha256,
        outcome=outcome.outcome,
        rows_read=file.rows_read,
        rows_new=brought.new,
        rows_changed=brought.changed,
        rows_unchanged=brought.unchanged,
        rows_repeated=0 if stayed_out else file.rows_read - came - outcome.rows_refused,
        rows_refused=outcome.rows_refused,
        children=0 if stayed_out else len({row.child for row in file.rows} & {*brought.people}),
        unknown_columns=file.sheet.unknown_columns,
    )


def as_json(told: Report) -> str:
    """Write a report for another program."""
    content: dict[str, Any] = {
        "format": "ssda903",
        "authority": told.authority,
        "year_ending": told.year_ending,
        "year_inferred": told.year_inferred,
        "dry_run": told.dry_run,
        "changed": told.changes_anything,
        "message": headline(told),
        "totals": told.totals,
        "files": [asdict(file) for file in told.files],
        "summary": [asdict(tally) for tally in tallied(told.findings)],
        "findings": [asdict(finding) for finding in told.findings],
        "not_read_yet": [{"file": file, "table": table} for file, table in told.not_read_yet],
        "not_recognised": list(told.not_recognised),
    }
    return json.dumps(content, indent=2)


def headline(told: Report) -> str:
    """Return the one sentence that matters most."""
    refused = [file.file for file in told.files if file.outcome is Outcome.REFUSED]
    if not told.files:
        return "None of these files is a table of the return that is read here."
    if refused:
        others = (
            " The other rows of a file come in with --accept-rest."
            if told.totals["refused"]
            else ""
        )
        return f"Did not come in: {', '.join(refused)}.{others}"
    if not told.changes_anything:
        return "Nothing changed: the hub has all of this already."
    return (
        "This is what would come in; nothing was written."
        if told.dry_run
        else "The return came in."
    )


def as_text(told: Report, *, findings_file: object | None) -> str:
    """Write a report for a person at a terminal."""
    year = f"1 April {told.year_ending - 1} to 31 March {told.year_ending}"
    inferred = " (told by its dates; --year-ending says otherwise)" if told.year_inferred else ""
    parts = [
        f"Children looked after (SSDA903), {told.authority}, {year}{inferred}",
        *([] if not told.dry_run else ["A trial: nothing is written."]),
        "",
        *_table_of_files(told.files),
        "",
        *_totals(told.totals),
        *_other_files(told),
        *_findings(told.findings, findings_file),
        "",
        headline(told),
    ]
    return "\n".join(parts)


def _table_of_files(files: Iterable[FileReport]) -> list[str]:
    heading = (
        f"{'File':<24} {'Rows':>7} {'New':>7} {'Changed':>8} {'Same':>7} {'Twice':>6}"
        f" {'Refused':>8}"
    )
    lines = [
        f"{file.file[-24:]:<24} {file.rows_read:>7} {file.rows_new:>7} {file.rows_changed:>8}"
        f" {file.rows_unchanged:>7} {file.rows_repeated:>6} {file.rows_refused:>8}  {file.outcome}"
        for file in files
    ]
    return [heading, *lines]


def _totals(totals: dict[str, int]) -> list[str]:
    children_missing = f"{totals['children_missing']:,}"
    told = (
        f"{totals['children']:,} children",
        f"{totals['placement_episodes']:,} placement episodes",
        f"{totals['missing_episodes']:,} missing episodes of {children_missing} children",
        f"{totals['reviews']:,} reviews",
    )
    return [f"{', '.join(told)}."]


def _other_files(told: Report) -> list[str]:
    lines = []
    if told.not_read_yet:
        names = ", ".join(file for file, _ in told.not_read_yet)
        lines.append(f"Tables of the return that are not read yet: {names}.")
    if told.not_recognised:
        lines.append(f"Not a table of the return: {', '.join(told.not_recognised)}.")
    lines.extend(
        f"{file.file}: columns that the return does not have were left out: "
        + ", ".join(file.unknown_columns)
        for file in told.files
        if file.unknown_columns
    )
    return lines


def _findings(findings: Sequence[Finding], findings_file: object | None) -> list[str]:
    """Return the findings by kind, with a few of each, and where all of them are."""
    if not findings:
        return ["", "Nothing odd was found."]
    kinds = tallied(findings)
    lines = ["", f"{len(findings):,} findings of {len(kinds)} kinds:"]
    for kind in kinds[:KINDS_SHOWN]:
        lines.extend(_kind(kind, findings))
    if findings_file:
        lines.extend(["", f"All findings, row by row: {findings_file}"])
    return lines


def _kind(kind: Tally, findings: Sequence[Finding]) -> list[str]:
    where = " ".join(part for part in (kind.table, kind.column) if part)
    rule = f" (check {kind.rule})" if kind.rule else ""
    word = "refused" if kind.severity is Severity.REFUSED else "flagged"
    examples = [
        f"row {finding.row}" + (f" '{_printable(finding.value)}'" if finding.value else "")
        for finding in findings
        if finding.row and _is_of(finding, kind)
    ][:SHOWN_OF_A_KIND]
    more = " ..." if kind.times > SHOWN_OF_A_KIND else ""
    seen = f": {', '.join(examples)}{more}" if examples else ""
    return [
        f"  {kind.times:>6,} {word}  {where}: {kind.problem}{rule}{seen}",
        f"{'':18}{kind.what_to_do}.",
    ]


def _printable(value: str) -> str:
    """Return text that can do nothing to a terminal but be read."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value)


def _is_of(finding: Finding, kind: Tally) -> bool:
    return (finding.severity, finding.table, finding.column, finding.problem, finding.rule) == (
        kind.severity,
        kind.table,
        kind.column,
        kind.problem,
        kind.rule,
    )


def write_findings(findings: Iterable[Finding], file: TextIO) -> None:
    """Write findings as CSV that no spreadsheet takes for formulas."""
    writer = csv.writer(file)
    writer.writerow(FINDING_COLUMNS)
    for finding in findings:
        content = asdict(finding)
        writer.writerow([safe_cell(str(content[name])) for name in FINDING_COLUMNS])
