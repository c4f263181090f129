"""What the tests of the matrix stand on."""

from collections.abc import Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.matrix import ground as grounds
from tests.matrix.oracle import Holder
from tests.matrix.rows import Ground


@pytest.fixture
def ground(cast: SimpleNamespace) -> Ground:
    """One of each thing that belongs to no child."""
    return grounds.make(cast)


@pytest.fixture
def holders(cast: SimpleNamespace) -> list[Holder]:
    """Every member of the cast as the oracle knows them, and nobody."""
    del cast
    return grounds.holders()


@pytest.fixture
def as_owner() -> Callable[[str], None]:
    """Run one statement as the owner of the tables."""

    def run(statement: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE harbour_owner")
            cursor.execute(statement)
            cursor.execute("SET LOCAL ROLE harbour_app")

    return run


def new_id() -> str:
    """Return an id nobody has."""
    return str(uuid4())
