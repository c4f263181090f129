"""One child in the room: what the agencies bring, the opening of the views, the decision."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_POST

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.meetings import actions, forms, policy, presenters, queries
from harbour.hub.meetings.queries import InTheRoom
from harbour.hub.meetings.vocabulary import Outcome
from harbour.record.people import queries as people
from harbour.work.cases import queries as cases
from harbour.work.referrals import queries as referrals

DECIDED_MEANWHILE = (
    "Somebody else wrote a decision about this child while you were typing. Read it first; "
    "if you send yours again, it replaces theirs and both stay in the minutes."
)


@require_GET
@grants(Permission.MEETING_ATTEND)
def item(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Show a child on the agenda."""
    child = queries.in_the_room(request.reader, item_id, at=request.received_at)
    return _room(request, child, _forms(request, child))


@require_POST
@grants(Permission.MEETING_ATTEND)
@once
def give_view(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Write the view of the reader's agency."""
    child = queries.in_the_room(request.reader, item_id, at=request.received_at)
    form = _view_form(request, child, request.POST)
    if form.is_valid() and _done(
        form,
        lambda: actions.give_view(
            item=child.item, said=form.said, by=request.reader, at=request.received_at
        ),
    ):
        return redirect_to(
            request, "meetings:item", item_id, said="Your agency's view is given. It stays private."
        )
    return _room(request, child, replace(_forms(request, child), view=form))


@require_POST
@grants(Permission.MEETING_CHAIR)
@once
def reveal(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Open the views of all agencies."""
    child = queries.in_the_room(request.reader, item_id, at=request.received_at)
    form = forms.Reveal(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: actions.reveal(
            item=child.item,
            reason=form.cleaned_data["reason"],
            by=request.reader,
            at=request.received_at,
        ),
        field="reason",
    ):
        return redirect_to(request, "meetings:item", item_id)
    return _room(request, child, replace(_forms(request, child), reveal=form))


@require_POST
@grants(Permission.GRADING_DECIDE)
@once
def decide(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Grade the child, offer workers, set actions."""
    child = queries.in_the_room(request.reader, item_id, at=request.received_at)
    form = _decide_form(request, child, request.POST)
    if form.is_valid() and _done(
        form,
        lambda: actions.decide(
            item=child.item,
            verdict=form.verdict,
            seen_version=form.cleaned_data["seen_version"],
            by=request.reader,
            at=request.received_at,
        ),
    ):
        return redirect_to(request, "meetings:item", item_id, said="The decision is recorded.")
    return _room(request, child, replace(_forms(request, child), decide=form))


@require_POST
@grants(Permission.GRADING_DECIDE)
@once
def leave(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Decide without a grade: it stays as it is, or the child is carried over."""
    child = queries.in_the_room(request.reader, item_id, at=request.received_at)
    form = forms.NoGrade(request.POST)
    if form.is_valid() and _done(
        form,
        lambda: actions.decide_without_grade(
            item=child.item,
            outcome=Outcome(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["seen_version"],
            by=request.reader,
            at=request.received_at,
        ),
    ):
        return redirect_to(request, "meetings:item", item_id, said="The decision is recorded.")
    return _room(request, child, replace(_forms(request, child), leave=form))


@require_POST
@grants(Permission.MEETING_CHAIR)
@once
def show(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Turn the room to this child."""
    found = queries.item(request.reader, item_id)
    actions.show_in_room(item=found, by=request.reader, at=request.received_at)
    return redirect_to(request, "meetings:item", item_id)


def _done(form: BaseForm, deed: Callable[[], object], field: str | None = None) -> bool:
    """Do the deed; where it is refused, say so in the form and keep what was typed."""
    try:
        deed()
    except Refused as refused:
        form.add_error(field, refused.sentence)
        return False
    except Conflict as conflict:
        form.add_error(None, DECIDED_MEANWHILE)
        data = cast("QueryDict", form.data).copy()
        data[form.add_prefix("seen_version")] = str(conflict.version)
        form.data = data
        return False
    return True


def _room(request: StaffRequest, child: InTheRoom, shown: presenters.Forms) -> HttpResponse:
    reader = request.reader
    held = queries.agenda(reader, child.meeting)
    people.audit_list(
        reader,
        "meetings.agenda_seen",
        [each.person_id for each in held.items],
        ("identity", "meeting"),
        request.received_at,
    )
    proof = queries.joined_to(reader, child.meeting)
    shown_page = presenters.room_page(held, child, shown, reader, proof, _refusals(request, child))
    return page(request, "meetings/room.html", shown_page)


def _forms(request: StaffRequest, child: InTheRoom) -> presenters.Forms:
    """Return the forms that this reader may fill in now."""
    reader, meeting, found = request.reader, child.meeting, child.item
    seats = {each.pk for each in child.seats}
    gives = policy.can_give_view(reader, meeting, found, seats)
    grades = policy.can_decide(reader, meeting, found, Outcome.GRADED)
    carries = policy.can_decide(reader, meeting, found, Outcome.NEXT_MEETING)
    return presenters.Forms(
        view=_view_form(request, child, None) if gives else None,
        reveal=forms.Reveal() if policy.can_reveal(reader, meeting, found) else None,
        decide=_decide_form(request, child, None) if grades else None,
        leave=forms.NoGrade(initial={"seen_version": found.version}) if carries else None,
    )


def _refusals(request: StaffRequest, child: InTheRoom) -> dict[str, str]:
    """Return why this reader gives no view, or does not decide."""
    reader, meeting, found = request.reader, child.meeting, child.item
    seats = {each.pk for each in child.seats}
    asked: dict[str, Callable[[], None]] = {
        "view": lambda: policy.check_can_give_view(reader, meeting, found, seats),
        "decide": lambda: policy.check_can_decide(reader, meeting, found, Outcome.GRADED),
    }
    said: dict[str, str] = {}
    for name, check in asked.items():
        try:
            check()
        except Refused as refused:
            said[name] = refused.sentence
    return said


def _grades() -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in cases.grades()]


def _view_form(request: StaffRequest, child: InTheRoom, data: Any) -> forms.View:
    mine = child.views.get(request.reader.agency_id) if request.reader.agency_id else None
    return forms.View(data, grades=_grades(), mine=mine)


def _decide_form(request: StaffRequest, child: InTheRoom, data: Any) -> forms.Decide:
    reader, authority_id = request.reader, child.meeting.authority_id
    said = (
        label
        for each in referrals.of_child(reader, child.item.person_id)
        for label in each.concerns
    )
    before = forms.first_answers(child.grading, said)
    return forms.Decide(
        data,
        initial={**before, "seen_version": child.item.version},
        grades=_grades(),
        seats=child.seats,
        workers=queries.candidates(reader, authority_id),
        owners=queries.owners(reader, authority_id),
        at=request.received_at,
    )
