"""Read the register of homes and who is placed where."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine
from harbour.record.providers import rules
from harbour.record.providers.models import Adjoining, Contact, Home, HomeChange, Placement
from harbour.record.providers.vocabulary import Distance


def homes(
    reader: Reader, *, words: str = "", authority: Agency | None = None, kind: str = "",
    is_open: bool | None = None, on: date | None = None,
) -> QuerySet[Home]:  # fmt: skip
    """Return the register of homes; narrowed by words, area, sort, and whether open on a day."""
    del reader
    found = Home.objects.select_related("agency", "authority")
    if authority is not None:
        found = found.filter(authority=authority)
    if kind:
        found = found.filter(kind=kind)
    if is_open is not None:
        day = on or clock.london_date(clock.now())
        closed = Q(closed_on__isnull=False, closed_on__lte=day)
        found = found.exclude(closed) if is_open else found.filter(closed)
    for word in words.split():
        found = found.filter(
            Q(agency__name__icontains=word)
            | Q(urn__icontains=word)
            | Q(manager__icontains=word)
            | Q(authority__name__icontains=word)
        )
    return found


def home(reader: Reader, home_id: UUID) -> Home:
    """Return one home of the register."""
    found = homes(reader).filter(pk=home_id).first()
    if found is None:
        raise Missing
    return found


def home_of_agency(reader: Reader, agency_id: UUID) -> Home | None:
    """Return the home that an agency is, if it is one."""
    return homes(reader).filter(agency_id=agency_id).first()


def changes_of(reader: Reader, home_id: UUID) -> QuerySet[HomeChange]:
    """Return what the register said of a home before, the latest change first."""
    del reader
    return HomeChange.objects.filter(home=home_id).select_related("recorded_by")


def contacts(
    reader: Reader, *, words: str = "", agency_id: UUID | None = None, purpose: str = "",
    past: bool = False,
) -> QuerySet[Contact]:  # fmt: skip
    """Return the directory; without `past`, what holds now."""
    del reader
    found = Contact.objects.select_related("agency")
    if not past:
        found = found.filter(ends_on=None)
    if agency_id is not None:
        found = found.filter(agency=agency_id)
    if purpose:
        found = found.filter(purpose=purpose)
    for word in words.split():
        found = found.filter(
            Q(agency__name__icontains=word)
            | Q(name__icontains=word)
            | Q(phone__icontains=word)
            | Q(email__icontains=word)
        )
    return found


def contact(reader: Reader, contact_id: UUID) -> Contact:
    """Return one entry of the directory."""
    found = contacts(reader, past=True).filter(pk=contact_id).first()
    if found is None:
        raise Missing
    return found


def adjoining(reader: Reader, authority_id: UUID) -> set[UUID]:
    """Return the authorities whose areas adjoin this one's, whichever of the two said so."""
    return adjoining_of(reader, [authority_id])[authority_id]


def adjoining_of(reader: Reader, authority_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Return for each of these authorities those that adjoin it; empty where none is recorded."""
    del reader
    wanted = set(authority_ids)
    found: dict[UUID, set[UUID]] = {each: set() for each in wanted}
    pairs = Adjoining.objects.filter(
        Q(authority__in=wanted) | Q(neighbour__in=wanted), ended_on=None
    )
    for one, other in pairs.values_list("authority_id", "neighbour_id"):
        for key, value in ((one, other), (other, one)):
            if key in found:
                found[key].add(value)
    return found


def distances(reader: Reader, placements: Iterable[Placement]) -> dict[UUID, Distance]:
    """Return how far from home each of these placements is."""
    rows = list(placements)
    near = adjoining_of(reader, {each.responsible_id for each in rows})
    return {
        each.pk: rules.distance(
            responsible=each.responsible_id,
            host=each.host_id,
            adjoining=near[each.responsible_id],
            adjoining_known=bool(near[each.responsible_id]),
        )
        for each in rows
    }


def children_in_homes(reader: Reader, home_ids: Iterable[UUID], *, on: date) -> dict[UUID, int]:
    """Return how many children the reader may see are placed in each of these homes on a day."""
    del reader
    counted = (
        Placement.objects.filter(_during(on), home__in=list(home_ids))
        .values("home")
        .annotate(children=Count("person", distinct=True))
    )
    return {row["home"]: row["children"] for row in counted}


def placement_on(reader: Reader, person_id: UUID, *, on: date | None = None) -> Placement | None:
    """Return where a child is placed on a day (today); nothing if nowhere, or if unseen."""
    del reader
    day = on or clock.london_date(clock.now())
    found = Placement.objects.filter(_during(day), person=person_id)
    return (
        found.order_by("-starts_on", "-recorded_at")
        .select_related("home__agency", "host", "responsible")
        .first()
    )


def placed_with(reader: Reader, person_id: UUID, *, on: date | None = None) -> str:
    """Return the name of the home that is with the child; empty where there is none to name."""
    placement = placement_on(reader, person_id, on=on)
    return placement.home.agency.name if placement and placement.home else ""


def placements(reader: Reader, person_id: UUID) -> QuerySet[Placement]:
    """Return every placement of a child, the latest first."""
    del reader
    found = Placement.objects.filter(person=person_id).select_related(
        "home__agency", "host", "responsible", "placing"
    )
    return found.order_by("-starts_on", "-recorded_at")


def placement(reader: Reader, placement_id: UUID) -> Placement:
    """Return one placement; raise `Missing` if unseen."""
    del reader
    found = Placement.objects.filter(pk=placement_id).select_related(
        "home__agency", "host", "responsible", "placing"
    )
    row = found.first()
    if row is None:
        raise Missing
    return row


def children_placed_at(
    reader: Reader, home_id: UUID, *, at: datetime
) -> list[tuple[Placement, PersonLine]]:
    """Return the children placed at a home now, by name, and write that the list was looked at."""
    found = list(Placement.objects.filter(_during(clock.london_date(at)), home=home_id))
    lines = people.lines(reader, [each.person_id for each in found])
    shown = [(each, lines[each.person_id]) for each in found if each.person_id in lines]
    shown.sort(key=lambda pair: pair[1].name)
    people.audit_list(
        reader,
        "providers.children_listed",
        [each.person_id for each, _ in shown],
        ("identity", "placement"),
        at,
    )
    return shown


def _during(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
