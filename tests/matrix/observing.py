"""What each person is answered about any table: what is seen, and what becomes of what is tried.

What is tried is made of the table's own rows: as they are, in the asker's own name, and then with
one column changed at a time around whatever was let through. So a row that a policy lets through
stands beside rows that lack one thing, and each term of the policy decides between two of them.
"""

import itertools
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from harbour.foundation.access import context
from tests.matrix.pools import ME, PLANTED, Column, columns_of

SQL = Path(__file__).with_name("observing.sql")
IDS = UUID("6f1f3c1e-8d0a-4b7e-9a55-0d6a4f7f6a11")
MOST_ROWS, MOST_TRIED, SEEDS, BASES, CHUNK = 48, 10, 120, 3, 30
LET_THROUGH = {"1", "!"}  # by the policies: what a key or a type stops was let through
Row = dict[str, Any]
Attempt = dict[str, Any]
Tokens = dict[UUID | None, str]


@dataclass(kw_only=True)
class Subject:
    """A table, its rows past every policy, and what was found worth trying by each person."""

    name: str
    columns: list[Column]
    rows: list[Row]
    primes: list[Row] = field(default_factory=list)
    _found: dict[tuple[UUID | None, str], tuple[list[Attempt], list[str]]] = field(
        default_factory=dict
    )
    _seen: dict[UUID | None, str] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """Return the columns of the primary key."""
        return [each.name for each in self.columns if each.key]

    def asked(self) -> list[Column]:
        """Return the columns that the table's policies speak of."""
        return [each for each in self.columns if each.asked and not each.key]

    def notices(self, user_id: UUID | None, tokens: Tokens, verb: str) -> bool:
        """Say whether somebody is answered otherwise than before, whose answer is known."""
        if verb in {"SELECT", "ALL"} and self.seen(user_id, tokens) != self._seen[user_id]:
            return True
        attempts, before = self._found[user_id, verb]
        answers = self._told(user_id, tokens, attempts)
        return any(told != before[start : start + len(told)] for start, told in answers)

    def learn(self, user_id: UUID | None, tokens: Tokens, verb: str) -> None:
        """Ask somebody for the first time, with nothing broken, and keep what was answered."""
        if (user_id, verb) in self._found:
            return
        self._seen.setdefault(user_id, self.seen(user_id, tokens))
        attempts: list[Attempt] = []
        before: list[str] = []
        makers = {"INSERT": [self._adding], "UPDATE": [self._changing], "SELECT": []}
        for make in makers.get(verb, [self._adding, self._changing, self._deleting]):
            for some in make(user_id, tokens):
                attempts.append(some[0])
                before.append(some[1])
        self._found[user_id, verb] = attempts, before

    def seen(self, user_id: UUID | None, tokens: Tokens) -> str:
        """Return what somebody sees of the table."""
        _act_as(tokens[user_id])
        return str(_rows("SELECT matrix_seen(%s)", [self.name])[0][0])

    def _told(
        self, user_id: UUID | None, tokens: Tokens, attempts: Sequence[Attempt]
    ) -> Iterator[tuple[int, list[str]]]:
        for start in range(0, len(attempts), CHUNK):
            some = attempts[start : start + CHUNK]
            _act_as(tokens[user_id])
            told: list[str] = []
            for adds, alike in itertools.groupby(some, key=lambda each: "add" in each):
                told += self._ask(user_id, list(alike), adds=adds)
            yield start, told

    def _ask(self, user_id: UUID | None, some: Sequence[Attempt], *, adds: bool) -> list[str]:
        text = json.dumps([each.get("add", each) for each in some], default=str)
        text = text.replace(ME, str(user_id or UUID(int=0)))
        if adds:
            found = _rows(f"SELECT matrix_adds_{self.name}(%s)", [text])
        else:
            keys = ", ".join(f'"{each}"' for each in self.keys)
            found = _rows("SELECT matrix_changes(%s, %s, %s)", [self.name, keys, text])
        answers: list[str] = found[0][0]
        return answers

    def _answers(
        self, user_id: UUID | None, tokens: Tokens, attempts: Sequence[Attempt]
    ) -> list[tuple[Attempt, str]]:
        told = [each for _, some in self._told(user_id, tokens, attempts) for each in some]
        return list(zip(attempts, told, strict=True))

    def _adding(self, user_id: UUID | None, tokens: Tokens) -> list[tuple[Attempt, str]]:
        """Add rows as they are, in the asker's own name, and beside each that is let through."""
        if not any(each.may_add for each in self.columns):
            return []
        own = [row | self._in_my_name() for row in self.rows]
        rows = [*self.primes, *own[:MOST_TRIED], *self.rows[:MOST_TRIED]]
        answers = self._answers(user_id, tokens, [{"add": self._fresh(row)} for row in rows])
        if not any(told in LET_THROUGH for _, told in answers):
            seeds = [{"add": self._fresh(row)} for row in self._seeds(own)]
            answers += [
                each for each in self._answers(user_id, tokens, seeds) if each[1] in LET_THROUGH
            ]
        bases = {
            json.dumps([each["add"].get(column.name) for column in self.asked()], default=str): each
            for each, told in reversed(answers)
            if told in LET_THROUGH
        }
        some = [*reversed(bases.values())][:BASES] or [each for each, _ in answers[:1]]
        beside = [{"add": each} for base in some for each in self._beside(base["add"])]
        return self._answers(user_id, tokens, beside) + answers

    def _seeds(self, own: Sequence[Row]) -> Iterator[Row]:
        """Yield rows whose columns are drawn at random, always the same ones."""
        chance = random.Random(self.name)
        asked = self.asked()
        for _ in range(SEEDS if own else 0):
            yield chance.choice(own) | {each.name: chance.choice(each.pool) for each in asked}

    def _beside(self, base: Row) -> Iterator[Row]:
        """Yield the rows that differ from one in one column that a policy speaks of."""
        for column in self.asked():
            for value in column.pool:
                if value != base.get(column.name):
                    yield self._fresh(base | {column.name: value})

    def _changing(self, user_id: UUID | None, tokens: Tokens) -> list[tuple[Attempt, str]]:
        """Change rows that are looked for, and every row blindly."""
        may = [each for each in self.columns if each.may_change and not each.key]
        if not may or not self.rows:
            return []
        mine = {each.name: ME for each in may if each.user}
        plain = {each.name: self.rows[0][each.name] for each in may if not each.user}
        touch = dict(list(plain.items())[-1:]) or mine
        plainly = [touch, mine, touch | mine]
        for row in self.rows[:2]:
            whole = {each.name: row[each.name] for each in may}
            plainly += [whole, whole | mine]
        plainly = _once(plainly)
        blind: list[Attempt] = [{"set": each} for each in plainly]
        sets = _once(
            [
                *plainly,
                *(
                    mine | {column.name: value}
                    for column in may
                    if column.asked or column.user
                    for value in column.pool[:MOST_TRIED]
                ),
            ]
        )
        first = [
            {"set": some, "of": self._of(row)}
            for row in self.rows
            for some in (touch, mine)
            if some
        ]
        answers = self._answers(user_id, tokens, first)
        reached = [row for row in self.rows if self._reached(row, answers)][: 2 * BASES]
        more = [{"set": some, "of": self._of(row)} for row in reached for some in sets]
        return answers + self._answers(user_id, tokens, [*blind, *more])

    def _reached(self, row: Row, answers: Iterable[tuple[Attempt, str]]) -> bool:
        return any(told != "0" for each, told in answers if each["of"] == self._of(row))

    def _deleting(self, user_id: UUID | None, tokens: Tokens) -> list[tuple[Attempt, str]]:
        return self._answers(user_id, tokens, [{"gone": True}])

    def _of(self, row: Row) -> Row:
        return {each: row[each] for each in self.keys}

    def _in_my_name(self) -> Row:
        return {each.name: ME for each in self.columns if each.user}

    def _fresh(self, row: Mapping[str, Any]) -> Row:
        """Return a row under a key that nothing has."""
        return {**row, **{each: _other(row[each], row) for each in self.keys}}


