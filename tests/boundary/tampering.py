"""Change a ledger as the server's administrator could, at random, and ask whether it is seen.

The administrator passes every policy, grant and trigger, knows every rule of the ledger and repairs
as much as they like: hashes, seals, the chain to its end, the signed roots, even the table of keys.
They lack two things: the key that signs, and what lies with the witnesses.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.audit import (
    actions,
    harbour_verify,
    rules,
    signing,
    verification,
    witnessing,
)
from harbour.foundation.audit.tasks import seal
from harbour.foundation.audit.vocabulary import Act, WitnessKind
from harbour.foundation.kernel import clock

BATCHES = 8
# What the administrator repairs after the deed: each line more than the one above it.
REPAIRS = (
    "nothing",
    "the leaf",
    "the batch",
    "the chain",
    "the signed roots",
    "a key of their own",
)
EDITS: dict[str, str] = {
    "id": "gen_random_uuid()",
    "at": "at + make_interval(secs => %(number)s)",
    "actor_id": "gen_random_uuid()",
    "actor_name": "actor_name || %(word)s",
    "agency_id": "gen_random_uuid()",
    "agency_name": "%(word)s || agency_name",
    "roles": "roles || %(word)s",
    "session": "session || %(word)s",
    "request": "request || %(word)s",
    "act": "CASE act WHEN 'consult' THEN 'search' ELSE 'consult' END",
    "event": "event || %(word)s",
    "subjects": "array_append(subjects, gen_random_uuid())",
    "about_kind": "about_kind || %(word)s",
    "about_id": "gen_random_uuid()",
    "groups": "array_append(groups, %(word)s)",
    "reason": "%(word)s",
    "results": "coalesce(results, 0) + %(number)s",
    "detail": "detail || jsonb_build_object(%(word)s::text, %(number)s::int)",
}


Seal = tuple[int, int, bytes, bytes, bytes]


@dataclass(kw_only=True)
class Score:
    """How many tamperings of each kind there were, and which were not seen."""

    done: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def look(user: User, *, times: int = 1) -> None:
    """Write that somebody looked at a record, so many times."""
    with acting_as(user.pk) as reader:
        for place in range(times):
            actions.record(
                Act.CONSULT,
                "people.child",
                by=reader,
                at=clock.now(),
                groups=["identity", "case"],
                reason='Strategy discussion, "urgent" - é',
                results=place,
                detail={"count": place, "open": True},
            )


def write_ledger(cast: SimpleNamespace) -> None:
    """Write batches of several agencies, each signed and handed to the police's witness file.

    Settings name the ledger's key and the witnesses' folder.
    """
    with acting_as(cast.records_officer.pk) as by:
        actions.add_witness(
            agency=cast.police,
            kind=WitnessKind.FILE,
            address="police.jsonl",
            by=by,
            at=clock.now(),
        )
    people = (cast.nurse, cast.detective, cast.front_door)
    for number in range(BATCHES):
        for each in people[: number % 3 + 1]:
            look(each, times=number % 4 + 1)
        seal()
        if not (witnessing.sign() and witnessing.deliver()):
            raise RuntimeError("The witness did not get its root.")


def run(
    *,
    count: int,
    seed: int,
    witness: Sequence[dict[str, Any]],
    unseen: Callable[[], bool] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Score:
    """Tamper so many times, each from the untouched ledger; run as the administrator.

    `unseen` asks another eye whether it finds nothing; else the hub's own verification is asked.
    """
    chance, score = random.Random(seed), Score()
    whole = verification.read()
    whole.rows = [each for each in whole.rows if each[0] is not None]
    while sum(score.done.values()) < count:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
            what = _tamper(chance, whole)
            changed = verification.read()
            changed.rows = [each for each in changed.rows if each[0] is not None]
            if (changed.rows, changed.seals) != (whole.rows, whole.seals):
                score.done[what.split(":", 1)[0]] += 1
                if _unseen(changed, witness) if unseen is None else unseen():
                    score.missed.append(what)
            transaction.set_rollback(True)
        if sum(score.done.values()) % 1000 == 0:
            progress(sum(score.done.values()))
    return score


def _unseen(ledger: verification.Ledger, witness: Sequence[dict[str, Any]]) -> bool:
    return not verification.judge(ledger, witness).findings


def _tamper(chance: random.Random, whole: verification.Ledger) -> str:
    deed = chance.choice(list(DEEDS))
    repair = chance.randrange(len(REPAIRS))
    batch = DEEDS[deed](chance, whole)
    _repair(batch, repair)
    return f"{deed}: then repaired {REPAIRS[repair]}, from batch {batch}"


def _sql(statement: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _row(chance: random.Random, whole: verification.Ledger) -> tuple[int, str]:
    row = chance.choice(whole.rows)
    return row[0], row[2]


def _edit(chance: random.Random, whole: verification.Ledger) -> int:
    batch, row = _row(chance, whole)
    column = chance.choice(list(EDITS))
    _sql(
        f"UPDATE audit_entry SET {column} = {EDITS[column]} WHERE id = %(row)s::uuid",
        row=row,
        word=chance.choice(["x", " ", "é", "nobody", ","]),
        number=chance.randint(1, 99),
    )
    return batch


def _delete(chance: random.Random, whole: verification.Ledger) -> int:
    batch, row = _row(chance, whole)
    _sql("DELETE FROM audit_entry WHERE id = %(row)s::uuid", row=row)
    return batch


def _insert(chance: random.Random, whole: verification.Ledger) -> int:
    batch, row = _row(chance, whole)
    _sql(
        """INSERT INTO audit_entry (id, at, actor_id, actor_name, agency_id, agency_name, roles,
            session, request, act, event, subjects, about_kind, about_id, groups, reason, results,
            detail, leaf, xid, batch)
        SELECT %(new)s::uuid, at, actor_id, actor_name, agency_id, agency_name, roles, session,
            request, act, event, subjects, about_kind, about_id, groups, 'as if', results, detail,
            leaf, xid, batch FROM audit_entry WHERE id = %(row)s::uuid""",
        row=row,
        new=UUID(int=chance.getrandbits(128), version=4),
    )
    return batch


def _move(chance: random.Random, whole: verification.Ledger) -> int:
    """Put a row into another batch."""
    batch, row = _row(chance, whole)
    other = chance.choice([each[0] for each in whole.seals if each[0] != batch])
    _sql("UPDATE audit_entry SET batch = %(other)s WHERE id = %(row)s::uuid", row=row, other=other)
    return min(batch, other)


def _swap_rows(chance: random.Random, whole: verification.Ledger) -> int:
    """Let two rows change places: each takes the other's id."""
    one, other = chance.sample(whole.rows, 2)
    _sql("UPDATE audit_entry SET id = %(new)s::uuid WHERE id = %(old)s::uuid", old=one[2], new=MID)
    _sql("UPDATE audit_entry SET id = %(a)s::uuid WHERE id = %(b)s::uuid", a=one[2], b=other[2])
    _sql("UPDATE audit_entry SET id = %(a)s::uuid WHERE id = %(b)s::uuid", a=other[2], b=MID)
    return int(min(one[0], other[0]))


