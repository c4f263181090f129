"""Contexts that were forged or replayed, by the thousand, and what injected words may reach."""

import hashlib
import hmac
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connection, transaction

from harbour.foundation.access import context

AT_ONCE = 2000
# Runs as the application, tells each token to the database and asks it who that is.
ASK = """
CREATE OR REPLACE FUNCTION boundary_who(p_tokens text[]) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    v_taken text[] := '{}';
BEGIN
    FOR v_index IN 1 .. cardinality(p_tokens) LOOP
        PERFORM set_config('harbour.ctx', p_tokens[v_index], true);
        IF harbour_sec.uid() IS NOT NULL THEN v_taken := v_taken || p_tokens[v_index]; END IF;
    END LOOP;
    PERFORM set_config('harbour.ctx', '', true);
    RETURN v_taken;
END $$;
GRANT EXECUTE ON FUNCTION boundary_who(text[]) TO harbour_app
"""


@dataclass(kw_only=True)
class Score:
    """How many of each kind were tried, and which were taken for genuine."""

    tried: Counter[str] = field(default_factory=Counter)
    taken: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Genuine:
    """A token of this transaction, and tokens that were genuine in others."""

    token: str
    replayed: tuple[str, ...]
    victim: UUID
    backend: int
    started: int


def run(
    *,
    count: int,
    seed: int,
    by: UUID,
    victim: UUID,
    progress: Callable[[int], None] = lambda _: None,
) -> Score:
    """Try so many tokens, in transactions of which each knows tokens of the others."""
    chance, score = random.Random(seed), Score()
    old: list[str] = []
    while sum(score.tried.values()) < count:
        with transaction.atomic():
            genuine = _genuine(by, victim, tuple(old[-50:]))
            if _taken([genuine.token]) != [genuine.token]:
                raise RuntimeError("The genuine token was not taken: the test proves nothing.")
            left = min(AT_ONCE, count - sum(score.tried.values()))
            forged = dict(_forged(chance, genuine, left))
            score.tried.update(forged.values())
            score.taken += [f"{forged[each]}: {each}" for each in _taken(list(forged))]
        old.append(genuine.token)
        progress(sum(score.tried.values()))
    return score


def prepare() -> None:
    """Make the function that asks, as the owner of the tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")
        cursor.execute(ASK)


def forget() -> None:
    """Take that function away again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")
        cursor.execute("DROP FUNCTION boundary_who(text[])")


def _genuine(by: UUID, victim: UUID, replayed: tuple[str, ...]) -> Genuine:
    context.bind(by, "forging")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('harbour.ctx')")
        token = str(cursor.fetchone()[0])
    _, _, _, backend, started, _ = token.split("|")
    return Genuine(
        token=token,
        replayed=replayed,
        victim=victim,
        backend=int(backend),
        started=int(started),
    )


