"""Who sees what an import leaves: the database against the page of rules (docs/visibility.md)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from harbour.demo import partnership
from harbour.exchange.ssda903.actions import runs
from harbour.exchange.ssda903.models import (
    Flag,
    HealthYear,
    ImportRun,
    Motherhood,
    Review,
    Unaccompanied,
)
from harbour.foundation.access.context import acting_as_nobody
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.record.people.models import Person
from tests.exchange.ssda903 import samples
from tests.matrix import table

type AsUser = Callable[[User], AbstractContextManager[Reader]]

AT = datetime(2018, 5, 1, 9, 30, tzinfo=UTC)
PARTS: dict[type[Model], str] = {
    Review: "placement",
    ImportRun: "placement",
    HealthYear: "assessment",
    Unaccompanied: "assessment",
    Motherhood: "assessment",
    Flag: "assessment",
}
REMITS = {team.key: team.remit for team in partnership.TEAMS}


@pytest.fixture
def county_child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    header = samples.table("header", {"UPN": "A855200012345", "MOTHER": "1", "MC_DOB": ""})
    how = runs.Import(authority=cast.county, year_ending=2018)
    with as_user(cast.records_import) as reader:
        for file in samples.whole(header=header).files:
            runs.import_file(file=file, how=how, by=reader, at=AT)
        assert all(model._base_manager.exists() for model in PARTS)
        return Person.objects.get()


@pytest.mark.usefixtures("county_child")
@pytest.mark.parametrize("member", partnership.CAST, ids=lambda member: member.key)
def test_each_of_the_cast_sees_what_the_page_says(
    member: partnership.Member, cast: SimpleNamespace, as_user: AsUser
) -> None:
    rule = table.roles()[member.role.code]
    reached = rule.reach == "authority" and "county" in REMITS[member.team]

    with as_user(getattr(cast, member.key)):
        seen = {model for model in PARTS if model._base_manager.exists()}

    assert seen == {model for model, part in PARTS.items() if reached and part in rule.reads}


@pytest.mark.usefixtures("county_child")
def test_nobody_sees_nothing() -> None:
    with acting_as_nobody():
        assert not any(model._base_manager.exists() for model in PARTS)


@pytest.mark.parametrize("member", ["records_import_city", "city_front_door", "home_manager"])
def test_strangers_write_nothing_about_the_child(
    member: str, county_child: Person, cast: SimpleNamespace, as_user: AsUser
) -> None:
    stranger = getattr(cast, member)
    stamp = {"recorded_by_id": stranger.pk, "recorded_at": AT}
    run = ImportRun(
        authority=cast.county,
        year_ending=2018,
        table="header",
        file_name="header.csv",
        sha256="",
        rows_read=0,
        rows_new=0,
        rows_changed=0,
        rows_unchanged=0,
        rows_refused=0,
        in_part=False,
        **stamp,
    )
    review = Review(person=county_child, held_on=date(2018, 1, 1), participation="PN1", **stamp)
    year = HealthYear(person=county_child, year_ending=2017, **stamp)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: ImportRun.objects.bulk_create([run]),
        lambda: Review.objects.bulk_create([review]),
        lambda: HealthYear.objects.bulk_create([year]),
    )
    with as_user(stranger):
        for attempt in attempts:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                attempt()


@pytest.mark.usefixtures("county_child")
@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_what_came_in_is_not_taken_back_by_the_application(
    model: type[Model], cast: SimpleNamespace, as_user: AsUser
) -> None:
    # The text of the statement is made of the names of our own tables.
    statement = f"DELETE FROM {model._meta.db_table}"  # noqa: S608
    with (
        as_user(cast.records_import),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement)
