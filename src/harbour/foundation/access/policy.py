"""Who may: the verbs of a person's present roles."""

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import ROLES
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused, permits


def check_may(reader: Reader, permission: Permission) -> None:
    """Refuse, naming the roles that may, unless one of the reader's present roles has the verb."""
    if reader.may(permission):
        return
    titles = [
        each.title.lower() for each in ROLES if permission in each.permissions and not each.system
    ]
    who = ", ".join(titles[:4]) if titles else "no role"
    raise Refused(f"Your role does not allow this. It can be done by: {who}.")


may = permits(check_may)
