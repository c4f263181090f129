"""The ground that the matrix's rows rest on, the people it asks for, and worlds written down."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from types import SimpleNamespace

from django.db import connection

from harbour.demo import partnership
from harbour.foundation.access import context
from harbour.hub.meetings.models import Item, Meeting
from harbour.record.places.models import Place
from harbour.work.assessments.models import Tool, ToolVersion
from harbour.work.cases.models import GradeScale
from harbour.work.missing.models import Episode
from harbour.work.referrals.models import Referral
from tests.conftest import role
from tests.matrix import decisions, rows, world
from tests.matrix.oracle import Holder
from tests.matrix.rows import DAY, Ground
from tests.matrix.world import PAST, World

Unbound = Callable[[], AbstractContextManager[None]]


def unbound() -> AbstractContextManager[None]:
    """Write and see past every policy."""
    return role("harbour_sec_owner")


def make(cast: SimpleNamespace) -> Ground:
    """Write one of each thing that belongs to no child, and the functions that ask."""
    by = cast.records_import.pk
    made = {"recorded_at": PAST, "recorded_by_id": by}
    decisions.prepare()
    with unbound():
        place = Place.objects.create(kind="residence", **made)
        tool = Tool.objects.create(code="matrix", title="Matrix", purpose="for the matrix")
        version = ToolVersion.objects.create(tool=tool, number=1, published_on=DAY, definition={})
        scale, _ = GradeScale.objects.get_or_create(number=999, starts_on=DAY, grades=[])
        referral = Referral.objects.create(
            reference="MATRIX",
            received_at=PAST,
            channel="staff",
            authority=cast.county,
            source="6",
            concerns=["cse"],
            narrative="for the matrix",
            screening_due_on=DAY,
            **made,
        )
        meeting = Meeting.objects.create(
            authority=cast.county,
            window_from=PAST,
            window_to=PAST + timedelta(days=1),
            chair=cast.team_manager,
            opened_at=PAST,
            **made,
        )
    return Ground(
        cast=cast, by=by, place=place, tool=version, scale=scale, referral=referral, meeting=meeting
    )


def holders() -> list[Holder]:
    """Return every member of the cast as the oracle knows them, and nobody."""
    teams = {each.key: each for each in partnership.TEAMS}
    found = [
        Holder(
            user_id=partnership.user_id(each.key),
            roles=(
                (
                    each.role.code,
                    partnership.agency_id(teams[each.team].agency),
                    frozenset(partnership.agency_id(key) for key in teams[each.team].remit),
                ),
            ),
        )
        for each in partnership.CAST
    ]
    return [*found, Holder(user_id=None)]


def populate(ground: Ground, invented: World) -> World:
    """Write a world with one row of every table for every child."""
    with unbound():
        world.write(invented, ground.by)
        # What other rows rest on comes first.
        for table in sorted(rows.TABLES, key=lambda each: each.model not in {Episode, Item}):
            table.model._base_manager.bulk_create(
                rows.build(table, ground, child) for child in invented.children
            )
    return invented


@contextmanager
def acting(holder: Holder) -> Iterator[None]:
    """Run a block in the holder's signed context, or in none."""
    if holder.user_id is None:
        _unbind()
    else:
        context.bind(holder.user_id, "matrix")
    yield
    _unbind()


def _unbind() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, '', true)", [context.SETTING])
