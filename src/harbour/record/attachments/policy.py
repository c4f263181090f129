"""Who may keep a document on a child's record, and what its state allows."""

from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Missing, Refused, permits
from harbour.record.attachments.models import Attachment
from harbour.record.attachments.vocabulary import PART_OF, PARTS, Kind
from harbour.record.people import queries as people

SHORTEST_REASON = 10


def writable_parts(reader: Reader, person_id: UUID) -> frozenset[Facet]:
    """Return the parts of the child's record to which the reader may add documents."""
    if not reader.may(Permission.DOCUMENT_KEEP):
        return frozenset()
    return frozenset(each for each in PARTS if people.may_write(reader, person_id, each))


def kinds_for(parts: frozenset[Facet]) -> tuple[Kind, ...]:
    """Return the kinds of document that belong to these parts."""
    return tuple(each for each in Kind if PART_OF[each] in parts)


def check_can_keep(reader: Reader, person_id: UUID, part: Facet) -> None:
    """Refuse one who may not add to this part of the record; hide the child from strangers."""
    access.check_may(reader, Permission.DOCUMENT_KEEP)
    if people.may_write(reader, person_id, part):
        return
    if people.may_read(reader, person_id, Facet.IDENTITY):
        raise Refused("You may not add documents to this part of the child's record.")
    raise Missing


def check_can_replace(reader: Reader, attachment: Attachment) -> None:
    """Refuse to replace what was removed or replaced already."""
    check_can_keep(reader, attachment.person_id, Facet(attachment.facet))
    if attachment.removed_at is not None:
        raise Refused("This document was removed. Add the new one as a document of its own.")
    if hasattr(attachment, "replaced_by"):
        raise Refused("A newer version of this document is there already. Replace that one.")


def check_can_remove(reader: Reader, attachment: Attachment, reason: str) -> None:
    """Refuse to remove without a reason, or what is removed already."""
    check_can_keep(reader, attachment.person_id, Facet(attachment.facet))
    if attachment.removed_at is not None:
        raise Refused("This document was removed already.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say in a sentence why it is removed.")


can_replace = permits(check_can_replace)
