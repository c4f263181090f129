"""How far from home a child is placed: regulation 11(5), by the areas that adjoin."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.providers import actions, queries, rules
from harbour.record.providers.models import Adjoining
from harbour.record.providers.vocabulary import Distance
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_placement

AsUser = Callable[[User], AbstractContextManager[Reader]]
HOME, NEAR, FAR = uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("host", "near", "expected"),
    [
        (None, {NEAR}, Distance.NOT_KNOWN),
        (HOME, {NEAR}, Distance.IN_AREA),
        (NEAR, {NEAR}, Distance.ADJOINING),
        (FAR, {NEAR}, Distance.DISTANT),
        (FAR, set(), Distance.OUT_OF_AREA),
    ],
)
def test_distance_by_the_regulation(host: UUID | None, near: set[UUID], expected: Distance) -> None:
    found = rules.distance(responsible=HOME, host=host, adjoining=near, adjoining_known=bool(near))

    assert found is expected


def test_a_child_placed_at_a_distance_is_shown_so_with_all_three_authorities(
    cast: SimpleNamespace, as_user: AsUser, client_for: Callable[[User], Client]
) -> None:
    with as_user(cast.coordinator) as reader:
        actions.keep_adjoining(
            authority=cast.city, neighbours={cast.county.pk}, by=reader, at=clock.now()
        )
        child = a_child(reader, cast.county)
        far = {"host": cast.neighbour_authority, "placing": cast.health}
        a_placement(reader, child, None, cast.county, placement_type="U6", **far)

    answer = client_for(cast.coordinator).get(reverse("cases:people_places", args=[child.pk]))

    shown = text_of(answer)
    assert "Out of area, at a distance" in shown
    assert f"Responsible: {cast.county.name}" in shown
    assert f"In the area of {cast.neighbour_authority.name}" in shown
    assert f"Arranged by {cast.health.name}" in shown


def test_the_list_of_areas_is_one_list_whichever_side_keeps_it(
    cast: SimpleNamespace, client_for: Callable[[User], Client], as_user: AsUser
) -> None:
    client = client_for(cast.coordinator)
    client.post(
        reverse("providers:area", args=[cast.county.pk]),
        {"neighbours": [str(cast.city.pk), str(cast.rutland.pk)]},
    )
    client.post(reverse("providers:area", args=[cast.city.pk]), {"neighbours": []})

    with as_user(cast.coordinator) as reader:
        assert queries.adjoining(reader, cast.county.pk) == {cast.rutland.pk}
    said = {"neighbours": [str(cast.city.pk)]}
    refused = client_for(cast.home_manager).post(
        reverse("providers:area", args=[cast.county.pk]), said
    )
    assert refused.status_code == 403


def test_the_database_keeps_the_list_of_areas_to_who_keeps_the_register(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    def pair(by: User) -> Adjoining:
        return Adjoining(
            authority=cast.county,
            neighbour=cast.city,
            recorded_at=clock.now(),
            recorded_by_id=by.pk,
        )

    with as_user(cast.nurse), pytest.raises(ProgrammingError), transaction.atomic():
        pair(cast.nurse).save(force_insert=True)
    with as_user(cast.coordinator):
        with pytest.raises(ProgrammingError), transaction.atomic():
            pair(cast.nurse).save(force_insert=True)
        pair(cast.coordinator).save(force_insert=True)
    with as_user(cast.nurse):
        assert Adjoining.objects.count() == 1
        assert not Adjoining.objects.update(ended_on="2026-01-01")
    assert not Adjoining.objects.exists()  # nobody is signed in
