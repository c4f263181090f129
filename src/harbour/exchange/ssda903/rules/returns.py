"""A set of files read as one return: its tables, the rows that can come in, the findings."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from harbour.exchange.ssda903.rules import admission, published, xml_form
from harbour.exchange.ssda903.rules.findings import Finding, Severity, is_refused
from harbour.exchange.ssda903.rules.reading import Sheet, read_sheet
from harbour.exchange.ssda903.rules.rows import (
    EpisodeRow,
    HeaderRow,
    HealthRow,
    MissingRow,
    ReturnRow,
    ReviewRow,
    UascRow,
    read_rows,
)
from harbour.exchange.ssda903.rules.tables import Tables
from harbour.exchange.ssda903.rules.values import Unreadable, read_date
from harbour.exchange.ssda903.vocabulary import HEADER, TABLES, Table

# Ends fall into the year of the return; starts may be years before.
_DATES_OF_THE_YEAR = ("DEC", "MIS_END")


@dataclass(frozen=True, kw_only=True)
class FileRead:
    """One file of the return: its rows that can come in, and what was found in it."""

    file_name: str
    sha256: str
    sheet: Sheet
    table: Table
    rows: tuple[ReturnRow, ...]
    findings: tuple[Finding, ...]

    @property
    def rows_read(self) -> int:
        """Return how many rows the file has, the column names and blank lines left out."""
        return len(self.sheet.rows) + sum(
            finding.row > 0 and is_refused(finding) for finding in self.sheet.findings
        )

    @property
    def refused(self) -> tuple[Finding, ...]:
        """Return the findings that keep rows, or the file, out."""
        return tuple(finding for finding in self.findings if is_refused(finding))

    @property
    def rows_refused(self) -> int:
        """Return how many rows cannot come in."""
        return len({finding.row for finding in self.refused if finding.row})


@dataclass(frozen=True, kw_only=True)
class Return:
    """A return as it was read: files in the order in which they must come in."""

    year_ending: int
    year_inferred: bool
    files: tuple[FileRead, ...]
    not_read_yet: tuple[tuple[str, str], ...] = ()
    not_recognised: tuple[str, ...] = ()
    unreadable: tuple[Finding, ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """Return every finding, file by file."""
        return [*self.unreadable, *(f for file in self.files for f in file.findings)]

    def file_of(self, table: Table) -> FileRead | None:
        """Return the file that holds a table, if there is one."""
        return next((file for file in self.files if file.table is table), None)


def read_return(
    contents: Mapping[str, bytes], *, year_ending: int | None, this_year_ends: int
) -> Return:
    """Return what a set of files holds, by file name.

    Without `year_ending` the collection year is the one in which most ends fall, and
    `this_year_ends` where no date tells.
    """
    sheets = [sheet for name, content in contents.items() for sheet in _sheets(name, content)]
    year = year_ending or year_told_by(sheets) or this_year_ends
    files, unreadable = _files(sheets, contents, year_ending=year)
    return Return(
        year_ending=year,
        year_inferred=year_ending is None,
        files=tuple(_checked_together(files, year_ending=year)),
        not_read_yet=tuple((s.file_name, s.not_read_yet) for s in sheets if s.not_read_yet),
        not_recognised=tuple(
            s.file_name for s in sheets if s.table is None and s.readable and not s.not_read_yet
        ),
        unreadable=tuple(unreadable),
    )


def _sheets(name: str, content: bytes) -> list[Sheet]:
    """Return the one table of a CSV file, or all tables of the XML form."""
    return (
        xml_form.read_sheets(name, content)
        if xml_form.is_xml(content)
        else [read_sheet(name, content)]
    )


def year_told_by(sheets: Iterable[Sheet]) -> int | None:
    """Return the collection year in which most episodes and absences of these sheets end."""
    years: Counter[int] = Counter()
    for sheet in sheets:
        for cells in sheet.rows:
            texts = (cells.values.get(name, "") for name in _DATES_OF_THE_YEAR)
            years.update(collection_year(day) for day in map(_day, texts) if day)
    return max(years, key=lambda year: (years[year], year)) if years else None


def collection_year(day: date) -> int:
    """Return the year in which the collection year of a day ends."""
    return day.year + (day >= date(day.year, 4, 1))


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except Unreadable:
        return None


def _files(
    sheets: Iterable[Sheet], contents: Mapping[str, bytes], *, year_ending: int
) -> tuple[list[FileRead], list[Finding]]:
    files: list[FileRead] = []
    unreadable: list[Finding] = []
    for sheet in sheets:
        if sheet.table is None:
            unreadable.extend(sheet.findings)
            continue
        rows, findings = read_rows(sheet, year_ending=year_ending)
        kept, repeats = admission.without_repeats(sheet.table, rows)
        earlier = next((file for file in files if file.table is sheet.table), None)
        if earlier:
            kept, repeats = [], [_second_file(sheet.table, sheet.file_name, earlier.file_name)]
        files.append(
            FileRead(
                file_name=sheet.file_name,
                sha256=hashlib.sha256(contents[sheet.file_name]).hexdigest(),
                sheet=replace(sheet, readable=sheet.readable and earlier is None),
                table=sheet.table,
                rows=tuple(kept),
                findings=(*sheet.findings, *findings, *repeats),
            )
        )
    return sorted(files, key=lambda file: TABLES.index(file.table)), unreadable


def _second_file(table: Table, file_name: str, earlier: str) -> Finding:
    return Finding(
        table=table.name,
        row=0,
        column="",
        value=file_name,
        problem=f"Another file of this run is the same table: {earlier}",
        what_to_do="Read one return at a time, each table in one file",
        severity=Severity.REFUSED,
    )


def _checked_together(files: list[FileRead], *, year_ending: int) -> list[FileRead]:
    """Return the files with what the published checks flag."""
    flags = published.flags(tables_of(files, year_ending=year_ending))
    return [
        replace(
            file,
            findings=(
                *file.findings,
                *(f for f in flags if f.table == file.table.name and file.sheet.readable),
            ),
        )
        for file in files
    ]


def tables_of(files: Iterable[FileRead], *, year_ending: int) -> Tables:
    """Return the rows of all files side by side."""
    rows = [row for file in files for row in file.rows]
    return Tables(
        year_ending=year_ending,
        header=tuple(row for row in rows if isinstance(row, HeaderRow)),
        episodes=tuple(row for row in rows if isinstance(row, EpisodeRow)),
        missing=tuple(row for row in rows if isinstance(row, MissingRow)),
        health=tuple(row for row in rows if isinstance(row, HealthRow)),
        uasc=tuple(row for row in rows if isinstance(row, UascRow)),
        reviews=tuple(row for row in rows if isinstance(row, ReviewRow)),
    )


def header_children(files: Iterable[FileRead]) -> frozenset[str]:
    """Return the children that the header table of these files brings."""
    return frozenset(row.child for file in files if file.table is HEADER for row in file.rows)
