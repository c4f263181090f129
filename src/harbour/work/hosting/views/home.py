"""The provider's desk: a home's own children, what waits, and what the home notifies."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people
from harbour.record.providers import queries as providers
from harbour.record.providers.models import Home, Placement
from harbour.work.hosting import actions, forms, presenters, queries
from harbour.work.hosting.views.forms import form_page, posted
from harbour.work.hosting.vocabulary import Channel, Direction, Duty

LEDE = (
    "Regulation 41 asks you to tell the authority of the area without delay, in writing. What you "
    "do not know yet you can add later; the page of your home says what is missing."
)


def _own_home(request: StaffRequest) -> Home:
    agency_id = request.reader.agency_id
    found = providers.home_of_agency(request.reader, agency_id) if agency_id else None
    if found is None:
        raise Missing
    return found


@grants(Permission.PROVIDER_DESK)
def my_home(request: StaffRequest) -> HttpResponse:
    """Show a home's manager her children tonight, and everything that waits for her."""
    reader, at = request.reader, request.received_at
    agency_id = reader.agency_id
    home = providers.home_of_agency(reader, agency_id) if agency_id else None
    found = queries.home_desk(reader, home, at=at) if home else None
    context = presenters.home_page(reader.agency_name, found, queries.own_pack(reader), at=at)
    return page(request, "hosting/my_home.html", context)


@grants(Permission.PROVIDER_DESK)
@once
def arrival(request: StaffRequest) -> HttpResponse:
    """Notify that a child arrived whom the hub does not show here yet."""
    home = _own_home(request)
    form = forms.HomeForm(posted(request))
    back = reverse("hosting:my_home")
    if form.is_valid() and _notified(request, form, home, Direction.ARRIVAL):
        said = "The authority of your area is notified."
        return redirect_to(request, "hosting:my_home", said=said)
    return form_page(request, form, "A child has arrived", back, lede=LEDE, submit="Notify")


@grants(Permission.PLACEMENT_NOTIFY)
@once
def arrived(request: StaffRequest, placement_id: UUID) -> HttpResponse:
    """Notify the arrival of a child who is recorded as placed in the home."""
    return _of_placement(request, placement_id, Direction.ARRIVAL)


@grants(Permission.PLACEMENT_NOTIFY)
@once
def left(request: StaffRequest, placement_id: UUID) -> HttpResponse:
    """Notify that a child has left the home."""
    return _of_placement(request, placement_id, Direction.DEPARTURE)


def _of_placement(request: StaffRequest, placement_id: UUID, direction: Direction) -> HttpResponse:
    reader = request.reader
    placement = providers.placement(reader, placement_id)
    if placement.home is None:
        raise Refused("The child does not live in a home of the register.")
    child = people.child(
        reader, placement.person_id, groups=("identity", "placement"), at=request.received_at
    )
    leaving = direction is Direction.DEPARTURE
    name = people.names_of(reader, [child.id])[child.id][0]
    form = forms.HomeForm(
        posted(request),
        leaving=leaving,
        initial={
            "given": name.given,
            "family": name.family,
            "born_on": child.born_on,
            "happened_on": None if leaving else placement.starts_on,
            "placing": placement.placing_id or placement.responsible_id,
        },
    )
    if form.is_valid() and _notified(request, form, placement.home, direction, placement):
        own = placement.home.agency_id in reader.agency_ids
        to = "hosting:my_home" if own else "hosting:notifications"
        return redirect_to(request, to, said="The authority of the area is notified.")
    own = placement.home.agency_id in reader.agency_ids
    back = reverse("hosting:my_home" if own else "hosting:desk")
    heading = f"{child.name} has left" if leaving else f"{child.name} has arrived"
    return form_page(request, form, heading, back, lede=LEDE, submit="Notify")


def _notified(
    request: StaffRequest,
    form: forms.HomeForm,
    home: Home,
    direction: Direction,
    placement: Placement | None = None,
) -> bool:
    try:
        actions.notify(
            placement=placement,
            direction=direction,
            duty=Duty.REG_41,
            sender=home.agency,
            home=home,
            host=home.authority,
            received_on=london_date(request.received_at),
            happened_on=form.cleaned_data["happened_on"],
            by=request.reader,
            at=request.received_at,
            **(form.stated | {"channel": Channel.HARBOUR}),
        )
    except Refused as refused:
        form.add_error("happened_on", refused.sentence)
        return False
    return True
