"""The front door's pages through a browser."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person
from harbour.work.referrals import queries
from harbour.work.referrals.actions import SaidChild
from harbour.work.referrals.models import Referral
from harbour.work.referrals.vocabulary import Channel, Decision, Status
from tests.builders.people import a_child
from tests.builders.referrals import a_concern, a_decision, a_link

type Acting = Callable[[User], AbstractContextManager[Reader]]
type Unbound = Callable[[], AbstractContextManager[None]]
type SignIn = Callable[[User], Client]


@pytest.fixture
def sent(cast: SimpleNamespace, as_user: Acting) -> Referral:
    with as_user(cast.front_door) as reader:
        return a_concern(reader, cast.county)


@pytest.fixture
def child(cast: SimpleNamespace, as_user: Acting) -> Person:
    with as_user(cast.front_door) as reader:
        return a_child(reader, cast.county)


def address(name: str, *args: object) -> str:
    return reverse(f"referrals:{name}", args=args)


def test_the_inbox_shows_what_waits_by_its_clock(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn
) -> None:
    now = clock.now()
    with as_user(cast.front_door) as reader:
        fresh = a_concern(reader, cast.county, SaidChild(given="Fresh"), at=now)
        old = a_concern(reader, cast.county, SaidChild(given="Older"), at=now - timedelta(days=10))

    page = client_for(cast.front_door).get(address("inbox")).content.decode()

    assert page.index(old.reference) < page.index(fresh.reference)
    assert "Overdue" in page
    assert "To be screened (2, 1 overdue)" in page


def test_an_empty_inbox_says_what_would_stand_there(
    cast: SimpleNamespace, client_for: SignIn
) -> None:
    page = client_for(cast.front_door).get(address("inbox")).content.decode()

    assert "No concern fits" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?source=2A", True),
        ("?source=6", False),
        ("?source=yos", False),
        ("?concern=cse", True),
        ("?concern=online", False),
        ("?status=screened", False),
        ("?status=all&late=late", False),
    ],
)
def test_the_inbox_is_narrowed_from_the_address(
    cast: SimpleNamespace, client_for: SignIn, sent: Referral, query: str, *, shown: bool
) -> None:
    page = client_for(cast.front_door).get(address("inbox") + query).content.decode()

    assert (sent.reference in page) is shown


def test_the_inbox_asks_the_same_few_questions_for_fifty_concerns_as_for_one(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, child: Person
) -> None:
    browser = client_for(cast.front_door)
    with as_user(cast.front_door) as reader:
        a_concern(reader, cast.county)
    browser.get(address("inbox"))
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        browser.get(address("inbox") + "?size=50")
    with as_user(cast.front_door) as reader:
        for _ in range(49):
            a_link(reader, a_concern(reader, cast.county), child.pk)

    with CaptureQueriesContext(connection) as for_fifty:
        page = browser.get(address("inbox") + "?size=50")

    assert page.content.decode().count("HB-") >= 50
    assert len(for_fifty) == len(for_one)
    rooms = [each["sql"] for each in for_fifty if "referrals_" in each["sql"]]
    assert len(rooms) <= 6


def test_the_inbox_writes_one_row_with_every_child_it_shows(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, unbound: Unbound, child: Person,
    sent: Referral,
) -> None:  # fmt: skip
    with as_user(cast.front_door) as reader:
        a_link(reader, sent, child.pk)

    client_for(cast.front_door).get(address("inbox"))

    with unbound():
        entry = Entry.objects.get(event="referrals.inbox")
    assert entry.subjects == [child.pk]


@pytest.mark.parametrize("key", ["director", "administrator", "records_officer", "school_lead"])
def test_the_inbox_refuses_those_who_do_not_screen(
    cast: SimpleNamespace, client_for: SignIn, key: str
) -> None:
    page = client_for(getattr(cast, key)).get(address("inbox"))

    assert page.status_code == 403


@pytest.mark.parametrize("key", ["city_front_door", "neighbour", "school_lead", "home_manager"])
def test_a_stranger_is_told_a_concern_is_not_there(
    cast: SimpleNamespace, client_for: SignIn, sent: Referral, key: str
) -> None:
    browser = client_for(getattr(cast, key))

    assert browser.get(address("detail", sent.pk)).status_code == 404


def test_nobody_is_sent_to_sign_in(client: Client, sent: Referral) -> None:
    page = client.get(address("detail", sent.pk))

    assert page.status_code == 302
    assert page.headers["Location"].startswith("/accounts/login/")


def test_the_search_has_run_and_says_why_this_may_be_the_child(
    cast: SimpleNamespace, client_for: SignIn, sent: Referral, child: Person
) -> None:
    page = client_for(cast.front_door).get(address("detail", sent.pk)).content.decode()

    assert "Who might this be?" in page
    assert "This is the child" in page
    assert str(child.pk) in page


def test_a_child_is_linked_and_the_concern_goes_to_the_daily_meeting(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, sent: Referral, child: Person
) -> None:
    browser = client_for(cast.front_door)
    with as_user(cast.front_door):
        [described] = queries.described_children(sent.pk)
    asked = {"decision": "daily_meeting", "reason": "Two sightings.", "seen_version": "1"}

    refused = browser.post(address("decide", sent.pk), asked).content.decode()
    assert "Link at least one child" in refused
    browser.post(address("link", sent.pk), {"described": described.pk, "person": child.pk})
    decided = browser.post(address("decide", sent.pk), asked, follow=True).content.decode()

    assert "The decision is recorded." in decided
    assert "To the daily meeting" in decided
    with as_user(cast.front_door):
        assert Referral.objects.get(pk=sent.pk).decision == Decision.DAILY_MEETING


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"reason": "Because"}, "Select what happens now"),
        ({"decision": "advice"}, "Enter why"),
    ],
)
def test_a_decision_without_its_parts_is_handed_back(
    cast: SimpleNamespace, client_for: SignIn, sent: Referral, posted: dict[str, str], sentence: str
) -> None:
    page = client_for(cast.front_door).post(
        address("decide", sent.pk), {**posted, "seen_version": "1"}
    )

    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_a_decision_pressed_twice_is_made_once(
    cast: SimpleNamespace, client_for: SignIn, unbound: Unbound, sent: Referral
) -> None:
    browser = client_for(cast.front_door)
    asked = {
        "decision": "advice",
        "reason": "Advice to the school.",
        "seen_version": "1",
        "form_key": "5b0c9b58-3a1e-4b6e-9d8e-0f8f6a0a1c11",
    }

    first = browser.post(address("decide", sent.pk), asked)
    second = browser.post(address("decide", sent.pk), asked)

    assert first.status_code == second.status_code == 302
    with unbound():
        assert Entry.objects.filter(event="referrals.decided").count() == 1


def test_the_referrer_is_told_with_a_ready_sentence(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, sent: Referral
) -> None:
    with as_user(cast.front_door) as reader:
        a_decision(reader, sent, Decision.ADVICE)
    browser = client_for(cast.front_door)
    page = browser.get(address("detail", sent.pk)).content.decode()
    assert "Thank you for telling us." in page

    browser.post(address("feedback", sent.pk), {"text": "Thank you.", "seen_version": "2"})

    told = client_for(cast.front_door).get(address("sent")).content.decode()
    assert "Thank you." in told


def test_a_wrong_link_is_taken_away_with_a_reason(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, sent: Referral, child: Person
) -> None:
    with as_user(cast.front_door) as reader:
        made = a_link(reader, sent, child.pk)
    browser = client_for(cast.front_door)
    assert "Enter why this is not" in browser.post(address("unlink", made.pk)).content.decode()

    page = browser.post(address("unlink", made.pk), {"reason": "Her cousin"}, follow=True)

    assert "was linked by mistake" in page.content.decode()


def test_a_child_nobody_found_is_registered_from_what_was_said(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn, sent: Referral
) -> None:
    with as_user(cast.front_door):
        [described] = queries.described_children(sent.pk)
    browser = client_for(cast.front_door)
    where = address("register", sent.pk, described.pk)
    assert 'value="Amara"' in browser.get(where).content.decode()

    page = browser.post(
        where,
        {"given": "Amara", "family": "Quill", "sex": "F", "responsible": str(cast.county.pk)},
        follow=True,
    )

    assert "registered and linked" in page.content.decode()


def test_the_watch_list_says_why_a_concern_resurfaced(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn
) -> None:
    named = SaidChild(given="Amara", phone="07700 900123")
    with as_user(cast.front_door) as reader:
        shelved = a_decision(reader, a_concern(reader, cast.county, named))
        a_concern(reader, cast.county, named)
    browser = client_for(cast.front_door)

    page = browser.get(address("watch")).content.decode()
    one = browser.get(address("detail", shelved.pk)).content.decode()

    for shown in (page, one):
        assert "Something new touches the same phone number." in shown
    ended = browser.post(
        address("stop_watching", shelved.pk), {"reason": "Moved away"}, follow=True
    )
    assert "The watch has ended." in ended.content.decode()


def test_staff_find_themselves_filled_in(cast: SimpleNamespace, client_for: SignIn) -> None:
    browser = client_for(cast.youth_justice)
    browser.post("/referrals/new/danger/", {"immediate_danger": "no"})

    page = browser.get("/referrals/new/sender/").content.decode()

    assert cast.youth_justice.name in page
    assert '<option value="yos" selected>' in page


def call(cast: SimpleNamespace, **other: object) -> dict[str, object]:
    return {
        "children": "1",
        "immediate_danger": "no",
        "authority": str(cast.county.pk),
        "narrative": "Caller saw her get into a van.",
        "concerns": ["cse"],
        "source": "1B",
        "parents_informed": "not_known",
        "received_at_day": "17",
        "received_at_month": "4",
        "received_at_year": "2019",
        "received_at_time": "23:40",
        "child0-given": "Amara",
        **other,
    }


def test_a_call_at_night_is_taken_down_on_one_page(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn
) -> None:
    browser = client_for(cast.out_of_hours)
    assert browser.get(address("call")).status_code == 200

    page = browser.post(address("call"), call(cast), follow=True)

    assert "The call is recorded" in page.content.decode()
    with as_user(cast.front_door):
        found = Referral.objects.get()
        assert (found.channel, found.status) == (Channel.PHONE, Status.NEW)
        assert found.screening_due_on.isoformat() == "2019-04-18"


def test_another_child_is_added_to_a_call_without_losing_a_word(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn
) -> None:
    browser = client_for(cast.out_of_hours)

    page = browser.post(address("call"), call(cast, add_child="1", source="")).content.decode()

    assert "Child 2" in page
    assert "Caller saw her get into a van." in page
    assert "There is a problem" not in page
    browser.post(address("call"), call(cast, children="2", **{"child1-known_as": "Bex"}))
    with as_user(cast.front_door):
        [found] = Referral.objects.all()
        assert len(queries.described_children(found.pk)) == 2


def test_a_call_with_gaps_names_them(cast: SimpleNamespace, client_for: SignIn) -> None:
    page = client_for(cast.out_of_hours).post(
        address("call"), call(cast, narrative="", **{"child0-given": ""})
    )

    words = page.content.decode()
    assert "Enter what the caller says" in words
    assert "Enter a name or a nickname" in words


def test_a_concern_is_passed_on_from_its_page(
    cast: SimpleNamespace, as_user: Acting, client_for: SignIn
) -> None:
    with as_user(cast.public_intake) as intake:
        sent = a_concern(intake, cast.county, channel=Channel.PUBLIC_FORM)
    browser = client_for(cast.front_door)
    assert (
        "Pass on to another authority" in browser.get(address("detail", sent.pk)).content.decode()
    )
    empty = browser.post(address("pass_on", sent.pk)).content.decode()
    assert "Select the authority" in empty
    assert "Enter how you know" in empty

    passed = browser.post(
        address("pass_on", sent.pk),
        {"authority": str(cast.city.pk), "reason": "City school", "seen_version": "1"},
        follow=True,
    )

    assert "The concern is passed on." in passed.content.decode()
    assert browser.get(address("detail", sent.pk)).status_code == 404
    assert client_for(cast.city_front_door).get(address("detail", sent.pk)).status_code == 200
