"""Read what the room sees: one child, the agenda, the minutes, and who may be given what."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from harbour.foundation.access import queries as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.hub.meetings.models import AgencyView, Attendance, Item, Meeting, Superseded
from harbour.hub.meetings.queries.held import (
    attendance,
    given,
    item,
    items,
    meeting,
    pulse,
    seats,
    superseded,
    views,
)
from harbour.record.people import queries as people
from harbour.record.people.queries import ChildHeader, PersonLine
from harbour.work.cases import queries as cases
from harbour.work.cases.queries import AllocationLine, Candidate, GradingLine, PlanLine
from harbour.work.cases.vocabulary import AllocationRole
from harbour.work.missing import queries as missing
from harbour.work.missing.queries import MissingFact

GROUPS = ("identity", "case", "missing", "meeting")


@dataclass(frozen=True, kw_only=True)
class InTheRoom:
    """What the room sees of one child on the agenda."""

    meeting: Meeting
    item: Item
    child: ChildHeader
    grading: GradingLine | None
    earlier: GradingLine | None
    missing: MissingFact | None
    allocations: tuple[AllocationLine, ...]
    plan: tuple[PlanLine, ...]
    seats: tuple[Agency, ...]
    given: frozenset[UUID]
    views: dict[UUID, AgencyView]
    superseded: tuple[Superseded, ...]


def in_the_room(reader: Reader, item_id: UUID, *, at: datetime) -> InTheRoom:
    """Return one child on the agenda with what decides, and write that the reader looked at it."""
    found = item(reader, item_id)
    held = meeting(reader, found.meeting_id)
    child = people.child(reader, found.person_id, groups=GROUPS, at=at)
    past = cases.gradings(reader, found.person_id)
    before = [each for each in past if each.meeting_id != held.pk]
    return InTheRoom(
        meeting=held,
        item=found,
        child=child,
        grading=past[0] if past else None,
        earlier=before[0] if before else None,
        missing=missing.current(reader, [found.person_id], at=at).get(found.person_id),
        allocations=cases.allocations(reader, found.person_id, open_only=True),
        plan=cases.plan(reader, found.person_id, open_only=True),
        seats=seats(held.authority_id),
        given=given(reader, held.pk).get(found.pk, frozenset()),
        views=views(reader, [found.pk]).get(found.pk, {}),
        superseded=superseded(reader, [found.pk]).get(found.pk, ()),
    )


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A meeting's agenda with who each child is."""

    meeting: Meeting
    items: tuple[Item, ...]
    children: dict[UUID, PersonLine]
    given: dict[UUID, frozenset[UUID]]
    pulse: str

    @property
    def undecided(self) -> int:
        """Return how many children are not decided."""
        return sum(each.decided_at is None for each in self.items)


def agenda(reader: Reader, found: Meeting) -> Agenda:
    """Return the agenda. The page that shows it writes one ledger row for all its children."""
    rows = items(reader, found.pk)
    children = people.lines(reader, [each.person_id for each in rows])
    return Agenda(
        meeting=found,
        items=tuple(each for each in rows if each.person_id in children),
        children=children,
        given=given(reader, found.pk),
        pulse=pulse(reader, found),
    )


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """All that a meeting leaves behind."""

    agenda: Agenda
    seats: tuple[Agency, ...]
    attendance: dict[UUID, Attendance]
    gradings: dict[UUID, GradingLine]
    views: dict[UUID, dict[UUID, AgencyView]]
    superseded: dict[UUID, tuple[Superseded, ...]]


def minutes(reader: Reader, found: Meeting) -> Minutes:
    """Return what the meeting decided, child by child. The page that shows it writes the look."""
    held = agenda(reader, found)
    ids = [each.pk for each in held.items]
    decided = {
        line.id: line
        for each in held.items
        if each.grading_id is not None
        for line in cases.gradings(reader, each.person_id)
        if line.meeting_id == found.pk
    }
    return Minutes(
        agenda=held,
        seats=seats(found.authority_id),
        attendance=attendance(reader, found.pk),
        gradings=decided,
        views=views(reader, ids),
        superseded=superseded(reader, ids),
    )


def candidates(reader: Reader, authority_id: UUID) -> dict[AllocationRole, tuple[Candidate, ...]]:
    """Return who may be offered in each role for the authority's children."""
    return {
        role: cases.candidates(reader, role, authority_id=authority_id) for role in AllocationRole
    }


def owners(reader: Reader, authority_id: UUID) -> tuple[Candidate, ...]:
    """Return who may own an action: people who edit plans for the authority, and youth workers."""
    found = {
        user.pk: Candidate(user_id=user.pk, name=user.name, job=user.job)
        for user in access.people_with(Permission.PLAN_EDIT, authority_id=authority_id)
    }
    for each in cases.candidates(reader, AllocationRole.YOUTH_WORKER, authority_id=authority_id):
        found[each.user_id] = each
    return tuple(sorted(found.values(), key=lambda each: each.name))
