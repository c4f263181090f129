"""What each person is answered about any table: for the tables that no oracle speaks of."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from harbour.foundation.access import context

SQL = Path(__file__).with_name("observing.sql")
MOST_ROWS = 24
Tokens = dict[UUID | None, str]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A table, and how to ask about it."""

    name: str
    column: str  # one that the application may change, if any
    value: str | None
    columns: str
    rows: tuple[dict[str, Any], ...]  # rows to add: those that are there, under other ids
    people: frozenset[str]  # columns that name somebody who signs in


def prepare() -> None:
    """Make the function that asks; in the running transaction, as the owner of the tables."""
    _run("SET LOCAL ROLE harbour_owner")
    _run(SQL.read_text("utf-8"))
    _run("SET LOCAL ROLE harbour_app")


def subject(table: str) -> Subject:
    """Return how to ask about a table, from its rows as they are now. Reads past the policies."""
    columns = _rows(
        """SELECT a.attname,
            has_column_privilege('harbour_app', a.attrelid, a.attnum, 'UPDATE'),
            a.attnum = ANY (coalesce(k.conkey, '{}'))
        FROM pg_attribute a
        LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
        WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum""",
        [table],
    )
    may_change = [name for name, may, key in columns if may and not key]
    # A moment or a text is changed without asking another table whether it may stand there.
    plain = [each for each in may_change if not each.endswith("_id")]
    column = next(iter([*reversed(plain), *may_change]), "")
    keys = [name for name, _, key in columns if key]
    there = [
        row
        for (row,) in _rows(
            f"SELECT to_jsonb(t) FROM {table} t ORDER BY t::text LIMIT {MOST_ROWS}", []
        )
    ]
    there = [json.loads(row) if isinstance(row, str) else row for row in there]
    users = {str(each) for (each,) in _rows("SELECT id FROM access_user", [])}
    people = {
        name
        for row in there
        for name, value in row.items()
        if isinstance(value, str) and value in users
    }
    return Subject(
        name=table,
        column=column,
        value=there[0][column] if column and there and isinstance(there[0][column], str) else None,
        columns=", ".join(f'"{name}"' for name, _, _ in columns),
        rows=tuple(row | {key: _other(row[key]) for key in keys} for row in there),
        people=frozenset(people),
    )


def answer(asked: Subject, user_id: UUID | None, tokens: Tokens, *, verb: str) -> str:
    """Return what somebody is answered who tries a verb: reading is tried in any case.

    Rows are added as they are, and in the person's own name.
    """
    tried = list(asked.rows) if verb in {"INSERT", "ALL"} else []
    if user_id is not None:
        tried += [row | dict.fromkeys(asked.people, str(user_id)) for row in tried]
    column = asked.column if verb in {"UPDATE", "ALL"} else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [context.SETTING, tokens[user_id]])
        cursor.execute(
            "SELECT matrix_observed(%s, %s, %s, %s, %s)",
            [asked.name, column, asked.value, asked.columns, json.dumps(tried)],
        )
        return str(cursor.fetchone()[0])


def tokens(people: Iterable[UUID | None]) -> Tokens:
    """Return everybody's signed context, good for the running transaction."""
    found: Tokens = {None: ""}
    for each in filter(None, people):
        context.bind(each, "matrix")
        found[each] = str(_rows("SELECT current_setting(%s)", [context.SETTING])[0][0])
    return found


def _other(key: Any) -> Any:
    if isinstance(key, int):
        return key + 1_000_000
    try:
        UUID(str(key))
    except ValueError:
        return f"{key}-other"
    return str(uuid4())


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
