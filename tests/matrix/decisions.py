"""What the database decides, asked in as few statements as it takes, beside what the oracle says.

A decision is one person, one row of a child and one verb: reads it, adds it, changes it, moves it
to another child, deletes it. Where only a number comes back (how many are counted, how many a
change that reads nothing reaches) the whole table is one decision.
"""

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, models

from tests.matrix import oracle, rows
from tests.matrix.oracle import Holder
from tests.matrix.rows import Ground, Table
from tests.matrix.world import World

ASKING = Path(__file__).with_name("asking.sql")
Acting = Callable[[Holder], AbstractContextManager[object]]


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """Decisions in which the database and the oracle differ."""

    table: str
    verb: str
    user_id: UUID | None
    leaked: tuple[UUID, ...] = ()
    withheld: tuple[UUID, ...] = ()


@dataclass
class Tally:
    """How many decisions were asked for."""

    decisions: int = 0


@dataclass(kw_only=True)
class Asked:
    """Rows of a world, ready to be asked about by anybody."""

    ground: Ground
    world: World
    tables: Sequence[Table]
    tally: Tally = field(default_factory=Tally)
    _fresh: dict[str, str] = field(default_factory=dict)
    _moves: dict[str, bool] = field(default_factory=dict)

    def moves(self, table: Table) -> bool:
        """Say whether the application may change whose row it is at all."""
        if table.name not in self._moves:
            self._moves[table.name] = moves(table)
        return self._moves[table.name]

    def fresh(self, table: Table) -> str:
        """Return another row of the table for every child, as JSON."""
        if table.name not in self._fresh:
            made = [rows.fresh(table, self.ground, child) for child in self.world.children]
            self._fresh[table.name] = json.dumps([_as_json(each) for each in made])
        return self._fresh[table.name]


def prepare() -> None:
    """Make the functions that ask; in the running transaction, as the owner of the tables."""
    template = ASKING.read_text("utf-8")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")
        for table in rows.TABLES:
            cursor.execute(_filled(template, table))
        cursor.execute("SET LOCAL ROLE harbour_app")


def _filled(template: str, table: Table) -> str:
    columns = [str(each.column) for each in table.model._meta.local_concrete_fields]
    parts = {
        "table": table.name,
        "columns": ", ".join(f'"{each}"' for each in columns),
        "updates": str(table.updates).lower(),
        "touch": table.touch,
        "constant": f"'{rows.constant(table)}'",
        "moves": str(moves(table)).lower(),
    }
    for name, value in parts.items():
        template = template.replace("{{" + name + "}}", value)
    return template


def moves(table: Table) -> bool:
    """Say whether the application may change whose row it is at all."""
    if not table.updates:
        return False
    may: bool = _row(
        "SELECT has_column_privilege('harbour_app', %s, 'person_id', 'UPDATE')", [table.name]
    )[0]
    return may


def mismatches(
    asked: Asked, holders: Sequence[Holder], acting: Acting, *, writes: bool = True
) -> Generator[Mismatch]:
    """Ask for every person in turn.

    Lazily, so that one mismatch is enough for who wants but one.
    """
    for holder in holders:
        with acting(holder):
            yield from _reading(asked, holder)
            if writes:
                for table in asked.tables:
                    yield from _writing(asked, table, holder)


def _reading(asked: Asked, holder: Holder) -> Iterator[Mismatch]:
    """Compare what a person reads and counts, of all tables in one statement."""
    parts = [
        f"SELECT {place} AS place, person_id FROM {table.name}"
        for place, table in enumerate(asked.tables)
    ]
    seen: list[set[UUID]] = [set() for _ in asked.tables]
    counted = [0] * len(asked.tables)
    for place, child in _rows(" UNION ALL ".join(parts)):
        counted[place] += 1
        seen[place].add(child)
    children = asked.world.children.keys()
    for table, found, count in zip(asked.tables, seen, counted, strict=True):
        expected = _expected(oracle.readable, asked, table, holder)
        yield from _compared(asked, table, "select", holder, found & children, expected)
        yield from _counted(asked, table, "count", holder, count, len(expected))


def _writing(asked: Asked, table: Table, holder: Holder) -> Iterator[Mismatch]:
    """Compare what a person adds, changes, moves to another child and deletes."""
    children = list(asked.world.children)
    others = [*children[1:], *children[:1]]
    added, changed, blindly, moved, gone = _row(
        f"SELECT * FROM matrix_{table.name}(%s, %s, %s)", [asked.fresh(table), children, others]
    )
    may_write = _expected(oracle.writable, asked, table, holder)
    yield from _compared(asked, table, "insert", holder, set(added), may_write)
    if table.updates:
        # What is offered to a worker she answers, if she reads it.
        hers = table.own and holder.user_id == asked.ground.cast.nurse.pk
        rule = oracle.readable if hers else oracle.changeable
        may_change = _expected(rule, asked, table, holder)
        yield from _compared(asked, table, "update", holder, set(changed), may_change)
        if not hers:
            yield from _counted(asked, table, "blind update", holder, blindly, len(may_write))
        if not hers and asked.moves(table):
            pairs = zip(children, others, strict=True)
            both = {one for one, other in pairs if {one, other} <= may_change}
            yield from _compared(asked, table, "move", holder, set(moved), both)
    yield from _counted(asked, table, "delete", holder, gone, 0, times=len(children))


# Who, what, and the two answers.
def _compared(
    asked: Asked, table: Table, verb: str, holder: Holder, found: set[UUID], expected: set[UUID]
) -> Iterator[Mismatch]:
    asked.tally.decisions += len(asked.world.children)
    if found != expected:
        yield Mismatch(
            table=table.name,
            verb=verb,
            user_id=holder.user_id,
            leaked=tuple(sorted(found - expected)),
            withheld=tuple(sorted(expected - found)),
        )


# Who, what, and the two numbers.
def _counted(  # noqa: PLR0913
    asked: Asked,
    table: Table,
    verb: str,
    holder: Holder,
    found: int,
    expected: int,
    *,
    times: int = 1,
) -> Iterator[Mismatch]:
    asked.tally.decisions += times
    if found != expected:
        yield Mismatch(table=table.name, verb=verb, user_id=holder.user_id)


def _expected(
    rule: Callable[[Holder, World, str], set[UUID]], asked: Asked, table: Table, holder: Holder
) -> set[UUID]:
    if table.of_meeting and not oracle.of_partnership(
        holder, asked.ground.meeting.authority_id, "meeting"
    ):
        return set()
    return rule(holder, asked.world, table.facet)


def _as_json(row: models.Model) -> dict[str, Any]:
    return {
        str(each.column): _plain(getattr(row, each.attname))
        for each in row._meta.local_concrete_fields
    }


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _row(sql: str, values: Sequence[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[Any, ...] = cursor.fetchone()
        return found
