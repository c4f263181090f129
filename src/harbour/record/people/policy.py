"""Who may write in a person's record, and what the record's state allows."""

from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.refusals import Missing, Refused, permits
from harbour.record.people import queries
from harbour.record.people import vocabulary as v

SHORTEST_REASON = 4


def check_can_register(reader: Reader, *authorities: Agency | None) -> None:
    """Refuse unless each is an authority and the reader's team works for one of them."""
    if not reader.may(Permission.IMPORT):
        access.check_may(reader, Permission.PEOPLE_REGISTER)
    named = [each for each in authorities if each is not None]
    for each in named:
        if each.kind != AgencyKind.AUTHORITY:
            raise Refused(f"{each.name} is not a local authority.")
    if not any(each.pk in reader.authority_ids for each in named):
        raise Refused(
            "Your team does not work for the responsible authority or the host authority of this "
            "child. Send a referral to one of them instead."
        )


def check_can_edit(reader: Reader) -> None:
    """Refuse unless the reader keeps records of people, by hand or by import."""
    if not reader.may(Permission.IMPORT):
        access.check_may(reader, Permission.PEOPLE_EDIT)


def check_can_write(reader: Reader, person_id: UUID, facet: str) -> None:
    """Refuse one who reads this part of the record and may not write it; hide it from others."""
    check_can_edit(reader)
    if queries.may_write(reader, person_id, facet):
        return
    if queries.may_read(reader, person_id, "identity"):
        raise Refused("You may read this child's record, but not change this part of it.")
    raise Missing


def check_reason(code: v.Reason, words: str) -> None:
    """Refuse another reason without words: the records officer reads them."""
    if code == v.Reason.OTHER and len(words.strip()) < SHORTEST_REASON:
        raise Refused("Say in a few words why you open this record.")


def check_can_open_further(reader: Reader, person_id: UUID) -> None:
    """Refuse to open a record to others that one sees by emergency access alone."""
    if queries.is_under_glass(reader, person_id):
        raise Refused(
            "You see this record by emergency access. Ask the child's authority to open it to "
            "others."
        )


can_register = permits(check_can_register)
can_edit = permits(check_can_edit)
