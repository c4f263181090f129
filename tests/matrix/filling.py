"""Rows of every kind in every table, at random, so that each term of a policy has some to judge.

Written by the server's administrator with triggers and foreign keys off: what a table's own checks
allow is a row.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import Error, connection, models, transaction

from tests.matrix import table as page
from tests.matrix.pools import literals_of
from tests.matrix.world import NOW

# The classes take no types at run time, only in the stubs.
type AnyField = models.Field[Any, Any]
type AnyKey = models.ForeignKey[Any, Any]
TRIES, ROWS = 60, 14
MOMENTS = (NOW - timedelta(days=40), NOW - timedelta(days=1), NOW + timedelta(days=9))
DAYS = (date(2026, 1, 5), date(2025, 11, 3), NOW.date() + timedelta(days=30))


def fill(name: str, people: Sequence[UUID], children: Sequence[UUID], seed: int) -> None:
    """Add rows to one table: one a child if it speaks of children, a few in any case."""
    model = next((each for each in apps.get_models() if each._meta.db_table == name), None)
    if model is None:
        return
    chance = random.Random(f"{name} {seed}")
    fields = list(model._meta.local_concrete_fields)
    of_children = any(each.attname == "person_id" for each in fields)
    wanted: list[UUID | None] = [*children] if of_children else [None] * ROWS
    for child in wanted:
        for _ in range(TRIES):
            row = {each.attname: _value(chance, each, people, children) for each in fields}
            if child is not None:
                row["person_id"] = child
            try:
                with transaction.atomic():
                    model._base_manager.bulk_create([model(**row)])
            except (Error, ValueError, TypeError):
                continue
            break


def _value(
    chance: random.Random,
    field: AnyField,
    people: Sequence[UUID],
    children: Sequence[UUID],
) -> Any:
    if field.null and chance.random() < 0.4:
        return None
    if isinstance(field, models.ForeignKey):
        return _key(chance, field, people, children)
    if field.choices:
        return chance.choice([value for value, _ in field.flatchoices] + [""] * field.blank)
    if isinstance(field, models.UUIDField):
        made = UUID(int=chance.getrandbits(128), version=4)
        return made if field.primary_key else chance.choice([*people, *children])
    return _plain(chance, field)


def _key(
    chance: random.Random,
    field: AnyKey,
    people: Sequence[UUID],
    children: Sequence[UUID],
) -> Any:
    target = field.related_model._meta.db_table
    if target == "access_user":
        return chance.choice(people)
    if target == "people_person":
        return chance.choice(children)
    with connection.cursor() as cursor:
        key = field.target_field.column
        cursor.execute(f'SELECT "{key}" FROM {target} t ORDER BY t::text')
        found = cursor.fetchall()
    return chance.choice(found)[0] if found else UUID(int=chance.getrandbits(128), version=4)


def _plain(chance: random.Random, field: AnyField) -> Any:
    made: list[tuple[type | tuple[type, ...], Callable[[], Any]]] = [
        (ArrayField, lambda: _array(chance, field)),
        (models.DateTimeField, lambda: chance.choice(MOMENTS)),
        (models.DateField, lambda: chance.choice(DAYS)),
        (models.BooleanField, lambda: chance.random() < 0.5),
        ((models.IntegerField, models.FloatField), lambda: chance.randint(1, 10_000)),
        (models.JSONField, dict),
        (models.BinaryField, lambda: chance.randbytes(32)),
    ]
    for kind, value in made:
        if isinstance(field, kind):
            return value()
    return chance.choice(
        ["", f"x{chance.getrandbits(32)}", *literals_of(field.model._meta.db_table)]
    )


def _array(chance: random.Random, field: Any) -> list[str]:
    if isinstance(field.base_field, models.UUIDField):
        return []
    return chance.sample(page.FACETS, chance.randint(1, 4))
