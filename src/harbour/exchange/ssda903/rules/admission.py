"""Which rows of a table may come in beside each other: no child unknown, no row twice."""

from collections.abc import Iterable
from dataclasses import fields

from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.rows import ReturnRow
from harbour.exchange.ssda903.vocabulary import HEADER, HEALTH, UASC, Table

ONE_ROW_A_CHILD = (HEADER, HEALTH, UASC)


def strangers[R: ReturnRow](
    table: Table, rows: Iterable[R], known: frozenset[str]
) -> tuple[list[R], list[Finding]]:
    """Return the rows of children the hub knows, and a refusal for each row of another child."""
    kept, findings = [], []
    for row in rows:
        if row.child in known:
            kept.append(row)
            continue
        findings.append(
            Finding(
                table=table.name,
                row=row.row,
                column="CHILD",
                value=row.child,
                problem="Neither the header table nor the hub knows this child",
                what_to_do="Read the header table first, or correct the child's identifier",
                severity=Severity.REFUSED,
                child=row.child,
            )
        )
    return kept, findings


def without_repeats[R: ReturnRow](table: Table, rows: Iterable[R]) -> tuple[list[R], list[Finding]]:
    """Return each row once; flag exact repeats, refuse a second row where one is the rule."""
    once_a_child = table in ONE_ROW_A_CHILD
    seen: dict[object, R] = {}
    kept, findings = [], []
    for row in rows:
        key = row.child if once_a_child else _content(row)
        first = seen.setdefault(key, row)
        if first is row:
            kept.append(row)
        elif _content(first) == _content(row):
            findings.append(_repeat(table, row, first))
        else:
            findings.append(_contradiction(table, row, first))
    return kept, findings


def _content(row: ReturnRow) -> tuple[object, ...]:
    return tuple(getattr(row, field.name) for field in fields(row) if field.name != "row")


def _repeat(table: Table, row: ReturnRow, first: ReturnRow) -> Finding:
    return Finding(
        table=table.name,
        row=row.row,
        column="",
        value=f"row {first.row}",
        problem="The row repeats an earlier one word for word; it was read once",
        what_to_do="Take the repeated row out at its source",
        severity=Severity.FLAGGED,
        child=row.child,
    )


def _contradiction(table: Table, row: ReturnRow, first: ReturnRow) -> Finding:
    return Finding(
        table=table.name,
        row=row.row,
        column="CHILD",
        value=row.child,
        problem=f"The child has a row already (row {first.row}), and the two say different things",
        what_to_do="Keep the row that is right",
        severity=Severity.REFUSED,
        child=row.child,
    )
