"""Pages of the ledger's witnesses."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.audit import actions, queries
from harbour.foundation.audit.vocabulary import WitnessKind
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.witnesses import forms, presenters


@grants(Permission.WITNESSES_MANAGE)
@require_safe
def witnesses(request: StaffRequest) -> HttpResponse:
    """Show every witness, how it fares, and the keys that roots are checked with."""
    return page(
        request,
        "witnesses/list.html",
        {
            "newest": presenters.newest_sentence(queries.newest_root()),
            "table": presenters.witness_table(queries.witness_states(request.received_at)),
            "keys": presenters.key_table(queries.signing_keys()),
        },
    )


@grants(Permission.WITNESSES_MANAGE)
@require_http_methods(["GET", "POST"])
@once
def add(request: StaffRequest) -> HttpResponse:
    """Give an agency a witness."""
    form = forms.AddWitness(request.POST or None)
    if not form.is_valid():
        return page(
            request,
            "ui/form.html",
            {
                "form": form,
                "heading": "Add a witness",
                "submit": "Add the witness",
                "back": reverse("witnesses:list"),
            },
        )
    actions.add_witness(
        agency=form.cleaned_data["agency"],
        kind=WitnessKind(form.cleaned_data["kind"]),
        address=form.cleaned_data["address"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(
        request, "witnesses:list", said="The witness is added: it gets a root within a minute."
    )


@grants(Permission.WITNESSES_MANAGE)
@require_http_methods(["GET", "POST"])
@once
def end(request: StaffRequest, witness_id: UUID) -> HttpResponse:
    """Give a witness no more roots."""
    witness = queries.witness(witness_id)
    form = forms.EndWitness(request.POST or None)
    if not form.is_valid():
        return page(
            request,
            "ui/form.html",
            {
                "form": form,
                "heading": f"End the witness of {witness.agency.name}",
                "submit": "End the witness",
                "submit_kind": "warning",
                "back": reverse("witnesses:list"),
            },
        )
    actions.end_witness(
        witness=witness,
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "witnesses:list", said="The witness gets no more roots.")
