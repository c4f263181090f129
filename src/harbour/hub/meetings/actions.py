"""Write: the only writers of meetings, attendance, agendas, views and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access import queries as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.foundation.ui import when
from harbour.hub.meetings import policy, queries, rules
from harbour.hub.meetings.models import AgencyView, Attendance, Item, Meeting, Superseded
from harbour.hub.meetings.vocabulary import Group, Outcome
from harbour.work.cases import actions as cases
from harbour.work.cases.actions import Decision, Offer, Planned
from harbour.work.cases.models import Grading
from harbour.work.cases.vocabulary import HarmStatus, HarmWhen

FACET = ("meeting",)


# The meeting


@transaction.atomic
def open_meeting(
    *, authority_id: UUID, window_to: datetime, chair_id: UUID, by: Reader, at: datetime
) -> Meeting:
    """Open the next meeting: its window joins the last one, its agenda builds itself."""
    last = queries.last_meeting(by, authority_id)
    policy.check_can_open(by, authority_id, is_open=last is not None and last.closed_at is None)
    if all(each.pk != chair_id for each in queries.chairs(by, authority_id)):
        raise Refused("Choose a chair who may chair the meetings of this authority.")
    window = rules.next_window(last_ended_at=last.window_to if last else None, ends_at=window_to)
    rules.check_window(window, at=at)
    meeting = Meeting(
        authority_id=authority_id,
        window_from=window.begins_at,
        window_to=window.ends_at,
        previous=last,
        chair_id=chair_id,
        opened_at=at,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    meeting.save(force_insert=True)
    added = _put_on_agenda(meeting, (*_due(meeting, by, at), *queries.carried(by, last)), by, at)
    audit.record(
        Act.COLLECT,
        "meetings.opened",
        subjects=added,
        groups=FACET,
        about=meeting,
        results=len(added),
        by=by,
        at=at,
    )
    return meeting


@transaction.atomic
def refresh_agenda(*, meeting: Meeting, by: Reader, at: datetime) -> int:
    """Add what has come into the window since; return how many children are new."""
    policy.check_can_prepare(by, meeting)
    added = _put_on_agenda(meeting, _due(meeting, by, at), by, at)
    audit.record(
        Act.ALTER,
        "meetings.agenda_refreshed",
        subjects=added,
        groups=FACET,
        about=meeting,
        results=len(added),
        by=by,
        at=at,
    )
    return len(added)


def _due(meeting: Meeting, by: Reader, at: datetime) -> tuple[rules.Reason, ...]:
    window = rules.Window(begins_at=meeting.window_from, ends_at=meeting.window_to)
    return queries.reasons(by, meeting.authority_id, window, at=at)


def _put_on_agenda(
    meeting: Meeting, reasons: Sequence[rules.Reason], by: Reader, at: datetime
) -> list[UUID]:
    """Write items for new children and add new reasons to known ones; return the new children."""
    known = {each.person_id: each for each in queries.items(by, meeting.pk)}
    position = len(known)
    made: list[Item] = []
    for entry in rules.agenda(reasons):
        if entry.person_id in known:
            _add_reasons(known[entry.person_id], entry)
            continue
        position += 1
        made.append(
            Item(
                meeting=meeting,
                person_id=entry.person_id,
                group=entry.group,
                reasons=[_written(each) for each in entry.reasons],
                position=position,
                recorded_at=at,
                recorded_by_id=by.user_id,
            )
        )
    Item.objects.bulk_create(made)
    return [each.person_id for each in made]


def _add_reasons(item: Item, entry: rules.Entry) -> None:
    present = {(each["kind"], each["source_id"]) for each in item.reasons}
    new = [_written(each) for each in entry.reasons]
    new = [each for each in new if (each["kind"], each["source_id"]) not in present]
    if not new:
        return
    item.reasons = [*item.reasons, *new]
    order = list(Group)
    if order.index(entry.group) < order.index(Group(item.group)):
        item.group = entry.group
    Item.objects.filter(pk=item.pk).update(reasons=item.reasons, group=item.group)


def _written(reason: rules.Reason) -> dict[str, str]:
    return {
        "kind": reason.kind,
        "sentence": reason.sentence,
        "source": reason.source,
        "source_id": str(reason.source_id),
    }


@dataclass(frozen=True, kw_only=True)
class Came:
    """Whether an agency came, and who for it."""

    agency_id: UUID
    present: bool
    who: str = ""


@transaction.atomic
def record_attendance(*, meeting: Meeting, came: Sequence[Came], by: Reader, at: datetime) -> None:
    """Write which agencies came and which sent apologies."""
    policy.check_can_prepare(by, meeting)
    seats = {each.pk for each in queries.seats(meeting.authority_id)}
    known = queries.attendance(by, meeting.pk)
    for each in came:
        policy.check_has_a_seat(each.agency_id, seats)
        said = {"present": each.present, "who": each.who.strip()}
        stamp = {"recorded_at": at, "recorded_by_id": by.user_id}
        if each.agency_id in known:
            Attendance.objects.filter(pk=known[each.agency_id].pk).update(**said, **stamp)
        else:
            Attendance(meeting=meeting, agency_id=each.agency_id, **said, **stamp).save(
                force_insert=True
            )
    audit.record(
        Act.ALTER,
        "meetings.attendance_recorded",
        about=meeting,
        results=sum(each.present for each in came),
        by=by,
        at=at,
    )


@transaction.atomic
def show_in_room(*, item: Item, by: Reader, at: datetime) -> None:
    """Turn the room to a child: the screen on the wall shows it."""
    meeting = queries.meeting(by, item.meeting_id)
    policy.check_can_turn(by, meeting)
    update_versioned(meeting, seen_version=meeting.version, shown_id=item.pk)
    _remember(Act.ALTER, "meetings.room_turned", item, by=by, at=at)


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Reader, at: datetime) -> None:
    """Close a meeting whose every child is decided; from now on it stays as it is."""
    policy.check_can_close(by, meeting, undecided=queries.undecided(by, meeting.pk), at=at)
    update_versioned(meeting, seen_version=meeting.version, closed_at=at, closed_by_id=by.user_id)
    audit.record(Act.APPROVE, "meetings.closed", about=meeting, by=by, at=at)


# What an agency brings


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an agency knows of a child, and how it would grade."""

    information: str
    harm: HarmStatus
    harm_when: HarmWhen
    grade: str


