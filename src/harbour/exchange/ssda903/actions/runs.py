"""Bring in one file of a return, whole or not at all, and remember the run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from harbour.exchange.ssda903 import policy, queries
from harbour.exchange.ssda903.actions import absences, children, episodes, facts
from harbour.exchange.ssda903.actions.outcomes import Brought, Outcome
from harbour.exchange.ssda903.models import Flag, ImportRun
from harbour.exchange.ssda903.rules import admission
from harbour.exchange.ssda903.rules.findings import Finding, Severity, is_refused
from harbour.exchange.ssda903.rules.returns import FileRead, header_children
from harbour.exchange.ssda903.rules.rows import (
    EpisodeRow,
    HeaderRow,
    HealthRow,
    MissingRow,
    ReturnRow,
    ReviewRow,
    UascRow,
)
from harbour.exchange.ssda903.vocabulary import (
    EPISODES,
    HEADER,
    HEALTH,
    MISSING_EPISODES,
    REVIEWS,
    UASC,
)
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act

BATCH = 2000
# Two imports at once would both find a child unknown; the second one waits for the first.
ONE_AT_A_TIME = 903
NOBODY = UUID(int=0)
# The parts of a record that each table touches, for the ledger.
FACETS: Mapping[str, tuple[Facet, ...]] = {
    HEADER.name: (Facet.IDENTITY, Facet.ASSESSMENT),
    EPISODES.name: (Facet.PLACEMENT,),
    MISSING_EPISODES.name: (Facet.MISSING,),
    HEALTH.name: (Facet.ASSESSMENT,),
    UASC.name: (Facet.ASSESSMENT,),
    REVIEWS.name: (Facet.PLACEMENT,),
}


@dataclass(frozen=True, kw_only=True)
class Import:
    """How a return is to be brought in: for whom, for which year, and whether rows may stay out."""

    authority: Agency
    year_ending: int
    accept_rest: bool = False


@dataclass(frozen=True, kw_only=True)
class FileOutcome:
    """What came of one file."""

    file: FileRead
    outcome: Outcome
    brought: Brought
    findings: tuple[Finding, ...]

    @property
    def rows_refused(self) -> int:
        """Return how many rows did not come in for what is in them."""
        return len(
            {finding.row for finding in self.findings if is_refused(finding) and finding.row}
        )


@transaction.atomic
def import_file(
    *, file: FileRead, how: Import, header_refused: bool = False, by: Reader, at: datetime
) -> FileOutcome:
    """Bring in a file whole; if rows are refused, the others only where that was accepted."""
    policy.check_can_import(by, how.authority)
    _wait_for_other_imports()
    people = _people(file, how.authority)
    rows, strangers = _without_strangers(file, people, header_refused=header_refused)
    findings = (*file.findings, *strangers)
    if _stays_out(file, findings, accept_rest=how.accept_rest):
        audit.record(
            Act.CONSULT,
            "ssda903.refused",
            by=by,
            at=at,
            subjects=people.values(),
            **_for_the_ledger(file, Brought()),
        )
        return FileOutcome(file=file, outcome=Outcome.REFUSED, brought=Brought(), findings=findings)
    brought = _bring_in(file, rows, people, how, by, at)
    findings = (*findings, *brought.findings)
    outcome = _outcome(brought, findings)
    act = Act.COLLECT if brought.new else Act.ALTER if brought.changed else Act.CONSULT
    run = _remember_the_run(file, how, brought, findings, by, at)
    audit.record(
        act,
        f"ssda903.{outcome.name.lower()}",
        by=by,
        at=at,
        subjects=sorted({brought.people[row.child] for row in rows}),
        about=run,
        **_for_the_ledger(file, brought),
    )
    return FileOutcome(file=file, outcome=outcome, brought=brought, findings=findings)


def expected_of_an_empty_record(*, files: Sequence[FileRead], how: Import) -> list[FileOutcome]:
    """Say what files would bring into a record that has nothing yet."""
    children = dict.fromkeys(header_children(files), NOBODY)
    outcomes = []
    for file in files:
        rows, strangers = _without_strangers(file, children, header_refused=not children)
        findings = (*file.findings, *strangers)
        if _stays_out(file, findings, accept_rest=how.accept_rest):
            outcome, brought = Outcome.REFUSED, Brought()
        else:
            brought = Brought(new=len(rows), people=children)
            outcome = _outcome(brought, findings)
        outcomes.append(FileOutcome(file=file, outcome=outcome, brought=brought, findings=findings))
    return outcomes


def remember_trial(outcomes: Sequence[FileOutcome], *, by: Reader, at: datetime) -> None:
    """Write to the ledger that files were held against the record and nothing was written."""
    for outcome in outcomes:
        audit.record(
            Act.CONSULT, "ssda903.tried", by=by, at=at, **_for_the_ledger(outcome.file, Brought())
        )


def _wait_for_other_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _people(file: FileRead, authority: Agency) -> dict[str, UUID]:
    return queries.people_by_child(authority, (row.child for row in file.rows))


def _without_strangers(
    file: FileRead, people: Mapping[str, UUID], *, header_refused: bool
) -> tuple[list[ReturnRow], list[Finding]]:
    """Return the rows whose child is known; one refusal for the file if the header stayed out."""
    if file.table is HEADER:
        return list(file.rows), []
    rows, strangers = admission.strangers(file.table, file.rows, frozenset(people))
    if header_refused and strangers:
        return rows, [_waits_for_header(file, len({each.child for each in strangers}))]
    return rows, strangers


def _waits_for_header(file: FileRead, children_unknown: int) -> Finding:
    return Finding(
        table=file.table.name,
        row=0,
        column="CHILD",
        value=f"{children_unknown} children",
        problem="The header table did not come in, and its children are not known without it",
        what_to_do="Correct the header table first, then read the return again",
        severity=Severity.REFUSED,
    )


def _stays_out(file: FileRead, findings: Iterable[Finding], *, accept_rest: bool) -> bool:
    refused = [finding for finding in findings if is_refused(finding)]
    whole_file = any(finding.row == 0 for finding in refused)
    return not file.sheet.readable or whole_file or (bool(refused) and not accept_rest)


def _bring_in(
    file: FileRead,
    rows: Sequence[ReturnRow],
    people: Mapping[str, UUID],
    how: Import,
    by: Reader,
    at: datetime,
) -> Brought:
    """Hand the rows to the writer of their table."""
    match file.table.name:
        case HEADER.name:
            header = [row for row in rows if isinstance(row, HeaderRow)]
            return children.bring_in(header, authority=how.authority, by=by, at=at)
        case EPISODES.name:
            stays = [row for row in rows if isinstance(row, EpisodeRow)]
            return episodes.bring_in(stays, people=people, authority=how.authority, by=by, at=at)
        case MISSING_EPISODES.name:
            gone = [row for row in rows if isinstance(row, MissingRow)]
            return absences.bring_in(gone, people=people, authority=how.authority, by=by, at=at)
        case HEALTH.name:
            health = [row for row in rows if isinstance(row, HealthRow)]
            return facts.bring_in_health(
                health, people=people, year_ending=how.year_ending, by=by, at=at
            )
        case UASC.name:
            alone = [row for row in rows if isinstance(row, UascRow)]
            return facts.bring_in_alone(alone, people=people, by=by, at=at)
        case _:
            reviews = [row for row in rows if isinstance(row, ReviewRow)]
            return facts.bring_in_reviews(reviews, people=people, by=by, at=at)


def _outcome(brought: Brought, findings: Iterable[Finding]) -> Outcome:
    if not brought.changes_anything:
        return Outcome.NOTHING_CHANGED
    if any(is_refused(finding) for finding in findings):
        return Outcome.CAME_IN_IN_PART
    return Outcome.CAME_IN


def _remember_the_run(
    file: FileRead,
    how: Import,
    brought: Brought,
    findings: Sequence[Finding],
    by: Reader,
    at: datetime,
) -> ImportRun | None:
    """Write the run and what it flagged; a file that changed nothing leaves none."""
    if not brought.changes_anything:
        return None
    refused = len({finding.row for finding in findings if is_refused(finding)})
    run = ImportRun(
        authority=how.authority,
        year_ending=how.year_ending,
        table=file.table.name,
        file_name=file.file_name,
        sha256=file.sha256,
        rows_read=file.rows_read,
        rows_new=brought.new,
        rows_changed=brought.changed,
        rows_unchanged=brought.unchanged,
        rows_refused=refused,
        in_part=refused > 0,
        recorded_by_id=by.user_id,
        recorded_at=at,
    )
    ImportRun.objects.bulk_create([run])
    Flag.objects.bulk_create(
        (
            Flag(
                run=run,
                authority=how.authority,
                person_id=brought.people.get(finding.child),
                row=finding.row,
                column=finding.column,
                value=finding.value,
                problem=finding.problem,
                what_to_do=finding.what_to_do,
                rule=finding.rule,
                severity=finding.severity,
            )
            for finding in findings
        ),
        batch_size=BATCH,
    )
    return run


def _for_the_ledger(file: FileRead, brought: Brought) -> dict[str, Any]:
    """Return which parts were read or written, and how many; never what was written."""
    return {
        "groups": [facet.value for facet in FACETS[file.table.name]],
        "results": len(file.rows),
        "detail": {
            "table": file.table.name,
            "new": brought.new,
            "changed": brought.changed,
            "unchanged": brought.unchanged,
        },
    }
