#!/usr/bin/env python3
"""Check an export of Harbour's audit ledger against what your own witness kept.

    python3 harbour_verify.py EXPORT --key KEY --witness FILE

This file needs Python 3.9 or later and nothing else: no network, no database, no other package. It
reads the rows of one agency that the hub exported, and says whether each is as it was written and
stands where it was sealed, whether the chain of seals has no gap, and whether the ledger still
holds every root that your witness was given. What it cannot see stands in docs/verify.md.

It ends with 0 if everything holds and with 1 if anything does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RULE = "1"
GENESIS = b"\x00"
FIELDS = (
    "id", "at", "actor_id", "actor_name", "agency_id", "agency_name", "roles", "session", "request",
    "act", "event", "subjects", "about_kind", "about_id", "groups", "reason", "results", "detail",
)  # fmt: skip
# Checking a signature in plain Python takes about four milliseconds: of a long witness file the
# newest are checked, and every root of it is compared with the chain.
MOST_SIGNATURES = 1000

# --- Ed25519 (RFC 8032), verification only: nothing here is secret, so times may differ

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # (x, y, z, t) in extended coordinates


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a, b = x * x % P, y * y % P
    h = a + b
    e = h - (x + y) * (x + y) % P
    g = a - b
    f = 2 * z * z % P + g
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _decoded(text: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, or nothing."""
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    squared = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(squared, (P + 3) // 8, P)
    if (x * x - squared) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - squared) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE = _decoded(_BASE_Y.to_bytes(32, "little"))
NOWHERE: Point = (0, 1, 1, 0)


def _sum_of_multiples(one: int, first: Point, other: int, second: Point) -> Point:
    """Return one * first + other * second, both scalars walked together."""
    table = {1: first, 2: second, 3: _add(first, second)}
    found = NOWHERE
    for place in range(max(one.bit_length(), other.bit_length()) - 1, -1, -1):
        found = _double(found)
        wanted = (one >> place & 1) | (other >> place & 1) << 1
        if wanted:
            found = _add(found, table[wanted])
    return found


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the signature over the message was made with the key of this public half."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, number = _decoded(public), int.from_bytes(signature[32:], "little")
    if key is None or number >= ORDER or _BASE is None:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    factor = int.from_bytes(digest, "little") % ORDER
    minus_key = (P - key[0], key[1], key[2], P - key[3])
    return _encoded(_sum_of_multiples(number, _BASE, factor, minus_key)) == signature[:32]


# --- The ledger's own rules: how a row hashes, how rows stand in a batch, how batches chain


def leaf_of(values: Iterable[str | None]) -> bytes:
    """Return the hash of a row: every field with its length, nothing as '-'."""
    parts = ["-" if each is None else f"{len(each.encode())}:{each}" for each in values]
    return hashlib.sha256(b"\x00" + ",".join(["1:" + RULE, *parts]).encode()).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """Return the hash of two that stand beside each other."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that a leaf leads to; nothing where the proof has another length."""
    found, rest = leaf, list(proof)
    while size > 1:
        last = index == size - 1
        if not (last and size % 2):
            if not rest:
                return None
            beside = rest.pop(0)
            found = node_of(beside, found) if index % 2 else node_of(found, beside)
        index, size = index // 2, (size + 1) // 2
    return None if rest else found


def chained(previous: bytes, root: bytes, batch: int, entries: int) -> bytes:
    """Return the hash that ties a batch to the one before it."""
    return hashlib.sha256(
        previous + root + batch.to_bytes(8, "big") + entries.to_bytes(4, "big")
    ).digest()


def root_statement(line: dict[str, Any]) -> bytes:
    """Return the words that a signed root signs."""
    said = [line[name] for name in ("batch", "chained", "signed_at", "key_id")]
    return "|".join(["harbour root 1", *map(str, said)]).encode()


def key_statement(line: dict[str, Any]) -> bytes:
    """Return the words with which a key is endorsed by the key before it."""
    said = [line[name] for name in ("key_id", "public", "made_at")]
    return "|".join(["harbour key 1", *map(str, said)]).encode()


def key_id_of(public: str) -> str:
    """Return the id of a key, which is made of the key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


# --- Reading


@dataclass
class Export:
    """What the hub exported for one agency."""

    head: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=list)
    seals: list[dict[str, Any]] = field(default_factory=list)
    roots: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def lines_of(path: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file that holds one a line."""
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except ValueError:
                raise Unreadable(f"Line {number} of {path} cannot be read.") from None
            if not isinstance(found, dict):
                raise Unreadable(f"Line {number} of {path} is not an object.")
            yield found


