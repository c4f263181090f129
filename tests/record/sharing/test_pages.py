"""Sharing at a browser."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person
from harbour.record.people.vocabulary import Basis
from harbour.record.sharing import queries
from harbour.record.sharing.models import Share
from harbour.record.sharing.presenters import sharing_panel
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_placement

ClientFor = Callable[[User], Client]


@pytest.fixture
def child(cast: SimpleNamespace) -> Person:
    with acting_as(cast.front_door.pk) as reader:
        return a_child(reader, cast.county)


def answers(agency: Any, **changed: Any) -> dict[str, Any]:
    return {
        "agency": str(agency.pk),
        "facets": ["missing", "case"],
        "purpose": "safeguard",
        "gateway": "ca2004_s10",
        "reason": "The school sees her every day.",
        **changed,
    }


def test_an_audience_that_came_in_twice_is_told_once(cast: SimpleNamespace) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        hosted = a_child(reader, cast.neighbour_authority, host=cast.county)
        a_placement(reader, hosted, None, cast.neighbour_authority, host=cast.county)

        openings = queries.openings(reader, hosted.pk, at=clock.now())

    assert sorted(each.basis for each in openings) == [Basis.HOST, Basis.RESPONSIBLE]


def test_a_record_is_shared_and_withdrawn(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    client = client_for(cast.front_door)

    asked = client.post(reverse("sharing:share", args=[child.pk]), answers(cast.school))
    assert "What Fenwick Lane Academy will see of Amara Quill" in text_of(asked)
    with acting_as(cast.front_door.pk):
        assert not Share.objects.filter(person=child).exists()
    response = client.post(
        reverse("sharing:share", args=[child.pk]), answers(cast.school, confirmed="yes")
    )
    assert response["Location"] == reverse("cases:sharing", args=[child.pk])
    with acting_as(cast.front_door.pk):
        share = Share.objects.get(person=child)
    client.post(
        reverse("sharing:withdraw", args=[share.pk]), {"reason": "She changed schools today."}
    )

    with acting_as(cast.front_door.pk) as reader:
        share.refresh_from_db()
        panel = sharing_panel(reader, child.pk, now=clock.now())
    assert share.withdrawn_reason == "She changed schools today."
    assert panel.shares is not None


def test_the_law_answers_at_its_field(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.front_door).post(
        reverse("sharing:share", args=[child.pk]),
        answers(cast.listening, gateway="cda1998_s115"),
    )

    assert response.status_code == 200
    assert "Section 115 does not cover voluntary bodies" in text_of(response)


def test_an_analyst_is_told_who_shares(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.analyst).get(reverse("sharing:share", args=[child.pk]))

    assert response.status_code == 403
    assert "Your role does not allow this" in text_of(response)


def test_a_stranger_is_told_nothing(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.city_front_door).get(reverse("sharing:share", args=[child.pk]))

    assert response.status_code == 404


def test_the_panel_says_nothing_to_a_reader_who_may_not_know(
    cast: SimpleNamespace, child: Person
) -> None:
    with acting_as(cast.records_officer.pk) as reader:
        panel = sharing_panel(reader, child.pk)

    assert not panel.may_see
    assert panel.open_to is None
