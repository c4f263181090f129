"""Searching and registering, as a person at a browser does it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.audit.models import Entry
from harbour.record.people.models import Person
from tests.builders.pages import text_of, title_of
from tests.builders.people import a_child

ClientFor = Callable[[User], Client]


def hidden_fields(response: Any) -> dict[str, str]:
    found = re.findall(
        r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', response.content.decode()
    )
    return {name: value for name, value in found if name not in ("csrfmiddlewaretoken", "form_key")}


@pytest.fixture
def known(cast: SimpleNamespace) -> Person:
    with acting_as(cast.front_door.pk) as reader:
        return a_child(reader, cast.county)


def new_child(cast: SimpleNamespace, **changed: str) -> dict[str, str]:
    return {
        "stage": "register",
        "given": "Amara",
        "family": "Quill",
        "born_day": "14",
        "born_month": "3",
        "born_year": "2009",
        "sex": "F",
        "responsible": str(cast.county.pk),
        **changed,
    }


def test_the_search_page_asks_and_finds_nobody_yet(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    response = client_for(cast.front_door).get(reverse("linkage:find"))

    assert response.status_code == 200
    assert "Register a new child" not in text_of(response)


def test_a_search_shows_who_was_found_and_why(
    cast: SimpleNamespace, client_for: ClientFor, known: Person
) -> None:
    response = client_for(cast.front_door).post(
        reverse("linkage:find"), {"given": "Amarra", "family": "Quill"}
    )

    shown = text_of(response)
    assert "First name spelt differently: Amara" in shown
    assert reverse("cases:child", args=[known.pk]) in response.content.decode()


def test_an_empty_search_is_told_what_to_enter(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    response = client_for(cast.front_door).post(reverse("linkage:find"), {})

    assert "Enter a name, a date of birth, a number or a postcode" in text_of(response)


def test_those_who_do_not_register_are_led_to_a_referral(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    response = client_for(cast.school_lead).post(reverse("linkage:find"), {"given": "Amara"})

    shown = text_of(response)
    assert "Nobody whom you may see answers to this" in shown
    assert "Send a referral" in shown
    assert "Register a new child" not in shown


def test_a_director_does_not_search(cast: SimpleNamespace, client_for: ClientFor) -> None:
    response = client_for(cast.director).get(reverse("linkage:find"))

    assert response.status_code == 403


def test_nobody_registers_without_a_search(cast: SimpleNamespace, client_for: ClientFor) -> None:
    client = client_for(cast.front_door)

    for response in (
        client.get(reverse("linkage:register")),
        client.post(reverse("linkage:register"), new_child(cast)),
        client.post(reverse("linkage:register"), new_child(cast, searched="made up")),
    ):
        assert response.status_code == 302
        assert response["Location"] == reverse("linkage:find")


def test_another_persons_search_is_no_search(cast: SimpleNamespace, client_for: ClientFor) -> None:
    found = client_for(cast.team_manager).post(reverse("linkage:find"), {"given": "Zebedee"})
    searched = hidden_fields(found)["searched"]

    response = client_for(cast.front_door).post(
        reverse("linkage:register"), new_child(cast, searched=searched)
    )

    assert response["Location"] == reverse("linkage:find")


def test_a_child_is_registered_after_a_search_with_nothing_typed_twice(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    client = client_for(cast.front_door)
    typed = {"given": "Zebedee", "family": "Yarrow", "born_year": "2010"}
    carried = hidden_fields(client.post(reverse("linkage:find"), typed))

    form = client.post(reverse("linkage:register"), carried)
    assert 'value="Zebedee"' in form.content.decode()
    assert 'value="2010"' in form.content.decode()

    answers = new_child(
        cast, given="Zebedee", family="Yarrow", born_day="", born_month="", born_year="2010",
        searched=carried["searched"], identifier_scheme="nhs", identifier="9990000018",
        phone="07700900111",
    )  # fmt: skip
    response = client.post(reverse("linkage:register"), answers)

    with acting_as(cast.front_door.pk):
        child = Person.objects.get(born_precision="year")
        row = Entry.objects.get(event="linkage.registered")
    assert response["Location"] == reverse("cases:child", args=[child.pk])
    assert (row.results, row.about_id) == (0, child.pk)


def test_a_child_beside_one_who_may_be_the_same_needs_a_reason(
    cast: SimpleNamespace, client_for: ClientFor, known: Person
) -> None:
    client = client_for(cast.front_door)
    carried = hidden_fields(client.post(reverse("linkage:find"), {"family": "Quill"}))
    answers = new_child(cast, given="Oscar", searched=carried["searched"])

    refused = client.post(reverse("linkage:register"), answers)
    assert "Say why none of the children above is this child" in text_of(refused)
    assert "may be a twin" in text_of(refused)

    response = client.post(
        reverse("linkage:register"), answers | {"reason": "He is her twin brother."}
    )

    assert response.status_code == 302
    with acting_as(cast.front_door.pk):
        row = Entry.objects.get(event="linkage.registered")
    assert row.reason == "He is her twin brother."
    assert known.pk in row.subjects


def test_what_is_typed_never_stands_in_an_address(
    cast: SimpleNamespace, client_for: ClientFor, known: Person
) -> None:
    response = client_for(cast.front_door).post(
        reverse("linkage:find"), {"given": "Amara", "family": "Quill"}
    )

    links = re.findall(r'(?:href|action)="([^"]*)"', response.content.decode())
    assert not [each for each in links if "Amara" in each or "Quill" in each]
    assert "Quill" not in title_of(response)
    assert str(known.pk) in response.content.decode()


def test_a_relation_is_added_to_somebody_who_was_found(
    cast: SimpleNamespace, client_for: ClientFor, known: Person
) -> None:
    with acting_as(cast.front_door.pk) as reader:
        brother = a_child(reader, cast.county, given="Oscar")
    client = client_for(cast.front_door)
    page = reverse("linkage:relate", args=[known.pk])
    asked = {"kind": "twin", "given": "Oscar", "family": "Quill"}

    offered = client.post(page, asked)
    assert "Oscar Quill" in text_of(offered)
    response = client.post(page, asked | {"other": str(brother.pk)})

    assert response["Location"] == reverse("cases:people_places", args=[known.pk])