class Unreadable(Exception):
    """A file cannot be read; the sentence says where."""


def read_export(path: str) -> Export:
    """Return an export, sorted into its kinds of lines."""
    export = Export()
    kinds = {"key": export.keys, "seal": export.seals, "root": export.roots, "row": export.rows}
    for line in lines_of(path):
        kind = line.get("harbour")
        if kind == "export":
            export.head = line
        elif kind in kinds:
            kinds[kind].append(line)
        else:
            raise Unreadable(f"{path} holds a line of a kind that this version does not know.")
    if not export.head:
        raise Unreadable(f"{path} does not begin as an export of the ledger does.")
    return export


def read_witness(path: str) -> list[dict[str, Any]]:
    """Return the signed roots that a witness kept; other lines are passed over."""
    return [line for line in lines_of(path) if line.get("harbour") == "root"]


# --- Checking


def check(
    export: Export, witness: list[dict[str, Any]] | None = None, key: str = ""
) -> tuple[list[str], list[str]]:
    """Return what does not hold, and what should be known beside it."""
    try:
        return _check(export, witness, key)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as problem:
        return [f"The export or the witness file has lost a part: {problem!r}."], []


def _check(
    export: Export, witness: list[dict[str, Any]] | None, key: str
) -> tuple[list[str], list[str]]:
    notes: list[str] = []
    found: list[str] = []
    keys = _trusted_keys(export.keys, key, notes)
    chain = {int(seal["batch"]): seal for seal in export.seals}
    found += _chain_findings(export.seals, witness, notes)
    found += _row_findings(export, chain)
    found += _root_findings("The export", export.roots, chain, keys, notes)
    if witness is None:
        notes.append("No witness file was given: whether the end was cut off cannot be seen.")
    elif not witness:
        found.append("The witness file holds no signed root.")
    else:
        found += _root_findings("Your witness", witness, chain, keys, notes)
        found += _end_findings(witness, chain)
    return found, notes


def _trusted_keys(keys: list[dict[str, Any]], given: str, notes: list[str]) -> dict[str, bytes]:
    """Return the keys that can be trusted: the one given, and those endorsed by one of these."""
    if given:
        trusted = {key_id_of(given): bytes.fromhex(given)}
    elif keys:
        first = keys[0]
        trusted = {key_id_of(first["public"]): bytes.fromhex(first["public"])}
        notes.append(
            "The key was taken from the export itself. Compare it with the one your agency was "
            f"given when its witness was set up, and name it with --key: {first['public']}"
        )
    else:
        trusted = {}
    for line in keys:
        endorser = trusted.get(line["endorsed_by"])
        if line["key_id"] in trusted or endorser is None:
            continue
        endorsement = bytes.fromhex(line["endorsement"])
        fits = line["key_id"] == key_id_of(line["public"])
        if fits and signature_holds(endorser, key_statement(line), endorsement):
            trusted[line["key_id"]] = bytes.fromhex(line["public"])
    return trusted


def _chain_findings(
    seals: list[dict[str, Any]], witness: list[dict[str, Any]] | None, notes: list[str]
) -> Iterator[str]:
    previous, expected = GENESIS, 1
    if seals and int(seals[0]["batch"]) != 1:
        expected, previous = int(seals[0]["batch"]), bytes.fromhex(seals[0]["previous"])
        before = {int(each["batch"]): each["chained"] for each in witness or ()}
        if before.get(expected - 1) == seals[0]["previous"]:
            notes.append(f"The export begins where your witness had batch {expected - 1}.")
        else:
            yield (
                f"The export begins with batch {expected}, and your witness does not hold batch "
                f"{expected - 1}."
            )
    for seal in seals:
        batch, entries = int(seal["batch"]), int(seal["entries"])
        root, before_it = bytes.fromhex(seal["root"]), bytes.fromhex(seal["previous"])
        if batch != expected:
            yield f"Between batch {expected - 1} and batch {batch} there is a gap."
        tied = chained(before_it, root, batch, entries)
        if before_it != previous or tied != bytes.fromhex(seal["chained"]):
            yield f"Batch {batch} is not tied to the one before it."
        previous, expected = bytes.fromhex(seal["chained"]), batch + 1


