"""The columns of a table, which of them its policies speak of, and values that may decide."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import connection

from tests.matrix import table as page
from tests.matrix.world import NOW

ME = "00000000-0000-4000-8000-00000000000e"  # stands for whoever asks
LITERAL = re.compile(r"'([^']*)'::text")
MOST = 40
# What was planted comes first: its ids are made of names (version 5), all others by chance.
PLANTED = "to_jsonb(t) ->> 'id' LIKE '______________5%%' DESC NULLS LAST"
EVER: dict[str, list[Any]] = {
    "bool": [True, False],
    "_text": [[], [*page.FACETS], ["identity"], ["case"]],
    "timestamptz": [None, str(NOW - timedelta(days=2)), str(NOW + timedelta(days=9))],
    "date": [None, str(NOW.date() - timedelta(days=2)), str(NOW.date() + timedelta(days=9))],
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: what the application may do with it, and what could stand in it."""

    name: str
    key: bool
    may_add: bool
    may_change: bool
    user: bool  # it names somebody who signs in
    asked: bool  # a policy of the table speaks of it
    pool: tuple[Any, ...]


@cache
def policies_of(table: str) -> str:
    """Return the text of all the policies of a table."""
    return " ".join(
        text
        for (text,) in _rows(
            "SELECT concat_ws(' ', qual, with_check) FROM pg_policies "
            "WHERE schemaname = 'public' AND tablename = %s",
            [table],
        )
    )


def columns_of(table: str) -> list[Column]:
    """Return the columns of a table. Reads past the policies."""
    told = policies_of(table)
    found = []
    for name, kind, needed, key, may_add, may_change, target in _rows(
        """SELECT a.attname, t.typname, a.attnotnull, coalesce(a.attnum = ANY (k.conkey), false),
            has_column_privilege('harbour_app', a.attrelid, a.attnum, 'INSERT'),
            has_column_privilege('harbour_app', a.attrelid, a.attnum, 'UPDATE'),
            (SELECT f.confrelid::regclass::text FROM pg_constraint f WHERE f.conrelid = a.attrelid
                AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum])
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
        WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attgenerated = ''
        ORDER BY a.attnum""",
        [table],
    ):
        user = target == "access_user" or (kind == "uuid" and _names_users(table, name))
        asked = re.search(rf"\b{name}\b", told) is not None
        pool = _pool(table, name, kind, target, user=user) if asked or user else []
        found.append(
            Column(
                name=name,
                key=key,
                may_add=may_add,
                may_change=may_change,
                user=user,
                asked=asked,
                pool=tuple(each for each in pool if each is not None or not needed),
            )
        )
    return found


def _pool(table: str, name: str, kind: str, target: str | None, *, user: bool) -> list[Any]:
    if user:
        others = _rows("SELECT id::text FROM access_user ORDER BY email LIMIT 2", [])
        return [None, ME, *(each for (each,) in others)]
    if target is not None:
        return [
            None,
            *(
                each
                for (each,) in _rows(
                    f"SELECT id::text FROM {target} t "
                    f"ORDER BY {PLANTED}, md5(t::text) LIMIT {MOST}",
                    [],
                )
            ),
        ]
    if kind in EVER:
        return EVER[kind]
    return (
        [*literals_of(table), *_values(table, name)]
        if kind in {"text", "varchar"}
        else [
            None,
            *_values(table, name),
        ]
    )


@cache
def literals_of(table: str) -> list[str]:
    """Return what the policies of the table compare with."""
    return sorted({each for each in LITERAL.findall(policies_of(table)) if ":" not in each} | {""})


def _names_users(table: str, name: str) -> bool:
    """Say whether a column without a key holds people who sign in: the ledger has no keys."""
    return bool(
        _rows(f'SELECT 1 FROM {table} t JOIN access_user u ON u.id = t."{name}" LIMIT 1', [])
    )


def _values(table: str, name: str) -> list[Any]:
    found = _rows(
        f'SELECT to_jsonb(v.v) FROM (SELECT DISTINCT "{name}" AS v FROM {table}) v '
        f"WHERE v.v IS NOT NULL ORDER BY v.v::text LIMIT {MOST}",
        [],
    )
    return [json.loads(each) if isinstance(each, str) else each for (each,) in found]


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
