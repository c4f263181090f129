"""Share a child's record or decline to, extend a share, take it back, and print what was shared."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import policy as people_policy
from harbour.record.people import queries as people
from harbour.record.people.queries import ChildHeader
from harbour.record.sharing import actions, policy, queries
from harbour.record.sharing.forms import (
    DeclineForm,
    ExtendForm,
    ShareForm,
    WithdrawForm,
    end_of_day,
)
from harbour.record.sharing.models import Decline, Request
from harbour.record.sharing.presenters import shares as presenters
from harbour.record.sharing.views.forms import FormPage, form_page

FIRST = "Next you read what the agency will see. Nothing is opened before you confirm it."


@grants(Permission.SHARE)
@once
def share(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Open parts of a child's record to an agency."""
    return _share(request, person_id)


@grants(Permission.SHARE)
@once
def answer_share(request: StaffRequest, request_id: UUID, person_id: UUID) -> HttpResponse:
    """Answer a request by sharing."""
    return _share(request, person_id, answers=_unanswered(request, request_id))


@grants(Permission.SHARE)
@once
def reconsider_share(request: StaffRequest, decline_id: UUID) -> HttpResponse:
    """Share after all what was not shared."""
    declined = queries.decline(request.reader, decline_id)
    return _share(request, declined.person_id, reconsiders=_standing(declined))


@dataclass(frozen=True, kw_only=True)
class Begun[F: ShareForm | DeclineForm]:
    """A decision about sharing that somebody has begun."""

    child: ChildHeader
    form: F
    earlier: Request | None


def _begin[F: ShareForm | DeclineForm](
    request: StaffRequest,
    person_id: UUID,
    form: type[F],
    answers: Request | None,
    reconsiders: Decline | None,
) -> Begun[F]:
    """Open the child's record for a decision, with the form that asks for it."""
    people_policy.check_can_write(request.reader, person_id, Facet.SHARING)
    child = people.child(request.reader, person_id, at=request.received_at)
    earlier = answers or (reconsiders.request if reconsiders else None)
    asked = form(
        request.POST if request.method == "POST" else None,
        agencies=queries.agencies_to_share_with(),
        answers=earlier is not None,
        initial=_initial(answers or reconsiders),
    )
    return Begun(child=child, form=asked, earlier=earlier)


def _share(
    request: StaffRequest,
    person_id: UUID,
    *,
    answers: Request | None = None,
    reconsiders: Decline | None = None,
) -> HttpResponse:
    reader, at = request.reader, request.received_at
    begun = _begin(request, person_id, ShareForm, answers, reconsiders)
    form, header = begun.form, begun.child
    home = reverse("cases:sharing", args=[person_id])
    if not form.is_valid():
        heading = f"Share the record of {header.name}"
        return form_page(
            request,
            FormPage(form=form, heading=heading, lede=FIRST, submit="Continue", back=home),
        )
    said = form.cleaned_data
    if "confirmed" not in request.POST:
        found = queries.ground(reader, _wanted(person_id, form))
        lookers = queries.lookers(
            form.agency_chosen, {"identity", *said["facets"]}, on=london_date(at)
        )
        shown = presenters.confirm_page(
            header.name, form, found, lookers, request.POST, back=request.path
        )
        return page(request, "sharing/confirm.html", shown)
    actions.share(
        person_id=person_id,
        agency=form.agency_chosen,
        facets=said["facets"],
        purpose=said["purpose"],
        gateway=said["gateway"],
        reason=said["reason"],
        expires_at=form.expires_at,
        answers=begun.earlier,
        words=said.get("words", ""),
        reconsiders=reconsiders,
        by=reader,
        at=at,
    )
    return redirect_to(request, "cases:sharing", person_id, said="The record is shared.")


def _wanted(person_id: UUID, form: ShareForm) -> queries.Wanted:
    said = form.cleaned_data
    return queries.Wanted(
        person_id=person_id,
        agency=form.agency_chosen,
        purpose=said["purpose"],
        gateway=said["gateway"],
        facets=tuple(dict.fromkeys(("identity", *said["facets"]))),
        expires_at=form.expires_at,
    )


def _unanswered(request: StaffRequest, request_id: UUID) -> Request:
    found = queries.request(request.reader, request_id)
    policy.check_can_answer(
        request.reader,
        authority_id=found.authority_id,
        answered=bool(queries.answers([found.pk])),
    )
    return found


def _standing(declined: Decline) -> Decline:
    if queries.is_reconsidered(declined.pk):
        raise Refused("This was reconsidered already. The newer decision stands.")
    return declined


