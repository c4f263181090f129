"""What came of bringing in the rows of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.rows import ReturnRow
from harbour.exchange.ssda903.vocabulary import Table


class Outcome(StrEnum):
    """How a file ended."""

    CAME_IN = "came in"
    CAME_IN_IN_PART = "came in in part"
    NOTHING_CHANGED = "nothing changed"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """How many rows were new, changed something, or were in the record already."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    findings: tuple[Finding, ...] = ()
    people: Mapping[str, UUID] = field(default_factory=dict)

    @property
    def changes_anything(self) -> bool:
        """Say whether the record is another one than before."""
        return bool(self.new or self.changed)


def kept_as_it_was(
    table: Table, row: ReturnRow, *, column: str, value: str, problem: str, rule: str = ""
) -> Finding:
    """Say that the hub knew something else, and that the hub's own entry was kept."""
    return Finding(
        table=table.name,
        row=row.row,
        column=column,
        value=value,
        problem=problem,
        what_to_do="See which is right; what the hub had was kept",
        severity=Severity.FLAGGED,
        rule=rule,
        child=row.child,
    )
