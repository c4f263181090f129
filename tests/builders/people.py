"""Small builders of the record of people."""

from datetime import date
from typing import Any

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.people import actions
from harbour.record.people.models import Person


def a_child(
    by: Reader, responsible: Agency, *, given: str = "Amara", family: str = "Quill", **said: Any
) -> Person:
    """Register an invented child, 14 or so, for an authority the reader works for."""
    known: dict[str, Any] = {"born_on": date(2009, 3, 14), "born_precision": "day", "sex": "F"}
    return actions.register_child(
        given=given, family=family, responsible=responsible, by=by, at=clock.now(), **(known | said)
    )
