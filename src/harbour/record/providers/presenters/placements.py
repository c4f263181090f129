"""Where a child lives and lived, as the child's page shows it."""

from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.ui.components import Content, Lines, Link, Row, SummaryList, Tag
from harbour.foundation.ui.when import day
from harbour.record.people import queries as people
from harbour.record.providers import policy, queries
from harbour.record.providers import vocabulary as v
from harbour.record.providers.models import Placement
from harbour.record.providers.vocabulary import Distance

DISTANCE_COLOURS = {
    Distance.DISTANT: "orange",
    Distance.ADJOINING: "blue",
    Distance.OUT_OF_AREA: "blue",
}


def present_place(placement: Placement | None) -> str:
    """Return in a sentence where a child lives now."""
    if placement is None:
        return "Where the child lives now is not recorded."
    return f"Now: {place_words(placement)}, since {day(placement.starts_on)}."


def place_words(placement: Placement) -> str:
    """Return a placement in words: the home, or what sort of place it is."""
    sort = v.PLACEMENT_TYPES.get(placement.placement_type, "")
    if placement.home is not None:
        return placement.home.agency.name
    return sort or "A placement that is not described"


def placement_card(reader: Reader, person_id: UUID) -> SummaryList | None:
    """Return where a child lived and lives, the latest first; nothing to one who may not know."""
    if not people.may_read(reader, person_id, Facet.PLACEMENT.value):
        return None
    writes = policy.can_keep(reader) and people.may_write(reader, person_id, Facet.PLACEMENT.value)
    found = list(queries.placements(reader, person_id))
    far = queries.distances(reader, found)
    rows = tuple(_lived(each, far[each.pk], ends=writes) for each in found)
    nowhere = (Row("Now", "Not recorded"),)
    move = Link("Record where the child lives", reverse("providers:place", args=[person_id]))
    return SummaryList(
        rows=rows or nowhere,
        title="Where the child is placed",
        actions=(move,) if writes else (),
    )


def distance_tag(distance: Distance) -> Tag | None:
    """Return how far from home a placement is, where that is out of area."""
    colour = DISTANCE_COLOURS.get(distance)
    return Tag(distance.value, colour) if colour else None


def authorities_of(placement: Placement) -> tuple[str, ...]:
    """Return whose child it is, in whose area, and who arranged it where that is another."""
    lines = [f"Responsible: {placement.responsible.name}"]
    if placement.host is not None and placement.host_id != placement.responsible_id:
        lines.append(f"In the area of {placement.host.name}")
    if placement.placing is not None and placement.placing_id != placement.responsible_id:
        lines.append(f"Arranged by {placement.placing.name}")
    return tuple(lines)


def _lived(placement: Placement, distance: Distance, *, ends: bool) -> Row:
    until = day(placement.ends_on) if placement.ends_on else "now"
    lines: list[Content] = [place_words(placement)]
    sort = v.PLACEMENT_TYPES.get(placement.placement_type, "")
    if sort and placement.home is not None:
        lines.append(sort)
    if placement.host is not None and placement.host_id == placement.responsible_id:
        lines.append(f"In the area of {placement.host.name}")
    else:
        lines.extend(authorities_of(placement))
    lines.append(distance_tag(distance))
    end = Link(
        "End",
        reverse("providers:end", args=[placement.pk]),
        about=f"the placement at {place_words(placement)}",
    )
    return Row(
        f"{day(placement.starts_on)} to {until}",
        Lines(tuple(each for each in lines if each)),
        (end,) if ends and placement.ends_on is None else (),
    )
