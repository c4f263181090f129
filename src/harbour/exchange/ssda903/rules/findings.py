"""What a person should know about one cell, one row or one file of the return."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the row can come in."""

    REFUSED = "refused"  # the row cannot come in as it is
    FLAGGED = "flagged"  # the row comes in, and somebody should look at it


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing wrong, where it is, and what to do about it.

    `row` is the line a spreadsheet shows, the column names being row 1; 0 means the whole file.
    `rule` is the number under which the Department for Education publishes the check, if it does.
    """

    table: str
    row: int
    column: str
    value: str
    problem: str
    what_to_do: str
    severity: Severity
    rule: str = ""
    child: str = ""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often one problem was found."""

    table: str
    column: str
    problem: str
    what_to_do: str
    severity: Severity
    rule: str
    times: int


def is_refused(finding: Finding) -> bool:
    """Say whether this finding keeps its row out."""
    return finding.severity is Severity.REFUSED


def tallied(findings: Iterable[Finding]) -> list[Tally]:
    """Return the findings by kind: refusals first, then the most frequent first."""
    counted = Counter(
        (f.severity, f.table, f.column, f.problem, f.what_to_do, f.rule) for f in findings
    )
    tallies = [
        Tally(
            severity=severity,
            table=table,
            column=column,
            problem=problem,
            what_to_do=what_to_do,
            rule=rule,
            times=times,
        )
        for (severity, table, column, problem, what_to_do, rule), times in counted.items()
    ]
    return sorted(tallies, key=lambda tally: (tally.severity is Severity.FLAGGED, -tally.times))