@transaction.atomic
def give_view(*, item: Item, said: Said, by: Reader, at: datetime) -> AgencyView:
    """Write the view of the reader's agency; the others read it once the views are opened."""
    meeting = queries.meeting(by, item.meeting_id)
    seats = {each.pk for each in queries.seats(meeting.authority_id)}
    policy.check_can_give_view(by, meeting, item, seats)
    fields = {
        "information": said.information.strip(),
        "harm": said.harm,
        "harm_when": said.harm_when,
        "grade": said.grade,
        "given_at": at,
        "given_by_id": by.user_id,
    }
    view = queries.view_of(by, item.pk)
    if view is None:
        view = AgencyView(
            item=item,
            person_id=item.person_id,
            agency_id=policy.seat_of(by),
            recorded_at=at,
            recorded_by_id=by.user_id,
            **fields,
        )
        view.save(force_insert=True)
    else:
        update_versioned(view, seen_version=view.version, **fields)
    _remember(Act.COLLECT, "meetings.view_given", item, by=by, at=at)
    return view


@transaction.atomic
def reveal(*, item: Item, reason: str = "", by: Reader, at: datetime) -> None:
    """Open all views on one child: police and social care gave theirs, or somebody says why."""
    meeting = queries.meeting(by, item.meeting_id)
    policy.check_can_reveal(by, meeting, item)
    agencies = queries.given(by, meeting.pk).get(item.pk, frozenset())
    rules.check_reveal(given_by=queries.kinds_given(meeting, agencies), reason=reason)
    update_versioned(
        item,
        seen_version=item.version,
        revealed_at=at,
        revealed_by_id=by.user_id,
        reveal_reason=reason.strip(),
    )
    _remember(Act.DISCLOSE, "meetings.views_opened", item, by=by, at=at, views=len(agencies))


