"""Which deeds need two people, and what binds an approval to exactly one deed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission

type Scalar = str | int | bool | None
type Payload = Mapping[str, Scalar | list[str] | list[int]]


class CarryOut(Protocol):
    """Do the deed, on behalf of the approver, in the transaction of the approval."""

    def __call__(self, *, payload: Payload, by: Reader, at: datetime) -> object:
        """Do it; raise `Refused` if the state no longer allows it, which undoes the approval."""
        ...


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A deed that needs two people: `right` is what the second must hold."""

    code: str
    title: str
    right: Permission
    carry_out: CarryOut | None = None


_deeds: dict[str, Deed] = {}


def register(
    code: str, title: str, *, right: Permission, carry_out: CarryOut | None = None
) -> None:
    """Make a deed known; without `carry_out` it is a permission that the proposer uses once."""
    _deeds[code] = Deed(code=code, title=title, right=right, carry_out=carry_out)


def deed(code: str) -> Deed:
    """Return the deed with this code; raise `KeyError` for one that no room registered."""
    return _deeds[code]


def canonical(payload: Payload) -> str:
    """Return a payload as PostgreSQL prints it as jsonb, so that both hash the same text.

    Raises `TypeError` for what prints in more than one way: fractions, nested objects.
    """
    for value in payload.values():
        for each in value if isinstance(value, list) else [value]:
            if each is not None and not isinstance(each, str | int):
                raise TypeError(f"A payload holds words, whole numbers and lists of them: {each!r}")
    ordered = sorted(payload, key=lambda name: (len(name.encode()), name.encode()))
    return json.dumps({name: payload[name] for name in ordered}, ensure_ascii=False)


def digest(payload: Payload) -> bytes:
    """Return the SHA-256 that binds an approval to this payload."""
    return hashlib.sha256(canonical(payload).encode()).digest()
