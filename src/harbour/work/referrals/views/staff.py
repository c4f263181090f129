"""The same form for staff, the phone form, and what one sent."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.work.referrals import actions, queries
from harbour.work.referrals.actions import Said, SaidChild
from harbour.work.referrals.forms.desk import Call, CallChild
from harbour.work.referrals.forms.journey import MOST_CHILDREN
from harbour.work.referrals.forms.questions import born_parts
from harbour.work.referrals.presenters import desk
from harbour.work.referrals.views import form
from harbour.work.referrals.views.form import posted
from harbour.work.referrals.vocabulary import Channel

SENT_ORDER = listing.Order(keys={"received": ("received_at",)}, default="received", descending=True)


@grants(Permission.REFERRAL_RECORD)
def new(request: StaffRequest) -> HttpResponse:
    del request
    return HttpResponseRedirect(form.STAFF.page("danger"))


@grants(Permission.REFERRAL_RECORD)
def new_question(request: StaffRequest, slug: str) -> HttpResponse:
    return form.question(request, form.STAFF, slug)


@grants(Permission.REFERRAL_RECORD)
def new_check(request: StaffRequest) -> HttpResponse:
    return form.check(request, form.STAFF)


@grants(Permission.REFERRAL_RECORD)
def new_without_child(request: StaffRequest, number: int) -> HttpResponse:
    return form.without_child(request, form.STAFF, number)


@grants(Permission.REFERRAL_RECORD)
def new_done(request: StaffRequest) -> HttpResponse:
    return form.done(request, form.STAFF)


@grants(Permission.REFERRAL_SCREEN)
@once
def call(request: StaffRequest) -> HttpResponse:
    """Take a phone call down on one page."""
    authorities = queries.receiving_authorities()
    own = [each for each in authorities if each.pk in request.reader.authority_ids]
    adding = "add_child" in request.POST
    typed = posted(request)
    asked = Call(
        typed, authorities=own or authorities, initial={"received_at": request.received_at}
    )
    children = [
        CallChild(typed, prefix=f"child{number}")
        for number in range(_children_asked(request) + adding)
    ]
    invalid = [each for each in (asked, *children) if not each.is_valid()]
    if typed is None or adding or invalid:
        if adding:
            for each in (asked, *children):
                each.forgive()
        return page(request, "referrals/call.html", desk.call_page(asked, tuple(children)))
    found = asked.cleaned_data
    referral = actions.receive(
        said=_said(found, [each.cleaned_data for each in children], authorities),
        channel=Channel.PHONE,
        received_at=min(found["received_at"], request.received_at),
        by=request.reader,
        at=request.received_at,
    )
    said = f"The call is recorded: {referral.reference}."
    return redirect_to(request, "referrals:detail", referral.pk, said=said)


def _children_asked(request: StaffRequest) -> int:
    number = request.POST.get("children", "1")
    return min(max(int(number), 1), MOST_CHILDREN - 1) if number.isdecimal() else 1


def _said(found: dict[str, Any], children: list[dict[str, Any]], authorities: list[Agency]) -> Said:
    authority = next(each for each in authorities if str(each.pk) == found["authority"])
    return Said(
        authority=authority,
        source=found["source"],
        local_source=found["local_source"],
        concerns=tuple(found["concerns"]),
        narrative=found["narrative"],
        children=tuple(_child(each) for each in children),
        referrer_name=found["referrer_name"],
        referrer_role=found["referrer_role"],
        referrer_contact=found["referrer_contact"],
        group_name=found["group_name"],
        immediate_danger=found["immediate_danger"] == "yes",
        danger_action=found["danger_action"] or "",
        parents_informed=found["parents_informed"],
        parents_reason=found["parents_reason"] or "",
    )


def _child(found: dict[str, Any]) -> SaidChild:
    known = {name: value for name, value in found.items() if name != "born"}
    return SaidChild(**known, **born_parts(found["born"]))


@grants(Permission.REFERRAL_RECORD)
def sent(request: StaffRequest) -> HttpResponse:
    """Show what became of the concerns I sent, as far as a sender may know."""
    wanted = listing.wanted(request.GET, SENT_ORDER)
    shown = listing.paged(queries.sent_by(request.reader).order_by(*wanted.order_by), wanted)
    lines = queries.sent_lines(shown.items)
    return page(
        request, "referrals/list.html", desk.sent_page(request.reader, lines, shown, wanted)
    )
