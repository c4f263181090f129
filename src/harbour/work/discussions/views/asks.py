"""The desk of strategy discussions; what repeats ask for."""

from uuid import UUID

from django.http import HttpResponse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people
from harbour.work.discussions import actions, forms, policy, presenters, queries

NEAREST_FIRST = listing.Order(keys={"due": ("due_on", "pk")}, default="due", descending=False)
PARTS = ("identity", "case")


@grants(Permission.DISCUSSION_ASK, Permission.MEETING_ATTEND)
def desk(request: StaffRequest) -> HttpResponse:
    """Show what is asked for and which discussions are open, the nearest day first."""
    reader, at = request.reader, request.received_at
    asks = queries.open_asks(reader)
    wanted = listing.wanted(request.GET, NEAREST_FIRST)
    shown = listing.paged(queries.open_discussions(reader).order_by(*wanted.order_by), wanted)
    children = [each.ask.person_id for each in asks] + [each.person_id for each in shown.items]
    people.audit_list(reader, "discussions.listed", children, PARTS, at)
    lines = people.lines(reader, children)
    desk_page = presenters.desk_page(reader, asks, shown, lines, wanted=wanted, at=at)
    return page(request, "discussions/desk.html", desk_page)


@grants(Permission.DISCUSSION_RUN)
@once
def answer_ask(request: StaffRequest, ask_id: UUID) -> HttpResponse:
    """Ask for the discussion, or record why none is asked for this time."""
    reader, at = request.reader, request.received_at
    found = queries.ask(reader, ask_id)
    policy.check_can_answer_ask(reader, found)
    child = people.child(reader, found.person_id, groups=PARTS, at=at)
    form = forms.AnswerAsk(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        last = queries.last_answer(reader, found.person_id)
        shown = presenters.ask_page(child, found, last, form)
        return page(request, "discussions/answer_ask.html", shown)
    actions.answer_ask(ask=found, reason=form.cleaned_data["reason"], by=reader, at=at)
    return redirect_to(request, "discussions:desk", said="The reason is recorded.")
