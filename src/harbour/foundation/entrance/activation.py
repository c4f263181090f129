"""Codes with which a person sets a password of her own: given by one hand, used once, soon over.

Whoever gives a code never knows the password, and a second factor that is set up is asked for
after it as after any other.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password

from harbour.foundation.access.models import User
from harbour.foundation.entrance.models import Activation
from harbour.foundation.kernel.clock import london_date

# No letter that is taken for another. Sixteen of them are beyond 78 bits.
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS, LETTERS = 4, 4


def issue(*, user_id: UUID, at: datetime, lasts: timedelta, given_by: UUID | None) -> str:
    """Keep a new code for a person and return it: it is shown now or never."""
    code = "".join(secrets.choice(SIGNS) for _ in range(GROUPS * LETTERS))
    Activation(
        user_id=user_id,
        code_hash=make_password(code),
        begins_at=at,
        given_by_id=given_by,
        expires_at=at + lasts,
    ).save(force_insert=True)
    return "-".join(code[begin : begin + LETTERS] for begin in range(0, len(code), LETTERS))


def found(*, email: str, code: str, at: datetime) -> Activation | None:
    """Return the code that opens this account now; an unknown address takes as long as a known."""
    rows = Activation.objects.filter(user__email__iexact=email.strip(), used_at=None)
    row = rows.select_related("user").order_by("-begins_at").first()
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    if row is None:
        make_password(typed)
        return None
    fits = check_password(typed, row.code_hash)
    opens = at < row.expires_at and row.user.works_on(london_date(at))
    return row if fits and opens else None


def use(row: Activation, *, password: str, at: datetime) -> User:
    """Set the password of the person whom a code was given to; the code counts no more."""
    user = row.user
    user.set_password(password)
    user.save(update_fields=["password"])
    Activation.objects.filter(user=user, used_at=None).update(used_at=at)
    return user


def take_away(user: User, *, password: bool, factors: bool) -> int:
    """Take a person's password, factors or both away; return how many factors there were.

    The database lets it pass only in the transaction in which two people decided it.
    """
    if password:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    gone, _each = Authenticator.objects.filter(user=user).delete() if factors else (0, {})
    return int(gone)
