"""How a ledger row hashes and how batches chain: the same rule as the database's, in plain Python.

Source of the leaf and node prefixes: RFC 6962. This module imports nothing but the standard
library, so that an agency can check its rows without Harbour.
"""

import hashlib
from collections.abc import Iterable, Sequence

GENESIS = b"\x00"
RULE = "1"


def encode_fields(fields: Iterable[str | None]) -> bytes:
    """Encode fields so that no two rows encode alike: each carries its length, nothing is '-'."""
    parts = ["-" if each is None else f"{len(each.encode())}:{each}" for each in fields]
    return ",".join(parts).encode()


def leaf(fields: Iterable[str | None]) -> bytes:
    """Return the hash of one row's fields, given as the database prints them."""
    return hashlib.sha256(b"\x00" + encode_fields([RULE, *fields])).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves in order.

    An odd one moves up unchanged. Needs at least one leaf.
    """
    level = list(leaves)
    while len(level) > 1:
        pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
        level = [
            hashlib.sha256(b"\x01" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    return level[0]


def chained(*, previous: bytes, root: bytes, batch: int, entries: int) -> bytes:
    """Return the hash that ties a batch to the one before it."""
    return hashlib.sha256(
        previous
        + root
        + batch.to_bytes(8, "big", signed=True)
        + entries.to_bytes(4, "big", signed=True)
    ).digest()
