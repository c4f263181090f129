"""Sign the ledger's roots, with a key that the database never holds.

The words that are signed and the way they are checked stand in `harbour_verify`, the tool that an
agency holds: there is one statement of both.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings

from harbour.foundation.audit import harbour_verify


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """The public half of a signing key, endorsed by the key before it if there was one."""

    key_id: str
    public: str
    made_at: str
    endorsed_by: str = ""
    endorsement: str = ""


def can_sign() -> bool:
    """Say whether this process was given the key: the worker is, the web server is not."""
    return bool(settings.HARBOUR_LEDGER_KEY)


def key_id() -> str:
    """Return the id of the key in use."""
    return harbour_verify.key_id_of(_public(_key(settings.HARBOUR_LEDGER_KEY)))


def public_key(at: datetime, *, newest: str = "") -> PublicKey:
    """Return the key in use as it is published.

    `newest` is the key that was published last: if we still hold it, it endorses the new one.
    """
    public = _public(_key(settings.HARBOUR_LEDGER_KEY))
    mine = PublicKey(key_id=harbour_verify.key_id_of(public), public=public, made_at=instant(at))
    if not newest or not settings.HARBOUR_LEDGER_KEY_BEFORE:
        return mine
    before = _key(settings.HARBOUR_LEDGER_KEY_BEFORE)
    if harbour_verify.key_id_of(_public(before)) != newest:
        return mine
    said = {"key_id": mine.key_id, "public": mine.public, "made_at": mine.made_at}
    return PublicKey(
        **said,
        endorsed_by=newest,
        endorsement=before.sign(harbour_verify.key_statement(said)).hex(),
    )


def sign_root(*, batch: int, chained: bytes, at: datetime) -> str:
    """Return the signature over a root as it stands at this moment."""
    said = {"batch": batch, "chained": chained.hex(), "signed_at": instant(at), "key_id": key_id()}
    return _key(settings.HARBOUR_LEDGER_KEY).sign(harbour_verify.root_statement(said)).hex()


# The five parts of a root, as a witness keeps them.
def root_line(
    *, batch: int, chained: bytes, signed_at: datetime, key_id: str, signature: str
) -> str:
    """Return a signed root as one line: what every witness is given, and nothing personal."""
    return json.dumps(
        {
            "harbour": "root",
            "batch": batch,
            "chained": chained.hex(),
            "signed_at": instant(signed_at),
            "key_id": key_id,
            "signature": signature,
        }
    )


def holds(public: bytes, root: Mapping[str, Any]) -> bool:
    """Say whether a signed root was signed with the key of this public half."""
    try:
        signature = bytes.fromhex(root["signature"])
        Ed25519PublicKey.from_public_bytes(public).verify(
            signature, harbour_verify.root_statement(dict(root))
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def instant(at: datetime) -> str:
    """Return a moment as it is signed: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()
