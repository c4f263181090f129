"""Where a child lives: recorded, and ended."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people
from harbour.record.providers import actions, forms, policy, presenters, queries

# The part of a child's page that shows where the child lives.
CHILD = "cases:people_places"


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
