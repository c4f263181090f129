"""Where a child lives, at a browser: recorded, changed, ended, and shown to who may know."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.versions import Conflict
from harbour.record.providers import actions, queries
from harbour.record.providers.models import Home
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement

ClientFor = Callable[[User], Client]
TODAY = clock.london_date(clock.now())


def boxes(name: str, day: date) -> dict[str, str]:
    """Return a day as the boxes of a form hold it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


@pytest.fixture
def lives(cast: SimpleNamespace) -> SimpleNamespace:
    with acting_as(cast.coordinator.pk) as reader:
        child = a_child(reader, cast.county)
        home = a_home(reader, cast.home_agency, cast.county)
        at = TODAY - timedelta(days=100)
        placement = a_placement(reader, child, home, cast.county, starts_on=at)
    return SimpleNamespace(child=child.pk, home=home, placement=placement)


def answers(cast: SimpleNamespace, day: date, home: Home | None = None) -> dict[str, Any]:
    told = {"placement_type": "U6", "host": cast.city.pk, "responsible": cast.county.pk}
    told |= {"home": home.pk if home else "", "reason_changed": "CARPL"}
    return told | boxes("starts_on", day)


def where_it_says(client: Client, child: UUID) -> str:
    return text_of(client.get(reverse("cases:people_places", args=[child])))


def test_a_move_ends_the_place_before_and_closes_the_record_to_the_home(
    cast: SimpleNamespace, client_for: ClientFor, lives: SimpleNamespace
) -> None:
    client, manager = client_for(cast.coordinator), client_for(cast.home_manager)
    address = reverse("providers:place", args=[lives.child])

    assert "Now: Larkfield House" in text_of(client.get(address))
    client.post(address, answers(cast, TODAY))

    shown = where_it_says(client, lives.child)
    assert "Foster placement with another carer, other" in shown
    assert f"In the area of {cast.city.name}" in shown
    with acting_as(cast.coordinator.pk) as reader:
        before, now = reversed(queries.placements(reader, lives.child))
    assert (before.ends_on, before.reason_changed) == (TODAY, "CARPL")
    assert now.ends_on is None
    assert manager.get(reverse("people:record", args=[lives.child])).status_code == 404
    assert (
        client_for(cast.city_front_door).get(reverse("cases:child", args=[lives.child])).status_code
        == 200
    )


def test_a_home_of_the_register_says_whose_area_it_is(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        child = a_child(reader, cast.county)
        home = a_home(reader, cast.home_agency, cast.county)
    client = client_for(cast.coordinator)

    client.post(
        reverse("providers:place", args=[child.pk]),
        answers(cast, TODAY, home) | {"host": "", "placement_type": "K2"},
    )

    shown = where_it_says(client, child.pk)
    assert "Larkfield House Children's home In the area of" in shown.replace("&#x27;", "'")
    assert (
        client_for(cast.home_manager).get(reverse("people:record", args=[child.pk])).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("days_ago", "sentence"),
    [(100, "End that placement first"), (-1, "not before")],
)
def test_a_day_that_does_not_fit_keeps_what_was_typed(
    cast: SimpleNamespace, client_for: ClientFor, lives: SimpleNamespace, days_ago: int,
    sentence: str,
) -> None:  # fmt: skip
    client = client_for(cast.coordinator)
    day = TODAY - timedelta(days=days_ago)

    answer = client.post(reverse("providers:place", args=[lives.child]), answers(cast, day))

    assert sentence in text_of(answer)
    assert f'value="{day.year}"' in answer.content.decode()
    with acting_as(cast.coordinator.pk) as reader:
        assert queries.placements(reader, lives.child).count() == 1


def test_a_placement_ends_with_nothing_after_it(
    cast: SimpleNamespace, client_for: ClientFor, lives: SimpleNamespace
) -> None:
    client = client_for(cast.coordinator)
    address = reverse("providers:end", args=[lives.placement.pk])

    client.post(address, boxes("ends_on", TODAY) | {"reason_ended": "E4A"})

    assert "Larkfield House" in where_it_says(client, lives.child)
    assert (
        client_for(cast.home_manager).get(reverse("people:record", args=[lives.child])).status_code
        == 404
    )


@pytest.mark.parametrize("name", ["analyst", "nurse", "home_manager"])
def test_who_only_reads_placements_changes_none(
    cast: SimpleNamespace, client_for: ClientFor, lives: SimpleNamespace, name: str
) -> None:
    client = client_for(getattr(cast, name))

    answer = client.post(reverse("providers:place", args=[lives.child]), answers(cast, TODAY))

    assert answer.status_code == 403
    with acting_as(cast.coordinator.pk) as reader:
        assert queries.placements(reader, lives.child).count() == 1


def test_a_home_shows_whom_to_ring_and_only_children_one_may_see(
    cast: SimpleNamespace, client_for: ClientFor, lives: SimpleNamespace
) -> None:
    address = reverse("providers:home", args=[lives.home.pk])
    coordinator, neighbour = client_for(cast.coordinator), client_for(cast.neighbour)

    coordinator.post(
        reverse("providers:change_home", args=[lives.home.pk]),
        {"kind": "childrens_home", "urn": "SC990002", "manager": "Carol Jephson"}
        | {"phone": "07700 900140", "seen_version": 1},
    )

    assert "Amara Quill" in text_of(coordinator.get(address))
    assert "07700 900140" in text_of(coordinator.get(address))
    assert "Amara Quill" not in text_of(neighbour.get(address))


def test_two_who_change_a_home_at_once_see_each_other(
    cast: SimpleNamespace, lives: SimpleNamespace
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        told = {"home": lives.home, "seen_version": 1, "by": reader, "at": clock.now()}
        actions.change_home(**told, manager="Carol Jephson")

        with pytest.raises(Conflict) as raised:
            actions.change_home(**told, manager="Somebody Else")

    assert raised.value.theirs == {"manager": "Carol Jephson"}