def _taken(tokens: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT boundary_who(%s)", [tokens])
        found: list[str] = cursor.fetchone()[0]
        return found


def _forged(chance: random.Random, genuine: Genuine, count: int) -> Iterator[tuple[str, str]]:
    kinds = list(FORGERIES)
    made: set[str] = {genuine.token}
    while len(made) <= count:
        kind = chance.choice(kinds)
        token = FORGERIES[kind](chance, genuine)
        if token in made or "\x00" in token:
            continue
        made.add(token)
        yield token, kind


def _changed(chance: random.Random, genuine: Genuine) -> str:
    place = chance.randrange(len(genuine.token))
    letter = chance.choice("0123456789abcdef|- é'")
    return genuine.token[:place] + letter + genuine.token[place + 1 :]


def _another_user(chance: random.Random, genuine: Genuine) -> str:
    parts = genuine.token.split("|")
    parts[1] = str(chance.choice([genuine.victim, uuid4()]))
    parts[2] = chance.choice([parts[2], f"{chance.getrandbits(64):016x}"])
    return "|".join(parts)


def _another_key(chance: random.Random, genuine: Genuine) -> str:
    """Sign as the hub does, with a key that is guessed: random, empty, or a public value."""
    key = chance.choice(
        [chance.randbytes(64), b"", settings.SECRET_KEY.encode()[:64], b"\x00" * 64, b"harbour"]
    )
    body = f"1|{genuine.victim}|{chance.getrandbits(64):016x}|{genuine.backend}|{genuine.started}"
    return f"{body}|{hmac.new(key, body.encode(), hashlib.sha256).hexdigest()}"


def _plain_hash(chance: random.Random, genuine: Genuine) -> str:
    body = f"1|{genuine.victim}|{chance.getrandbits(32)}|{genuine.backend}|{genuine.started}"
    return f"{body}|{hashlib.sha256(body.encode()).hexdigest()}"


def _replayed(chance: random.Random, genuine: Genuine) -> str:
    """Take a token that was genuine before, with or without this transaction's own marks."""
    old = chance.choice(genuine.replayed or (genuine.token,)).split("|")
    now = [*old[:3], str(genuine.backend), str(genuine.started), old[5]]
    which = chance.choice([old, now, [*now[:2], f"{chance.getrandbits(64):016x}", *now[3:]]])
    return "|".join(which)


def _another_moment(chance: random.Random, genuine: Genuine) -> str:
    parts = genuine.token.split("|")
    parts[4] = str(genuine.started + chance.randint(-(10**6), 10**6))
    return "|".join(parts)


def _another_backend(chance: random.Random, genuine: Genuine) -> str:
    parts = genuine.token.split("|")
    parts[3] = str(chance.randint(1, 4_194_304))
    return "|".join(parts)


def _another_shape(chance: random.Random, genuine: Genuine) -> str:
    parts = genuine.token.split("|")
    chance.shuffle(parts)
    return chance.choice(
        [
            "|".join(parts),
            "|".join(parts[: chance.randint(0, 5)]) + str(chance.random()),
            genuine.token + "|" + str(chance.random()),
            str(chance.random()) + genuine.token,
            genuine.token.replace("|", chance.choice(["||", ",", "\n"])) + str(chance.random()),
        ]
    )


def _noise(chance: random.Random, genuine: Genuine) -> str:
    del genuine
    return "".join(
        chance.choice("0123456789abcdef|'\";\\ é") for _ in range(chance.randint(1, 200))
    )


FORGERIES: dict[str, Callable[[random.Random, Genuine], str]] = {
    "a letter changed": _changed,
    "another user": _another_user,
    "another key": _another_key,
    "a plain hash": _plain_hash,
    "replayed": _replayed,
    "another moment": _another_moment,
    "another backend": _another_backend,
    "another shape": _another_shape,
    "noise": _noise,
}

# What somebody writes where a statement takes words as they are. Each is meant to reach the child
# of somebody else, the key, another role, a file, or another's statements.
INJECTIONS = (
    "x' OR '1'='1",
    "x' OR true --",
    "x' UNION SELECT given, family FROM people_name --",
    "x' UNION SELECT id::text, '' FROM people_person --",
    "x' UNION SELECT given_key, family_key FROM people_name --",
    "x' UNION SELECT event, detail::text FROM audit_entry --",
    "x' UNION SELECT encode(ipad, 'hex'), '' FROM harbour_sec.ctx_key --",
    "x' UNION SELECT harbour_sec.hmac(1, 'x')::text, '' --",
    "x' UNION SELECT set_config('harbour.ctx', '{forged}', true), '' --",
    "x' UNION SELECT set_config('role', 'harbour_sec_owner', true), '' --",
    "x' UNION SELECT set_config('session_authorization', 'postgres', true), '' --",
    "x' UNION SELECT set_config('row_security', 'off', true), '' --",
    "x' UNION SELECT pg_read_file('/etc/passwd'), '' --",
    "x' UNION SELECT lo_import('/etc/passwd')::text, '' --",
    "x' UNION SELECT query, usename::text FROM pg_stat_activity --",
    "x' UNION SELECT query_to_xml('SELECT * FROM people_name', true, true, '')::text, '' --",
    "x' UNION SELECT database_to_xml(true, true, '')::text, '' --",
    "x' UNION SELECT table_to_xml('people_name', true, true, '')::text, '' --",
    "x' UNION SELECT harbour_sec.audit_leaf()::text, '' --",
    "x' UNION SELECT most_common_vals::text, attname::text FROM pg_stats --",
    "x' UNION SELECT passwd, usename::text FROM pg_shadow --",
    "x' UNION SELECT session_key, session_data FROM django_session WHERE false --",
)


def injected(cursor: psycopg.Cursor[tuple[object, ...]], payload: str) -> list[tuple[object, ...]]:
    """Run a statement with words put into it as they are: the hole that is planted here."""
    cursor.execute(f"SELECT given, family FROM people_name WHERE family = '{payload}'".encode())
    first = cursor.fetchall()
    # What an injected setting would open shows itself in the next statement.
    cursor.execute("SELECT given, family FROM people_name")
    return [*first, *cursor.fetchall()]


def bind(cursor: psycopg.Cursor[tuple[object, ...]], user_id: UUID) -> None:
    """Bind a transaction of a connection that is not Django's, as the hub would."""
    cursor.execute(
        "SELECT pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint"
    )
    backend, started = cursor.fetchone() or (0, 0)
    token = context._token(user_id, "", int(str(backend)), int(str(started)))
    cursor.execute("SELECT set_config('harbour.ctx', %s, true)", [token])
