"""Who may propose that a record goes or stays, and when."""

from datetime import date

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.retention.models import Hold
from harbour.hub.retention.queries import Ends
from harbour.hub.retention.vocabulary import Deed

SHORTEST_REASON = 10


def check_can_keep_schedule(reader: Reader) -> None:
    """Refuse unless one of the reader's roles answers for how long records are kept."""
    access.check_may(reader, Permission.RETENTION)


def check_can_propose(reader: Reader, deed: Deed, ends: Ends, *, on: date) -> None:
    """Refuse what a hold forbids, and a disposal before its time."""
    check_can_keep_schedule(reader)
    if deed in {Deed.DISPOSE, Deed.ERASE} and ends.held:
        raise Refused("A legal hold stands over this record. It has to be lifted first.")
    if deed is Deed.DISPOSE and (ends.due_on is None or ends.due_on > on):
        raise Refused("The time of this record is not over. The schedule says how long it is kept.")


def check_can_keep_longer(keep_until: date, ends: Ends) -> None:
    """Refuse a day that is no later than what the schedule says already."""
    if ends.due_on is not None and keep_until <= ends.due_on:
        raise Refused("The record is kept until that day already.")


def check_can_lift(reader: Reader, hold: Hold) -> None:
    """Refuse to lift a hold that is lifted."""
    check_can_keep_schedule(reader)
    if hold.lifted_at is not None:
        raise Refused("This hold was lifted already.")


def check_reason(reason: str) -> None:
    """Refuse a hold that does not say why it stands."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say in a sentence why the records must stay.")
