"""Export one agency's rows of the ledger with what proves them: for `harbour-verify`."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import IO, Any
from uuid import uuid4

from django.db import connection, transaction

from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import signing
from harbour.foundation.audit.harbour_verify import FIELDS, node_of
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.verification import PRINTED
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock

SEALS = "SELECT batch, sealed_at, entries, root, previous, chained FROM audit_seal"
KEYS = "SELECT key_id, public, made_at, endorsed_by, endorsement FROM audit_signingkey"
ROOTS = "SELECT batch, chained, signed_at, key_id, signature FROM audit_signedroot"
# Every root is in the witnesses' own files: the export shows the newest.
NEWEST_ROOTS = 100
AT_ONCE = 2000


def agency_named(name: str) -> Agency | None:
    """Return the agency with this name, whatever the case. Run as the migration role."""
    with _past_the_policies():
        return agencies.agency_named(name)


def write(agency: Agency, out: IO[str], *, since: int = 1) -> int:
    """Write the agency's rows from one batch on; return how many. Run as the migration role.

    That it was done is itself a row of the ledger.
    """
    at = clock.now()
    with _past_the_policies():
        head = {
            "harbour": "export",
            "version": 1,
            "agency": agency.name,
            "agency_id": str(agency.pk),
            "exported_at": signing.instant(at),
        }
        _put(out, head)
        for line in (*_keys(), *_seals(since), *_roots()):
            _put(out, line)
        count = 0
        for line in _proved(agency, since):
            _put(out, line)
            count += 1
        Entry(
            at=at,
            actor_name="An operator at the server",
            agency_id=agency.pk,
            agency_name=agency.name,
            act=Act.EXPORT,
            event="audit.agency_rows_exported",
            groups=["ledger"],
            results=count,
        ).save(force_insert=True)
    return count


def proof(leaves: Sequence[bytes], index: int) -> list[str]:
    """Return what stands beside a leaf on its way to the root, from below."""
    level, found = list(leaves), []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            found.append(level[beside].hex())
        level = [
            node_of(*level[place : place + 2]) if place + 1 < len(level) else level[place]
            for place in range(0, len(level), 2)
        ]
        index //= 2
    return found


def _proved(agency: Agency, since: int) -> Iterator[dict[str, Any]]:
    """Yield the agency's rows beside the leaves of their batches, both in the order of sealing."""
    leaves = _stream(
        "SELECT batch, id::text, leaf FROM audit_entry WHERE batch >= %s ORDER BY batch, "
        "audit_entry.id",
        [since],
    )
    mine = _stream(
        f"SELECT batch, {PRINTED} FROM audit_entry WHERE agency_id = %s "  # noqa: S608 - our own
        "AND coalesce(batch, %s) >= %s ORDER BY batch NULLS LAST, audit_entry.id",
        [agency.pk, since, since],
    )
    batches = groupby(leaves, key=lambda row: row[0])
    for batch, rows in groupby(mine, key=lambda row: row[0]):
        if batch is None:
            yield from (_line(None, 0, [], row[1:]) for row in rows)
            continue
        beside = list(next(found for each, found in batches if each == batch))
        place = {row[1]: index for index, row in enumerate(beside)}
        hashes = [bytes(row[2]) for row in beside]
        for row in rows:
            index = place[row[1]]
            yield _line(batch, index, proof(hashes, index), row[1:])


def _line(
    batch: int | None, index: int, beside: list[str], values: Sequence[str | None]
) -> dict[str, Any]:
    return {
        "harbour": "row",
        "batch": batch,
        "index": index,
        "proof": beside,
        "fields": dict(zip(FIELDS, values, strict=True)),
    }


def _keys() -> Iterator[dict[str, Any]]:
    for key_id, public, made_at, endorsed_by, endorsement in _stream(f"{KEYS} ORDER BY made_at"):
        yield {
            "harbour": "key",
            "key_id": key_id,
            "public": public,
            "made_at": signing.instant(made_at),
            "endorsed_by": endorsed_by,
            "endorsement": endorsement,
        }


def _seals(since: int) -> Iterator[dict[str, Any]]:
    for row in _stream(f"{SEALS} WHERE batch >= %s ORDER BY batch", [since]):
        batch, sealed_at, entries, root, previous, chained = row
        yield {
            "harbour": "seal",
            "batch": batch,
            "sealed_at": signing.instant(sealed_at),
            "entries": entries,
            "root": bytes(root).hex(),
            "previous": bytes(previous).hex(),
            "chained": bytes(chained).hex(),
        }


def _roots() -> Iterator[dict[str, Any]]:
    newest = list(_stream(f"{ROOTS} ORDER BY signed_at DESC LIMIT %s", [NEWEST_ROOTS]))
    for batch, chained, signed_at, key_id, signature in reversed(newest):
        line: dict[str, Any] = json.loads(
            signing.root_line(
                batch=batch,
                chained=bytes(chained),
                signed_at=signed_at,
                key_id=key_id,
                signature=signature,
            )
        )
        yield line


def _put(out: IO[str], line: dict[str, Any]) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _stream(sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield rows of a cursor on the server, so that a ledger of any length fits."""
    with connection.connection.cursor(name=f"export_{uuid4().hex}") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(sql, values)
        yield from cursor


@contextmanager
def _past_the_policies() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        yield
        cursor.execute(f"SET LOCAL ROLE {before}")
