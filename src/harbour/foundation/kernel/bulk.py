"""Insert many rows with one statement: an array for each column that differs, a value for the rest.

Policies judge each row as always. COPY would be faster, but is not to be had under policies; a list
of tens of thousands of VALUES takes its reader longer than the rows take.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one table."""
    if not rows:
        return
    fields = type(rows[0])._meta.concrete_fields
    shown: list[sql.Composable] = []
    arrays: list[tuple[sql.Identifier, sql.Composed]] = []
    alike, differing = list[Any](), list[list[Any]]()
    for field in fields:
        kind = sql.SQL(field.db_type(connection) or "text")
        values = [_plain(getattr(row, field.attname)) for row in rows]
        if not field.primary_key and all(value == values[0] for value in values):
            shown.append(sql.SQL("%s::{}").format(kind))
            alike.append(values[0])
        else:
            shown.append(sql.Identifier(str(field.column)))
            arrays.append((sql.Identifier(str(field.column)), sql.SQL("%s::{}[]").format(kind)))
            differing.append(values)
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS r({})").format(
        sql.Identifier(type(rows[0])._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields]),
        sql.SQL(", ").join(shown),
        sql.SQL(", ").join([array for _, array in arrays]),
        sql.SQL(", ").join([column for column, _ in arrays]),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), [*alike, *differing])


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
