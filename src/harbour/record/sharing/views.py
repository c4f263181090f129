"""Share a child's record, and take a share back."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import policy as people_policy
from harbour.record.people import queries as people
from harbour.record.sharing import actions, queries
from harbour.record.sharing.forms import ShareForm, WithdrawForm

AT_ONCE = "The agency can open these parts of the record from the moment you press the button."


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form about the sharing of a record."""

    form: Form
    heading: str
    lede: str
    submit: str
    submit_kind: str
    back: str
    cancel: str


@grants(Permission.SHARE)
@once
def share(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Open parts of a child's record to an agency."""
    reader = request.reader
    people_policy.check_can_write(reader, person_id, Facet.SHARING)
    header = people.child(reader, person_id, at=request.received_at)
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        agencies=queries.agencies_to_share_with(),
    )
    if not form.is_valid():
        heading = f"Share the record of {header.name}"
        return _form(request, person_id, form, heading=heading, lede=AT_ONCE, submit="Share")
    actions.share(
        person_id=person_id,
        agency=form.agency_chosen,
        facets=form.cleaned_data["facets"],
        purpose=form.cleaned_data["purpose"],
        gateway=form.cleaned_data["gateway"],
        reason=form.cleaned_data["reason"],
        expires_at=form.expires_at,
        by=reader,
        at=request.received_at,
    )
    return redirect_to(request, "cases:sharing", person_id, said="The record is shared.")


@grants(Permission.SHARE)
@once
def withdraw(request: StaffRequest, share_id: UUID) -> HttpResponse:
    """Take a share back."""
    reader = request.reader
    row = queries.share(reader, share_id)
    people_policy.check_can_write(reader, row.person_id, Facet.SHARING)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(
            request,
            row.person_id,
            form,
            heading=f"Withdraw what is shared with {row.agency.name}",
            lede="The agency will see nothing more of this record. What it has read, it has read.",
            submit="Withdraw",
        )
    actions.withdraw(
        share=row, reason=form.cleaned_data["reason"], by=reader, at=request.received_at
    )
    return redirect_to(request, "cases:sharing", row.person_id, said="The share is withdrawn.")


def _form(
    request: StaffRequest, person_id: UUID, form: Form, *, heading: str, lede: str, submit: str
) -> HttpResponse:
    home = reverse("cases:sharing", args=[person_id])
    context = FormPage(
        form=form,
        heading=heading,
        lede=lede,
        submit=submit,
        submit_kind="warning" if submit == "Withdraw" else "",
        back=home,
        cancel=home,
    )
    return page(request, "sharing/form.html", context)
