"""The same return as one XML file: each child with its header, absences, reviews and episodes.

Element names are facts of the Department for Education's schema. A row's number counts the elements
of its table, the first being row 2, as in the CSV form.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.reading import Cells, Sheet
from harbour.exchange.ssda903.vocabulary import (
    EPISODES,
    HEADER,
    HEALTH,
    MISSING_EPISODES,
    REVIEWS,
    TABLES,
    UASC,
    Table,
)
from harbour.foundation.documents import markup

ROOT, CHILD, HEAD = "EXPSSDA903", "CHILD", "HEADER"
# Elements that repeat inside a child, and the table that each is a row of.
ROWS: Mapping[str, Table] = {
    "EPISODE": EPISODES,
    "AMISSING": MISSING_EPISODES,
    "AREVIEW": REVIEWS,
    "OC2": HEALTH,
}
NOT_READ = {"PERMANENCE": "previous_permanence", "AD_PLACED": "placed_for_adoption"}
# Two columns have another name in this form.
RENAMED = {"CHILDID": "CHILD", "PL": "PLACE"}
CAME_ALONE = "UASC"
BEGINS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def is_xml(content: bytes) -> bool:
    """Say whether a file is XML, by how it begins."""
    return content.lstrip(b" \t\r\n").startswith(BEGINS)


def read_sheets(file_name: str, content: bytes) -> list[Sheet]:
    """Return a sheet for each table that the file holds; never raise for what is in it."""
    reading = _Reading()
    try:
        markup.read(BytesIO(content), begun=reading.begin, ended=reading.end)
    except markup.Unreadable as unreadable:
        return [_unreadable(file_name, str(unreadable))]
    if not reading.is_return:
        return [Sheet(file_name=file_name)]
    return [
        *(
            Sheet(
                file_name=file_name,
                table=table,
                rows=tuple(reading.rows[table.name]),
                unknown_columns=tuple(sorted(reading.unknown[table.name])),
            )
            for table in TABLES
            if reading.rows[table.name]
        ),
        *(Sheet(file_name=file_name, not_read_yet=NOT_READ[each]) for each in reading.not_read),
    ]


@dataclass(kw_only=True)
class _Child:
    """One child as far as it was read: the header's values, then rows of their own."""

    header: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[Table, dict[str, str]]] = field(default_factory=list)


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.is_return = False
        self.rows: dict[str, list[Cells]] = defaultdict(list)
        self.unknown: dict[str, set[str]] = defaultdict(set)
        self.not_read: list[str] = []
        self._open: list[str] = []
        self._child: _Child | None = None
        self._row: dict[str, str] | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if not self._open:
            self.is_return = name == ROOT
        elif len(self._open) == 1 and name == CHILD:
            self._child = _Child()
        elif name in ROWS or name in NOT_READ:
            self._row = {}
        self._open.append(name)

    def end(self, name: str, text: str) -> None:
        self._open.pop()
        child = self._child
        if child is None:
            return
        if name == CHILD and len(self._open) == 1:
            self._finish(child)
            self._child = None
        elif name in ROWS and self._row is not None:
            child.rows.append((ROWS[name], self._row))
            self._row = None
        elif name in NOT_READ:
            self.not_read += [name] if name not in self.not_read else []
            self._row = None
        elif name != HEAD:
            values = child.header if self._row is None else self._row
            values[RENAMED.get(name, name)] = text.strip()

    def _finish(self, child: _Child) -> None:
        self._add(HEADER, {}, child.header)
        if child.header.get(CAME_ALONE, "0") == "1" or child.header.get("DUC"):
            self._add(UASC, {}, child.header)
        for table, values in child.rows:
            self._add(table, values, child.header)

    def _add(self, table: Table, own: dict[str, str], header: dict[str, str]) -> None:
        values = header | own
        rows = self.rows[table.name]
        rows.append(
            Cells(row=len(rows) + 2, values={name: values.get(name, "") for name in table.names})
        )
        self.unknown[table.name].update(own.keys() - set(table.names))


def _unreadable(file_name: str, problem: str) -> Sheet:
    finding = Finding(
        table="",
        row=0,
        column="",
        value=file_name,
        problem=problem,
        what_to_do="Export the return again from the system it comes from",
        severity=Severity.REFUSED,
    )
    return Sheet(file_name=file_name, readable=False, findings=(finding,))
