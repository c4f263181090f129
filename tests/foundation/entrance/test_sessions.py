"""Sessions: listed, ended, renamed when rights change, kept by no browser, and proved anew."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from harbour.foundation.access.models import User
from harbour.foundation.audit.models import Entry
from harbour.foundation.entrance import proof, sessions
from harbour.foundation.kernel import clock
from tests.journeys.walk import addresses, random_ids

PASSWORD = "a-long-invented-password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def worker(cast, unbound):
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    TOTP.activate(cast.nurse, SECRET)
    return cast.nurse


def _code():
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def _signed_in(worker):
    client = Client()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
    halfway = client.session.session_key
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    return client, halfway


def _is_in(client):
    return client.get(reverse("home:my_work")).status_code == 200


def test_the_session_has_another_name_after_each_step(worker):
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["harbour_session"] = str(session.session_key)
    planted = session.session_key

    client.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
    halfway = client.session.session_key
    client.post(reverse("mfa_authenticate"), {"code": _code()})

    assert client.session.session_key not in {planted, halfway}
    assert not Session.objects.filter(session_key=planted).exists()
    assert _is_in(client)


def test_a_password_alone_opens_nothing_where_a_factor_is_set_up(worker):
    client = Client()
    client.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})

    assert not _is_in(client)
    assert "_auth_user_id" not in client.session


def test_a_code_opens_once(worker):
    code = _code()
    first, second = Client(), Client()
    for client in (first, second):
        client.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})

    assert _is_in(first)
    assert not _is_in(second)


def test_factors_are_not_readable_in_the_database(worker):
    stored = str(Authenticator.objects.get(user=worker).data)

    assert SECRET not in stored


def test_a_person_sees_her_sessions_and_ends_one_and_all_others(worker, unbound):
    here, there, elsewhere = (_sign_in_again(worker) for _ in range(3))
    shown = here.get(reverse("entrance:account")).content.decode()
    mine = sessions.of(worker.pk, current=here.session.session_key)
    other = next(each for each in mine if not each.current)

    here.post(reverse("entrance:end_session", args=[other.id]))
    left = [_is_in(each) for each in (here, there, elsewhere)]
    here.post(reverse("entrance:end_sessions"))

    assert shown.count("This one") == 1
    assert left[0]
    assert sorted(left) == [False, True, True]
    assert [_is_in(each) for each in (here, there, elsewhere)] == [True, False, False]
    with unbound():
        assert Entry.objects.filter(event="entrance.sessions_ended").count() == 2


def _sign_in_again(worker):
    client = Client()
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert _is_in(client)
    session = client.session
    session[proof.PROVED] = int(clock.now().timestamp())
    session.save()
    return client


def test_nobody_ends_a_session_of_somebody_else(cast, worker, client_for):
    hers = _sign_in_again(worker)
    (sitting,) = sessions.of(worker.pk)
    other, own = client_for(cast.detective), client_for(cast.detective)

    stranger = other.post(reverse("entrance:end_session", args=[sitting.id]))
    absent = other.post(reverse("entrance:end_session", args=[999_999]))

    assert stranger.status_code == absent.status_code == 404
    assert _is_in(hers)
    assert _is_in(own)


def test_signing_out_clears_the_browser_and_the_session_is_gone(worker):
    client, _ = _signed_in(worker)
    key = client.session.session_key

    answer = client.post(reverse("account_logout"))

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert not sessions.of(worker.pk)


@pytest.mark.parametrize(
    "name", ["home:my_work", "entrance:account", "mfa_index", "reporting:quarter", "entrance:stay"]
)
def test_nothing_signed_in_is_kept_by_a_browser(cast, client_for, name):
    assert client_for(cast.nurse).get(reverse(name)).headers["Cache-Control"] == "no-store"


def test_a_page_says_when_its_session_ends(cast, client_for):
    browser = client_for(cast.nurse)

    shown = browser.get(reverse("home:my_work")).content.decode()
    asked = browser.get(reverse("entrance:stay"), headers={"X-Unattended": "1"}).json()

    assert "If you do nothing you are signed out at" in shown
    assert "Sign out" in shown
    assert 1790 <= asked["seconds"] <= 1800


def test_asking_how_long_does_not_prolong_and_staying_does(cast, client_for):
    browser = client_for(cast.nurse)
    browser.get(reverse("home:my_work"))
    session = browser.session
    session["seen"] -= 600
    session.save()

    asked = browser.get(reverse("entrance:stay"), headers={"X-Unattended": "1"}).json()["seconds"]
    stayed = browser.post(reverse("entrance:stay")).json()["seconds"]

    assert asked <= 1200
    assert stayed >= 1790


def _stale(client):
    session = client.session
    session["proved"] = int(clock.now().timestamp()) - 301
    session.save()


ROLE = {"role": "nurse", "starts_on_0": "1", "starts_on_1": "5", "starts_on_2": "2026"}


def test_an_old_proof_is_asked_for_again_and_what_was_sent_goes_on(cast, worker, client_for):
    browser = client_for(cast.administrator)
    _stale(browser)
    key = browser.session.session_key
    sent = {"name": "Nell <b>", "job": "x", "email": "nell@example.org", "password": PASSWORD}

    asked = browser.post(reverse("staff:add_person"), sent)
    before = User.objects.filter(email="nell@example.org").exists()
    done = browser.post(
        reverse("staff:add_person"), {**sent, "prove_by": "demo", "prove_then": "send"}
    )

    assert asked.status_code == 200
    assert 'name="name" value="Nell &lt;b&gt;"' in asked.content.decode()
    assert not before
    assert done.status_code == 302
    assert User.objects.get(email="nell@example.org").name == "Nell <b>"
    assert browser.session.session_key != key


def test_outside_the_demo_only_a_real_proof_counts(worker, settings):
    client, _ = _signed_in(worker)
    _stale(client)
    request: Any = RequestFactory().post("/", {"prove_by": "demo"})
    request.user, request.session = worker, client.session

    assert not settings.HARBOUR_DEMO
    assert proof.ways(request).demo is False
    assert proof.ways(request).code is True
    assert proof._problem(request, "demo") == proof.WRONG
    assert proof._problem(request, "") == proof.WRONG
    assert proof._problem(request, "key") == proof.WRONG


def _dangerous(request):
    del request
    return HttpResponse("done")


def test_the_mark_of_a_view_that_asks_for_a_proof_is_readable():
    asks: Any = proof.recently_proved(_dangerous)

    assert asks.harbour_proved is True


DANGEROUS = {
    "oversight:subject_csv",
    "oversight:person_csv",
    "oversight:export_names",
    "oversight:proposal",
    "restrictions:lift",
    "retention:propose",
    "subject_access:download",
    "staff:give_role",
    "staff:end_role",
    "staff:let_go",
    "staff:map_group",
    "entrance:end_sessions",
}


def test_acts_that_would_do_harm_in_other_hands_ask_for_a_proof():
    views = {each.name: each for each in addresses()}
    marked = {
        name
        for name, each in views.items()
        if each.rule and getattr(resolve(each.path(random_ids())).func, "harbour_proved", False)
    }

    assert marked >= DANGEROUS


def test_a_page_is_read_without_a_proof_that_only_sending_asks_for(rf, worker):
    request = rf.get("/")
    request.user, request.session = worker, {}

    assert proof.recently_proved_to_send(_dangerous)(request).content == b"done"


def test_a_wrong_password_is_told_like_an_unknown_address(worker):
    client = Client()
    known = client.post(reverse("account_login"), {"login": worker.email, "password": "x" * 12})
    unknown = client.post(
        reverse("account_login"), {"login": "n" + worker.email[1:], "password": "x" * 12}
    )

    shown = [
        each.content.decode().split("<h1")[1].split("csrfmiddleware")[0]
        for each in (known, unknown)
    ]
    assert shown[0] == shown[1]
    assert known.status_code == unknown.status_code


def test_guesses_from_afar_lock_nobody_out_at_her_desk(worker):
    afar, desk = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.4")
    for _ in range(7):
        refused = afar.post(reverse("account_login"), {"login": worker.email, "password": "x" * 12})

    desk.post(reverse("account_login"), {"login": worker.email, "password": PASSWORD})
    desk.post(reverse("mfa_authenticate"), {"code": _code()})

    assert "Too many" in refused.content.decode()
    assert _is_in(desk)


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_connections", "usersessions_list"]
)
def test_what_the_library_offers_and_nobody_uses_leads_nowhere(db, name):
    assert Client().get(reverse(name)).status_code == 404
