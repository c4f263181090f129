"""Keep what agencies agreed about sharing."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from harbour.foundation.access import queries as access
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.sharing import actions, queries
from harbour.record.sharing.forms import AgreementForm, MoveForm
from harbour.record.sharing.models import Agreement
from harbour.record.sharing.presenters import agreements as presenters
from harbour.record.sharing.views.forms import FormPage, form_page
from harbour.record.sharing.vocabulary import AgreementState

CHANGE_LEDE = (
    "A new version takes the place of this one at once. Shares that it no longer covers end with "
    "the next look."
)


@grants(Permission.SHARE, Permission.SHARE_ASK, Permission.AGREEMENT_KEEP)
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """List every agreement as it stands."""
    found = list(queries.agreements(request.reader))
    table = presenters.agreements_table(
        found, queries.parties(found), today=london_date(request.received_at)
    )
    return page(
        request,
        "sharing/agreements.html",
        {"table": table, "may_keep": request.reader.may(Permission.AGREEMENT_KEEP)},
    )


@grants(Permission.SHARE, Permission.SHARE_ASK, Permission.AGREEMENT_KEEP)
@require_safe
def one(request: StaffRequest, agreement_id: UUID) -> HttpResponse:
    """Show an agreement and its versions."""
    reader = request.reader
    found = queries.agreement(reader, agreement_id)
    shown = presenters.agreement_page(
        reader,
        found,
        queries.versions(reader, found.series),
        queries.parties([found]),
        today=london_date(request.received_at),
    )
    return page(request, "sharing/agreement.html", shown)


@grants(Permission.AGREEMENT_KEEP)
@once
def new(request: StaffRequest) -> HttpResponse:
    """Write down a new agreement."""
    form = _form(request, None)
    if not form.is_valid():
        return form_page(
            request,
            FormPage(
                form=form,
                heading="Write down an agreement",
                lede="From its first day, shares that it covers can rest on it.",
                submit="Save",
                back=reverse("sharing:agreements"),
            ),
        )
    row = actions.agree(terms=form.terms, by=request.reader, at=request.received_at)
    return redirect_to(request, "sharing:agreement", row.pk, said="The agreement is kept.")


@grants(Permission.AGREEMENT_KEEP)
@once
def change(request: StaffRequest, agreement_id: UUID) -> HttpResponse:
    """Write a new version of an agreement."""
    found = queries.agreement(request.reader, agreement_id)
    form = _form(request, found)
    if not form.is_valid():
        return form_page(
            request,
            FormPage(
                form=form,
                heading=f"Change {found.title}",
                lede=CHANGE_LEDE,
                submit="Save the new version",
                back=reverse("sharing:agreement", args=[agreement_id]),
            ),
        )
    row = actions.change(
        agreement=found, terms=form.terms, by=request.reader, at=request.received_at
    )
    return redirect_to(request, "sharing:agreement", row.pk, said="The new version is in force.")


@grants(Permission.AGREEMENT_KEEP)
@once
def move(request: StaffRequest, agreement_id: UUID) -> HttpResponse:
    """Suspend or end an agreement, or put it in force again."""
    found = queries.agreement(request.reader, agreement_id)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(
            request,
            FormPage(
                form=form,
                heading=f"Suspend or end {found.title}",
                submit="Save",
                submit_kind="warning",
                back=reverse("sharing:agreement", args=[agreement_id]),
            ),
        )
    row = actions.move(
        agreement=found,
        state=AgreementState(form.cleaned_data["state"]),
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "sharing:agreement", row.pk, said="It is recorded.")


def _form(request: StaffRequest, found: Agreement | None) -> AgreementForm:
    owners = list(access.people_with(Permission.AGREEMENT_KEEP))
    owners += [each for each in access.people_with(Permission.SHARE) if each not in owners]
    return AgreementForm(
        request.POST if request.method == "POST" else None,
        agencies=queries.agencies_to_share_with(),
        owners=owners,
        initial=presenters.initial(found) if found else {"owner": str(request.reader.user_id)},
    )
