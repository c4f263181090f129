"""Recovery codes as hashes: once they were shown, nobody can read them again, the hub neither.

The library keeps a seed from which it makes the codes anew. It is kept, encrypted, until the codes
are shown; from then on only their hashes are, each found by its first two digits.
"""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import check_password, make_password

HASHED = "hashed"
LEAD = 2

_seeded = {
    name: getattr(RecoveryCodes, name)
    for name in ("generate_codes", "get_unused_codes", "validate_code")
}


def _hashed(codes: Any) -> list[dict[str, str]] | None:
    kept: list[dict[str, str]] | None = codes.instance.data.get(HASHED)
    return kept


def generate_codes(codes: Any) -> list[str]:
    """Return the codes before they were shown; a blank for each that is left after it."""
    kept = _hashed(codes)
    return _seeded["generate_codes"](codes) if kept is None else [""] * len(kept)


def get_unused_codes(codes: Any) -> list[str]:
    """Return the codes that are left: to be read in the request that shows them, never again."""
    shown: list[str] | None = getattr(codes, "shown_now", None)
    if shown is not None:
        return shown
    return _seeded["get_unused_codes"](codes) if _hashed(codes) is None else generate_codes(codes)


def validate_code(codes: Any, code: str) -> bool:
    """Say whether a code fits, and let it count no more."""
    row = Authenticator.objects.filter(pk=codes.instance.pk).first()
    codes.instance = row or codes.instance
    kept = _hashed(codes)
    if kept is None:
        return bool(_seeded["validate_code"](codes, code))
    for each in kept:
        if code[:LEAD] == each["lead"] and check_password(code, each["hash"]):
            return _strike(codes.instance, each)
    return False


def _strike(row: Authenticator, used: dict[str, str]) -> bool:
    """Take a code off the list; of two who bring it at once, one finds the list as it was."""
    left = {**row.data, HASHED: [each for each in row.data[HASHED] if each != used]}
    return bool(Authenticator.objects.filter(pk=row.pk, data=row.data).update(data=left))


def mark_as_viewed(codes: Any) -> None:
    """Show the codes this once, and keep nothing but their hashes."""
    if codes.did_view:
        return
    codes.shown_now = _seeded["get_unused_codes"](codes)
    codes.instance.data = {
        "viewed_at": time.time(),
        HASHED: [{"lead": each[:LEAD], "hash": make_password(each)} for each in codes.shown_now],
    }
    codes.instance.save(update_fields=["data"])


def install() -> None:
    """Let the sign-in library keep its recovery codes in this way."""
    RecoveryCodes.generate_codes = generate_codes
    RecoveryCodes.get_unused_codes = get_unused_codes
    RecoveryCodes.validate_code = validate_code
    RecoveryCodes.mark_as_viewed = mark_as_viewed
