"""Arrivals and departures: notified, complete or not, taken in, seen by the right side."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import queries as people
from harbour.record.providers import actions as providers
from harbour.record.providers import queries as placements
from harbour.work.hosting import actions, queries, rules
from harbour.work.hosting.models import Notification
from harbour.work.hosting.rules import Contents
from harbour.work.hosting.vocabulary import CareOrder, Channel, Duty, Said
from tests.builders.hosting import WHOLE, a_notification, from_home, today
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]
COMPLETE = Contents(
    duty=Duty.REG_41,
    channel=Channel.EMAIL,
    given="Amara",
    family="Quill",
    born_on=date(2009, 3, 14),
    accommodated=Said.YES,
    care_order=CareOrder.NONE,
    placing_named=True,
    placing_contact="07700 900170",
    reviewer_contact="07700 900171",
    ehc_plan=Said.YES,
    ehc_authority_named=True,
)


@pytest.fixture
def home(cast: SimpleNamespace, as_user: AsUser) -> Any:
    with as_user(cast.coordinator) as reader:
        return a_home(reader, cast.home_agency, cast.county, places=4)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, ()),
        ({"family": ""}, ("the child's name",)),
        ({"born_on": None}, ("the child's date of birth",)),
        ({"channel": Channel.PHONE}, ("that it is in writing",)),
        ({"accommodated": Said.UNSAID}, ("whether accommodated under section 20 or 21",)),
        (
            {"care_order": CareOrder.UNSAID},
            ("whether under a care or supervision order, section 31",),
        ),
        ({"placing_named": False}, ("the placing authority",)),
        ({"placing_contact": ""}, ("contact details for the placing authority",)),
        ({"reviewer_contact": ""}, ("contact details for the independent reviewing officer",)),
        ({"ehc_plan": Said.UNSAID}, ("whether there is an EHC plan",)),
        ({"ehc_authority_named": False}, ("the authority responsible for the EHC plan",)),
        ({"ehc_plan": Said.NO, "ehc_authority_named": False}, ()),
        (
            {"duty": Duty.REG_13, "ehc_plan": Said.UNSAID, "needs_given": True},
            ("the care plan",),
        ),
        (
            {"duty": Duty.REG_13, "care_plan_given": True, "born_on": None},
            ("the assessment of needs, and why this placement suits",),
        ),
    ],
)
def test_what_a_notification_lacks_is_named(changes: dict[str, Any], named: object) -> None:
    said = {name: getattr(COMPLETE, name) for name in Contents.__dataclass_fields__} | changes

    assert rules.missing_parts(Contents(**said)) == named


@pytest.mark.parametrize(
    ("duty", "day", "emergency", "due"),
    [
        (Duty.REG_41, date(2026, 4, 2), False, date(2026, 4, 7)),  # over Easter
        (Duty.REG_41, date(2026, 12, 24), False, date(2026, 12, 29)),  # over Christmas
        (Duty.REG_41, date(2024, 2, 28), False, date(2024, 2, 29)),  # a leap day
        (Duty.REG_13, date(2026, 4, 2), False, date(2026, 4, 2)),
        (Duty.REG_13, date(2026, 4, 2), True, date(2026, 4, 13)),
    ],
)
def test_by_when_a_placement_is_notified(
    duty: Duty, day: date, *, emergency: bool, due: date
) -> None:
    assert rules.due_on(duty, day, emergency=emergency) == due


def test_an_arrival_of_a_child_nobody_knew_becomes_a_placement(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, home: Any
) -> None:
    manager, coordinator = client_for(cast.home_manager), client_for(cast.coordinator)
    day = today() - timedelta(days=1)
    said = {"given": "Amara", "family": "Quill", "placing": cast.neighbour_authority.pk}
    said |= {
        "happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year,
    }  # fmt: skip

    manager.post(reverse("hosting:arrival"), said)
    shown = text_of(manager.get(reverse("hosting:my_home")))
    assert "Not stated: the child&#x27;s date of birth" in shown

    with as_user(cast.coordinator) as reader:
        row = queries.notifications(reader, waiting=True).get()
    page = reverse("hosting:take_in", args=[row.pk])
    unknown = coordinator.get(page).content.decode()
    assert "No child you may see answers to this name" in unknown
    assert "govuk-radios" not in unknown
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
    work = text_of(coordinator.get("/"))
    assert "Arrival notified: to take in" in work
    assert "Amara Quill" in text_of(coordinator.get(page))
    assert manager.get(page).status_code == 403
    coordinator.post(page, {"which": str(child.pk), "seen_version": row.version})

    with as_user(cast.home_manager) as reader:
        placement = placements.placement_on(reader, child.pk)
        assert placement is not None
        assert (placement.starts_on, placement.home_id) == (day, home.pk)
        assert (placement.responsible, placement.host) == (cast.neighbour_authority, cast.county)
        taken = queries.notification(reader, row.pk)
        assert taken.taken_in_by_id == cast.coordinator.pk
        with pytest.raises(Refused, match="taken this in"):
            actions.complete(
                notification=taken, seen_version=2, by=reader, at=clock.now(), family="Other"
            )
        assert not Notification.objects.filter(pk=row.pk).update(family="Other")


def test_a_departure_ends_the_placement_and_the_home_reads_no_more(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, home: Any
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
        placement = a_placement(
            reader, child, home, cast.neighbour_authority, host=cast.county,
            starts_on=today() - timedelta(days=30),
        )  # fmt: skip
    manager, day = client_for(cast.home_manager), today()
    said = WHOLE | {"placing": cast.neighbour_authority.pk, "going_to": "A foster carer"}
    said |= {"born_on_day": 14, "born_on_month": 3, "born_on_year": 2009}
    said |= {
        "happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year,
    }  # fmt: skip

    manager.post(reverse("hosting:left", args=[placement.pk]), said)

    with as_user(cast.home_manager) as reader:
        row = queries.notifications(reader).get()
        assert queries.lacks(row) == ()
    page = reverse("hosting:take_in", args=[row.pk])
    client_for(cast.coordinator).post(page, {"which": str(placement.pk), "seen_version": 1})
    with as_user(cast.home_manager) as reader:
        assert not queries.notifications(reader).exists()
        with pytest.raises(Missing):
            people.child(reader, child.pk)
    assert manager.get(reverse("hosting:notification", args=[row.pk])).status_code == 404
    with as_user(cast.neighbour) as reader:
        assert queries.notification(reader, row.pk).taken_in_at is not None


def test_a_notification_is_read_by_its_three_sides_and_nobody_else(
    cast: SimpleNamespace, as_user: AsUser, home: Any
) -> None:
    with as_user(cast.home_manager) as reader:
        row = from_home(reader, home, cast.neighbour_authority)

    sees = {}
    for key in ("home_manager", "coordinator", "neighbour", "nurse", "city_front_door",
                "school_lead", "panel_chair", "youth_worker", "records_officer"):  # fmt: skip
        with as_user(getattr(cast, key)):
            changed = Notification.objects.filter(pk=row.pk).update(received_on=row.received_on)
            sees[key] = (Notification.objects.filter(pk=row.pk).exists(), changed)

    assert sees == {
        "home_manager": (True, 1),
        "coordinator": (True, 1),
        "neighbour": (True, 1),
        "nurse": (True, 0),
        "city_front_door": (False, 0),
        "school_lead": (False, 0),
        "panel_chair": (False, 0),
        "youth_worker": (False, 0),
        "records_officer": (False, 0),
    }
    assert not Notification.objects.exists()  # nobody is signed in


def test_taken_in_it_is_read_with_the_child_alone(
    cast: SimpleNamespace, as_user: AsUser, home: Any
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        placement = a_placement(reader, child, home, cast.county)
        row = a_notification(reader, placement)
    with as_user(cast.home_manager) as reader:
        assert queries.notification(reader, row.pk).person_id == child.pk
    with as_user(cast.coordinator) as reader:
        providers.end_placement(placement=placement, ends_on=today(), by=reader, at=clock.now())
    with as_user(cast.home_manager):
        assert not Notification.objects.exists()
        assert not Notification.objects.filter(pk=row.pk).update(family="Other")


@pytest.mark.parametrize(
    ("who", "changed"),
    [
        ("nurse", {}),  # no right to notify
        ("home_manager", {"sender": "school", "host": "city", "placing": None}),
        ("neighbour", {"sender": "school", "host": "city", "placing": "city"}),
        ("home_manager", {"recorded_by": "coordinator"}),
        ("home_manager", {"person": "unseen"}),
    ],
)
def test_nobody_notifies_for_another_or_of_a_child_they_do_not_see(
    cast: SimpleNamespace, as_user: AsUser, home: Any, who: str, changed: dict[str, Any]
) -> None:
    with as_user(cast.coordinator) as reader:
        cast.unseen = a_child(reader, cast.county)
    told = {"sender": "home_agency", "host": "county", "placing": "neighbour_authority"}
    told |= {"recorded_by": who} | changed
    named = {name: getattr(cast, key) if key else None for name, key in told.items()}
    row = Notification(
        direction="arrival", duty="reg_41", channel="harbour", received_on=today(),
        happened_on=today(), recorded_at=clock.now(), **named,
    )  # fmt: skip
    with as_user(getattr(cast, who)), pytest.raises(ProgrammingError), transaction.atomic():
        row.save(force_insert=True)


def test_a_notification_is_not_led_to_a_child_one_does_not_see(
    cast: SimpleNamespace, as_user: AsUser, home: Any
) -> None:
    with as_user(cast.city_front_door) as reader:
        unseen = a_child(reader, cast.city, family="Ravenscroft")
    with as_user(cast.home_manager) as reader:
        row = from_home(reader, home, cast.neighbour_authority)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Notification.objects.filter(pk=row.pk).update(person=unseen)


def test_an_arrival_is_not_taken_in_as_a_departure_nor_twice(
    cast: SimpleNamespace, as_user: AsUser, home: Any
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        placement = a_placement(reader, child, home, cast.county)
        row = a_notification(reader, placement)
        told: dict[str, Any] = {"notification": row, "seen_version": 1}
        told |= {"by": reader, "at": clock.now()}
        with pytest.raises(Refused, match="tells of an arrival"):
            actions.take_in_departure(placement=placement, **told)
        actions.take_in_arrival(person=child, **told)
        assert placements.placements(reader, child.pk).count() == 1
        with pytest.raises(Refused, match="already"):
            actions.take_in_arrival(person=child, **told)


def test_a_day_to_come_is_not_notified(cast: SimpleNamespace, as_user: AsUser, home: Any) -> None:
    with as_user(cast.home_manager) as reader, pytest.raises(Refused, match="from the day"):
        from_home(reader, home, cast.county, happened_on=today() + timedelta(days=1))