def _initial(earlier: Request | Decline | None) -> dict[str, Any]:
    if earlier is None:
        return {}
    facets = [each for each in earlier.facets if each != Facet.IDENTITY]
    begun: dict[str, Any] = {"agency": str(earlier.agency_id), "facets": facets}
    begun["purpose"] = earlier.purpose
    if isinstance(earlier, Decline):
        begun["gateway"] = earlier.gateway
    return begun


@grants(Permission.SHARE)
@once
def decline(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Keep that parts of a record are not shared."""
    return _decline(request, person_id)


@grants(Permission.SHARE)
@once
def answer_decline(request: StaffRequest, request_id: UUID, person_id: UUID) -> HttpResponse:
    """Answer a request by not sharing."""
    return _decline(request, person_id, answers=_unanswered(request, request_id))


@grants(Permission.SHARE)
@once
def reconsider(request: StaffRequest, decline_id: UUID) -> HttpResponse:
    """Decide once more not to share, or lead on to sharing after all."""
    declined = queries.decline(request.reader, decline_id)
    return _decline(request, declined.person_id, reconsiders=_standing(declined))


def _decline(
    request: StaffRequest,
    person_id: UUID,
    *,
    answers: Request | None = None,
    reconsiders: Decline | None = None,
) -> HttpResponse:
    reader, at = request.reader, request.received_at
    begun = _begin(request, person_id, DeclineForm, answers, reconsiders)
    form, header = begun.form, begun.child
    if form.is_valid():
        said = form.cleaned_data
        actions.decline(
            person_id=person_id,
            agency=form.agency_chosen,
            facets=said["facets"],
            purpose=said["purpose"],
            gateway=said["gateway"],
            reason=said["reason"],
            review_on=said["review_on"],
            answers=begun.earlier,
            words=said.get("words", ""),
            reconsiders=reconsiders,
            by=reader,
            at=at,
        )
        return redirect_to(request, "cases:sharing", person_id, said="The refusal is recorded.")
    instead = reverse("sharing:reconsider_share", args=[reconsiders.pk]) if reconsiders else ""
    return page(
        request,
        "sharing/decline.html",
        {
            "form": form,
            "heading": f"Do not share the record of {header.name}",
            "earlier": reconsiders,
            "instead": instead,
            "submit": "Record it",
            "back": reverse("cases:sharing", args=[person_id]),
            "cancel": reverse("cases:sharing", args=[person_id]),
        },
    )


@grants(Permission.SHARE)
@once
def extend(request: StaffRequest, share_id: UUID) -> HttpResponse:
    """Let a share last longer."""
    reader, at = request.reader, request.received_at
    row = queries.share(reader, share_id)
    people_policy.check_can_write(reader, row.person_id, Facet.SHARING)
    policy.check_open(row, at=at)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        rests = (
            f"It rests on {row.agreement.title}."
            if row.agreement
            else "It rests on a decision for this child alone: 28 days at most, counted from now."
        )
        return form_page(
            request,
            FormPage(
                form=form,
                heading=f"Extend what is shared with {row.agency.name}",
                lede=rests,
                submit="Extend",
                back=reverse("cases:sharing", args=[row.person_id]),
            ),
        )
    actions.extend(
        earlier=row,
        expires_at=end_of_day(form.cleaned_data["until"]),
        reason=form.cleaned_data["reason"],
        by=reader,
        at=at,
    )
    return redirect_to(request, "cases:sharing", row.person_id, said="The share is extended.")


@grants(Permission.SHARE)
@once
def withdraw(request: StaffRequest, share_id: UUID) -> HttpResponse:
    """Take a share back."""
    reader = request.reader
    row = queries.share(reader, share_id)
    people_policy.check_can_write(reader, row.person_id, Facet.SHARING)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        lede = "The agency will see nothing more of this record. What it has read, it has read."
        return form_page(
            request,
            FormPage(
                form=form,
                heading=f"Withdraw what is shared with {row.agency.name}",
                lede=lede,
                submit="Withdraw",
                submit_kind="warning",
                back=reverse("cases:sharing", args=[row.person_id]),
            ),
        )
    actions.withdraw(
        share=row, reason=form.cleaned_data["reason"], by=reader, at=request.received_at
    )
    return redirect_to(request, "cases:sharing", row.person_id, said="The share is withdrawn.")


@grants(Permission.PEOPLE_SEARCH)
@require_safe
def record(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show everything that was shared, asked for and refused, marked for paper."""
    reader, at = request.reader, request.received_at
    if not people.may_read(reader, person_id, Facet.SHARING):
        raise Missing
    header = people.child(reader, person_id, groups=("identity", "sharing"), at=at)
    audit.record(
        Act.PRINT,
        "sharing.record_printed",
        subjects=[person_id],
        groups=["identity", "sharing"],
        by=reader,
        at=at,
    )
    shown = presenters.record_page(reader, person_id, header.name, at=at)
    return page(request, "sharing/record.html", shown)
