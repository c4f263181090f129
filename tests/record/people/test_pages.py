"""Keeping a person's record at a browser."""

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.record.people.models import Identifier, Person, Phone
from tests.builders.pages import text_of, title_of
from tests.builders.people import a_child

ClientFor = Callable[[User], Client]
IDENTITY = {
    "born_day": "14",
    "born_month": "3",
    "born_year": "2009",
    "sex": "F",
    "ethnicity": "NOBT",
    "ethnicity_source": "unknown",
    "languages": "",
    "disabilities": "",
    "ehc_plan": "not_known",
    "seen_version": "1",
}


@pytest.fixture
def child(cast: SimpleNamespace) -> Person:
    with acting_as(cast.front_door.pk) as reader:
        return a_child(reader, cast.county)


def test_the_record_shows_who_the_child_is(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.front_door).get(reverse("people:record", args=[child.pk]))

    shown = text_of(response)
    assert "14 March 2009" in shown
    assert "Middleshire County Council" in shown
    assert "Quill" not in title_of(response)


def test_who_may_only_read_is_offered_no_change(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.analyst).get(reverse("people:record", args=[child.pk]))

    assert "14 March 2009" in text_of(response)
    assert reverse("people:identity", args=[child.pk]) not in response.content.decode()


def test_a_part_that_may_not_be_seen_leaves_no_gap(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.records_officer).get(reverse("people:record", args=[child.pk]))

    shown = text_of(response)
    assert "Names" in shown
    assert "Telephones" not in shown
    assert "Care status" not in shown


@pytest.mark.parametrize("page", ["record", "identity"])
def test_another_authority_is_told_that_there_is_no_such_page(
    cast: SimpleNamespace, client_for: ClientFor, child: Person, page: str
) -> None:
    response = client_for(cast.city_front_door).get(reverse(f"people:{page}", args=[child.pk]))

    assert response.status_code == 404


def test_identity_is_changed(cast: SimpleNamespace, client_for: ClientFor, child: Person) -> None:
    response = client_for(cast.front_door).post(
        reverse("people:identity", args=[child.pk]),
        IDENTITY | {"languages": "Polish, English", "ethnicity": "WOTH"},
    )

    assert response["Location"] == reverse("people:record", args=[child.pk])
    with acting_as(cast.front_door.pk):
        stored = Person.objects.get(pk=child.pk)
    assert (stored.languages, stored.ethnicity, stored.version) == (
        ["Polish", "English"],
        "WOTH",
        2,
    )


def test_the_form_shows_the_date_of_birth_as_far_as_it_is_known(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    with acting_as(cast.front_door.pk) as reader:
        child = a_child(reader, cast.county, born_on=date(2009, 3, 1), born_precision="month")

    shown = client_for(cast.front_door).get(reverse("people:identity", args=[child.pk]))

    boxes = dict(re.findall(r'name="born_([a-z]+)"[^>]*? value="(\d+)"', shown.content.decode()))
    assert boxes == {"month": "3", "year": "2009"}


def test_two_editors_see_both_texts_and_choose(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    page = reverse("people:identity", args=[child.pk])
    client_for(cast.team_manager).post(page, IDENTITY | {"languages": "Polish", "sex": "M"})

    client = client_for(cast.front_door)
    response = client.post(page, IDENTITY | {"languages": "Romani"})

    assert response.status_code == 409
    shown = text_of(response)
    assert "Polish" in shown
    assert "Romani" in shown
    assert "Male" in shown

    chosen = IDENTITY | {"languages": "Polish", "sex": "Female", "seen_version": "2"}
    assert client.post(page, chosen).status_code == 302
    with acting_as(cast.front_door.pk):
        stored = Person.objects.get(pk=child.pk)
    assert (stored.languages, stored.sex, stored.version) == (["Polish"], "F", 3)


@pytest.mark.parametrize(
    ("kind", "answers", "shown"),
    [
        ("name", {"kind": "alias", "given": "Ziggy"}, "Ziggy"),
        ("identifier", {"scheme": "nhs", "value": "999 000 0018"}, "999 000 0018"),
        ("identifier", {"scheme": "nhs", "value": "999 000 0019"}, "check digit"),
        ("address", {"kind": "home", "street": "4 Lime Road", "postcode": "ZZ9 9ZZ"}, "Lime Road"),
        ("phone", {"number": "07700 900111"}, "07700 900111"),
        ("school", {"school_name": "Ashgrove"}, "Ashgrove"),
        ("care", {"legal_status": "C2"}, "Full care order"),
    ],
)
def test_facts_are_added_and_shown(
    cast: SimpleNamespace,
    client_for: ClientFor,
    child: Person,
    *,
    kind: str,
    answers: dict[str, str],
    shown: str,
) -> None:
    client = client_for(cast.front_door)

    response = client.post(reverse("people:add", args=[child.pk, kind]), answers)

    assert response.status_code == 302, text_of(response)
    assert shown in text_of(client.get(response["Location"]))


def test_an_authority_is_added(cast: SimpleNamespace, client_for: ClientFor, child: Person) -> None:
    client = client_for(cast.front_door)

    response = client.post(
        reverse("people:add", args=[child.pk, "authority"]),
        {"kind": "home", "authority": str(cast.city.pk)},
    )

    assert "Wexcombe City Council" in text_of(client.get(response["Location"]))


def test_a_form_that_came_from_the_childs_page_leads_back_there(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    page = reverse("people:add", args=[child.pk, "phone"])

    response = client_for(cast.front_door).post(f"{page}?from=child", {"number": "07700900111"})

    assert response["Location"] == reverse("cases:people_places", args=[child.pk])


def test_a_form_without_an_answer_names_what_is_missing(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.front_door).post(
        reverse("people:add", args=[child.pk, "school"]), {}
    )

    assert "Select the school, or enter its name" in text_of(response)


def test_an_unknown_kind_of_fact_is_no_page(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    response = client_for(cast.front_door).get(reverse("people:add", args=[child.pk, "secret"]))

    assert response.status_code == 404


def test_a_fact_is_ended_and_stays(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    client = client_for(cast.front_door)
    client.post(reverse("people:add", args=[child.pk, "phone"]), {"number": "07700900111"})
    with acting_as(cast.front_door.pk):
        phone = Phone.objects.get(person=child)
    page = reverse("people:end", args=[child.pk, "phone", phone.pk])

    response = client.post(page, {"ends_on_day": "1", "ends_on_month": "2", "ends_on_year": "2026"})

    assert "Until Sun 1 Feb 2026" in text_of(client.get(response["Location"]))


def test_nobody_ends_a_fact_before_it_began(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    client = client_for(cast.front_door)
    began = {"starts_on_day": "1", "starts_on_month": "3", "starts_on_year": "2026"}
    number = {"scheme": "other", "value": "A1"}
    client.post(reverse("people:add", args=[child.pk, "identifier"]), number | began)
    with acting_as(cast.front_door.pk):
        row = Identifier.objects.get(person=child)
    page = reverse("people:end", args=[child.pk, "identifier", row.pk])

    response = client.post(page, {"ends_on_day": "1", "ends_on_month": "2", "ends_on_year": "2026"})

    assert response.status_code == 403
    assert "cannot end before it began" in text_of(response)
