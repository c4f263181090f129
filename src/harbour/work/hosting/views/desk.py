"""The coordinator's desk: what is due from whom, and the record of each chase."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.providers import queries as providers
from harbour.work.hosting import actions, forms, presenters, queries
from harbour.work.hosting.views.forms import posted
from harbour.work.hosting.vocabulary import ChaseKind

BY_DUE = listing.Order(keys={"due": ("due_on",)}, default="due")


@grants(Permission.HOSTING)
def desk(request: StaffRequest) -> HttpResponse:
    """List what others owe the hub about children placed here, and with whom to chase it."""
    reader, at = request.reader, request.received_at
    kind = request.GET.get("kind", "")
    kind = kind if kind in ChaseKind.values else ""
    everything = queries.due(reader, at=at)
    found = [each for each in everything if not kind or each.kind == kind]
    wanted = listing.wanted(request.GET, BY_DUE)
    context = presenters.desk_page(
        listing.paged(found, wanted),
        everything,
        kind=kind,
        waiting=queries.notifications(reader, waiting=True).count(),
        reached=_reached(request, [each.agency_id for each in found]),
        at=at,
    )
    return page(request, "hosting/desk.html", context)


def _reached(request: StaffRequest, agency_ids: list[UUID]) -> dict[UUID, str]:
    """Return for each agency how it is reached about a placement, as the directory has it."""
    found: dict[UUID, str] = {}
    for each in providers.contacts(request.reader).filter(agency__in=agency_ids):
        best = each.purpose in presenters.ASKED_FIRST
        if best or each.agency_id not in found:
            found[each.agency_id] = ", ".join(x for x in (each.phone, each.email) if x)
    return found


@grants(Permission.HOSTING)
@once
def chase(request: StaffRequest, kind: str, chased_id: UUID) -> HttpResponse:
    """Record that somebody was asked, with one press or with what was said."""
    reader, at = request.reader, request.received_at
    found = queries.find_due(reader, kind, chased_id, at=at)
    form = forms.ChaseForm(posted(request))
    if form.is_valid():
        actions.chase(due=found, by=reader, at=at, **form.cleaned_data)
        return redirect_to(request, "hosting:desk", said="The chase is recorded.")
    context = presenters.chase_page(found, form, back=reverse("hosting:desk"), at=at)
    return page(request, "hosting/chase.html", context)
