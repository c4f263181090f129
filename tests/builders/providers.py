"""Small builders of homes and placements."""

from datetime import date
from typing import Any

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person
from harbour.record.providers import actions
from harbour.record.providers.models import Home, Placement


def a_home(by: Reader, agency: Agency, authority: Agency, **known: Any) -> Home:
    """Register an invented home that stands in the area of an authority."""
    return actions.register_home(
        agency_id=agency.pk, authority=authority, by=by, at=clock.now(), **known
    )


def a_placement(
    by: Reader, person: Person, home: Home | None, responsible: Agency, **more: Any
) -> Placement:
    """Place a child from the beginning of this year."""
    at = clock.now()
    starts_on = more.pop("starts_on", date(clock.london_date(at).year, 1, 1))
    return actions.place_child(
        person=person, home=home, responsible=responsible, starts_on=starts_on, by=by, at=at, **more
    )
