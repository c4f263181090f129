"""What is due and not there stands on one list, is chased with one press, and goes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.record.providers import actions as providers
from harbour.work.hosting import actions, queries
from harbour.work.hosting.models import Chase
from harbour.work.hosting.vocabulary import ChaseKind
from tests.builders.hosting import a_notification, from_home, today
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]


@pytest.fixture
def lives(cast: SimpleNamespace, as_user: AsUser) -> SimpleNamespace:
    # A child of another authority in a home of the county, notified by nobody.
    with as_user(cast.coordinator) as reader:
        home = a_home(reader, cast.home_agency, cast.county)
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
        placement = a_placement(
            reader, child, home, cast.neighbour_authority, host=cast.county,
            starts_on=today() - timedelta(days=10),
        )  # fmt: skip
    return SimpleNamespace(home=home, child=child, placement=placement)


def listed(reader: Reader) -> set[tuple[ChaseKind, str]]:
    return {(each.kind, each.agency_name) for each in queries.due(reader, at=clock.now())}


def test_what_nobody_notified_is_due_from_the_home_and_from_the_placing_authority(
    cast: SimpleNamespace, as_user: AsUser, lives: SimpleNamespace
) -> None:
    northmoor = cast.neighbour_authority.name
    with as_user(cast.coordinator) as reader:
        assert listed(reader) == {
            (ChaseKind.ARRIVAL, "Larkfield House"),
            (ChaseKind.PLACING, northmoor),
            (ChaseKind.GAPS, northmoor),
        }
        a_notification(reader, lives.placement, reviewer_contact="")
        assert listed(reader) == {
            (ChaseKind.INCOMPLETE, "Larkfield House"),
            (ChaseKind.PLACING, northmoor),
            (ChaseKind.GAPS, northmoor),
        }
        a_notification(
            reader, lives.placement, sender=cast.neighbour_authority, duty="reg_13",
            needs_given=True, care_plan_given=True,
        )  # fmt: skip
        providers.end_placement(
            placement=lives.placement, ends_on=today(), by=reader, at=clock.now()
        )
        assert listed(reader) == {
            (ChaseKind.INCOMPLETE, "Larkfield House"),
            (ChaseKind.DEPARTURE, "Larkfield House"),
        }


def test_a_home_in_the_placing_authoritys_own_area_owes_nothing(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.coordinator) as reader:
        home = a_home(reader, cast.home_agency, cast.county)
        a_placement(
            reader, a_child(reader, cast.county), home, cast.county, host=cast.county,
            starts_on=today(),
        )  # fmt: skip
        assert listed(reader) == set()


def test_one_press_records_a_chase_and_the_home_reads_that_it_was_asked(
    cast: SimpleNamespace, client_for: ClientFor, lives: SimpleNamespace
) -> None:
    coordinator, manager = client_for(cast.coordinator), client_for(cast.home_manager)
    page = reverse("hosting:chase", args=["arrival", lives.placement.pk])
    desk = reverse("hosting:desk")
    assert "Not chased yet" in text_of(coordinator.get(desk))

    coordinator.post(page, {"how": "email"})
    coordinator.post(page, {"how": "phone", "words": "They will send it tonight."})

    assert "Chased 2 times" in text_of(coordinator.get(desk, {"kind": "arrival"}))
    assert "They will send it tonight." in text_of(coordinator.get(page))
    shown = text_of(manager.get(reverse("hosting:my_home")))
    assert "The hub asked: notification of arrival" in shown
    arrived = reverse("hosting:arrived", args=[lives.placement.pk])
    day = lives.placement.starts_on
    manager.post(
        arrived,
        {"given": "Amara", "family": "Quill", "happened_on_day": day.day}
        | {"happened_on_month": day.month, "happened_on_year": day.year},
    )
    assert "The hub asked" not in text_of(manager.get(reverse("hosting:my_home")))
    assert coordinator.get(page).status_code == 404


def test_who_does_not_keep_hosting_chases_nobody(
    cast: SimpleNamespace, client_for: ClientFor, lives: SimpleNamespace
) -> None:
    page = reverse("hosting:chase", args=["arrival", lives.placement.pk])

    for key in ("home_manager", "nurse", "neighbour"):
        assert client_for(getattr(cast, key)).post(page, {"how": "email"}).status_code == 403
    assert client_for(cast.city_front_door).post(page, {"how": "email"}).status_code == 404


def test_a_chase_is_read_by_who_asked_and_who_was_asked_while_they_see_the_child(
    cast: SimpleNamespace, as_user: AsUser, lives: SimpleNamespace
) -> None:
    with as_user(cast.coordinator) as reader:
        due = queries.find_due(reader, "arrival", lives.placement.pk, at=clock.now())
        row = actions.chase(due=due, how="email", by=reader, at=clock.now())
        with pytest.raises(Missing):
            queries.find_due(reader, "departure", lives.placement.pk, at=clock.now())
    seen = {}
    for key in ("coordinator", "home_manager", "nurse", "neighbour", "school_lead", "panel_chair"):
        with as_user(getattr(cast, key)):
            seen[key] = Chase.objects.filter(pk=row.pk).exists()
    assert seen == {
        "coordinator": True, "home_manager": True, "nurse": True,
        # Northmoor sees the child, and was not the one asked.
        "neighbour": False, "school_lead": False, "panel_chair": False,
    }  # fmt: skip
    with as_user(cast.coordinator) as reader:
        providers.end_placement(
            placement=lives.placement, ends_on=today(), by=reader, at=clock.now()
        )
    with as_user(cast.home_manager):
        assert not Chase.objects.exists()


@pytest.mark.parametrize(
    ("who", "changed"),
    [
        ("coordinator", {"recorded_by": "nurse"}),
        ("nurse", {"recorded_by": "nurse"}),
        ("coordinator", {"authority": "neighbour_authority"}),
        ("home_manager", {"recorded_by": "home_manager", "authority": "home_agency"}),
        ("front_door", {"recorded_by": "front_door", "person": "unseen"}),
    ],
)
def test_the_database_takes_a_chase_only_from_the_authority_that_asks(
    cast: SimpleNamespace, as_user: AsUser, who: str, changed: dict[str, Any]
) -> None:
    with as_user(cast.city_front_door) as reader:
        cast.unseen = a_child(reader, cast.city, family="Ravenscroft")
    told = {"recorded_by": "coordinator", "authority": "county", "agency": "home_agency"} | changed
    row = Chase(
        kind="arrival", how="email", about_id=uuid4(), recorded_at=clock.now(),
        **{name: getattr(cast, key) for name, key in told.items()},
    )  # fmt: skip
    with as_user(getattr(cast, who)), pytest.raises(ProgrammingError), transaction.atomic():
        row.save(force_insert=True)


def test_a_notification_of_nobody_known_is_chased_too(
    cast: SimpleNamespace, as_user: AsUser, lives: SimpleNamespace
) -> None:
    with as_user(cast.home_manager) as reader:
        row = from_home(reader, lives.home, None, given="Bo", family="Unknown")
    with as_user(cast.coordinator) as reader:
        due = queries.find_due(reader, "incomplete", row.pk, at=clock.now())
        assert (due.who, due.what) == ("Bo Unknown", ("the placing authority",))
        actions.chase(due=due, how="phone", by=reader, at=clock.now())
    with as_user(cast.home_manager):
        assert Chase.objects.filter(about_id=row.pk).exists()
    with as_user(cast.neighbour):
        assert not Chase.objects.exists()
