"""Requests about returns."""

from django.http import HttpResponse

from harbour.exchange.statutory_returns import actions, forms, presenters, queries
from harbour.exchange.statutory_returns.vocabulary import FILE_NAMES, Format
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.foundation.ui.pages import page


@grants(Permission.RETURNS)
def desk(request: StaffRequest) -> HttpResponse:
    """Show what came in and what can be handed out; hand a file out when it was asked for."""
    authorities = _authorities(request)
    today = clock.london_date(request.received_at)
    ends = today.year + (today.month >= 4)
    form = (
        forms.Take(request.POST, authorities=authorities, this_year_ends=ends)
        if request.method == "POST"
        else forms.Take(authorities=authorities, this_year_ends=ends)
    )
    if form.is_valid():
        return _handed_out(request, form, authorities)
    checks = [(each, queries.told_checks(request.reader, each)) for each in authorities]
    return page(request, "statutory_returns/desk.html", presenters.desk(form, checks))


def _authorities(request: StaffRequest) -> list[Agency]:
    return list(Agency.objects.filter(pk__in=request.reader.authority_ids).order_by("name"))


def _handed_out(request: StaffRequest, form: forms.Take, authorities: list[Agency]) -> HttpResponse:
    said = form.cleaned_data
    wanted = Format(said["wanted"])
    authority = next(each for each in authorities if str(each.pk) == said["authority"])
    made = queries.made(
        request.reader,
        wanted,
        authority,
        year_ending=int(said["year_ending"]),
        on=clock.london_date(request.received_at),
    )
    actions.take(
        made=made,
        wanted=wanted,
        authority=authority,
        reason=said["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return HttpResponse(
        presenters.as_csv(made),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{FILE_NAMES[wanted]}"',
            "Cache-Control": "no-store",
            "X-Harbour-Left-Out": str(len(made.left)),
        },
    )
