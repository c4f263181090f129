"""What the database decides, asked row by row, beside what the oracle says."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F

from tests.matrix import oracle, rows
from tests.matrix.oracle import Holder
from tests.matrix.rows import Ground, Table
from tests.matrix.world import World

Acting = Callable[[Holder], AbstractContextManager[object]]


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """A decision in which the database and the oracle differ."""

    table: str
    verb: str
    user_id: UUID | None
    children: tuple[UUID, ...]


def _seen(table: Table) -> set[UUID]:
    return set(table.model._base_manager.values_list("person_id", flat=True))


def _counted(table: Table) -> int:
    return table.model._base_manager.count()


def _changed(table: Table, world: World) -> set[UUID]:
    done = set()
    for child in world.children:
        with transaction.atomic():
            if table.model._base_manager.filter(person_id=child).update(
                **{table.touch: F(table.touch)}
            ):
                done.add(child)
    return done


def _blindly_changed(table: Table) -> int:
    """Count the rows that an update would reach that reads nothing.

    So that only its own policy decides.
    """
    with transaction.atomic():
        done = table.model._base_manager.update(**{table.touch: rows.constant(table)})
        transaction.set_rollback(True)
    return done


def _added(table: Table, ground: Ground, world: World) -> set[UUID]:
    done = set()
    for child in world.children:
        try:
            with transaction.atomic():
                rows.fresh(table, ground, child).save(force_insert=True)
                done.add(child)
                transaction.set_rollback(True)
        except IntegrityError:
            done.add(child)  # let through by the policy, stopped by a unique key
        except ProgrammingError as refused:
            if "row-level security" not in str(refused):
                raise
    return done


def _deleted(table: Table) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # The name comes from our own list of tables.
            cursor.execute(f"DELETE FROM {table.name}")  # noqa: S608
            return int(cursor.rowcount)
    except ProgrammingError:
        return 0


def _expected(
    rule: Callable[[Holder, World, str], set[UUID]],
    table: Table,
    ground: Ground,
    world: World,
    holder: Holder,
) -> set[UUID]:
    if table.of_meeting and not oracle.of_partnership(
        holder, ground.meeting.authority_id, "meeting"
    ):
        return set()
    return rule(holder, world, table.facet)


def reading(table: Table, ground: Ground, world: World, holder: Holder) -> Iterator[Mismatch]:
    """Compare what a person reads and counts."""
    expected = _expected(oracle.readable, table, ground, world, holder)
    seen = _seen(table) & world.children.keys()
    if seen != expected:
        yield _mismatch(table, "select", holder, seen ^ expected)
    if _counted(table) != len(expected):
        yield _mismatch(table, "count", holder, set())


def writing(table: Table, ground: Ground, world: World, holder: Holder) -> Iterator[Mismatch]:
    """Compare what a person adds, changes and deletes."""
    may_write = _expected(oracle.writable, table, ground, world, holder)
    added = _added(table, ground, world)
    if added != may_write:
        yield _mismatch(table, "insert", holder, added ^ may_write)
    if table.updates:
        changed = _changed(table, world)
        expected = _expected(oracle.changeable, table, ground, world, holder)
        if changed != expected:
            yield _mismatch(table, "update", holder, changed ^ expected)
        hers = table.own and holder.user_id == ground.cast.nurse.pk
        if not hers and _blindly_changed(table) != len(may_write):
            yield _mismatch(table, "blind update", holder, set())
    if _deleted(table):
        yield _mismatch(table, "delete", holder, set())


def mismatches(
    table: Table,
    ground: Ground,
    world: World,
    holders: list[Holder],
    acting: Acting,
    *,
    writes: bool = True,
) -> Generator[Mismatch]:
    """Ask for every person in turn.

    Lazily, so that one mismatch is enough for who wants but one.
    """
    for holder in holders:
        with acting(holder):
            yield from reading(table, ground, world, holder)
            if writes:
                yield from writing(table, ground, world, holder)


def _mismatch(table: Table, verb: str, holder: Holder, children: set[UUID]) -> Mismatch:
    return Mismatch(
        table=table.name, verb=verb, user_id=holder.user_id, children=tuple(sorted(children))
    )
