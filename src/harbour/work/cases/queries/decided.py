"""Read what was decided about a child: scale, gradings, allocations, who may be allocated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from harbour.foundation.access import queries as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import role as role_with_code
from harbour.foundation.access.vocabulary import Permission, Reach
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people.models import AuthorityTie
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.work.cases import rules
from harbour.work.cases.models import Allocation, GradeScale, Grading
from harbour.work.cases.vocabulary import AllocationRole, AllocationState, HarmStatus, HarmWhen


@dataclass(frozen=True, kw_only=True)
class Dissent:
    """An agency that saw it differently, and why."""

    agency: str
    view: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class GradingLine:
    """One decision on harm and risk."""

    id: UUID
    person_id: UUID
    grade: str
    label: str
    rank: int
    harm: HarmStatus
    harm_when: HarmWhen
    concerns: tuple[str, ...]
    rationale: str
    dissent: tuple[Dissent, ...]
    unallocated_reason: str
    decided_at: datetime
    decided_by: str
    decided_by_id: UUID
    review_on: date | None
    meeting_id: UUID | None
    outside_meeting_reason: str


@dataclass(frozen=True, kw_only=True)
class AllocationLine:
    """A person offered to a child in a role, and their answer."""

    id: UUID
    person_id: UUID
    role: AllocationRole
    state: AllocationState
    worker_id: UUID
    worker_name: str
    worker_job: str
    agency_id: UUID | None
    agency_name: str
    offered_at: datetime
    offered_by_id: UUID
    acknowledge_by: datetime
    answered_at: datetime | None
    declined_reason: str
    ended_at: datetime | None
    ended_by_id: UUID | None
    ended_reason: str
    grading_id: UUID | None
    version: int

    @property
    def is_open(self) -> bool:
        """Say whether the worker is offered or allocated now."""
        return self.state in rules.OPEN_STATES

    @property
    def is_acknowledged(self) -> bool:
        """Say whether the worker took the child on: only then is anybody allocated."""
        return self.state is AllocationState.ACKNOWLEDGED


def scale_in_use() -> GradeScale:
    """Return the newest published scale."""
    return GradeScale.objects.order_by("-number")[0]


def grades() -> tuple[rules.Grade, ...]:
    """Return the grades of the scale in use, gravest first."""
    return rules.read_scale(scale_in_use().grades)


def gradings(reader: Reader, person_id: UUID) -> tuple[GradingLine, ...]:
    """Return every grading of a child that the reader may see, newest first."""
    del reader  # the database filters by the context of the same person
    rows = _with_scale(Grading.objects.filter(person_id=person_id))
    return tuple(_grading_line(row) for row in rows.order_by("-decided_at", "-recorded_at"))


def grading(reader: Reader, grading_id: UUID) -> GradingLine:
    """Return one grading that the reader may see; raise `Missing` where there is none."""
    del reader
    row = _with_scale(Grading.objects.filter(pk=grading_id)).first()
    if row is None:
        raise Missing
    return _grading_line(row)


def current_grading(reader: Reader, person_id: UUID) -> GradingLine | None:
    """Return the newest grading of a child, or nothing where the reader may see none."""
    return current_gradings(reader, [person_id]).get(person_id)


def current_gradings(reader: Reader, person_ids: Iterable[UUID]) -> dict[UUID, GradingLine]:
    """Return the newest grading of each of these children, in one query."""
    del reader
    newest = (
        Grading.objects.filter(person_id=OuterRef("person_id"))
        .order_by("-decided_at", "-recorded_at")
        .values("pk")[:1]
    )
    rows = Grading.objects.filter(person_id__in=set(person_ids), pk=Subquery(newest))
    return {row.person_id: _grading_line(row) for row in _with_scale(rows)}


def _with_scale(rows: QuerySet[Grading]) -> QuerySet[Grading]:
    return rows.select_related("scale", "recorded_by")


def _grading_line(row: Grading) -> GradingLine:
    grade = rules.grade_of(rules.read_scale(row.scale.grades), row.grade)
    return GradingLine(
        id=row.id,
        person_id=row.person_id,
        grade=grade.code,
        label=grade.label,
        rank=grade.rank,
        harm=HarmStatus(row.harm),
        harm_when=HarmWhen(row.harm_when),
        concerns=tuple(row.concerns),
        rationale=row.rationale,
        dissent=tuple(Dissent(**each) for each in row.dissent),
        unallocated_reason=row.unallocated_reason,
        decided_at=row.decided_at,
        decided_by=row.recorded_by.name,
        decided_by_id=row.recorded_by_id,
        review_on=row.review_on,
        meeting_id=row.meeting_id,
        outside_meeting_reason=row.outside_meeting_reason,
    )


def allocation(reader: Reader, allocation_id: UUID) -> Allocation:
    """Return an allocation that the reader may see; raise `Missing` where there is none."""
    del reader
    row = Allocation.objects.filter(pk=allocation_id).select_related("worker").first()
    if row is None:
        raise Missing
    return row


def allocation_line(reader: Reader, allocation_id: UUID) -> AllocationLine:
    """Return one allocation as it is shown; raise `Missing` where there is none."""
    found = _allocation_lines(reader, Allocation.objects.filter(pk=allocation_id))
    if not found:
        raise Missing
    return found[0]


def allocations(
    reader: Reader, person_id: UUID, *, open_only: bool = False
) -> tuple[AllocationLine, ...]:
    """Return who is or was allocated to a child, newest offer first."""
    rows = Allocation.objects.filter(person_id=person_id)
    if open_only:
        rows = rows.filter(state__in=rules.OPEN_STATES)
    return _allocation_lines(reader, rows.order_by("-offered_at"))


def open_allocations(
    reader: Reader, person_ids: Iterable[UUID]
) -> dict[UUID, tuple[AllocationLine, ...]]:
    """Return who is offered or allocated to each of these children, in three queries."""
    rows = Allocation.objects.filter(
        person_id__in=set(person_ids), state__in=rules.OPEN_STATES
    ).order_by("offered_at")
    found: dict[UUID, tuple[AllocationLine, ...]] = {}
    for line in _allocation_lines(reader, rows):
        found[line.person_id] = (*found.get(line.person_id, ()), line)
    return found


def my_allocations(reader: Reader, *, open_only: bool = True) -> tuple[AllocationLine, ...]:
    """Return what is offered or allocated to the reader, first to be answered first."""
    rows = Allocation.objects.filter(worker_id=reader.user_id)
    if open_only:
        rows = rows.filter(state__in=rules.OPEN_STATES)
    return _allocation_lines(reader, rows.order_by("acknowledge_by"))


def allocations_of_leavers(
    reader: Reader, *, until: date
) -> tuple[tuple[AllocationLine, date], ...]:
    """Return what is allocated to people who leave by a day, each with their last."""
    rows = Allocation.objects.filter(state__in=rules.OPEN_STATES, worker__left_on__lte=until)
    found = rows.values_list("pk", "worker__left_on")
    days = {key: last for key, last in found if last is not None}
    lines = _allocation_lines(reader, rows.order_by("worker__left_on", "offered_at"))
    return tuple((each, days[each.id]) for each in lines)


def unacknowledged(reader: Reader, authority_id: UUID, at: datetime) -> tuple[AllocationLine, ...]:
    """Return the offers for one authority's children that were not answered in time."""
    rows = Allocation.objects.filter(
        state=AllocationState.OFFERED,
        acknowledge_by__lt=at,
        person_id__in=_children_of(authority_id),
    )
    return _allocation_lines(reader, rows.order_by("acknowledge_by"))


