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
from harbour.record.providers.models import Home, Placement


def homes(reader: Reader, *, words: str = "", authority: Agency | None = None) -> QuerySet[Home]:
    """Return the register of homes; narrowed by words of the name, the URN or the manager."""
    del reader
    found = Home.objects.select_related("agency", "authority")
    if authority is not None:
        found = found.filter(authority=authority)
    for word in words.split():
        found = found.filter(
            Q(agency__name__icontains=word)
            | Q(urn__icontains=word)
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
    found = Placement.objects.filter(person=person_id).select_related("home__agency", "host")
    return found.order_by("-starts_on", "-recorded_at")


def placement(reader: Reader, placement_id: UUID) -> Placement:
    """Return one placement; raise `Missing` if unseen."""
    del reader
    found = Placement.objects.filter(pk=placement_id).select_related("home__agency").first()
    if found is None:
        raise Missing
    return found


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
