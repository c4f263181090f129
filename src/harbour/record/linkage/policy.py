"""Who may search, and what must be said before another child is registered."""

from collections.abc import Sequence

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.linkage.queries import Hit

SHORTEST_REASON = 10


def check_can_register(reader: Reader) -> None:
    """Refuse unless one of the reader's roles registers children."""
    access.check_may(reader, Permission.PEOPLE_REGISTER)


def check_looked_at(hits: Sequence[Hit], reason: str) -> None:
    """Refuse to open a record beside children who may be the same, unless the person says why."""
    if hits and len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say in a sentence why none of the children found is this child.")


can_register = permits(check_can_register)