def offered_for(reader: Reader, authority_id: UUID) -> tuple[AllocationLine, ...]:
    """Return every offer for one authority's children that waits for an answer."""
    rows = Allocation.objects.filter(
        state=AllocationState.OFFERED, person_id__in=_children_of(authority_id)
    )
    return _allocation_lines(reader, rows.order_by("acknowledge_by"))


def reviews_due(reader: Reader, authority_id: UUID, until: date) -> tuple[GradingLine, ...]:
    """Return the newest gradings of one authority's children whose review falls due by a day."""
    del reader
    newest = (
        Grading.objects.filter(person_id=OuterRef("person_id"))
        .order_by("-decided_at", "-recorded_at")
        .values("pk")[:1]
    )
    rows = Grading.objects.filter(
        person_id__in=_children_of(authority_id), pk=Subquery(newest), review_on__lte=until
    )
    return tuple(_grading_line(row) for row in _with_scale(rows).order_by("review_on"))


def _children_of(authority_id: UUID) -> QuerySet[AuthorityTie, UUID]:
    ties = AuthorityTie.objects.filter(
        authority_id=authority_id,
        kind__in=(AuthorityTieKind.RESPONSIBLE, AuthorityTieKind.HOST),
        ends_on=None,
    )
    return ties.values_list("person_id", flat=True)


