"""Small builders of requests for what is held."""

from datetime import date
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.hub.subject_access import actions
from harbour.hub.subject_access.models import AccessRequest


def a_request(by: Reader, person_id: UUID, *, received_on: date | None = None) -> AccessRequest:
    """Take the request of the child herself."""
    at = clock.now()
    asked = actions.Asked(
        asker="child",
        asker_name="The child",
        identity_checked="She came with her key worker.",
        authority="",
        received_on=received_on or clock.london_date(at),
    )
    return actions.take(person_id=person_id, asked=asked, by=by, at=at)
