"""The meeting as a whole: start, agenda, wall, attendance, close, minutes."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.documents import pdf
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.meetings import actions, forms, policy, presenters, queries
from harbour.hub.meetings.models import Meeting
from harbour.hub.meetings.presenters.lists import WANTS, History
from harbour.record.people import queries as people


@require_GET
@grants(Permission.MEETING_ATTEND)
def daily(request: StaffRequest) -> HttpResponse:
    """Show the meetings of an authority, and start the next one."""
    choices = queries.authorities(request.reader)
    if not choices:
        raise Missing
    asked = request.GET.get("authority", "")
    authority = next((each for each in choices if str(each.pk) == asked), choices[0])
    return _daily(request, authority, form=None)


@grants(Permission.MEETING_CHAIR)
@once
def start(request: StaffRequest, authority_id: UUID) -> HttpResponse:
    """Open the next meeting of an authority."""
    found = [each for each in queries.authorities(request.reader) if each.pk == authority_id]
    if not found:
        raise Missing
    if request.method != "POST":
        return _daily(request, found[0], form=None)
    form = forms.Open(request.POST, chairs=queries.chairs(request.reader, authority_id))
    if form.is_valid():
        try:
            meeting = actions.open_meeting(
                authority_id=authority_id,
                window_to=form.cleaned_data["window_to"] or request.received_at,
                chair_id=form.chair_id,
                by=request.reader,
                at=request.received_at,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect_to(request, "meetings:room", meeting.pk)
    return _daily(request, found[0], form=form)


def _daily(request: StaffRequest, authority: Agency, form: forms.Open | None) -> HttpResponse:
    reader = request.reader
    last = queries.last_meeting(reader, authority.pk)
    present = last if last is not None and last.closed_at is None else None
    refusal = ""
    if form is None and present is None:
        try:
            policy.check_can_open(reader, authority.pk, is_open=False)
            form = forms.Open(
                initial={"chair": reader.user_id},
                chairs=queries.chairs(reader, authority.pk),
            )
        except Refused as refused:
            refusal = refused.sentence
    wanted = listing.wanted(request.GET, WANTS)
    held = queries.meetings(reader, authority.pk).order_by(*wanted.order_by)
    history = History(wanted=wanted, past=listing.paged(held, wanted), last=last)
    choices = queries.authorities(reader)
    shown = presenters.daily_page(authority, choices, history, form=form, refusal=refusal)
    return page(request, "meetings/daily.html", shown)


@require_GET
@grants(Permission.MEETING_ATTEND)
def room(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Go to the child the room is looking at, or to the first who is not decided."""
    meeting = queries.meeting(request.reader, meeting_id)
    if meeting.closed_at is not None:
        return redirect_to(request, "meetings:minutes", meeting.pk)
    rows = queries.items(request.reader, meeting.pk)
    wanted = [each for each in rows if each.pk == meeting.shown_id and not each.decided_at]
    wanted += [each for each in rows if each.decided_at is None]
    if wanted or rows:
        return redirect_to(request, "meetings:item", (wanted or list(rows))[0].pk)
    return redirect_to(request, "meetings:decisions", meeting.pk)


@require_GET
@grants(Permission.MEETING_ATTEND)
def pulse(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Answer with the agenda and the boxes where they changed, else with nothing."""
    reader = request.reader
    meeting = queries.meeting(reader, meeting_id)
    if request.GET.get("seen") == queries.pulse(reader, meeting):
        return _nothing_new()
    held = _looked_at(request, meeting)
    asked = [each for each in held.items if str(each.pk) == request.GET.get("item", "")]
    child = queries.in_the_room(reader, asked[0].pk, at=request.received_at) if asked else None
    parts = presenters.parts_page(held, child, reader, renewed=True)
    return page(request, "meetings/parts.html", {"parts": parts})


@require_GET
@grants(Permission.MEETING_ATTEND)
def wall(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Show the meeting on the wall: the agenda, and the child the room is looking at."""
    reader = request.reader
    meeting = queries.meeting(reader, meeting_id)
    if request.GET.get("seen") == queries.pulse(reader, meeting):
        return _nothing_new()
    held = _looked_at(request, meeting)
    shown = [each for each in held.items if each.pk == meeting.shown_id]
    shown = shown or [each for each in held.items if each.decided_at is None]
    child = queries.in_the_room(reader, shown[0].pk, at=request.received_at) if shown else None
    shown_page = presenters.wall_page(held, child, reader, queries.joined_to(reader, meeting))
    return page(request, "meetings/wall.html", shown_page)


def _nothing_new() -> HttpResponse:
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})


