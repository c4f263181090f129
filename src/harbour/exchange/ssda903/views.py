"""Requests about the returns that came."""

from uuid import UUID

from django.http import HttpResponse

from harbour.exchange.ssda903 import forms, queries
from harbour.exchange.ssda903.presenters import pages
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import page
from harbour.record.people import queries as people

CAME = listing.Order(default="came", descending=True, keys={"came": ("recorded_at", "pk")})
ROWS = listing.Order(default="row", descending=False, keys={"row": ("row", "pk")})


@grants(Permission.RETURNS)
def runs(request: StaffRequest) -> HttpResponse:
    """Show the files that came in."""
    wanted = listing.wanted(request.GET, CAME)
    shown = listing.paged(queries.runs(request.reader).order_by(*wanted.order_by), wanted)
    return page(request, "ssda903/runs.html", pages.runs_page(shown, wanted))


@grants(Permission.RETURNS)
def run(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Show what was found in one file, by kind and row by row."""
    found = queries.run(request.reader, run_id)
    kinds = queries.kinds(found)
    form = forms.Narrow(request.GET or None, kinds=kinds)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = listing.wanted(request.GET, ROWS)
    flags = queries.flags_of(
        found, severity=said.get("severity", ""), problem=said.get("problem", "")
    )
    shown = listing.paged(flags.order_by(*wanted.order_by), wanted)
    people.audit_list(
        request.reader,
        "ssda903.findings_shown",
        [each.person_id for each in shown.items if each.person_id],
        ("assessment",),
        request.received_at,
    )
    panel = ui.FilterPanel(form, keep=wanted.carried, clear=request.path if said else "")
    return page(request, "ssda903/run.html", pages.run_page(found, kinds, shown, wanted, panel))
