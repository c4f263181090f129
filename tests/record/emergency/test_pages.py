"""Emergency access at a browser, without JavaScript."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.record.people.models import Person
from tests.builders.emergency import REASON, a_broken_glass, offices_shut
from tests.builders.pages import text_of, title_of
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    """Give a city child, whom the county's out-of-hours worker does not see."""
    offices_shut()
    with as_user(cast.city_front_door) as reader:
        return a_child(reader, cast.city, born_on=date(2009, 3, 14))


def asked(**changed: Any) -> dict[str, Any]:
    return {
        "reason": REASON,
        "given": "Amara",
        "family": "Quill",
        "born_on_day": "14",
        "born_on_month": "3",
        "born_on_year": "2009",
        "number": "",
        **changed,
    }


def test_from_the_search_to_the_review(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    night = client_for(cast.out_of_hours)
    assert night.get(reverse("cases:child", args=[child.pk])).status_code == 404
    found = night.post(reverse("emergency:start"), asked())
    assert "Found for emergency access" in text_of(found)
    assert "Quill" not in text_of(found)

    opened = night.post(found.context["open"])
    assert opened["Location"] == reverse("cases:child", args=[child.pk])
    page = text_of(night.get(opened["Location"]))
    assert "Amara Quill" in page
    assert "for 60 minutes more" in page
    own = text_of(night.get("/"))
    assert "Your emergency access is open" in own

    blocked = night.get(reverse("emergency:start"))
    assert blocked.status_code == 403
    assert "has not been reviewed" in text_of(blocked)


def test_not_found_says_no_more_than_that(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    del child
    answer = client_for(cast.out_of_hours).post(reverse("emergency:start"), asked(born_on_day="15"))

    assert answer.status_code == 200
    assert "Not found for emergency access" in text_of(answer)
    assert "You can look 4 more times" in text_of(answer)


def test_a_name_without_its_day_of_birth_is_no_search(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    del child
    answer = client_for(cast.out_of_hours).post(
        reverse("emergency:start"), asked(born_on_day="", born_on_month="", born_on_year="")
    )

    assert "or enter a number" in text_of(answer)
    assert title_of(answer).startswith("Error: ")


def test_a_lead_reviews_what_was_looked_at(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
    row = a_broken_glass(child.pk, cast.county)
    lead = client_for(cast.team_manager)
    address = reverse("emergency:one", args=[row.pk])

    assert "Emergency access by Owen Pryce" in text_of(lead.get("/"))
    assert "Was it justified?" in text_of(lead.get(address))
    answer = lead.post(
        reverse("emergency:review", args=[row.pk]),
        {"verdict": "follow_up", "note": "Ring the detective about the wording."},
    )
    assert answer["Location"] == address
    after = text_of(lead.get(address))
    assert "Needs follow-up" in after
    assert "Emergency access by Owen Pryce" not in text_of(lead.get("/"))
    assert "Needs follow-up" in text_of(lead.get(reverse("emergency:queue")))
    tab = reverse("cases:sharing", args=[child.pk])
    lead.post(tab, {"opened_for": "supervision"})
    assert "Police found her at the station" in text_of(lead.get(tab))


def test_the_records_officer_sees_that_and_why_but_not_whom_else(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
    row = a_broken_glass(child.pk, cast.county)

    page = client_for(cast.records_officer).get(reverse("emergency:one", args=[row.pk]))

    assert REASON in text_of(page)


@pytest.mark.parametrize("key", ["city_front_door", "school_lead", "home_manager"])
def test_others_are_told_nothing(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, key: str
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
    row = a_broken_glass(child.pk, cast.county)

    page = client_for(getattr(cast, key)).get(reverse("emergency:one", args=[row.pk]))

    assert page.status_code in {403, 404}
    assert REASON not in text_of(page)