# What the meeting decides


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the meeting decides about a child: the grading, the offers, who does what by when."""

    decision: Decision
    offers: tuple[Offer, ...] = ()
    plan: tuple[Planned, ...] = ()


@transaction.atomic
def decide(*, item: Item, verdict: Verdict, seen_version: int, by: Reader, at: datetime) -> Grading:
    """Grade a child, offer workers, set actions: all or nothing. A second time replaces."""
    meeting = queries.meeting(by, item.meeting_id)
    policy.check_can_decide(by, meeting, item, Outcome.GRADED)
    _keep_earlier(item, by=by, at=at)
    grading = cases.record_grading(
        person_id=item.person_id,
        decision=verdict.decision,
        offers=verdict.offers,
        meeting_id=meeting.pk,
        by=by,
        at=at,
    )
    for planned in verdict.plan:
        cases.add_plan_action(person_id=item.person_id, planned=planned, by=by, at=at)
    update_versioned(
        item,
        seen_version=seen_version,
        decided_at=at,
        decided_by_id=by.user_id,
        decision=Outcome.GRADED,
        decision_reason="",
        grading=grading,
        settled=_in_words(verdict),
    )
    _remember(
        Act.APPROVE,
        "meetings.decided",
        item,
        by=by,
        at=at,
        outcome=Outcome.GRADED,
        offers=len(verdict.offers),
        actions=len(verdict.plan),
    )
    return grading


@transaction.atomic
def decide_without_grade(
    *, item: Item, outcome: Outcome, reason: str, seen_version: int, by: Reader, at: datetime
) -> None:
    """Leave the grade as it is, or carry the child to the next meeting; each with its reason."""
    meeting = queries.meeting(by, item.meeting_id)
    policy.check_can_decide(by, meeting, item, outcome)
    rules.check_reason(reason)
    _keep_earlier(item, by=by, at=at)
    update_versioned(
        item,
        seen_version=seen_version,
        decided_at=at,
        decided_by_id=by.user_id,
        decision=outcome,
        decision_reason=reason.strip(),
        grading=None,
        settled=[],
    )
    _remember(Act.APPROVE, "meetings.decided", item, by=by, at=at, outcome=outcome)


def _in_words(verdict: Verdict) -> list[list[str]]:
    """Return who was offered and what is to be done, as the minutes keep it."""
    ids = {each.worker_id for each in verdict.offers} | {each.owner_id for each in verdict.plan}
    who = access.introduced(ids)
    offers = [
        [f"Offered, {each.role.label.lower()}", _called(who[each.worker_id])]
        for each in verdict.offers
    ]
    plan = [
        ["Action", f"{each.text.strip()} ({who[each.owner_id].name}, by {when.day(each.due_on)})"]
        for each in verdict.plan
    ]
    return offers + plan


def _called(worker: access.Introduced) -> str:
    return f"{worker.name}, {worker.job}" if worker.job else worker.name


def _keep_earlier(item: Item, *, by: Reader, at: datetime) -> None:
    """Keep the decision that is about to be replaced."""
    if item.decided_at is None or item.decided_by_id is None:
        return
    Superseded(
        item=item,
        person_id=item.person_id,
        decision=item.decision,
        decision_reason=item.decision_reason,
        grading=item.grading,
        settled=item.settled,
        decided_at=item.decided_at,
        decided_by_id=item.decided_by_id,
        recorded_at=at,
        recorded_by_id=by.user_id,
    ).save(force_insert=True)


# What leaves the meeting


@transaction.atomic
def remember_minutes(
    *, meeting: Meeting, people: Sequence[UUID], exported: bool, by: Reader, at: datetime
) -> None:
    """Write that the minutes were read, or left the hub as a document."""
    act, event = (
        (Act.EXPORT, "meetings.minutes_exported")
        if exported
        else (Act.CONSULT, "meetings.minutes_seen")
    )
    audit.record(
        act,
        event,
        subjects=people,
        groups=queries.GROUPS,
        about=meeting,
        results=len(people),
        by=by,
        at=at,
    )


def _remember(
    act: Act, event: str, item: Item, *, by: Reader, at: datetime, **detail: str | int
) -> None:
    audit.record(
        act,
        event,
        subjects=[item.person_id],
        groups=FACET,
        about=item,
        detail=detail,
        by=by,
        at=at,
    )
