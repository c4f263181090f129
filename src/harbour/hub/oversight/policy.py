"""Who takes the ledger's rows out of the hub, and how many children's names at once."""

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.oversight import rules


def check_can_export(reader: Reader) -> None:
    """Refuse unless the reader's role reads the ledger."""
    access.check_may(reader, Permission.AUDIT_READ)


def check_handful(children: int) -> None:
    """Refuse the names of more than a handful of children to one person alone."""
    if rules.needs_two(children):
        raise Refused(
            f"These rows name {children} children. It takes two people to take the names of more "
            f"than {rules.A_HANDFUL} out of the hub: ask for it with a reason."
        )