def _looked_at(request: StaffRequest, meeting: Meeting) -> queries.Agenda:
    """Return the agenda, and write that the reader looked at the children on it."""
    held = queries.agenda(request.reader, meeting)
    people.audit_list(
        request.reader,
        "meetings.agenda_seen",
        [each.person_id for each in held.items],
        ("identity", "meeting"),
        request.received_at,
    )
    return held


@grants(Permission.MEETING_ATTEND)
@once
def attendance(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Write down which agencies came."""
    meeting = queries.meeting(request.reader, meeting_id)
    policy.check_can_prepare(request.reader, meeting)
    form = forms.Present(
        request.POST or None,
        seats=queries.seats(meeting.authority_id),
        known=queries.attendance(request.reader, meeting.pk),
    )
    if form.is_valid():
        actions.record_attendance(
            meeting=meeting, came=form.came, by=request.reader, at=request.received_at
        )
        return redirect_to(request, "meetings:room", meeting.pk, said="Attendance is recorded.")
    context = {
        "form": form,
        "heading": "Who came",
        "lede": presenters.heading_of(meeting),
        "submit": "Record attendance",
        "back": reverse("meetings:room", args=[meeting.pk]),
    }
    return page(request, "ui/form.html", context)


@require_POST
@grants(Permission.MEETING_ATTEND)
@once
def refresh(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Add to the agenda what has come in since."""
    meeting = queries.meeting(request.reader, meeting_id)
    added = actions.refresh_agenda(meeting=meeting, by=request.reader, at=request.received_at)
    children = "1 child was" if added == 1 else f"{added} children were"
    said = f"{children} added." if added else "The agenda is up to date. Nobody was added."
    return redirect_to(request, "meetings:room", meeting.pk, said=said)


@require_GET
@grants(Permission.MEETING_ATTEND)
def decisions(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Show every decision, to be read aloud before the meeting closes."""
    meeting = queries.meeting(request.reader, meeting_id)
    held = _minutes_seen(request, meeting, exported=False)
    try:
        undecided = held.agenda.undecided
        policy.check_can_close(request.reader, meeting, undecided=undecided, at=request.received_at)
        refusal = ""
    except Refused as refused:
        refusal = refused.sentence
    to = reverse("meetings:close", args=[meeting.pk])
    shown = presenters.decisions_page(held, to, refusal)
    return page(request, "meetings/decisions.html", shown)


@require_POST
@grants(Permission.MEETING_CHAIR)
@once
def close(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Close the meeting."""
    meeting = queries.meeting(request.reader, meeting_id)
    actions.close_meeting(meeting=meeting, by=request.reader, at=request.received_at)
    return redirect_to(
        request, "meetings:minutes", meeting.pk, said="The meeting is closed. Its minutes are made."
    )


@require_GET
@grants(Permission.MEETING_ATTEND)
def minutes(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Show the minutes."""
    meeting = queries.meeting(request.reader, meeting_id)
    held = _minutes_seen(request, meeting, exported=False)
    return page(request, "meetings/minutes.html", presenters.leaves_page(held))


@require_GET
@grants(Permission.MEETING_ATTEND)
def minutes_pdf(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Give the minutes as a document."""
    meeting = queries.meeting(request.reader, meeting_id)
    held = _minutes_seen(request, meeting, exported=True)
    title = f"Minutes of the daily meeting, {meeting.authority.name}"
    frame = pdf.frame(title=title, reader=request.reader, at=request.received_at)
    data = presenters.minutes_data(presenters.minutes_page(held))
    document = pdf.render("meetings/minutes.typ", frame, data)
    return pdf.answer(document, f"minutes-{meeting.window_to:%Y-%m-%d}.pdf")


def _minutes_seen(request: StaffRequest, meeting: Meeting, *, exported: bool) -> queries.Minutes:
    held = queries.minutes(request.reader, meeting)
    actions.remember_minutes(
        meeting=meeting,
        people=[each.person_id for each in held.agenda.items],
        exported=exported,
        by=request.reader,
        at=request.received_at,
    )
    return held
