"""Bring one extract in, whole or not at all, and remember the run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from harbour.exchange.police_missing import policy, queries
from harbour.exchange.police_missing.actions.episodes import Planned, plan
from harbour.exchange.police_missing.models import ColumnMapping, ExtractRun, RowFinding
from harbour.exchange.police_missing.rules.rows import Finding, Row
from harbour.exchange.police_missing.vocabulary import Field, Outcome, Severity
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.work.missing import actions as missing
from harbour.work.missing import rules as absence

BATCH = 5000
# Two extracts at once would both find an episode unknown; the second one waits for the first.
ONE_AT_A_TIME = 908
READ = (Facet.IDENTITY, Facet.MISSING)


@dataclass(frozen=True, kw_only=True)
class Extract:
    """One file as it was read: its rows, and what could not be read."""

    authority: Agency
    mapping: ColumnMapping
    file_name: str
    sha256: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def rows_read(self) -> int:
        """Return how many rows the file has, the column names left out."""
        return len({row.row for row in self.rows} | {each.row for each in self.findings})


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of an extract."""

    outcome: Outcome
    rows_read: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    findings: tuple[Finding, ...] = field(default=())
    run_id: UUID | None = None

    @property
    def rows_refused(self) -> int:
        """Return how many rows cannot come in."""
        return len({each.row for each in self.findings if each.severity is Severity.REFUSED})


@transaction.atomic
def bring_in(
    *,
    extract: Extract,
    accept_rest: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    by: Reader,
    at: datetime,
) -> Told:
    """Write the episodes of an extract; if rows are refused, the others only where accepted."""
    policy.check_can_import(by, extract.authority)
    _wait_for_other_imports()
    progress("Looking for the children")
    people, strangers = _known(extract, at=at)
    rows = [row for row in extract.rows if row.row in people]
    progress(f"{len(set(people.values())):,} children known; holding reports against the record")
    planned = plan(rows, people, extract.authority, by)
    findings = (*extract.findings, *strangers, *planned.findings)
    refused = any(each.severity is Severity.REFUSED for each in findings)
    if refused and not accept_rest:
        told = Told(outcome=Outcome.REFUSED, rows_read=extract.rows_read, findings=findings)
    else:
        progress(f"Writing {len(planned.new):,} new episodes")
        missing.take_in(new=planned.new, returned=planned.returned, by=by, at=at)
        told = _told(extract, planned, findings)
    progress("Writing down what was found")
    run = _remember(extract, told, by=by, at=at)
    _record(extract, told, run, sorted(set(people.values())), by=by, at=at)
    return Told(**{**vars(told), "run_id": run.pk if run else None})


def _told(extract: Extract, planned: Planned, findings: tuple[Finding, ...]) -> Told:
    changed = bool(planned.new or planned.returned)
    refused = any(each.severity is Severity.REFUSED for each in findings)
    outcome = Outcome.CAME_IN_IN_PART if refused else Outcome.CAME_IN
    return Told(
        outcome=outcome if changed else Outcome.NOTHING_CHANGED,
        rows_read=extract.rows_read,
        new=len(planned.new),
        changed=len(planned.returned),
        unchanged=planned.unchanged,
        findings=findings,
    )


def _wait_for_other_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _known(extract: Extract, *, at: datetime) -> tuple[dict[int, UUID], list[Finding]]:
    """Return the child of each row, and a finding for each row of nobody, or of an adult."""
    del at
    found, several = queries.children(extract.authority, extract.rows)
    born = queries.born(found.values())
    findings: list[Finding] = []
    for row in extract.rows:
        person = found.get(row.row)
        if person is None:
            findings.append(_stranger(row, several=row.row in several))
            continue
        day = born.get(person)
        if day and clock.london_date(row.started.at) >= absence.eighteenth_birthday(day):
            del found[row.row]
            findings.append(_grown_up(row))
    return found, findings


def _stranger(row: Row, *, several: bool) -> Finding:
    about = Field.CHILD if row.child else Field.FAMILY
    return Finding(
        row=row.row,
        field=about.label,
        value=row.child,
        problem="More than one child has this name and date of birth"
        if several
        else "No child with this number is known here"
        if row.child
        else "No child with this name and date of birth is known here",
        what_to_do="Give the authority's number for the child"
        if several
        else "Search for the child, register the child if need be, and import again",
        cells=row.cells,
    )


def _grown_up(row: Row) -> Finding:
    return Finding(
        row=row.row,
        field=Field.STARTED.label,
        value="",
        problem="The person was 18 or over on that day",
        what_to_do="Leave adults out of the extract",
        cells=row.cells,
    )


def _remember(extract: Extract, told: Told, *, by: Reader, at: datetime) -> ExtractRun | None:
    """Write the run and its findings; what changed nothing, and is known, leaves none."""
    if told.outcome is Outcome.NOTHING_CHANGED or _is_known(extract, told):
        return None
    run = ExtractRun(
        authority=extract.authority,
        mapping=extract.mapping,
        file_name=extract.file_name,
        sha256=extract.sha256,
        outcome=told.outcome,
        rows_read=told.rows_read,
        rows_new=told.new,
        rows_changed=told.changed,
        rows_unchanged=told.unchanged,
        rows_refused=told.rows_refused,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    run.save(force_insert=True)
    RowFinding.objects.bulk_create(_rows(run, extract.authority, told.findings), batch_size=BATCH)
    return run


def _is_known(extract: Extract, told: Told) -> bool:
    """Say whether the last run of this very file was refused with the same number of rows."""
    last = ExtractRun.objects.filter(authority=extract.authority, sha256=extract.sha256)
    before = last.order_by("-recorded_at").first()
    return (
        before is not None
        and told.outcome is Outcome.REFUSED
        and (before.outcome, before.rows_refused) == (told.outcome, told.rows_refused)
    )


def _rows(run: ExtractRun, authority: Agency, findings: Sequence[Finding]) -> list[RowFinding]:
    return [
        RowFinding(
            run=run,
            authority=authority,
            person_id=UUID(each.child) if each.child else None,
            row=each.row,
            field=each.field,
            value=each.value,
            problem=each.problem,
            what_to_do=each.what_to_do,
            severity=each.severity,
            cells=list(each.cells),
        )
        for each in findings
    ]


def _record(
    extract: Extract,
    told: Told,
    run: ExtractRun | None,
    people: Sequence[UUID],
    *,
    by: Reader,
    at: datetime,
) -> None:
    act = Act.COLLECT if told.new else Act.ALTER if told.changed else Act.CONSULT
    audit.record(
        act,
        "police_missing.came_in" if told.new or told.changed else "police_missing.read",
        by=by,
        at=at,
        subjects=people,
        groups=[facet.value for facet in READ],
        about=run,
        results=told.rows_read,
        detail={
            "new": told.new,
            "changed": told.changed,
            "unchanged": told.unchanged,
            "refused": told.rows_refused,
            "mapping": extract.mapping.number,
        },
    )


@transaction.atomic
def record_taken(*, run: ExtractRun, rows: int, by: Reader, at: datetime) -> None:
    """Write to the ledger that the refused rows of a run were taken away as a file."""
    policy.check_can_see_runs(by)
    audit.record(
        Act.EXPORT,
        "police_missing.refused_rows_taken",
        by=by,
        at=at,
        about=run,
        results=rows,
    )
