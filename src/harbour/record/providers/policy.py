"""Who may place a child, and what the placement's state allows."""

from datetime import date
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.people import queries as people
from harbour.record.people.models import Person
from harbour.record.providers.models import Home, Placement


def check_can_place(reader: Reader, home: Home | None, starts_on: date) -> None:
    """Refuse unless one of the reader's roles writes placements and the home is open on the day."""
    check_can_keep(reader)
    if home is not None and home.closed_on is not None and home.closed_on <= starts_on:
        raise Refused(f"{home.agency.name} closed before that day.")


def check_can_move(
    reader: Reader, person: Person, present: Placement | None, starts_on: date, today: date
) -> None:
    """Refuse unless the reader writes where this child lives and the day fits the present place."""
    check_can_keep(reader)
    if not people.may_write(reader, person.pk, Facet.PLACEMENT.value):
        raise Refused("You may read where this child lives, not change it.")
    if starts_on > today:
        raise Refused("A placement is recorded from the day it begins, not before.")
    if present is not None and starts_on <= present.starts_on:
        raise Refused(
            "The child has lived at the present place since that day or later. End that placement "
            "first, or check the day."
        )


def check_can_keep(reader: Reader) -> None:
    """Refuse unless one of the reader's roles keeps placements and the register of homes."""
    if not any(Facet.PLACEMENT in each.writes for each in reader.roles):
        raise Refused("Your role does not record placements.")


def check_can_keep_contacts(reader: Reader, agency_id: UUID) -> None:
    """Refuse unless the reader keeps the register, or the contact is of her own agency."""
    if agency_id not in reader.agency_ids:
        check_can_keep(reader)


def check_can_end(reader: Reader, placement: Placement, ends_on: date) -> None:
    """Refuse unless the reader records placements and the end comes after the start."""
    check_can_place(reader, None, placement.starts_on)
    if ends_on < placement.starts_on:
        raise Refused("A placement cannot end before it began.")


def check_is_authority(agency: Agency | None) -> None:
    """Refuse a host or a responsible body that is not a local authority."""
    if agency is not None and agency.kind != "authority":
        raise Refused(f"{agency.name} is not a local authority.")


can_keep = permits(check_can_keep)
can_place = permits(check_can_place)
can_keep_contacts = permits(check_can_keep_contacts)
can_end = permits(check_can_end)
