"""The register of homes, a home, and where a child lives."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import conflict, once, page, redirect_to
from harbour.record.people import queries as people
from harbour.record.providers import actions, forms, policy, presenters, queries
from harbour.record.providers.forms import HomesFilter

# The part of a child's page that shows where the child lives.
CHILD = "cases:people_places"
BY_NAME = listing.Order(
    keys={
        "name": ("agency__name",),
        "authority": ("authority__name", "agency__name"),
        "urn": ("urn",),
        "places": ("places",),
    },
    default="name",
)


@grants(Permission.MISSING_REPORT)
def homes(request: StaffRequest) -> HttpResponse:
    """List the homes of the register, with how many children the reader may see in each."""
    reader = request.reader
    form = HomesFilter(request.GET or None, authorities=list(agencies.authorities()))
    wanted = listing.wanted(request.GET, BY_NAME)
    found = queries.homes(reader, words=form.words_typed, authority=form.authority_chosen)
    shown = listing.paged(found.order_by(*wanted.order_by), wanted)
    today = london_date(request.received_at)
    children = queries.children_in_homes(reader, [each.pk for each in shown.items], on=today)
    return page(
        request, "providers/homes.html", presenters.homes_page(form, shown, wanted, children)
    )


@grants(Permission.MISSING_REPORT)
def home(request: StaffRequest, home_id: UUID) -> HttpResponse:
    """Show one home: whom to ring, and which children the reader may see live there."""
    reader = request.reader
    found = queries.home(reader, home_id)
    children = queries.children_placed_at(reader, home_id, at=request.received_at)
    shown = presenters.home_page(found, children, may_keep=policy.can_keep(reader))
    return page(request, "providers/home.html", shown)


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
            **form.changes,
        )
    except Conflict as raised:
        return conflict(request, raised, form, keep_theirs=back)
    return redirect_to(request, "providers:home", home_id, said="The register is changed.")


@grants(Permission.PEOPLE_EDIT, Permission.MISSING_REPORT)
@once
def place(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Record where a child lives from a day on."""
    reader = request.reader
    policy.check_can_keep(reader)
    header = people.child(
        reader, person_id, groups=("identity", "placement"), at=request.received_at
    )
    present = queries.placement_on(reader, person_id, on=london_date(request.received_at))
    first = {"responsible": header.responsible.pk if header.responsible else None}
    form = forms.Move(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            actions.move_child(
                person=people.person(reader, person_id),
                by=reader,
                at=request.received_at,
                **form.cleaned_data,
            )
        except Refused as raised:
            form.add_error("starts_on", raised.sentence)
        else:
            return redirect_to(request, CHILD, person_id, said="It is recorded.")
    return _about_a_child(
        request,
        person_id,
        form=form,
        heading=f"Where {header.name} lives",
        lede=presenters.present_place(present),
        submit="Record where the child lives",
    )


@grants(Permission.PEOPLE_EDIT, Permission.MISSING_REPORT)
@once
def end(request: StaffRequest, placement_id: UUID) -> HttpResponse:
    """Record that a child lives nowhere that the hub knows of any more."""
    reader = request.reader
    policy.check_can_keep(reader)
    found = queries.placement(reader, placement_id)
    header = people.child(
        reader, found.person_id, groups=("identity", "placement"), at=request.received_at
    )
    form = forms.EndPlacement(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.end_placement(
                placement=found, by=reader, at=request.received_at, **form.cleaned_data
            )
        except Refused as raised:
            form.add_error("ends_on", raised.sentence)
        else:
            return redirect_to(
                request, "people:record", found.person_id, said="The end is recorded."
            )
    return _about_a_child(
        request,
        found.person_id,
        form=form,
        heading=f"{header.name}: end a placement",
        lede=presenters.present_place(found),
        submit="Record the end",
    )


def _about_a_child(request: StaffRequest, person_id: UUID, **shown: Any) -> HttpResponse:
    back = reverse(CHILD, args=[person_id])
    context = presenters.FormPage(back=back, cancel=back, **shown)
    return page(request, "providers/form.html", context)
