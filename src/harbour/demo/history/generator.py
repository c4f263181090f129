"""Make the history: in memory, then in one transaction, then held against what must come out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from harbour.demo import partnership
from harbour.demo.history import calibration, surroundings
from harbour.demo.history.children import Children
from harbour.demo.history.concerns import ConcernHistory
from harbour.demo.history.missing import MissingHistory
from harbour.demo.history.rows import Rows
from harbour.demo.history.targets import SEED
from harbour.foundation.access.models import User


@transaction.atomic
def make() -> str:
    """Write partnership and history; raise `NotCalibrated` if a figure is not what was meant."""
    if not User.objects.filter(pk=partnership.user_id("coordinator")).exists():
        partnership.build()
    # The keeper of the policies, whom no policy binds.
    with _as_role("harbour_sec_owner"):
        rows = _rows()
        written = rows.write()
    # Without the numbers of its rows the database plans for empty tables.
    with _as_role("harbour_owner"), connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(rows.tables)}")
    with _as_role("harbour_sec_owner"):
        calibration.check()
    return f"{written:,} rows of three invented years; every figure of the committee comes out."


@contextmanager
def _as_role(name: str) -> Iterator[None]:
    """Run a block as another role of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute(f"SET LOCAL ROLE {name}")
        yield
        cursor.execute(f"SET LOCAL ROLE {before}")


def _rows() -> Rows:
    """Invent everything, in memory."""
    rows = Rows(SEED)
    children = Children(rows, surroundings.write_homes(rows))
    missing = MissingHistory(rows, children)
    missing.write()
    ConcernHistory(rows, children).write()
    children.write()
    surroundings.write_adults(rows)
    surroundings.write_lines(rows)
    surroundings.write_outreach(rows)
    surroundings.write_break(rows)
    return rows
