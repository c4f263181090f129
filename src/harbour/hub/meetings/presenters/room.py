"""The room: agenda, child, decision; and what the screen on the wall shows of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.hub.meetings import policy, rules
from harbour.hub.meetings.forms import Decide, NoGrade, Reveal, View
from harbour.hub.meetings.models import Item, Meeting
from harbour.hub.meetings.presenters.boxes import (
    kinds_of,
    reveal_note,
    standing,
    views_note,
    views_of,
)
from harbour.hub.meetings.presenters.facts import fact_band, last_grade, lede_of, with_age
from harbour.hub.meetings.queries import Agenda, InTheRoom
from harbour.hub.meetings.vocabulary import Group, Outcome

OUTCOME_TAGS = {
    Outcome.GRADED: ui.Tag("Decided", ui.Colour.GREEN),
    Outcome.NO_CHANGE: ui.Tag("No change", ui.Colour.GREEN),
    Outcome.NEXT_MEETING: ui.Tag("Carried over", ui.Colour.YELLOW),
}


@dataclass(frozen=True)
class AgendaLine:
    """A child on the agenda."""

    href: str
    who: str
    why: str
    tag: ui.Tag | None
    is_current: bool
    is_shown: bool


@dataclass(frozen=True)
class AgendaGroup:
    """Children who are on the agenda for the same reason."""

    label: str
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True)
class AgendaPart:
    """The agenda as it is now: the part of the page that renews itself."""

    groups: tuple[AgendaGroup, ...]
    progress: str
    decided: int
    total: int
    pulse: str
    elsewhere: ui.Link | None


@dataclass(frozen=True)
class Parts:
    """What renews itself while people type: agenda, the agencies' boxes, the decision."""

    meeting_id: UUID
    item_id: UUID | None
    agenda: AgendaPart
    views: ui.Views | None
    views_note: str
    standing: ui.SummaryList | None
    renewed: bool


@dataclass(frozen=True)
class Hrefs:
    """Where the room leads."""

    wall: str
    attendance: str
    refresh: str
    decisions: str
    show: str


@dataclass(frozen=True)
class RoomPage:
    """A child in the room."""

    heading: str
    meeting: Meeting
    window: str
    proof: str
    parts: Parts
    item: Item
    name: str
    also: str
    lede: str
    reasons: tuple[str, ...]
    more_reasons: tuple[str, ...]
    last_grade: str
    facts: ui.FactBand
    plan: tuple[str, ...]
    child_href: str
    views_open: bool
    view_form: View | None
    view_refusal: str
    mine_given: bool
    reveal_form: Reveal | None
    reveal_note: str
    reveal_needs_reason: bool
    decide_form: Decide | None
    leave_form: NoGrade | None
    decide_note: str
    previous: str
    following: str
    position: str
    chairs: bool
    is_open: bool
    filled_in: BaseForm | None
    hrefs: Hrefs


@dataclass(frozen=True)
class Forms:
    """The forms of the room that this reader may fill in."""

    view: View | None
    reveal: Reveal | None
    decide: Decide | None
    leave: NoGrade | None

    @property
    def filled_in(self) -> BaseForm | None:
        """Return the form that was sent and came back with problems, or nothing."""
        every = (self.view, self.reveal, self.decide, self.leave)
        return next((each for each in every if each is not None and each.is_bound), None)


def heading_of(meeting: Meeting) -> str:
    """Return the name of a meeting: its authority and its day, and nobody's name."""
    return f"Daily meeting, {meeting.authority.name}"


def window_of(meeting: Meeting) -> str:
    """Return the window in words."""
    return f"From {when.moment(meeting.window_from)} to {when.moment(meeting.window_to)}"


def proof_of(meeting: Meeting, last_ended_at: datetime | None) -> str:
    """Return the proof that the window joins the last one, or the alarm that it does not."""
    if last_ended_at is None:
        return "It is the first window of this authority."
    if rules.joins(last_ended_at=last_ended_at, begins_at=meeting.window_from):
        return (
            f"The last window ended {when.moment(last_ended_at)}: this one joins it, "
            "without a gap and without an overlap."
        )
    return f"The last window ended {when.moment(last_ended_at)}: this one does not join it."