def _once(sets: Iterable[Row]) -> list[Row]:
    return list({json.dumps(each, default=str): each for each in sets if each}.values())


def prepare(table: str, columns: Iterable[Column]) -> None:
    """Make the functions that ask; in the running transaction, as the owner of the tables."""
    names = ", ".join(f'"{each.name}"' for each in columns)
    sql = SQL.read_text("utf-8").replace("{{table}}", table).replace("{{columns}}", names)
    _run("SET LOCAL ROLE harbour_owner")
    _run(sql)
    _run("SET LOCAL ROLE harbour_app")


def subject(table: str, primes: Sequence[Row]) -> Subject:
    """Return how to ask about a table, from its rows as they are now. Reads past the policies."""
    query = f"SELECT to_jsonb(t) FROM {table} t ORDER BY {PLANTED}, md5(t::text) LIMIT {MOST_ROWS}"
    there = [row for (row,) in _rows(query, [])]
    rows = [json.loads(row) if isinstance(row, str) else row for row in there]
    columns = columns_of(table)
    empty = {each.name: None for each in columns}
    prepare(table, columns)
    first = (rows[0] if rows else empty) | {each.name: ME for each in columns if each.user}
    made = [first | each for each in primes]
    return Subject(name=table, columns=columns, rows=rows, primes=made)


def tokens(people: Iterable[UUID | None]) -> Tokens:
    """Return everybody's signed context, good for the running transaction."""
    found: Tokens = {None: ""}
    for each in filter(None, people):
        context.bind(each, "matrix")
        found[each] = str(_rows("SELECT current_setting(%s)", [context.SETTING])[0][0])
    return found


def _other(key: Any, row: Mapping[str, Any]) -> Any:
    if isinstance(key, int):
        return key + 1_000_000
    try:
        UUID(str(key))
    except ValueError:
        return f"{key}-other"
    return str(uuid5(IDS, json.dumps(row, sort_keys=True, default=str)))


def _act_as(token: str) -> None:
    _rows("SELECT set_config(%s, %s, true)", [context.SETTING, token])


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
