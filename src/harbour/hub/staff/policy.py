"""Who keeps people and roles."""

from datetime import datetime
from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.roles import SYSTEM_ADMINISTRATOR, Role
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.entrance.models import IdentityMapping
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused, permits


def check_can_manage(reader: Reader, user_id: UUID | None = None) -> None:
    """Refuse unless the reader keeps people and roles, and never for herself."""
    access.check_may(reader, Permission.USERS_MANAGE)
    if user_id == reader.user_id:
        raise Refused("Nobody changes their own roles. Ask another administrator.")


def check_can_give(reader: Reader, user_id: UUID, role: Role) -> None:
    """Refuse a role of the system, and an administrator's by one person's hand."""
    check_can_manage(reader, user_id)
    if role.system:
        raise Refused("This role belongs to the system; no person holds it.")
    if role == SYSTEM_ADMINISTRATOR:
        raise Refused("It takes two people to make an administrator: propose it with a reason.")


def check_can_make_administrator(reader: Reader, user_id: UUID) -> None:
    """Refuse who may not be the second person, and the person the role is for."""
    access.check_may(reader, Permission.USERS_APPROVE)
    if user_id == reader.user_id:
        raise Refused("Nobody approves a role for themselves.")


def check_can_give_code(reader: Reader, user: User, at: datetime) -> None:
    """Refuse a code where a password is in use, and to a leaver."""
    check_can_manage(reader, user.pk)
    if not user.works_on(london_date(at)) or user.is_system:
        raise Refused("This account is closed. Nobody can sign in with it.")
    if user.has_usable_password():
        raise Refused("This person has a password. It takes two people to take it away.")


def check_can_ask_for_help(reader: Reader, user: User, at: datetime) -> None:
    """Refuse to help oneself, a leaver, and who has nothing to lose."""
    check_can_manage(reader, user.pk)
    if not user.works_on(london_date(at)) or user.is_system:
        raise Refused("This account is closed. Nobody can sign in with it.")


def check_can_reset(reader: Reader, user_id: UUID) -> None:
    """Refuse who may not be the second person, and the person whose sign-in it is."""
    access.check_may(reader, Permission.USERS_APPROVE)
    if user_id == reader.user_id:
        raise Refused("Nobody approves a reset of their own sign-in.")


def check_can_end(reader: Reader, holding: Holding) -> None:
    """Refuse to end a role twice."""
    check_can_manage(reader, holding.user_id)
    if holding.ends_on is not None:
        raise Refused("This role has an end already.")


def check_can_end_sessions(reader: Reader) -> None:
    """Refuse unless the reader keeps people and roles; her own sessions she may end too."""
    access.check_may(reader, Permission.USERS_MANAGE)


def check_can_map(reader: Reader, role: Role) -> None:
    """Refuse to let a group of a provider give an administrator's role or one of the system."""
    access.check_may(reader, Permission.USERS_MANAGE)
    if role.system or role == SYSTEM_ADMINISTRATOR:
        raise Refused("No group gives this role. It takes two people to make an administrator.")


def check_can_unmap(reader: Reader, mapping: IdentityMapping) -> None:
    """Refuse to end twice what a group gives."""
    access.check_may(reader, Permission.USERS_MANAGE)
    if mapping.ended_at is not None:
        raise Refused("This has ended already.")


can_give_code = permits(check_can_give_code)
can_ask_for_help = permits(check_can_ask_for_help)
