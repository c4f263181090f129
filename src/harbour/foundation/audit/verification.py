"""Check the whole ledger against its seals.

With the rule in Python rather than the database's own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from harbour.foundation.audit import rules

ROWS = """
SELECT batch, leaf, id::text, at, actor_id::text, actor_name, agency_id::text, agency_name, roles,
session, request,
    act, event, subjects::text, about_kind, about_id::text, groups::text, reason, results::text,
    detail::text
FROM audit_entry ORDER BY id
"""
SEALS = "SELECT batch, entries, root, previous, chained FROM audit_seal ORDER BY batch"


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


def verify() -> Verdict:
    """Read every row and every seal and say what does not agree.

    Run as a role that reads past the policies (the migration role, or the tests'). Cutting off the
    end together with its seals cannot be seen from inside the database.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        cursor.execute(ROWS)
        leaves: dict[int | None, list[bytes]] = defaultdict(list)
        findings: list[Finding] = []
        for row in cursor.fetchall():
            computed = _leaf_of(row)
            leaves[row[0]].append(computed)
            if computed != bytes(row[1] or b""):
                findings.append(
                    Finding(
                        batch=row[0], sentence=f"Entry {row[2]} was changed after it was written."
                    )
                )
        cursor.execute(SEALS)
        seals = cursor.fetchall()
        cursor.execute(f"SET LOCAL ROLE {before}")
    entries = sum(map(len, leaves.values()))
    unsealed = len(leaves.pop(None, []))
    findings += _chain_findings(seals, leaves)
    return Verdict(
        entries=entries,
        unsealed=unsealed,
        batches=len(seals),
        findings=tuple(findings),
    )


def _leaf_of(row: tuple[object, ...]) -> bytes:
    fields = [None if each is None else str(each) for each in row[2:]]
    fields[1] = rules.microseconds(row[3])  # type: ignore[arg-type]  # the column is a timestamp
    return rules.leaf(fields)


def _chain_findings(
    seals: list[tuple[int, int, bytes, bytes, bytes]], leaves: dict[int | None, list[bytes]]
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