def _row_findings(export: Export, chain: dict[int, dict[str, Any]]) -> Iterator[str]:
    seen: set[Any] = set()
    for row in export.rows:
        values = [row["fields"][name] for name in FIELDS]
        name, batch = values[0], row["batch"]
        if row["fields"]["agency_id"] != export.head["agency_id"]:
            yield f"Row {name} is not of this agency."
        if name in seen or (batch is not None and (batch, row["index"]) in seen):
            yield f"Row {name} stands twice in the export."
        seen |= {name, (batch, row["index"])}
        if batch is None:
            continue  # not sealed yet
        seal = chain.get(int(batch))
        if seal is None:
            yield f"Row {name} names batch {batch}, which the export does not hold."
            continue
        proof = [bytes.fromhex(each) for each in row["proof"]]
        index, size = int(row["index"]), int(seal["entries"])
        reached = root_from(leaf_of(values), index, size, proof) if index < size else None
        if reached != bytes.fromhex(seal["root"]):
            yield f"Row {name} is not what was sealed in batch {batch}."


def _root_findings(
    who: str,
    roots: list[dict[str, Any]],
    chain: dict[int, dict[str, Any]],
    keys: dict[str, bytes],
    notes: list[str],
) -> Iterator[str]:
    first = min(chain, default=0)
    for root in roots:
        batch = int(root["batch"])
        there = chain.get(batch)
        if there is not None and there["chained"] != root["chained"]:
            yield f"{who} holds another root of batch {batch}: what came before was rewritten."
        elif there is None and first < batch < max(chain, default=0):
            yield f"{who} holds a root of batch {batch}, which is gone."
    for root in roots[-MOST_SIGNATURES:]:
        key = keys.get(root["key_id"])
        if key is None:
            yield (
                f"{who} holds a root of batch {root['batch']} under key {root['key_id']}, which "
                "no key that you trust endorsed."
            )
        elif not signature_holds(key, root_statement(root), bytes.fromhex(root["signature"])):
            yield f"{who} holds a root of batch {root['batch']} that the hub did not sign."
    if len(roots) > MOST_SIGNATURES:
        notes.append(
            f"{who} holds {len(roots)} signed roots: all were compared with the chain, the "
            f"signatures of the newest {MOST_SIGNATURES} were checked."
        )


def _end_findings(witness: list[dict[str, Any]], chain: dict[int, dict[str, Any]]) -> Iterator[str]:
    newest, end = max(int(each["batch"]) for each in witness), max(chain, default=0)
    if newest > end:
        yield (
            f"Your witness was given batch {newest}, and the export ends with batch {end}: the "
            "end of the ledger was cut off."
        )


def _check_key(given: str) -> None:
    if given and len(bytes.fromhex(given)) != 32:
        raise Unreadable("--key is not 64 hexadecimal digits.")


def main(argv: Sequence[str] | None = None) -> int:
    """Check the files that are named, and say what was found."""
    parser = argparse.ArgumentParser(
        prog="harbour-verify", description="Check an export of Harbour's ledger offline."
    )
    parser.add_argument("export", help="the export of your agency's rows, from the hub")
    parser.add_argument("--witness", help="the file of signed roots that your agency kept")
    parser.add_argument("--key", default="", help="the hub's public key, 64 hexadecimal digits")
    options = parser.parse_args(argv)
    try:
        export = read_export(options.export)
        witness = read_witness(options.witness) if options.witness else None
        _check_key(options.key)
    except (OSError, ValueError, Unreadable) as problem:
        print(problem)
        return 1
    found, notes = check(export, witness, options.key.lower())
    unsealed = sum(1 for row in export.rows if row.get("batch") is None)
    print(f"Export of {export.head.get('agency')}, made {export.head.get('exported_at')}.")
    print(
        f"{len(export.rows)} rows, {unsealed} of them not sealed yet, in a chain of "
        f"{len(export.seals)} batches."
    )
    if witness:
        print(f"{len(witness)} signed roots of your witness.")
    for sentence in notes:
        print(f"Note: {sentence}")
    for sentence in found[:100]:
        print(f"- {sentence}")
    if len(found) > 100:
        print(f"- and {len(found) - 100} more.")
    print("The ledger does NOT hold." if found else "The ledger holds.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
