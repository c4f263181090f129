"""The form for anybody, through a browser without scripts."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.work.referrals import rules
from harbour.work.referrals.models import DescribedChild, Draft, Referral
from harbour.work.referrals.tasks import dispose_of_drafts
from harbour.work.referrals.vocabulary import Channel

type Acting = Callable[[User], AbstractContextManager[Reader]]
type Unbound = Callable[[], AbstractContextManager[None]]
SEND = "/referrals/send/"


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    del db
    cache.clear()


def answers(cast: SimpleNamespace) -> list[tuple[str, dict[str, object]]]:
    """Return every page of the form with an answer, for one child."""
    return [
        ("danger", {"immediate_danger": "no"}),
        ("area", {"area": str(cast.county.pk)}),
        ("child-1-name", {"given": "Amara", "family": "Quill"}),
        ("child-1-age", {"born_year": "2009", "age_said": "14", "sex": "F"}),
        ("child-1-home", {"address": "12 Alder Road, Wexcombe"}),
        ("child-1-now", {"phone": "07700 900123"}),
        ("more-children", {"another": "no"}),
        ("worries", {"concerns": ["cse", "missing"]}),
        ("story", {"narrative": "A man in a silver car waits outside school."}),
        ("group", {}),
        ("parents", {"parents_informed": "no", "parents_reason": "He may be at home."}),
        ("you", {"relation": "work", "service": "2A"}),
        ("contact", {"referrer_contact": "moira@example.org"}),
    ]


def fill(client: Client, cast: SimpleNamespace) -> None:
    for slug, answer in answers(cast):
        response = client.post(f"{SEND}{slug}/", answer)
        assert response.status_code == 302, (slug, response.content.decode()[:2000])


@pytest.mark.usefixtures("db")
def test_the_first_thing_anybody_reads_is_to_call_999(client: Client) -> None:
    page = client.get(SEND).content.decode()

    main = page[page.index("<main") :]
    assert "Call 999" in main[: main.index("Start now")]


def test_anybody_sends_a_concern_and_gets_a_reference(
    cast: SimpleNamespace, client: Client, as_user: Acting
) -> None:
    fill(client, cast)
    checked = client.get(f"{SEND}check/").content.decode()
    assert "Amara" in checked
    assert "A man in a silver car" in checked

    sent = client.post(f"{SEND}check/")
    done = client.get(sent.headers["Location"]).content.decode()

    found = rules.REFERENCE_SHAPE.search(done)
    assert found is not None
    with as_user(cast.front_door):
        referral = Referral.objects.get(reference=found.group())
        assert (referral.channel, referral.source) == (Channel.PUBLIC_FORM, "2A")
        assert referral.concerns == ["cse", "missing"]
        child = DescribedChild.objects.get(referral=referral)
        assert (child.given, child.born_precision, child.born_on.year if child.born_on else 0) == (
            "Amara",
            "year",
            2009,
        )


def test_a_second_press_of_send_does_nothing_more(
    cast: SimpleNamespace, client: Client, as_user: Acting
) -> None:
    fill(client, cast)
    first = client.post(f"{SEND}check/")
    second = client.post(f"{SEND}check/")

    assert first.headers["Location"] == second.headers["Location"] == f"{SEND}done/"
    with as_user(cast.front_door):
        assert Referral.objects.count() == 1


def test_several_children_are_told_about_together_and_one_can_be_taken_out(
    cast: SimpleNamespace, client: Client, as_user: Acting
) -> None:
    fill(client, cast)
    client.post(f"{SEND}more-children/", {"another": "yes"})
    client.post(f"{SEND}child-2-name/", {"known_as": "Bex"})
    for slug in ("age", "home", "now"):
        client.post(f"{SEND}child-2-{slug}/")
    client.post(f"{SEND}more-children/", {"another": "no"})
    assert "Bex" in client.get(f"{SEND}check/").content.decode()

    client.post(f"{SEND}without/1/")
    client.post(f"{SEND}check/")

    with as_user(cast.front_door):
        assert [each.known_as for each in DescribedChild.objects.all()] == ["Bex"]


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("danger", "Select yes if anyone is in danger right now"),
        ("area", "Select the area"),
        ("child-1-name", "Enter a name or a nickname"),
        ("worries", "Select at least one worry"),
        ("story", "Enter what you have seen or heard"),
        ("parents", "Select whether the parents or carers know"),
        ("you", "Select who you are"),
    ],
)
@pytest.mark.usefixtures("cast")
def test_an_empty_answer_is_named(client: Client, slug: str, sentence: str) -> None:
    client.post(f"{SEND}danger/", {"immediate_danger": "no"})

    page = client.post(f"{SEND}{slug}/", {})

    assert page.status_code == 200
    assert sentence in page.content.decode()


@pytest.mark.usefixtures("cast")
def test_danger_now_asks_what_was_done_and_stays_in_sight(client: Client) -> None:
    refused = client.post(f"{SEND}danger/", {"immediate_danger": "yes"})
    assert "Enter what has been done about the danger" in refused.content.decode()

    client.post(f"{SEND}danger/", {"immediate_danger": "yes", "danger_action": "999 at 16:10"})

    assert "Call 999 if nobody has" in client.get(f"{SEND}area/").content.decode()


@pytest.mark.usefixtures("db")
def test_nobody_jumps_into_the_middle(client: Client) -> None:
    assert client.get(f"{SEND}story/").headers["Location"] == SEND
    assert client.get(f"{SEND}check/").headers["Location"] == SEND
    assert client.get(f"{SEND}done/").headers["Location"] == SEND
    assert client.get(f"{SEND}no-such-question/").status_code == 404


def test_the_browser_is_told_to_keep_nothing_and_holds_only_a_session(
    cast: SimpleNamespace, client: Client
) -> None:
    fill(client, cast)

    for slug, _ in answers(cast):
        page = client.get(f"{SEND}{slug}/")
        assert page.headers["Cache-Control"] == "no-store"
        assert "localStorage" not in page.content.decode()
    kept = " ".join(cookie.value for cookie in client.cookies.values())
    assert "Amara" not in kept
    assert "Amara" not in str(dict(client.session))


def test_drafts_are_read_by_key_alone_and_gone_after_a_day(
    cast: SimpleNamespace, client: Client, unbound: Unbound
) -> None:
    fill(client, cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('harbour_app', 'referrals_draft', 'SELECT')")
        assert cursor.fetchone() == (False,)
    with unbound():
        assert Draft.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE referrals_draft SET touched_at = touched_at - interval '25 hours'"
            )

    assert client.get(f"{SEND}check/").headers["Location"] == SEND
    client.post(f"{SEND}danger/", {"immediate_danger": "no"})

    with unbound():
        assert Draft.objects.count() == 1


def test_the_worker_disposes_of_what_nobody_sent(
    cast: SimpleNamespace, client: Client, unbound: Unbound
) -> None:
    fill(client, cast)
    assert dispose_of_drafts() == 0
    with unbound(), connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_draft SET touched_at = touched_at - interval '25 hours'")

    assert dispose_of_drafts() == 1

    with unbound():
        assert not Draft.objects.exists()


def test_a_machine_that_fills_every_box_is_stopped_with_a_sentence(client: Client) -> None:
    page = client.post(f"{SEND}danger/", {"immediate_danger": "no", "website": "http://spam"})

    assert page.status_code == 200
    assert "stop machines" in page.content.decode()


def test_one_address_sends_so_often_an_hour_and_is_told_to_call(
    cast: SimpleNamespace, client: Client, as_user: Acting
) -> None:
    most = rules.PUBLIC_LIMITS["send"][1]
    for _ in range(most):
        fill(client, cast)
        assert client.post(f"{SEND}check/").status_code == 302

    fill(client, cast)
    refused = client.post(f"{SEND}check/")

    assert refused.status_code == 429
    words = re.sub(r"\s+", " ", refused.content.decode())
    assert "try again in an hour" in words
    assert "day or night" in words
    with as_user(cast.front_door):
        assert Referral.objects.count() == most


@pytest.mark.usefixtures("db")
def test_what_no_person_types_is_refused_by_its_size(client: Client) -> None:
    page = client.post(f"{SEND}danger/", {"immediate_danger": "no", "x": "y" * 70_000})

    assert page.status_code == 400
    assert "more than the form can take" in page.content.decode()


@pytest.mark.usefixtures("db")
def test_the_form_is_closed_to_requests_from_other_sites() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(f"{SEND}danger/", {"immediate_danger": "no"}).status_code == 403


def test_an_unknown_area_goes_to_the_first_authority_by_code(
    cast: SimpleNamespace, client: Client, as_user: Acting
) -> None:
    fill(client, cast)
    client.post(f"{SEND}area/", {"area": "unknown"})
    client.post(f"{SEND}check/")

    with as_user(cast.front_door):
        assert Referral.objects.get().authority_id == cast.county.pk
