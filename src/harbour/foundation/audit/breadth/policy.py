"""When a person opens too many records, and who may let them go on."""

from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.audit.breadth import queries
from harbour.foundation.audit.breadth.models import Alert
from harbour.foundation.kernel.refusals import Refused

SHORTEST_NOTE = 10


def check_breadth(reader: Reader, person_id: UUID) -> None:
    """Refuse one record too many beyond the reader's own work, and say whom to ring."""
    opened = queries.opened_beyond(person_id)
    if not opened:
        return
    leads = " or ".join(queries.whom_to_ring(reader)) or "the records and audit officer"
    raise Refused(
        f"You have opened {opened} children's records in the last hour that are not in your own "
        f"work. Before you open more, somebody else looks at it. Ring {leads}: they see this now "
        "and can let you go on with one press. Children who are allocated to you, missing, on the "
        "agenda or in a new concern stay open to you."
    )


def check_can_answer(reader: Reader, alert: Alert, note: str) -> None:
    """Refuse the person it is about, who leads nobody, what is answered, and no words."""
    if not reader.may(Permission.AUDIT_READ):
        access.check_may(reader, Permission.APPROVE)
    if alert.user_id == reader.user_id:
        raise Refused("This is about you. Somebody else answers it.")
    if alert.answer:
        raise Refused("Somebody else answered this already.")
    if len(note.strip()) < SHORTEST_NOTE:
        raise Refused("Say in a sentence what you found.")
