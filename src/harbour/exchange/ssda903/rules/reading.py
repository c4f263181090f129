"""From the bytes of one file to a sheet: its table, its cells, and what could not be read."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import PurePath

from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.values import Unreadable
from harbour.exchange.ssda903.vocabulary import NOT_READ_YET, TABLES, Table

# Columns that say nothing about which table this is.
_COMMON = frozenset({"CHILD", "DOB", "SEX"})
_WORKBOOK = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = (",", ";", "\t")
_LEAST_SHARE_OF_COLUMNS = 0.5

EXPORT_AGAIN = "Export the table again and save it as CSV (UTF-8)"


@dataclass(frozen=True, kw_only=True)
class Cells:
    """One row of a sheet: its number as a spreadsheet shows it, and its values by column name."""

    row: int
    values: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One file, read as far as it could be.

    Without a `table` the file is none that the hub reads: `not_read_yet` then names the table of
    the return that it is, if it is one. `readable` is false when rows or columns
    could not be told apart: nothing of such a file can come in.
    """

    file_name: str
    table: Table | None = None
    not_read_yet: str = ""
    readable: bool = True
    rows: tuple[Cells, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


type Line = tuple[int, list[str]]


def read_sheet(file_name: str, content: bytes) -> Sheet:
    """Return the sheet that a file holds; never raise for what is in it."""
    try:
        lines = _lines(_text(content))
    except Unreadable as unreadable:
        return _unreadable(file_name, unreadable)
    names = [_column_name(cell) for cell in lines[0][1]]
    table = _recognised(names, file_name)
    if table is None:
        return Sheet(file_name=file_name, not_read_yet=_other_table(names))
    columns = _column_findings(table, names)
    if columns:
        return Sheet(file_name=file_name, table=table, readable=False, findings=tuple(columns))
    rows, findings = _rows(table, names, lines[1:])
    return Sheet(
        file_name=file_name,
        table=table,
        rows=tuple(rows),
        unknown_columns=tuple(name for name in names if name and name not in table.names),
        findings=tuple(findings),
    )


def _text(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 if it is marked as such, or Windows-1252."""
    if content.startswith(_WORKBOOK):
        raise Unreadable("This is a spreadsheet workbook, not a CSV file", EXPORT_AGAIN)
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("The file is not text", EXPORT_AGAIN)


def _lines(text: str) -> list[Line]:
    """Return the lines that hold anything, with their numbers; the first is the heading."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    try:
        lines.extend(
            (number, cells)
            for number, cells in enumerate(reader, start=1)
            if any(cell.strip() for cell in cells)
        )
    except csv.Error:
        raise Unreadable(
            f"A quotation mark after row {lines[-1][0] if lines else 0} is never closed"
            " or stands in the middle of a value",
            "Look for a stray quotation mark, and save the file as CSV again",
        ) from None
    if not lines:
        raise Unreadable("The file is empty", EXPORT_AGAIN)
    return lines


def _column_name(cell: str) -> str:
    """Return a column's name whatever its case and its spaces."""
    return re.sub(r"[\s_-]+", "_", cell.strip()).upper()


def _recognised(names: list[str], file_name: str) -> Table | None:
    """Return the table of which most own columns are here; the file's name helps where they tie."""
    present, stem = set(names), PurePath(file_name).stem.strip().casefold()

    def likeness(table: Table) -> tuple[float, bool]:
        own = set(table.names) - _COMMON
        return len(own & present) / len(own), table.name == stem

    best = max(TABLES, key=likeness)
    share, named = likeness(best)
    if share >= _LEAST_SHARE_OF_COLUMNS or (named and share > 0):
        return best
    by_name = next((table for table in TABLES if table.name == stem), None)
    return by_name if "CHILD" in present and not _other_table(names) else None


def _other_table(names: list[str]) -> str:
    present = set(names)
    return next((table for table, own in NOT_READ_YET.items() if own <= present), "")


def _column_findings(table: Table, names: list[str]) -> list[Finding]:
    """Return a refusal for each column that is missing or stands there twice."""
    missing = [
        _about_file(
            table,
            column=name,
            problem="The column is missing",
            what_to_do=f"Add the column {name}; it may be blank only where the guide allows it",
        )
        for name in table.names
        if name not in names
    ]
    twice = [
        _about_file(
            table,
            column=name,
            problem="The column stands there twice",
            what_to_do=f"Keep one column {name}",
        )
        for name in table.names
        if names.count(name) > 1
    ]
    return missing + twice


def _rows(table: Table, names: list[str], lines: list[Line]) -> tuple[list[Cells], list[Finding]]:
    rows, findings = [], []
    for number, cells in lines:
        values = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        overhang = [cell for cell in cells[len(names) :] if cell.strip()]
        if overhang:
            findings.append(_overhang(table, number, overhang))
            continue
        if len(cells) < len(names):
            findings.append(_short_row(table, number, len(cells), len(names)))
        rows.append(Cells(row=number, values={name: values.get(name, "") for name in table.names}))
    return rows, findings


def _overhang(table: Table, row: int, overhang: list[str]) -> Finding:
    return Finding(
        table=table.name,
        row=row,
        column="",
        value=", ".join(overhang)[:100],
        problem="The row has more values than there are columns",
        what_to_do="Put quotation marks around a value with a comma, or take the extra one out",
        severity=Severity.REFUSED,
    )


def _short_row(table: Table, row: int, has: int, needs: int) -> Finding:
    return Finding(
        table=table.name,
        row=row,
        column="",
        value=f"{has} of {needs}",
        problem="The row ends early; the values that are not there were read as blank",
        what_to_do="See whether the row was cut off, and correct it at its source",
        severity=Severity.FLAGGED,
    )


def _about_file(table: Table, *, column: str, problem: str, what_to_do: str) -> Finding:
    return Finding(
        table=table.name,
        row=0,
        column=column,
        value="",
        problem=problem,
        what_to_do=what_to_do,
        severity=Severity.REFUSED,
    )


def _unreadable(file_name: str, unreadable: Unreadable) -> Sheet:
    finding = Finding(
        table="",
        row=0,
        column="",
        value=PurePath(file_name).name,
        problem=unreadable.problem,
        what_to_do=unreadable.what_to_do,
        severity=Severity.REFUSED,
    )
    return Sheet(file_name=file_name, readable=False, findings=(finding,))
