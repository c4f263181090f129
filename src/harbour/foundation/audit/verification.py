"""Check the whole ledger against its seals, its signed roots and a witness.

With the rule in Python rather than the database's own. Reading and judging are apart: what was read
can be judged anywhere.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from harbour.foundation.audit import rules, signing

# The fields of a row as its hash takes them, printed as the database prints them.
PRINTED = """id::text, ((extract(epoch FROM at) * 1000000)::bigint)::text AS at, actor_id::text,
    actor_name, agency_id::text, agency_name, roles, session, request, act, event, subjects::text,
    about_kind, about_id::text, groups::text, reason, results::text, detail::text"""
ROWS = f"SELECT batch, leaf, {PRINTED} FROM audit_entry ORDER BY audit_entry.id"  # noqa: S608 - ours
SEALS = "SELECT batch, entries, root, previous, chained FROM audit_seal ORDER BY batch"
ROOTS = """SELECT batch, chained, signed_at, key_id, signature FROM audit_signedroot
    ORDER BY signed_at DESC LIMIT %s"""
KEYS = "SELECT key_id, public, made_at, endorsed_by, endorsement FROM audit_signingkey"
# Of the signed roots in the database the newest are checked; the others are with the witnesses.
NEWEST_ROOTS = 1000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something in the ledger that is not as it was written."""

    batch: int | None
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was read and what was found."""

    entries: int
    unsealed: int
    batches: int
    findings: tuple[Finding, ...]


@dataclass(kw_only=True)
class Ledger:
    """What was read: rows, seals, signed roots and the keys that signed them."""

    rows: Sequence[tuple[Any, ...]]
    seals: Sequence[tuple[int, int, bytes, bytes, bytes]]
    roots: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, bytes] = field(default_factory=dict)


def verify(witness: Sequence[dict[str, Any]] = ()) -> Verdict:
    """Read every row and every seal and say what does not agree.

    Run as a role that reads past the policies (the migration role, or the tests'). Cutting off the
    end together with its seals and signed roots is only seen with what a witness kept.
    """
    return judge(read(), witness)


def read() -> Ledger:
    """Read the whole ledger past the policies."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        cursor.execute(ROWS)
        rows = cursor.fetchall()
        cursor.execute(SEALS)
        seals = cursor.fetchall()
        cursor.execute(ROOTS, [NEWEST_ROOTS])
        roots = [_root(*row) for row in reversed(cursor.fetchall())]
        cursor.execute(KEYS)
        keys = {row[0]: bytes.fromhex(row[1]) for row in cursor.fetchall()}
        cursor.execute(f"SET LOCAL ROLE {before}")
    return Ledger(rows=rows, seals=seals, roots=roots, keys=keys)


def judge(ledger: Ledger, witness: Sequence[dict[str, Any]] = ()) -> Verdict:
    """Say what of a ledger does not agree with itself, its signatures and its witness."""
    leaves: dict[int | None, list[bytes]] = defaultdict(list)
    findings: list[Finding] = []
    for batch, leaf, *fields in ledger.rows:
        computed = rules.leaf(fields)
        leaves[batch].append(computed)
        if computed != bytes(leaf or b""):
            findings.append(
                Finding(
                    batch=batch, sentence=f"Entry {fields[0]} was changed after it was written."
                )
            )
    unsealed = len(leaves.pop(None, []))
    findings += _chain_findings(ledger.seals, leaves)
    chain = {batch: bytes(chained) for batch, _, _, _, chained in ledger.seals}
    findings += _root_findings("A signed root", ledger.roots, chain, ledger.keys)
    findings += _root_findings("The witness", witness, chain, ledger.keys)
    return Verdict(
        entries=len(ledger.rows),
        unsealed=unsealed,
        batches=len(ledger.seals),
        findings=tuple(findings),
    )


def _root(
    batch: int, chained: bytes, signed_at: Any, key_id: str, signature: str
) -> dict[str, Any]:
    return {
        "batch": batch,
        "chained": bytes(chained).hex(),
        "signed_at": signing.instant(signed_at),
        "key_id": key_id,
        "signature": signature,
    }


def _chain_findings(
    seals: Sequence[tuple[int, int, bytes, bytes, bytes]], leaves: dict[int | None, list[bytes]]
) -> Iterator[Finding]:
    previous, expected = rules.GENESIS, 1
    for batch, entries, root, before, chain in seals:
        mine = leaves.pop(batch, [])
        if batch != expected:
            yield Finding(batch=batch, sentence=f"A batch between {expected} and {batch} is gone.")
        if len(mine) != entries:
            yield Finding(
                batch=batch,
                sentence=f"Batch {batch} sealed {entries} entries and holds {len(mine)}.",
            )
        if not mine or rules.merkle_root(mine) != bytes(root):
            yield Finding(batch=batch, sentence=f"Batch {batch} does not hold what was sealed.")
        made = rules.chained(previous=bytes(before), root=bytes(root), batch=batch, entries=entries)
        if bytes(before) != previous or made != bytes(chain):
            yield Finding(batch=batch, sentence=f"Batch {batch} is not tied to the one before it.")
        previous, expected = bytes(chain), batch + 1
    for loose in leaves:
        yield Finding(batch=loose, sentence=f"Batch {loose} has entries but no seal.")


def _root_findings(
    who: str, roots: Sequence[dict[str, Any]], chain: dict[int, bytes], keys: dict[str, bytes]
) -> Iterator[Finding]:
    end = max(chain, default=0)
    for root in roots:
        batch, key = int(root["batch"]), keys.get(root["key_id"])
        there = chain.get(batch)
        if there is None:
            gone = "the end was cut off" if batch > end else "it is gone"
            yield Finding(
                batch=batch,
                sentence=f"{who} knows batch {batch}, and the ledger does not: {gone}.",
            )
        elif there.hex() != root["chained"]:
            yield Finding(batch=batch, sentence=f"{who} knows another root of batch {batch}.")
        if key is None or not signing.holds(key, root):
            yield Finding(
                batch=batch, sentence=f"{who} of batch {batch} was not signed by the hub."
            )
