"""Placing a child opens the record to the home, and ending the placement closes it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from types import SimpleNamespace

import pytest

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import queries as people
from harbour.record.people.models import Address, CareStatus, Person
from harbour.record.providers import actions, queries
from harbour.record.providers.models import Placement
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement

AsUser = Callable[[User], AbstractContextManager[Reader]]


def placed(reader: Reader, cast: SimpleNamespace) -> tuple[Person, Placement]:
    child = a_child(reader, cast.county)
    home = a_home(reader, cast.home_agency, cast.county)
    return child, a_placement(reader, child, home, cast.county)


def test_a_home_sees_only_the_children_placed_in_it(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.coordinator) as reader:
        child, _ = placed(reader, cast)
        other = a_child(reader, cast.county, given="Oscar")

    with as_user(cast.home_manager) as manager:
        assert people.child(manager, child.pk).name == "Amara Quill"
        assert queries.placed_with(manager, child.pk) == "Larkfield House"
        with pytest.raises(Missing):
            people.child(manager, other.pk)


def test_a_home_sees_neither_addresses_nor_care_status_beyond_the_placement(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.coordinator) as reader:
        child, _ = placed(reader, cast)

    with as_user(cast.home_manager) as manager:
        assert not people.facts(manager, Address, child.pk).exists()
        assert not people.facts(manager, CareStatus, child.pk).exists()


def test_an_ended_placement_closes_the_record_at_the_next_statement(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.coordinator) as reader:
        child, placement = placed(reader, cast)
    with as_user(cast.home_manager) as manager:
        people.child(manager, child.pk)
    with as_user(cast.coordinator) as reader:
        today = clock.london_date(clock.now())
        actions.end_placement(placement=placement, ends_on=today, by=reader, at=clock.now())

    with as_user(cast.home_manager) as manager, pytest.raises(Missing):
        people.child(manager, child.pk)


def test_a_host_authority_sees_the_child_placed_in_its_area(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        a_placement(reader, child, None, cast.county, host=cast.neighbour_authority)

    with as_user(cast.neighbour) as social_worker:
        assert people.child(social_worker, child.pk).name == "Amara Quill"


def test_a_placement_of_the_past_opens_nothing(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        home = a_home(reader, cast.home_agency, cast.county)
        past = {"starts_on": date(2018, 4, 1), "ends_on": date(2018, 9, 1)}
        a_placement(reader, child, home, cast.county, **past)

    with as_user(cast.home_manager) as manager, pytest.raises(Missing):
        people.child(manager, child.pk)


def test_a_child_is_not_placed_in_a_home_that_has_closed(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        home = a_home(reader, cast.home_agency, cast.county, closed_on=date(2020, 1, 1))

        with pytest.raises(Refused, match="closed before"):
            a_placement(reader, child, home, cast.county)


def test_a_home_manager_places_nobody(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.coordinator) as reader:
        child, _ = placed(reader, cast)

    with as_user(cast.home_manager) as manager, pytest.raises(Refused, match="does not record"):
        a_placement(manager, child, None, cast.county)


def test_the_children_of_a_home_are_listed_by_name(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.coordinator) as reader:
        home = a_home(reader, cast.home_agency, cast.county)
        for given in ("Oscar", "Amara"):
            a_placement(reader, a_child(reader, cast.county, given=given), home, cast.county)

    with as_user(cast.home_manager) as manager:
        listed = queries.children_placed_at(manager, home.pk, at=clock.now())

    assert [line.name for _, line in listed] == ["Amara Quill", "Oscar Quill"]
