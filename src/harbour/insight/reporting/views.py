"""Requests about figures."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.ui.pages import page
from harbour.insight.reporting import actions, queries, rules
from harbour.insight.reporting.presenters import files
from harbour.insight.reporting.presenters import page as presenters
from harbour.insight.reporting.presenters.populations import populations_page
from harbour.insight.reporting.rules import Quarter
from harbour.insight.reporting.vocabulary import BY_SLUG

DOWNLOADS = {
    "csv": (files.as_csv, "text/csv; charset=utf-8"),
    "json": (files.as_json, "application/json"),
}


@grants(Permission.FIGURES_READ)
def quarter(request: StaffRequest, year: str = "", number: int = 0) -> HttpResponse:
    """Show the figures of a quarter; without one, those of the last quarter with any."""
    known = queries.quarters_with_figures(request.reader, at=request.received_at)
    scope = _scope(request)
    chosen = request.GET.get("quarter", "")
    if chosen or not year:
        wanted = _parsed(*chosen.rpartition("-")[::2]) if chosen else known[0]
        return HttpResponseRedirect(presenters.address("reporting:quarter", wanted, scope))
    wanted = _parsed(year, str(number))
    report = queries.quarter_report(request.reader, wanted, scope, at=request.received_at)
    shown = presenters.quarter_page(report, quarters=known, scopes=queries.scopes())
    return page(request, "reporting/quarter.html", shown)


@grants(Permission.FIGURES_READ)
def populations(request: StaffRequest, year: str = "", number: int = 0) -> HttpResponse:
    """Show the four populations of a quarter; without one, of the last quarter with any figures."""
    known = queries.quarters_with_figures(request.reader, at=request.received_at)
    scope = _scope(request)
    chosen = request.GET.get("quarter", "")
    if chosen or not year:
        wanted = _parsed(*chosen.rpartition("-")[::2]) if chosen else known[0]
        return HttpResponseRedirect(presenters.address("reporting:populations", wanted, scope))
    found = queries.populations(
        request.reader, _parsed(year, str(number)), scope, at=request.received_at
    )
    shown = populations_page(found, quarters=known, scopes=queries.scopes())
    return page(request, "reporting/populations.html", shown)


@grants(Permission.FIGURES_READ)
def figure(request: StaffRequest, year: str, number: int, figure_slug: str) -> HttpResponse:
    """Show one figure: its definition and its series."""
    if figure_slug not in BY_SLUG:
        raise Missing
    report = queries.one_figure(
        request.reader,
        BY_SLUG[figure_slug].id,
        _parsed(year, str(number)),
        _scope(request),
        at=request.received_at,
    )
    return page(
        request, "reporting/figure.html", presenters.figure_page(report, BY_SLUG[figure_slug].id)
    )


@grants(Permission.FIGURES_READ)
def download(request: StaffRequest, year: str, number: int, form: str) -> HttpResponse:
    """Hand out a quarter's figures as a file, and write that they left."""
    if form not in DOWNLOADS:
        raise Missing
    report = queries.quarter_report(
        request.reader, _parsed(year, str(number)), _scope(request), at=request.received_at, shown=1
    )
    actions.record_export(report=report, form=form, by=request.reader, at=request.received_at)
    write, content_type = DOWNLOADS[form]
    name = f"figures-{report.quarter.slug}-q{report.quarter.number}.{form}"
    return HttpResponse(
        write(report.figures),
        status=HTTPStatus.OK,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _parsed(year: str, number: str) -> Quarter:
    try:
        return rules.parse_quarter(year, number)
    except Refused as refusal:
        raise Missing from refusal


def _scope(request: StaffRequest) -> queries.Scope:
    try:
        return queries.scope_named(request.GET.get("authority", ""))
    except Refused as refusal:
        raise Missing from refusal
