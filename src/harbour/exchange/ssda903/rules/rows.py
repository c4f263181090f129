"""From named cells to typed rows; a finding for every cell that is unreadable or looks wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from harbour.exchange.ssda903.rules import values
from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.reading import Cells, Sheet
from harbour.exchange.ssda903.vocabulary import (
    EPISODES,
    HEADER,
    HEALTH,
    MISSING_EPISODES,
    REVIEWS,
    SDQ_HIGHEST,
    SDQ_LOWEST,
    UASC,
    Column,
    Kind,
    Table,
)


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """A row that can come in: its place in the file, and the authority's child identifier."""

    row: int
    child: str


@dataclass(frozen=True, kw_only=True)
class HeaderRow(ReturnRow):
    """A child."""

    sex: str
    born_on: date
    ethnicity: str
    upn: str
    mother: str
    first_child_born_on: date | None


@dataclass(frozen=True, kw_only=True)
class EpisodeRow(ReturnRow):
    """An episode of care: one legal status in one placement."""

    starts_on: date
    reason_new: str
    legal_status: str
    need: str
    placement: str
    provider: str
    ends_on: date | None
    reason_ceased: str
    reason_change: str
    home_postcode: str
    placement_postcode: str
    urn: str


@dataclass(frozen=True, kw_only=True)
class MissingRow(ReturnRow):
    """An episode of being missing, or away without authorisation; days only, no times."""

    born_on: date
    kind: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class HealthRow(ReturnRow):
    """Health and offending of a child looked after for twelve months; blank stays blank."""

    born_on: date
    sdq_score: int | None
    sdq_reason: str
    convicted: str
    health_check: str
    immunisations: str
    teeth_check: str
    health_assessment: str
    substance_misuse: str
    intervention_received: str
    intervention_offered: str


@dataclass(frozen=True, kw_only=True)
class UascRow(ReturnRow):
    """A child who came alone to seek asylum."""

    sex: str
    born_on: date
    status_ceases_on: date | None


@dataclass(frozen=True, kw_only=True)
class ReviewRow(ReturnRow):
    """A review of the child's case and how the child took part."""

    born_on: date
    held_on: date
    participation: str


ROW_TYPES: Mapping[str, Callable[..., ReturnRow]] = {
    HEADER.name: HeaderRow,
    EPISODES.name: EpisodeRow,
    MISSING_EPISODES.name: MissingRow,
    HEALTH.name: HealthRow,
    UASC.name: UascRow,
    REVIEWS.name: ReviewRow,
}

type Value = str | date | int | None


@dataclass(frozen=True, kw_only=True)
class Read:
    """What came of one cell: its value, and what is odd about it."""

    value: Value
    problem: str = ""
    what_to_do: str = ""
    rule: str = ""


def read_rows(sheet: Sheet, *, year_ending: int) -> tuple[list[ReturnRow], list[Finding]]:
    """Return the typed rows of a sheet and the findings; a refused row is not among the rows."""
    table, rows, findings = sheet.table, [], list[Finding]()
    if table is None or not sheet.readable:
        return [], []
    for cells in sheet.rows:
        found, row_findings = _read_row(table, cells, year_ending=year_ending)
        findings.extend(row_findings)
        if not any(finding.severity is Severity.REFUSED for finding in row_findings):
            rows.append(ROW_TYPES[table.name](row=cells.row, **found))
    return rows, findings


def _read_row(
    table: Table, cells: Cells, *, year_ending: int
) -> tuple[dict[str, Value], list[Finding]]:
    found: dict[str, Value] = {}
    findings: list[Finding] = []
    child = values.child_identifier(cells.values["CHILD"])
    for column in table.columns:
        text = cells.values[column.name]
        severity = Severity.FLAGGED
        try:
            read = _read_cell(column, text, year_ending=year_ending)
        except values.Unreadable as unreadable:
            severity = Severity.REFUSED
            read = Read(value=None, problem=unreadable.problem, what_to_do=unreadable.what_to_do)
        found[column.field] = read.value
        if read.problem:
            findings.append(
                Finding(
                    table=table.name,
                    row=cells.row,
                    column=column.name,
                    value=text[:100],
                    problem=read.problem,
                    what_to_do=read.what_to_do,
                    severity=severity,
                    rule=read.rule or _rule_of(column, text),
                    child=child[:100],
                )
            )
    return found, findings


def _rule_of(column: Column, text: str) -> str:
    return column.rule if text else column.blank_rule or column.rule


def _read_cell(column: Column, text: str, *, year_ending: int) -> Read:
    if not text:
        return _blank(column)
    return READERS[column.kind](column, text, year_ending)


def _blank(column: Column) -> Read:
    nothing = None if column.kind in {Kind.DATE, Kind.NUMBER} else ""
    if column.required:
        raise values.Unreadable(
            "The cell is blank, and the row cannot be understood without it",
            f"Fill in {column.name}",
        )
    if column.expected:
        return Read(
            value=nothing,
            problem="The cell is blank",
            what_to_do=f"Fill in {column.name} if it is known",
        )
    return Read(value=nothing)


def _date(column: Column, text: str, year_ending: int) -> Read:
    del column, year_ending
    return Read(value=values.read_date(text))


def _code(column: Column, text: str, year_ending: int) -> Read:
    code = values.without_fraction(text).upper()
    codes = column.codes
    if code not in codes.glosses:
        some = ", ".join(list(codes.glosses)[:8])
        more = " and others" if len(codes.glosses) > 8 else ""
        raise values.Unreadable(
            f"This is not a code for {codes.called}",
            f"Use one of the codes of the guide: {some}{more}",
        )
    if not codes.in_use(code, year_ending):
        return Read(
            value=code,
            problem=f"The guide for {year_ending - 1}-{year_ending % 100:02} has no such code for"
            f" {codes.called}",
            what_to_do="Keep it if the file was made with another year's guide; else correct it",
        )
    if code != text.upper():
        return Read(
            value=code,
            problem=f"Read as {code}",
            what_to_do="Format the column as text, so that no fraction is added",
        )
    return Read(value=code)


def _child(column: Column, text: str, year_ending: int) -> Read:
    del column, year_ending
    identifier = values.child_identifier(values.read_text(text))
    problem = values.child_problem(identifier)
    if identifier != text.upper():
        problem = f"Read as {identifier}"
    return Read(value=identifier, problem=problem, what_to_do="Check the identifier at its source")


def _number(column: Column, text: str, year_ending: int) -> Read:
    del column, year_ending
    score = values.read_number(
        values.without_fraction(text), lowest=SDQ_LOWEST, highest=SDQ_HIGHEST
    )
    return Read(value=score)


def _upn(column: Column, text: str, year_ending: int) -> Read:
    del column, year_ending
    upn = values.read_text(text).upper()
    return Read(
        value=upn,
        problem=values.upn_problem(upn),
        what_to_do="Ask the school or the virtual school for the right number",
    )


def _postcode(column: Column, text: str, year_ending: int) -> Read:
    del column, year_ending
    postcode = " ".join(values.read_text(text).upper().split())
    return Read(
        value=values.tidied_postcode(postcode),
        problem=values.postcode_problem(postcode),
        what_to_do="Check the address at its source",
    )


def _text(column: Column, text: str, year_ending: int) -> Read:
    del column, year_ending
    return Read(value=values.read_text(values.without_fraction(text)))


READERS: Mapping[Kind, Callable[[Column, str, int], Read]] = {
    Kind.CHILD: _child,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.NUMBER: _number,
    Kind.UPN: _upn,
    Kind.POSTCODE: _postcode,
    Kind.TEXT: _text,
}