def agenda_part(agenda: Agenda, current: UUID | None) -> AgendaPart:
    """Return the agenda with a tick at every child who is decided."""
    groups = []
    for group in Group:
        held = [each for each in agenda.items if each.group == group]
        if held:
            lines = tuple(_agenda_line(agenda, each, current) for each in held)
            groups.append(AgendaGroup(group.label, lines))
    total = len(agenda.items)
    decided = total - agenda.undecided
    shown = agenda.meeting.shown_id
    moved = shown is not None and shown != current and agenda.meeting.closed_at is None
    return AgendaPart(
        groups=tuple(groups),
        progress=f"{decided} of {total} decided",
        decided=decided,
        total=total,
        pulse=agenda.pulse,
        elsewhere=ui.Link("Go to the child the room is looking at", _item(shown))
        if moved and shown is not None
        else None,
    )


def _agenda_line(agenda: Agenda, item: Item, current: UUID | None) -> AgendaLine:
    child = agenda.children[item.person_id]
    given = len(agenda.given.get(item.pk, ()))
    return AgendaLine(
        href=_item(item.pk),
        who=with_age(child.name, child.age),
        why=item.reasons[0]["sentence"] if item.reasons else "",
        tag=OUTCOME_TAGS[Outcome(item.decision)]
        if item.decision
        else ui.Tag("Views open", ui.Colour.BLUE)
        if item.revealed_at
        else ui.Tag(f"{given} {'view' if given == 1 else 'views'}", ui.Colour.GREY)
        if given
        else None,
        is_current=item.pk == current,
        is_shown=item.pk == agenda.meeting.shown_id,
    )


def _item(item_id: UUID) -> str:
    return reverse("meetings:item", args=[item_id])


def parts_page(agenda: Agenda, room: InTheRoom | None, reader: Reader, *, renewed: bool) -> Parts:
    """Return what renews itself."""
    item = room.item if room else None
    return Parts(
        meeting_id=agenda.meeting.pk,
        item_id=item.pk if item else None,
        agenda=agenda_part(agenda, item.pk if item else None),
        views=views_of(room, reader) if room else None,
        views_note=views_note(room) if room else "",
        standing=standing(room) if room else None,
        renewed=renewed,
    )


def room_page(
    agenda: Agenda,
    room: InTheRoom,
    forms: Forms,
    reader: Reader,
    last_ended_at: datetime | None,
    refusals: dict[str, str],
) -> RoomPage:
    """Return the page of one child on the agenda."""
    meeting, item, child = room.meeting, room.item, room.child
    before, after, position = _around(agenda, item)
    sentences = tuple(each["sentence"] for each in item.reasons)
    absent = rules.not_given(kinds_of(room))
    return RoomPage(
        heading=heading_of(meeting),
        meeting=meeting,
        window=window_of(meeting),
        proof=proof_of(meeting, last_ended_at),
        parts=parts_page(agenda, room, reader, renewed=False),
        item=item,
        name=with_age(child.name, child.age),
        also=f"Also known as {', '.join(child.also)}" if child.also else "",
        lede=lede_of(room),
        reasons=sentences[:3],
        more_reasons=sentences[3:],
        last_grade=last_grade(room.earlier),
        facts=fact_band(room),
        plan=tuple(
            f"{each.text} ({each.owner_name}, by {when.day(each.due_on)})" for each in room.plan
        ),
        child_href=reverse("cases:child", args=[child.id]),
        views_open=item.revealed_at is not None,
        view_form=forms.view,
        view_refusal=refusals.get("view", ""),
        mine_given=reader.agency_id in room.given,
        reveal_form=forms.reveal,
        reveal_note=reveal_note(absent),
        reveal_needs_reason=bool(absent),
        decide_form=forms.decide,
        leave_form=forms.leave,
        decide_note=refusals.get("decide", ""),
        previous=_item(before) if before else "",
        following=_item(after) if after else "",
        position=position,
        chairs=policy.can_turn(reader, meeting),
        is_open=meeting.closed_at is None,
        filled_in=forms.filled_in,
        hrefs=_hrefs(meeting, item),
    )


def _hrefs(meeting: Meeting, item: Item) -> Hrefs:
    names = ("wall", "attendance", "refresh", "decisions")
    whole = {name: reverse(f"meetings:{name}", args=[meeting.pk]) for name in names}
    return Hrefs(**whole, show=reverse("meetings:show", args=[item.pk]))


def _around(agenda: Agenda, item: Item) -> tuple[UUID | None, UUID | None, str]:
    ids = [each.pk for each in agenda.items]
    place = ids.index(item.pk)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return before, after, f"Child {place + 1} of {len(ids)}"
