"""Ask another authority's partnership for a child's record, and answer what was asked."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.record.sharing import actions, policy, queries
from harbour.record.sharing.forms import AskForm, NobodyForm
from harbour.record.sharing.presenters import requests as presenters
from harbour.record.sharing.views.forms import FormPage, form_page
from harbour.record.sharing.vocabulary import Outcome

LATEST_FIRST = listing.Order(
    default="recorded", descending=True, keys={"recorded": ("recorded_at", "pk")}
)
ASK_LEDE = (
    "The authority that is asked decides, and keeps its reason. You see its answer here, and what "
    "it shares under Find a child. A child in danger now: ring 999."
)


@grants(Permission.SHARE, Permission.SHARE_ASK, Permission.AGREEMENT_KEEP)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show what waits for an answer, and what one's own agency asked."""
    reader, at = request.reader, request.received_at
    waiting = queries.waiting(reader)
    wanted = listing.wanted(request.GET, LATEST_FIRST)
    asked = listing.paged(queries.asked_by_us(reader).order_by(*wanted.order_by), wanted)
    rows = list(asked.items)
    ids = [each.person_id for each in (*waiting, *rows) if each.person_id is not None]
    children = people.lines(reader, ids, on=london_date(at))
    people.audit_list(reader, "sharing.requests_seen", children, ("identity",), at)
    may_ask = reader.may(Permission.SHARE_ASK)
    shown = presenters.SharingPage(
        waiting=presenters.waiting_table(waiting, children)
        if reader.may(Permission.SHARE)
        else None,
        asked=presenters.asked_table(
            rows, queries.answers(each.pk for each in rows), children, total=asked.total
        )
        if may_ask
        else None,
        ask=ui.Button("Ask for a record", reverse("sharing:ask")) if may_ask else None,
        agreements=reverse("sharing:agreements"),
        pagination=asked.pagination,
    )
    return page(request, "sharing/home.html", shown)


@grants(Permission.SHARE_ASK)
@once
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for the record of a child whom the asking agency describes."""
    return _ask(request, None)


@grants(Permission.SHARE_ASK)
@once
def ask_about(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Ask for more of the record of a child whom the asking agency sees."""
    return _ask(request, person_id)


def _ask(request: StaffRequest, person_id: UUID | None) -> HttpResponse:
    reader, at = request.reader, request.received_at
    name, responsible = "", None
    if person_id is not None:
        name = people.child(reader, person_id, at=at).name
        responsible = people.authority_of(person_id, AuthorityTieKind.RESPONSIBLE)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        authorities=list(agencies.partner_authorities()),
        known=person_id is not None,
        initial={"authority": str(responsible.pk)} if responsible else {},
    )
    if not form.is_valid():
        heading = f"Ask for more of the record of {name}" if name else "Ask for a child's record"
        back = reverse("cases:child", args=[person_id]) if person_id else reverse("sharing:home")
        return form_page(
            request,
            FormPage(form=form, heading=heading, lede=ASK_LEDE, submit="Send", back=back),
        )
    said = form.cleaned_data
    row = actions.ask(
        authority=form.authorities[said["authority"]],
        person_id=person_id,
        given=said.get("given", ""),
        family=said.get("family", ""),
        born_on=said.get("born_on"),
        facets=said["facets"],
        purpose=said["purpose"],
        what=said["what"],
        reason=said["reason"],
        by=reader,
        at=at,
    )
    return redirect_to(request, "sharing:request", row.pk, said="The request is sent.")


@grants(Permission.SHARE, Permission.SHARE_ASK)
@require_safe
def one(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Show a request to the agency that asked and to those who answer."""
    reader, at = request.reader, request.received_at
    found = queries.request(reader, request_id)
    said = queries.answers_to(found)
    answering = policy.can_answer(reader, authority_id=found.authority_id, answered=bool(said))
    known = found.person_id is not None
    likely = queries.may_be_meant(reader, found, on=london_date(at)) if answering or known else []
    people.audit_list(
        reader, "sharing.request_seen", [each.id for each in likely], ("identity",), at
    )
    return page(
        request, "sharing/request.html", presenters.request_page(reader, found, said, likely)
    )


@grants(Permission.SHARE)
@once
def nobody(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Answer that nothing is shared, where no child of the partnership is meant."""
    reader = request.reader
    found = queries.request(reader, request_id)
    policy.check_can_answer(
        reader, authority_id=found.authority_id, answered=bool(queries.answers([found.pk]))
    )
    form = NobodyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(
            request,
            FormPage(
                form=form,
                heading=f"Answer {found.agency.name} without a child's record",
                lede="Use this where none of the children found is meant.",
                submit="Send the answer",
                back=reverse("sharing:request", args=[request_id]),
            ),
        )
    actions.answer(
        request=found,
        outcome=Outcome.DECLINED,
        words=form.cleaned_data["words"],
        by=reader,
        at=request.received_at,
    )
    return redirect_to(request, "sharing:home", said="The answer is sent.")
