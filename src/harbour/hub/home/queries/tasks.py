"""Read what is to be done, from the rooms that keep it. Each source says for whom it is."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from harbour.foundation.access import roles
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.audit.breadth import queries as breadth
from harbour.foundation.audit.vocabulary import AlertKind
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.working_days import add_working_days, is_working_day
from harbour.hub.home.queries import between, following, keeping, planning
from harbour.hub.home.rules import Task
from harbour.hub.home.vocabulary import TaskKind
from harbour.hub.meetings import policy as meeting_policy
from harbour.hub.meetings import queries as meetings
from harbour.hub.meetings.models import Meeting
from harbour.record.people import queries as people
from harbour.work.cases import queries as cases
from harbour.work.cases.vocabulary import AllocationState
from harbour.work.missing import queries as missing
from harbour.work.missing.queries import InterviewDue, MissingNow
from harbour.work.missing.vocabulary import Answer
from harbour.work.referrals import queries as referrals
from harbour.work.referrals.queries import InboxFilter
from harbour.work.referrals.vocabulary import Concern, Status

# Who watches every missing child that they may see, and every interview.
RUNS_THE_BOARD = (roles.COORDINATOR, roles.OUT_OF_HOURS)
CARES_FOR_EVERY_CHILD_SEEN = (*RUNS_THE_BOARD, roles.NEIGHBOUR)
SCREENS = (roles.FRONT_DOOR, roles.OUT_OF_HOURS)
LEADS = (roles.TEAM_MANAGER,)
REVIEWS = (roles.TEAM_MANAGER, roles.PANEL_CHAIR)
# A working day's meeting is missed when the last window ended longer ago than this.
MEETING_DUE_AFTER = timedelta(hours=18)
# A leaver's children are handed over before the last day, not after it.
LEAVING_AHEAD = timedelta(days=14)
# An alert that nobody answered stays on the desk; on My work it is news for a week.
BREADTH_FOR = timedelta(days=7)
BREADTH_WITHIN = timedelta(hours=1)
REVIEW_AHEAD = timedelta(days=7)
# Grades are of children: who has grown up is not reviewed here.
ADULT_AGE = 18

type Source = Callable[[Reader, datetime], Iterator[Task]]


def tasks(reader: Reader, *, at: datetime) -> tuple[Task, ...]:
    """Return everything the reader is to do, in no order yet."""
    return tuple(task for source in SOURCES for task in source(reader, at))


def _holds_any(reader: Reader, wanted: tuple[roles.Role, ...]) -> bool:
    return any(reader.holds(each) for each in wanted)


def _missing(reader: Reader, at: datetime) -> Iterator[Task]:
    if not (reader.may(Permission.MISSING_REPORT) or reader.may(Permission.INTERVIEW_HOLD)):
        return
    mine = {each.person_id for each in cases.my_allocations(reader)}
    every = _holds_any(reader, CARES_FOR_EVERY_CHILD_SEEN)
    for each in missing.missing_now(reader, at=at):
        if each.offered_to_id == reader.user_id:
            yield _gone(each, TaskKind.HANDED, "Handed to you: acknowledge")
        elif each.carried_on:
            continue
        elif each.adult_on is not None and (every or each.owner_id == reader.user_id):
            yield _gone(each, TaskKind.TURNED_18, "Turned 18 while missing: say who carries on")
        elif every or each.owner_id == reader.user_id or each.child.id in mine:
            yield _gone(each, TaskKind.MISSING, "Missing now")


def _gone(each: MissingNow, kind: TaskKind, what: str) -> Task:
    offered = f", offered to {each.offered_to_name}" if each.offered_to_id else ""
    detail = f"Owner: {each.owner_name or 'nobody'}{offered}"
    if kind is TaskKind.HANDED:
        detail = f"Still with {each.owner_name}" if each.owner_name else "Nobody owns it yet"
    return Task(
        kind=kind,
        source_id=each.episode_id,
        what=what,
        due=each.started_at,
        person_id=each.child.id,
        detail=detail,
        version=each.version,
        is_pressing=True,
    )


def _interviews(reader: Reader, at: datetime) -> Iterator[Task]:
    if _holds_any(reader, (*RUNS_THE_BOARD, roles.NEIGHBOUR)):
        found = missing.interviews_due(reader, at=at)
    elif reader.may(Permission.INTERVIEW_HOLD) or reader.may(Permission.INTERVIEW_OFFER):
        found = missing.my_interviews(reader, at=at)
    else:
        return
    for each in found:
        yield _interview(reader, each)


def _interview(reader: Reader, each: InterviewDue) -> Task:
    offered = each.offered == Answer.YES
    by = "" if each.interviewer_id == reader.user_id else each.interviewer_name
    return Task(
        kind=TaskKind.INTERVIEW_HOLD if offered else TaskKind.INTERVIEW_OFFER,
        source_id=each.interview_id,
        what="Return interview to hold" if offered else "Return interview to offer",
        due=each.due_at,
        person_id=each.child.id,
        detail=by,
    )


def _screening(reader: Reader, at: datetime) -> Iterator[Task]:
    every = _holds_any(reader, SCREENS)
    if not every and not _holds_any(reader, LEADS):
        return
    today = london_date(at)
    wanted = InboxFilter(status=Status.NEW, late=not every)
    rows = list(referrals.inbox(reader, wanted, today=today).order_by("screening_due_on", "pk"))
    if not rows:
        return
    for each in referrals.lines(reader, rows, event="home.concerns_seen", at=at):
        children = [f"{one.given} {one.family}".strip() for one in each.children]
        ages = [f"{one.age_said} said" for one in each.children if one.age_said]
        named = ", ".join(name for name in children if name) or "Child not named"
        yield Task(
            kind=TaskKind.SCREEN,
            source_id=each.id,
            what="Concern to screen",
            due=each.due_on,
            who=f"{named}, {ages[0]}" if ages else named,
            detail=", ".join(Concern(code).label for code in each.concerns),
            is_pressing=each.immediate_danger,
        )


def _left_behind(reader: Reader, at: datetime) -> Iterator[Task]:
    if not _holds_any(reader, LEADS):
        return
    until = london_date(at) + LEAVING_AHEAD
    for each, left_on in cases.allocations_of_leavers(reader, until=until):
        yield Task(
            kind=TaskKind.HAND_OVER,
            source_id=each.id,
            what=f"Allocation to hand over: {each.role.label.lower()}",
            due=left_on,
            person_id=each.person_id,
            detail=f"{each.worker_name} leaves",
        )


def _answers(reader: Reader, at: datetime) -> Iterator[Task]:
    del at
    if not reader.may(Permission.ALLOCATION_ANSWER):
        return
    for each in cases.my_allocations(reader):
        if each.state is AllocationState.OFFERED:
            yield Task(
                kind=TaskKind.ANSWER,
                source_id=each.id,
                what=f"Allocation to acknowledge: {each.role.label.lower()}",
                due=each.acknowledge_by,
                person_id=each.person_id,
                version=each.version,
            )


def _actions(reader: Reader, at: datetime) -> Iterator[Task]:
    del at
    for each in cases.my_plan_actions(reader):
        yield Task(
            kind=TaskKind.ACTION,
            source_id=each.id,
            what=each.text,
            due=each.due_on,
            person_id=each.person_id,
            detail=f"Plan: {each.kind.label.lower()}",
            version=each.version,
        )


def _unanswered(reader: Reader, at: datetime) -> Iterator[Task]:
    if not _holds_any(reader, LEADS):
        return
    seen: set[UUID] = set()
    for authority_id in sorted(reader.authority_ids):
        for each in cases.unacknowledged(reader, authority_id, at):
            if each.id not in seen and each.worker_id != reader.user_id:
                seen.add(each.id)
                yield Task(
                    kind=TaskKind.CHASE,
                    source_id=each.id,
                    what=f"Not acknowledged: {each.worker_name}, {each.role.label.lower()}",
                    due=each.acknowledge_by,
                    person_id=each.person_id,
                )


def _meetings(reader: Reader, at: datetime) -> Iterator[Task]:
    if not reader.may(Permission.MEETING_ATTEND):
        return
    for authority in meetings.authorities(reader):
        last = meetings.last_meeting(reader, authority.pk)
        if last is not None and last.closed_at is None:
            yield from _open_meeting(reader, last, authority.name)
        elif _holds_any(reader, LEADS) and _meeting_is_due(last, at):
            today = london_date(at)
            yield Task(
                kind=TaskKind.MEETING_START,
                source_id=authority.pk,
                what="Daily meeting to start",
                due=today if is_working_day(today) else add_working_days(today, 1),
                detail=authority.name,
            )


def _meeting_is_due(last: Meeting | None, at: datetime) -> bool:
    return last is None or at - last.window_to >= MEETING_DUE_AFTER


def _open_meeting(reader: Reader, meeting: Meeting, authority_name: str) -> Iterator[Task]:
    day = london_date(meeting.opened_at)
    if meeting_policy.can_turn(reader, meeting):
        undecided = meetings.undecided(reader, meeting.pk)
        left = "every child is decided" if not undecided else f"{undecided} to decide"
        yield Task(
            kind=TaskKind.MEETING_DECIDE,
            source_id=meeting.pk,
            what=f"Daily meeting to close: {left}",
            due=day,
            detail=authority_name,
        )
    seats = {each.pk for each in meetings.seats(meeting.authority_id)}
    if reader.agency_id in seats and meeting_policy.can_prepare(reader, meeting):
        waiting = meetings.waiting_for_view(reader, meeting)
        if waiting:
            children = "1 child" if len(waiting) == 1 else f"{len(waiting)} children"
            yield Task(
                kind=TaskKind.MEETING_VIEW,
                source_id=waiting[0].pk,
                what=f"Your agency's view of {children} for the daily meeting",
                due=day,
                detail=authority_name,
            )


def _reviews(reader: Reader, at: datetime) -> Iterator[Task]:
    if not _holds_any(reader, REVIEWS):
        return
    today = london_date(at)
    due = {
        each.person_id: each
        for authority_id in sorted(reader.authority_ids)
        for each in cases.reviews_due(reader, authority_id, today + REVIEW_AHEAD)
    }
    children = people.lines(reader, due, on=today)
    for person_id, each in due.items():
        child = children.get(person_id)
        if child is not None and (child.age is None or child.age < ADULT_AGE):
            yield Task(
                kind=TaskKind.REVIEW,
                source_id=person_id,
                what=f"Grade to review: {each.label.lower()}",
                due=each.review_on,
                person_id=person_id,
            )


def _second_person(reader: Reader, at: datetime) -> Iterator[Task]:
    for each in approvals.waiting(reader, at=at):
        yield Task(
            kind=TaskKind.SECOND_PERSON,
            source_id=each.pk,
            what=f"Waits for a second person: {approvals.title(each)}",
            due=each.expires_at,
            person_id=each.person_id,
            detail=f"{each.summary}. Proposed by {each.proposed_by.name}",
        )


def _breadth(reader: Reader, at: datetime) -> Iterator[Task]:
    if not (reader.may(Permission.AUDIT_READ) or reader.may(Permission.APPROVE)):
        return
    for each in breadth.open_alerts(reader).filter(raised_at__gt=at - BREADTH_FOR):
        yield Task(
            kind=TaskKind.BREADTH,
            source_id=each.pk,
            what=f"{each.user_name} opened {each.number} records beyond their own work",
            due=each.raised_at + BREADTH_WITHIN,
            detail=str(AlertKind(each.kind).label),
            is_pressing=True,
        )


SOURCES: tuple[Source, ...] = (
    _missing,
    _interviews,
    following.reviews,
    following.returned,
    following.told,
    following.named,
    planning.repeats,
    planning.discussions,
    planning.invitations,
    planning.decided,
    _screening,
    _answers,
    _unanswered,
    _meetings,
    _actions,
    _reviews,
    keeping.access_requests,
    keeping.due_records,
    keeping.notifications,
    _second_person,
    _left_behind,
    _breadth,
    between.broken_glass,
    between.requests,
    between.refusals,
    between.agreements,
)
