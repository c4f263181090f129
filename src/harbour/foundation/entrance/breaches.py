"""Passwords that everybody tries: the common ones, what people make of them, and breached ones.

Django carries the 20,000 commonest passwords; only some of them have our length. What people do
with a short one to reach a length is always the same (say it twice, add a year or 1234, write 0 for
o), so a password is also refused for the common one at its heart. An operator may name a file of
breached passwords, as Have I Been Pwned gives it out: SHA-1 in capitals, in order, one a line.
"""

import hashlib
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db.models import Model

WRITTEN_AS = str.maketrans("04135$@!7", "oaiessait")
TAIL = re.compile(r"[\d\W_]{1,64}")
# Shorter words stand at the heart of anything.
HEART_AT_LEAST = 4
LINE = 40


class NotEverybodysFirst:
    """Refuse a breached password, and a common one in the ways in which people lengthen it."""

    def validate(self, password: str, user: Model | None = None) -> None:
        """Raise for what a guesser tries first."""
        del user
        if hearts(password) & _common() or _is_a_run(password):
            raise ValidationError(
                "This is a common password with something added. Use other words.",
                code="password_too_common",
            )
        if settings.HARBOUR_BREACHED_PASSWORDS and is_breached(
            password, Path(settings.HARBOUR_BREACHED_PASSWORDS)
        ):
            raise ValidationError(
                "This password was found in a breach of another service. Use another.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return "Not a common password with a year, a number or a sign added, nor one said twice."


@cache
def _common() -> frozenset[str]:
    return frozenset(each for each in CommonPasswordValidator().passwords if _tells(each))


def _tells(common: str) -> bool:
    return len(common) >= HEART_AT_LEAST


def hearts(password: str) -> set[str]:
    """Return what is left of a password without what people add to reach a length."""
    said = password.lower()
    plain = {said, said.translate(WRITTEN_AS)}
    plain |= {re.sub(r"[\W_]", "", each) for each in plain}
    bare = {_between_letters(each) for each in plain}
    begun = {each[:end] for each in plain for end in range(len(each)) if TAIL.fullmatch(each, end)}
    whole = plain | bare | begun
    once = {_once(each) for each in whole}
    return {each for each in whole | once | {2 * part for part in once} if _tells(each)}


def _between_letters(text: str) -> str:
    """Return what stands from the first letter to the last."""
    letters = [place for place, sign in enumerate(text) if sign.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else ""


def _once(text: str) -> str:
    """Return the part that is said again and again; the text itself if there is none."""
    for length in range(1, len(text) // 2 + 1):
        if len(text) % length == 0 and text == text[:length] * (len(text) // length):
            return text[:length]
    return text


def _is_a_run(password: str) -> bool:
    """Say whether it is nothing but few signs, or neighbours in a row."""
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    return len(set(password.lower())) < HEART_AT_LEAST or steps in ({1}, {-1})


def is_breached(password: str, file: Path) -> bool:
    """Look a password up in an ordered file of hashes without reading more than a few lines."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as hashes:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            hashes.seek(middle)
            if middle:
                hashes.readline()
            found = hashes.readline()[:LINE]
            if found == wanted:
                return True
            if not found or found > wanted:
                high = middle
            else:
                low = middle + 1
    return False
