"""Encryption of what is kept of a person: a key each, wrapped by the installation's master key.

Whoever destroys a person's wrapped key has destroyed every file under it, in every copy and backup
that holds the files without the key. AES-256-GCM throughout; what a sealed thing belongs to is
bound to it, so that it opens nowhere else.
"""

import os
import secrets
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from harbour.foundation.kernel.refusals import Refused

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SALT_BYTES: Final = 16
# Letters and digits that sound and look like no other.
SPOKEN: Final = "BCDFGHJKMNPQRTVWXYZ2346789"
# The number of the master key, the first byte of every wrapped key: a new one can follow it.
MASTER: Final = b"\x01"
NO_MASTER = (
    "Files cannot be kept on this installation yet: its operator has to set HARBOUR_FILE_KEY."
)


class Unreadable(Exception):
    """The bytes were changed, belong elsewhere, or their key is gone."""


def new_key() -> bytes:
    """Return a key that nothing else has."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def wrapped(key: bytes, *, of: UUID) -> bytes:
    """Return a person's key as it may be stored: of use only with the master key."""
    return MASTER + sealed(key, key=_master(), of=of)


def unwrapped(stored: bytes, *, of: UUID) -> bytes:
    """Return a person's key from how it is stored; raise `Unreadable` if it is not that person's.

    Or if it was destroyed.
    """
    if stored[:1] != MASTER:
        raise Unreadable
    return opened(stored[1:], key=_master(), of=of)


def sealed(plain: bytes, *, key: bytes, of: UUID) -> bytes:
    """Return bytes encrypted, bound to what they belong to."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, of.bytes)


def opened(stored: bytes, *, key: bytes, of: UUID) -> bytes:
    """Return encrypted bytes as they were; raise `Unreadable` if anything of them is not so."""
    try:
        return AESGCM(key).decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], of.bytes)
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable from wrong


def new_salt() -> bytes:
    """Return what makes a key from a passphrase unlike every other from the same."""
    return os.urandom(SALT_BYTES)


def spoken() -> str:
    """Return a passphrase to be told by telephone: three groups of four, 56 bits, no vowels."""
    groups = ("".join(secrets.choice(SPOKEN) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def from_passphrase(passphrase: str, *, salt: bytes) -> bytes:
    """Return the key of a passphrase, however it was written down: scrypt, slow on purpose."""
    heard = "".join(each for each in passphrase.upper() if each in SPOKEN)
    return Scrypt(salt=salt, length=KEY_BYTES, n=2**15, r=8, p=1).derive(heard.encode())


def _master() -> bytes:
    key: bytes = settings.HARBOUR_FILE_KEY
    if len(key) != KEY_BYTES:
        raise Refused(NO_MASTER)
    return key
