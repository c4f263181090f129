"""The ground that the matrix's rows rest on, and the people it asks for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection, transaction

from harbour.demo import partnership
from harbour.foundation.access.context import acting_as, acting_as_nobody
from harbour.hub.meetings.models import Item, Meeting
from harbour.record.places.models import Place
from harbour.work.assessments.models import Tool, ToolVersion
from harbour.work.cases.models import GradeScale
from harbour.work.missing.models import Episode
from harbour.work.referrals.models import Referral
from tests.matrix import rows, world
from tests.matrix.oracle import Holder
from tests.matrix.rows import DAY, Ground
from tests.matrix.world import PAST, World


@pytest.fixture
def ground(cast: SimpleNamespace, unbound: Callable[[], AbstractContextManager[None]]) -> Ground:
    """One of each thing that belongs to no child."""
    by = cast.records_import.pk
    made = {"recorded_at": PAST, "recorded_by_id": by}
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


@pytest.fixture
def holders(cast: SimpleNamespace) -> list[Holder]:
    """Every member of the cast as the oracle knows them, and nobody."""
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
    del cast
    return [*found, Holder(user_id=None)]


def populate(
    ground: Ground, unbound: Callable[[], AbstractContextManager[None]], invented: World
) -> World:
    """Write a world with one row of every table for every child."""
    with unbound():
        world.write(invented, ground.by)
        # What other rows rest on comes first.
        for table in sorted(rows.TABLES, key=lambda each: each.model not in {Episode, Item}):
            table.model._base_manager.bulk_create(
                rows.build(table, ground, child) for child in invented.children
            )
    return invented


@pytest.fixture
def as_holder() -> Callable[[Holder], AbstractContextManager[object]]:
    """Run a block on behalf of a holder, or of nobody."""
    return lambda holder: acting_as(holder.user_id) if holder.user_id else acting_as_nobody()


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