def _allocation_lines(reader: Reader, rows: QuerySet[Allocation]) -> tuple[AllocationLine, ...]:
    del reader
    found = list(rows)
    who = access.introduced(row.worker_id for row in found)
    return tuple(_allocation_line(row, who[row.worker_id]) for row in found)


def _allocation_line(row: Allocation, worker: access.Introduced) -> AllocationLine:
    return AllocationLine(
        id=row.id,
        person_id=row.person_id,
        role=AllocationRole(row.role),
        state=AllocationState(row.state),
        worker_id=row.worker_id,
        worker_name=worker.name,
        worker_job=worker.job,
        agency_id=worker.agency_id,
        agency_name=worker.agency_name,
        offered_at=row.offered_at,
        offered_by_id=row.recorded_by_id,
        acknowledge_by=row.acknowledge_by,
        answered_at=row.answered_at,
        declined_reason=row.declined_reason,
        ended_at=row.ended_at,
        ended_by_id=row.ended_by_id,
        ended_reason=row.ended_reason,
        grading_id=row.grading_id,
        version=row.version,
    )


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may be offered to a child in a role."""

    user_id: UUID
    name: str
    job: str


def candidates(
    reader: Reader, role: AllocationRole, *, authority_id: UUID | None
) -> tuple[Candidate, ...]:
    """Return who may be offered in a role, for one authority's children.

    Partnership teams are narrowed to those that work for the authority; services that see only
    what they are given, and other authorities' workers, are not.
    """
    del reader
    found: dict[UUID, Candidate] = {}
    for code in sorted(rules.ROLES_THAT_FIT[role]):
        hub_role = role_with_code(code)
        anywhere = hub_role.reach is not Reach.AUTHORITY or code == "neighbour_social_worker"
        users = access.holders(hub_role, authority_id=None if anywhere else authority_id)
        for user in users:
            found[user.id] = Candidate(user_id=user.id, name=user.name, job=user.job)
    return tuple(sorted(found.values(), key=lambda each: each.name))


def plan_owners(
    reader: Reader, person_id: UUID, *, authority_id: UUID | None
) -> tuple[Candidate, ...]:
    """Return who may own an action of this child's plan: partnership staff and who is allocated."""
    found = {
        user.id: Candidate(user_id=user.id, name=user.name, job=user.job)
        for user in access.people_with(Permission.PLAN_EDIT, authority_id=authority_id)
    }
    for line in allocations(reader, person_id, open_only=True):
        found[line.worker_id] = Candidate(
            user_id=line.worker_id, name=line.worker_name, job=line.worker_job
        )
    return tuple(sorted(found.values(), key=lambda each: each.name))
