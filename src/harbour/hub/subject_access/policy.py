"""Who answers requests, and what a request's state allows."""

from datetime import date

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.hub.subject_access import queries
from harbour.hub.subject_access.models import AccessRequest, ClockStop
from harbour.hub.subject_access.vocabulary import Asker
from harbour.record.people import queries as people


def check_can_answer(reader: Reader) -> None:
    """Refuse unless one of the reader's roles answers requests."""
    access.check_may(reader, Permission.SUBJECT_ACCESS)


def check_sees_everything(reader: Reader, row: AccessRequest) -> None:
    """Refuse one who reads only parts of the record: what she did not see would be missing."""
    check_can_answer(reader)
    unseen = [each for each in Facet if not people.may_read(reader, row.person_id, each)]
    if unseen:
        raise Refused(
            "Somebody who reads the whole record has to answer this: "
            f"you do not read {', '.join(unseen)}."
        )


def check_can_ask(reader: Reader, *, asker: str, authority: str, received: date, on: date) -> None:
    """Refuse a request that says not why somebody may ask for the child, or of another day."""
    check_can_answer(reader)
    if asker != Asker.CHILD and not authority.strip():
        raise Refused("Say why they may ask for the child.")
    if received > on:
        raise Refused("The request cannot have come later than today.")


def check_open(row: AccessRequest) -> None:
    """Refuse what is closed or released."""
    if row.closed_at is not None:
        raise Refused("This request is closed.")
    if queries.release_of(row) is not None:
        raise Refused("This request was answered: its document is released.")


def check_can_extend(reader: Reader, row: AccessRequest) -> None:
    """Refuse a second extension: two months is all there is."""
    check_can_answer(reader)
    check_open(row)
    if row.extended_at is not None:
        raise Refused("This request was extended already. There is no second extension.")


def check_can_stop(reader: Reader, row: AccessRequest) -> None:
    """Refuse to stop a clock that stands still."""
    check_can_answer(reader)
    check_open(row)
    if queries.standing(row).stopped is not None:
        raise Refused("The clock stands still already.")


def check_can_go_on(reader: Reader, row: AccessRequest) -> ClockStop:
    """Return the open stop; refuse if the clock runs."""
    check_can_answer(reader)
    check_open(row)
    stopped = queries.standing(row).stopped
    if stopped is None:
        raise Refused("The clock runs already.")
    return stopped


can_extend = permits(check_can_extend)
can_stop = permits(check_can_stop)
is_open = permits(check_open)
