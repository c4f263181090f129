"""Requests about the police's extract."""

from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from harbour.exchange.police_missing import actions, forms, presenters, queries
from harbour.exchange.police_missing.rules import columns as naming
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.documents.tables import Line, UnreadableTable, read_table
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people

CAME = listing.Order(default="came", descending=True, keys={"came": ("recorded_at", "pk")})
ROWS = listing.Order(default="row", descending=False, keys={"row": ("row", "pk")})
SHOWN_BACK = Signer(salt="police_missing.columns")


@grants(Permission.RETURNS)
def runs(request: StaffRequest) -> HttpResponse:
    """Show the extracts that came, and what was said of their columns."""
    wanted = listing.wanted(request.GET, CAME)
    shown = listing.paged(queries.runs(request.reader).order_by(*wanted.order_by), wanted)
    said = queries.mappings(request.reader)[:25]
    return page(request, "police_missing/runs.html", presenters.runs_page(shown, wanted, said))


@grants(Permission.RETURNS)
def run(request: StaffRequest, extract_id: UUID) -> HttpResponse:
    """Show what came of one extract and what was found in it."""
    found = queries.run(request.reader, extract_id)
    kinds = queries.kinds(found)
    problems = sorted({problem for _, _, problem, _, _ in kinds})
    form = forms.Narrow(request.GET or None, problems=problems)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = listing.wanted(request.GET, ROWS)
    rows = queries.findings(
        found, severity=said.get("severity", ""), problem=said.get("problem", "")
    )
    shown = listing.paged(rows.order_by(*wanted.order_by), wanted)
    people.audit_list(
        request.reader,
        "police_missing.findings_shown",
        [each.person_id for each in shown.items if each.person_id],
        ("missing",),
        request.received_at,
    )
    panel = ui.FilterPanel(form, keep=wanted.carried, clear=request.path if said else "")
    return page(
        request, "police_missing/run.html", presenters.run_page(found, kinds, shown, wanted, panel)
    )


@require_POST
@grants(Permission.RETURNS)
def refused(request: StaffRequest, extract_id: UUID) -> HttpResponse:
    """Hand out the refused rows as a file, and write that they left."""
    found = queries.run(request.reader, extract_id)
    content, rows = presenters.refused_as_csv(found, queries.findings(found))
    actions.record_taken(run=found, rows=rows, by=request.reader, at=request.received_at)
    return HttpResponse(
        "\ufeff" + content,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="refused-rows.csv"',
            "Cache-Control": "no-store",
        },
    )


@grants(Permission.RETURNS)
@once
def columns(request: StaffRequest) -> HttpResponse:
    """Take a file, show its first rows, and ask what its columns mean."""
    authorities = list(Agency.objects.filter(pk__in=request.reader.authority_ids).order_by("name"))
    if request.method == "POST" and "layout" in request.POST:
        return _say(request, authorities)
    form = (
        forms.Sample(request.POST, request.FILES, authorities=authorities)
        if request.method == "POST"
        else forms.Sample(authorities=authorities)
    )
    if form.is_valid():
        try:
            lines = read_table(form.cleaned_data["extract"].read())
        except UnreadableTable as unreadable:
            form.add_error("extract", f"{unreadable}.")
        else:
            return _asked(request, lines, form.cleaned_data["authority"])
    context = {
        "form": form,
        "heading": "Say what the columns of an extract mean",
        "lede": "Once for each form of the extract. The import reads every later file by it.",
        "submit": "Show its columns",
        "back": reverse("police_missing:runs"),
    }
    return page(request, "police_missing/sample.html", context)


def _asked(request: StaffRequest, lines: list[Line], authority: str) -> HttpResponse:
    """Show the first rows, and the columns as they may be meant."""
    names = lines[0].cells
    twice = naming.twice(names)
    chosen = next(each for each in _authorities(request) if str(each.pk) == authority)
    before = queries.mapping_for(chosen, naming.layout(names))
    form = forms.Columns(names=names, initial=before.fields if before else naming.guessed(names))
    layout = SHOWN_BACK.sign_object({"authority": authority, "names": list(names)})
    return _columns_page(
        request, form, layout, preview=presenters.preview(lines), twice=", ".join(twice)
    )


def _authorities(request: StaffRequest) -> list[Agency]:
    return list(Agency.objects.filter(pk__in=request.reader.authority_ids))


def _say(request: StaffRequest, authorities: list[Agency]) -> HttpResponse:
    layout = request.POST["layout"]
    try:
        shown: dict[str, Any] = SHOWN_BACK.unsign_object(layout)
    except BadSignature as forged:
        raise Missing from forged
    authority = next((each for each in authorities if str(each.pk) == shown["authority"]), None)
    if authority is None:
        raise Missing
    form = forms.Columns(request.POST, names=shown["names"])
    if not form.is_valid():
        return _columns_page(request, form, layout)
    actions.say_columns(
        authority=authority,
        names=shown["names"],
        fields=form.cleaned_data,
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(
        request, "police_missing:runs", said="Extracts with these columns can be imported now."
    )


def _columns_page(
    request: StaffRequest,
    form: forms.Columns,
    layout: str,
    *,
    preview: ui.Table | None = None,
    twice: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "layout": layout,
        "preview": preview,
        "twice": twice,
        "back": reverse("police_missing:columns"),
    }
    return page(request, "police_missing/columns.html", context)
