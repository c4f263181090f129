"""The register of homes, a home, and the register as a file."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import conflict, once, page, redirect_to
from harbour.record.providers import actions, forms, policy, presenters, queries
from harbour.record.providers.forms import HomesFilter
from harbour.record.providers.models import Contact, Home

BY_NAME = listing.Order(
    keys={
        "name": ("agency__name",),
        "authority": ("authority__name", "agency__name"),
        "urn": ("urn",),
        "places": ("places",),
        "kind": ("kind", "agency__name"),
    },
    default="name",
)


def _narrowed(request: StaffRequest) -> tuple[HomesFilter, QuerySet[Home]]:
    form = HomesFilter(request.GET or None, authorities=list(agencies.authorities()))
    by = form.narrowing
    found = queries.homes(
        request.reader,
        words=by.words,
        authority=by.authority,
        kind=by.kind,
        is_open=by.is_open,
        on=london_date(request.received_at),
    )
    return form, found


@grants(Permission.MISSING_REPORT)
def homes(request: StaffRequest) -> HttpResponse:
    """List the homes of the register, with how many children the reader may see in each."""
    reader = request.reader
    form, found = _narrowed(request)
    wanted = listing.wanted(request.GET, BY_NAME)
    shown = listing.paged(found.order_by(*wanted.order_by), wanted)
    today = london_date(request.received_at)
    children = queries.children_in_homes(reader, [each.pk for each in shown.items], on=today)
    context = presenters.homes_page(form, shown, wanted, children, may_keep=policy.can_keep(reader))
    return page(request, "providers/homes.html", context)


@require_GET
@grants(Permission.MISSING_REPORT)
def export(request: StaffRequest) -> HttpResponse:
    """Give the homes that the register's filter leaves, as a file. No child stands in it."""
    reader, at = request.reader, request.received_at
    wanted = listing.wanted(request.GET, BY_NAME)
    found = list(_narrowed(request)[1].order_by(*wanted.order_by))
    reached: dict[UUID, list[Contact]] = defaultdict(list)
    for each in queries.contacts(reader):
        reached[each.agency_id].append(each)
    audit.record(Act.EXPORT, "providers.register_exported", by=reader, at=at, results=len(found))
    text = presenters.register_csv(found, reached, reader=reader, at=at)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="homes.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@grants(Permission.MISSING_REPORT)
def home(request: StaffRequest, home_id: UUID) -> HttpResponse:
    """Show one home: whom to ring, and which children the reader may see live there."""
    reader = request.reader
    row = queries.home(reader, home_id)
    children = queries.children_placed_at(reader, home_id, at=request.received_at)
    found = presenters.AtHome(
        home=row,
        children=children,
        far=queries.distances(reader, [each for each, _ in children]),
        contacts=list(queries.contacts(reader, agency_id=row.agency_id)),
        changes=list(queries.changes_of(reader, home_id)),
    )
    shown = presenters.home_page(
        found,
        may_keep=policy.can_keep(reader),
        keeps_contacts=policy.can_keep_contacts(reader, row.agency_id),
        today=london_date(request.received_at),
    )
    return page(request, "providers/home.html", shown)


@grants(Permission.MISSING_REPORT)
@once
def add_home(request: StaffRequest) -> HttpResponse:
    """Add a home or other provider that the register does not hold."""
    policy.check_can_keep(request.reader)
    form = forms.NewHome(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            row = actions.open_home(
                name=form.cleaned_data["name"],
                authority=form.cleaned_data["authority"],
                by=request.reader,
                at=request.received_at,
                **form.known,
            )
        except Refused as raised:
            form.add_error("name", raised.sentence)
        else:
            return redirect_to(request, "providers:home", row.pk, said="It is in the register.")
    back = reverse("providers:homes")
    context = presenters.FormPage(
        form=form, heading="Add a home or other provider", back=back, cancel=back
    )
    return page(request, "providers/form.html", context)


@grants(Permission.MISSING_REPORT)
@once
def change_home(request: StaffRequest, home_id: UUID) -> HttpResponse:
    """Change a home's entry in the register."""
    policy.check_can_keep(request.reader)
    found = queries.home(request.reader, home_id)
    back = reverse("providers:home", args=[home_id])
    form = forms.HomeForm(request.POST or None, initial=forms.HomeForm.initial_of(found))
    if not form.is_valid():
        context = presenters.FormPage(form=form, heading=found.agency.name, back=back, cancel=back)
        return page(request, "providers/form.html", context)
    try:
        actions.change_home(
            home=found,
            seen_version=form.cleaned_data["seen_version"],
            by=request.reader,
            at=request.received_at,
            **form.known,
        )
    except Conflict as raised:
        return conflict(request, raised, form, keep_theirs=back)
    return redirect_to(request, "providers:home", home_id, said="The register is changed.")