def _swap_batches(chance: random.Random, whole: verification.Ledger) -> int:
    """Let two whole batches change places, rows and seals."""
    one, other = (each[0] for each in chance.sample(list(whole.seals), 2))
    for table in ("audit_entry", "audit_seal"):
        _sql(f"UPDATE {table} SET batch = -1 WHERE batch = %(a)s", a=one)
        _sql(f"UPDATE {table} SET batch = %(a)s WHERE batch = %(b)s", a=one, b=other)
        _sql(f"UPDATE {table} SET batch = %(b)s WHERE batch = -1", b=other)
    return int(min(one, other))


def _drop_batch(chance: random.Random, whole: verification.Ledger) -> int:
    """Take a batch out, its rows with it, and close the gap."""
    gone = chance.choice(whole.seals)[0]
    for table in ("audit_entry", "audit_seal"):
        _sql(f"DELETE FROM {table} WHERE batch = %(gone)s", gone=gone)
        if chance.random() < 0.7:
            _sql(f"UPDATE {table} SET batch = -batch WHERE batch > %(gone)s", gone=gone)
            _sql(f"UPDATE {table} SET batch = -batch - 1 WHERE batch < 0")
    return gone


def _cut_tail(chance: random.Random, whole: verification.Ledger) -> int:
    """Take the newest batches away, with their rows and their signed roots."""
    last = chance.randint(0, len(whole.seals) - 1)
    for table in ("audit_entry", "audit_seal", "audit_signedroot"):
        _sql(f"DELETE FROM {table} WHERE batch > %(last)s", last=last)
    return last + 1


def _edit_seal(chance: random.Random, whole: verification.Ledger) -> int:
    batch = chance.choice(whole.seals)[0]
    column = chance.choice(["entries", "root", "previous", "chained"])
    new = "entries + 1" if column == "entries" else f"sha256({column})"
    _sql(f"UPDATE audit_seal SET {column} = {new} WHERE batch = %(batch)s", batch=batch)
    return batch


