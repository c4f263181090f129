"""Read a table that somebody sent, as CSV or as a workbook: rows of text, with their numbers.

Dates of a workbook become text as ISO 8601 writes them, so that both forms read alike. A workbook
is judged like any office file first: no programs, no links, no more than it may unpack to.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import override

from harbour.foundation.documents import archives, markup
from harbour.foundation.documents.vocabulary import FileType

WORKBOOK = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 500
# ECMA-376 part 1, 18.8.30: the built-in formats that show a day or a time.
DATE_FORMATS = frozenset({*range(14, 23), *range(45, 48)})
# What a format says apart from quoted words, colours and escapes: a letter of a date or a time.
SHOWS_A_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
NOT_A_FORMAT = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.')
# A day nought has no zone, as the times of a workbook have none.
DAY_NOUGHT = datetime.fromisoformat("1899-12-30")
CELL = re.compile(r"([A-Z]{1,3})[0-9]+")


# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


class UnreadableTable(Exception):
    """Why a file is no table, as a sentence without its full stop."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row: its number as a spreadsheet shows it, and its cells as text."""

    row: int
    cells: tuple[str, ...]


def read_table(content: bytes) -> list[Line]:
    """Return the rows that hold anything; the first is the heading."""
    try:
        lines = list(_workbook(content) if content.startswith(WORKBOOK) else _csv(content))
    except (archives.Unsafe, markup.Unreadable) as refused:
        raise UnreadableTable(f"The file {refused}") from refused
    if not lines:
        raise UnreadableTable("The file is empty")
    if len(lines[0].cells) > MOST_COLUMNS:
        raise UnreadableTable(f"The file has more than {MOST_COLUMNS} columns")
    return lines


def _csv(content: bytes) -> Iterator[Line]:
    text = _text(content)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield Line(row=row, cells=tuple(cell.strip() for cell in cells))
    except csv.Error:
        raise UnreadableTable(f"A quotation mark after row {row} is never closed") from None


def _text(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableTable("The file is neither a table as text nor a workbook")


def _workbook(content: bytes) -> Iterator[Line]:
    archives.check(content, FileType.XLSX)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        shared = _Strings()
        if "xl/sharedStrings.xml" in names:
            shared.read(archive, "xl/sharedStrings.xml")
        styles = _Styles()
        if "xl/styles.xml" in names:
            styles.read(archive, "xl/styles.xml")
        sheet = _Sheet(shared.found, styles.dates)
        sheet.read(archive, _first_sheet(archive, names))
    yield from sheet.lines


def _first_sheet(archive: zipfile.ZipFile, names: set[str]) -> str:
    """Return the part that holds the first sheet, as the workbook names it."""
    book, links = _Book(), _Links()
    book.read(archive, "xl/workbook.xml")
    if "xl/_rels/workbook.xml.rels" in names:
        links.read(archive, "xl/_rels/workbook.xml.rels")
    target = links.found.get(book.first, "worksheets/sheet1.xml")
    part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
    if part not in names:
        raise UnreadableTable("The workbook has no sheet")
    return part


@dataclass
class _Part:
    """One part of a workbook, read element by element."""

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        with archive.open(name) as source:
            markup.read(source, begun=self.begun, ended=self.ended)

    def begun(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""

    def ended(self, name: str, text: str) -> None:
        """Take note of an element that ends."""


@dataclass
class _Book(_Part):
    first: str = ""

    @override
    def begun(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and not self.first:
            known = {each: value for each, value in attributes.items() if each.endswith(":id")}
            self.first = next(iter(known.values()), "")


@dataclass
class _Links(_Part):
    found: dict[str, str] = field(default_factory=dict)

    @override
    def begun(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")


@dataclass
class _Strings(_Part):
    found: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @override
    def ended(self, name: str, text: str) -> None:
        if name == "t":
            self.pieces.append(text)
        elif name == "si":
            self.found.append("".join(self.pieces))
            self.pieces = []


@dataclass
class _Styles(_Part):
    """Which styles of cells show a day or a time."""

    dates: list[bool] = field(default_factory=list)
    formats: set[int] = field(default_factory=lambda: set(DATE_FORMATS))
    inside: bool = False

    @override
    def begun(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            written = NOT_A_FORMAT.sub("", attributes.get("formatCode", ""))
            if SHOWS_A_DATE.search(written):
                self.formats.add(int(attributes.get("numFmtId", "0")))
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.dates.append(int(attributes.get("numFmtId", "0")) in self.formats)

    @override
    def ended(self, name: str, text: str) -> None:
        del text
        if name == "cellXfs":
            self.inside = False


class _Sheet(_Part):
    """The cells of a sheet, row by row."""

    def __init__(self, shared: list[str], dates: list[bool]) -> None:
        self.lines: list[Line] = []
        self._shared, self._dates = shared, dates
        self._row, self._column, self._kind, self._style = 0, 0, "", 0
        self._cells: dict[int, str] = {}
        self._value = ""

    @override
    def begun(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._cells, self._column = {}, -1
        elif name == "c":
            place = CELL.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", "0"))
            self._value = ""

    @override
    def ended(self, name: str, text: str) -> None:
        if name == "v" or (name == "t" and self._kind == "inlineStr"):
            self._value += text
        elif name == "c" and self._value and self._column < MOST_COLUMNS:
            self._cells[self._column] = self._text().strip()
        elif name == "row" and any(self._cells.values()):
            width = max(self._cells) + 1
            cells = tuple(self._cells.get(place, "") for place in range(width))
            self.lines.append(Line(row=self._row, cells=cells))

    def _text(self) -> str:
        value = self._value
        if self._kind == "s":
            known = value.isascii() and value.isdigit() and int(value) < len(self._shared)
            return self._shared[int(value)] if known else ""
        if self._kind != "n":
            return value
        is_date = self._style < len(self._dates) and self._dates[self._style]
        return _moment(value) if is_date else _number(value)


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _moment(value: str) -> str:
    """Return the day, or the day and the minute, that a workbook counts from its day nought."""
    try:
        moment = DAY_NOUGHT + timedelta(minutes=round(float(value) * 24 * 60))
    except (ValueError, OverflowError):
        return value
    if float(value) < 1:
        return f"{moment:%H:%M}"
    return (
        f"{moment:%Y-%m-%d}" if moment.time() == datetime.min.time() else f"{moment:%Y-%m-%d %H:%M}"
    )


def _number(value: str) -> str:
    """Return a number without the fraction that spreadsheets append to whole ones."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value
