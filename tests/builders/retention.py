"""Small builders of what keeps a record and what lets it go."""

from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.hub.retention import actions
from harbour.hub.retention.models import Hold
from harbour.hub.retention.vocabulary import Scope


def a_hold(by: Reader, person_id: UUID) -> Hold:
    """Place a hold over one record."""
    return actions.place_hold(
        covered=actions.Covered(scope=Scope.PERSON, person_id=person_id),
        reason="A court has asked that nothing goes.",
        by=by,
        at=clock.now(),
    )