MID = str(uuid4())
OWN_KEY = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
OWN_PUBLIC = OWN_KEY.public_key().public_bytes_raw().hex()
DEEDS: dict[str, Callable[[random.Random, verification.Ledger], int]] = {
    "a row edited": _edit,
    "a row deleted": _delete,
    "a row inserted": _insert,
    "a row moved": _move,
    "two rows swapped": _swap_rows,
    "two batches swapped": _swap_batches,
    "a batch taken out": _drop_batch,
    "the end cut off": _cut_tail,
    "a seal edited": _edit_seal,
}


def _repair(batch: int, far: int) -> None:
    """Make good what was done, as far as the administrator goes."""
    if far == 0:
        return
    ledger = verification.read()
    leaves: dict[int, list[bytes]] = {}
    wrong: list[tuple[bytes, str]] = []
    for its_batch, old, *fields in ledger.rows:
        if its_batch is None:
            continue
        leaf = rules.leaf(fields)
        leaves.setdefault(its_batch, []).append(leaf)
        if leaf != bytes(old):
            wrong.append((leaf, fields[0]))
    if wrong:
        _sql(
            """UPDATE audit_entry e SET leaf = n.leaf
            FROM unnest(%(leaves)s::bytea[], %(ids)s::uuid[]) AS n (leaf, id) WHERE e.id = n.id""",
            leaves=[leaf for leaf, _ in wrong],
            ids=[row for _, row in wrong],
        )
    seals = list(ledger.seals)
    if far >= 2:
        seals = _reseal(seals, leaves, batch, whole_chain=far >= 3)
    if far >= 4:
        _sql("DELETE FROM audit_signedroot WHERE batch >= %(batch)s", batch=batch)
    if far >= 5:
        _sign_with_own_key(seals)


def _reseal(
    seals: Sequence[Seal], leaves: dict[int, list[bytes]], batch: int, *, whole_chain: bool
) -> list[Seal]:
    previous, made = rules.GENESIS, []
    for number, entries, root, before, chained in seals:
        seal = (number, entries, bytes(root), bytes(before), bytes(chained))
        if number == batch or (whole_chain and number > batch):
            mine = leaves.get(number, [])
            count = len(mine) or entries
            new_root = rules.merkle_root(mine) if mine else bytes(root)
            end = rules.chained(previous=previous, root=new_root, batch=number, entries=count)
            seal = (number, count, new_root, previous, end)
        made.append(seal)
        previous = seal[4]
    if not made:
        return made
    names = ("batches", "entries", "roots", "befores", "chains")
    _sql(
        """UPDATE audit_seal s SET entries = n.entries, root = n.root, previous = n.previous,
            chained = n.chained
        FROM unnest(%(batches)s::bigint[], %(entries)s::int[], %(roots)s::bytea[],
            %(befores)s::bytea[], %(chains)s::bytea[])
            AS n (batch, entries, root, previous, chained)
        WHERE s.batch = n.batch AND s.chained <> n.chained""",
        **dict(zip(names, map(list, zip(*made, strict=True)), strict=True)),
    )
    return made


def _sign_with_own_key(seals: Sequence[Seal]) -> None:
    """Publish a key as the hub's and sign every root with it."""
    key_id = harbour_verify.key_id_of(OWN_PUBLIC)
    _sql(
        "INSERT INTO audit_signingkey VALUES (%(key)s, %(public)s, now(), '', '')",
        key=key_id,
        public=OWN_PUBLIC,
    )
    at = clock.now()
    instant = signing.instant(at)
    signatures = [
        OWN_KEY.sign(f"harbour root 1|{batch}|{bytes(chained).hex()}|{instant}|{key_id}".encode())
        for batch, _, _, _, chained in seals
    ]
    _sql("DELETE FROM audit_signedroot")
    _sql(
        """INSERT INTO audit_signedroot (id, batch, chained, signed_at, key_id, signature)
        SELECT gen_random_uuid(), n.batch, n.chained, %(at)s, %(key)s, n.signature
        FROM unnest(%(batches)s::bigint[], %(chains)s::bytea[], %(signatures)s::text[])
            AS n (batch, chained, signature)""",
        at=at,
        key=key_id,
        batches=[each[0] for each in seals],
        chains=[bytes(each[4]) for each in seals],
        signatures=[each.hex() for each in signatures],
    )
