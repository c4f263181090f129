"""What a meeting leaves behind: decisions to read aloud, minutes as page and document."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.hub.meetings.forms import harm_label
from harbour.hub.meetings.models import Item, Meeting
from harbour.hub.meetings.presenters.facts import with_age
from harbour.hub.meetings.presenters.room import heading_of, proof_of, window_of
from harbour.hub.meetings.queries import Minutes
from harbour.hub.meetings.vocabulary import Group, Outcome
from harbour.work.cases import queries as cases


@dataclass(frozen=True)
class Decided:
    """A child of the meeting and what was decided, in plain words."""

    number: int
    item: Item
    name: str
    group: str
    reasons: tuple[str, ...]
    views: tuple[tuple[str, str], ...]
    sentence: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MinutesPage:
    """The minutes of a meeting."""

    heading: str
    meeting: Meeting
    window: str
    proof: str
    chair: str
    opened: str
    closed: str
    present: tuple[str, ...]
    apologies: tuple[str, ...]
    unheard: tuple[str, ...]
    decided: tuple[Decided, ...]
    undecided: int


@dataclass(frozen=True)
class DecisionsPage:
    """Every decision, to be read aloud before the meeting closes."""

    minutes: MinutesPage
    close: ui.Button
    room_href: str
    minutes_href: str


@dataclass(frozen=True)
class Leaves:
    """The minutes as a page."""

    minutes: MinutesPage
    summary: ui.SummaryList
    pdf_href: str
    back: str


def minutes_page(minutes: Minutes) -> MinutesPage:
    """Return the minutes in words."""
    meeting = minutes.agenda.meeting
    came = minutes.attendance
    last = meeting.previous.window_to if meeting.previous else None
    return MinutesPage(
        heading=heading_of(meeting),
        meeting=meeting,
        window=window_of(meeting),
        proof=proof_of(meeting, last),
        chair=meeting.chair.name,
        opened=when.moment(meeting.opened_at),
        closed=when.moment(meeting.closed_at) if meeting.closed_at else "",
        present=tuple(
            f"{each.name} ({came[each.pk].who})" if came[each.pk].who else each.name
            for each in minutes.seats
            if each.pk in came and came[each.pk].present
        ),
        apologies=tuple(
            each.name for each in minutes.seats if each.pk in came and not came[each.pk].present
        ),
        unheard=tuple(each.name for each in minutes.seats if each.pk not in came),
        decided=tuple(
            _decided(minutes, item, number)
            for number, item in enumerate(minutes.agenda.items, start=1)
        ),
        undecided=minutes.agenda.undecided,
    )


def decisions_page(minutes: Minutes, close_href: str, refusal: str) -> DecisionsPage:
    """Return the page that is read aloud, with the button that closes the meeting."""
    page = minutes_page(minutes)
    return DecisionsPage(
        minutes=page,
        close=ui.Button(
            "Close the meeting", href=close_href, post=True, disabled=bool(refusal), reason=refusal
        ),
        room_href=reverse("meetings:room", args=[page.meeting.pk]),
        minutes_href=reverse("meetings:minutes", args=[page.meeting.pk]),
    )


def leaves_page(minutes: Minutes) -> Leaves:
    """Return the minutes with their head and the way to the document."""
    page = minutes_page(minutes)
    authority = urlencode({"authority": str(page.meeting.authority_id)})
    return Leaves(
        minutes=page,
        summary=ui.SummaryList(tuple(ui.Row(key, value) for key, value in head_of(page))),
        pdf_href=reverse("meetings:minutes_pdf", args=[page.meeting.pk]),
        back=f"{reverse('meetings:daily')}?{authority}",
    )


def head_of(page: MinutesPage) -> tuple[tuple[str, str], ...]:
    """Return who met, when, and over which window."""
    facts = [
        ("Window", f"{page.window}. {page.proof}"),
        ("Chair", page.chair),
        ("Opened", page.opened),
        ("Closed", page.closed or "Not closed: these minutes are a draft."),
        ("Present", ", ".join(page.present) or "Nobody recorded"),
        ("Apologies", ", ".join(page.apologies) or "None"),
    ]
    if page.unheard:
        facts.append(("Not recorded", ", ".join(page.unheard)))
    return tuple(facts)


def _decided(minutes: Minutes, item: Item, number: int) -> Decided:
    child = minutes.agenda.children[item.person_id]
    return Decided(
        number=number,
        item=item,
        name=with_age(child.name, child.age),
        group=Group(item.group).label,
        reasons=tuple(each["sentence"] for each in item.reasons),
        views=_views(minutes, item),
        sentence=_sentence(minutes, item),
        facts=_facts(minutes, item),
    )


def _views(minutes: Minutes, item: Item) -> tuple[tuple[str, str], ...]:
    if item.revealed_at is None:
        return ()
    labels = {each.code: each.label for each in cases.grades()}
    views = minutes.views.get(item.pk, {})
    return tuple(
        (
            seat.name,
            f"{labels.get(view.grade, view.grade)} risk. "
            f"Harm: {harm_label(view.harm, view.harm_when).lower()}. {view.information}".strip(),
        )
        for seat in minutes.seats
        if (view := views.get(seat.pk)) is not None
    )


def _sentence(minutes: Minutes, item: Item) -> str:
    if not item.decision:
        return "Not decided."
    grading = minutes.gradings.get(item.grading_id) if item.grading_id else None
    if grading is not None:
        harm = harm_label(grading.harm, grading.harm_when).lower()
        return f"Graded {grading.label.lower()}. Harm: {harm}."
    return f"{Outcome(item.decision).label}."


def _facts(minutes: Minutes, item: Item) -> tuple[tuple[str, str], ...]:
    grading = minutes.gradings.get(item.grading_id) if item.grading_id else None
    facts = [("Why", grading.rationale if grading else item.decision_reason)]
    if grading is not None:
        facts += [(f"Dissent, {each.agency}", each.reason) for each in grading.dissent]
        if grading.unallocated_reason:
            facts.append(("Not allocated because", grading.unallocated_reason))
        if grading.review_on:
            facts.append(("Review by", when.day(grading.review_on)))
    facts += [(what, words) for what, words in item.settled]
    facts += [
        ("Decided before", f"{Outcome(each.decision).label}, {when.moment(each.decided_at)}")
        for each in minutes.superseded.get(item.pk, ())
    ]
    return tuple((key, value) for key, value in facts if value)


def minutes_data(page: MinutesPage) -> dict[str, Any]:
    """Return the minutes as the values that the document is set from."""
    return {
        "heading": page.heading,
        "facts": [list(pair) for pair in head_of(page)],
        "children": [
            {
                "title": f"{each.number}. {each.name}",
                "sentence": each.sentence,
                "reasons": [f"{each.group}.", *each.reasons],
                "views": [list(pair) for pair in each.views],
                "facts": [list(pair) for pair in each.facts],
            }
            for each in page.decided
        ],
    }
