"""The door: the demo's cast in the demo alone, a second factor everywhere else, limits.

And the ledger.
"""

import pytest
from django.conf import settings as configured
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.audit.models import Entry

PASSWORD = "a-long-invented-password"


@pytest.fixture
def worker(db, cast, unbound):
    """Give a person with a password and a role, and no second factor."""
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    return cast.nurse


def _sign_in(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_in_the_demo_the_page_offers_the_cast(cast, client, settings):
    settings.HARBOUR_DEMO = True

    shown = client.get(reverse("account_login")).content.decode()
    answer = client.post(reverse("entrance:sign_in_as", args=[cast.nurse.pk]))

    assert "Grace Okoro" in shown
    assert "Public referral form" not in shown
    assert answer.headers["Location"] == "/"


def test_outside_the_demo_the_cast_is_not_offered_and_cannot_be_taken(cast, client):
    shown = client.get(reverse("account_login")).content.decode()
    answer = client.post(reverse("entrance:sign_in_as", args=[cast.nurse.pk]))

    assert "Grace Okoro" not in shown
    assert answer.status_code == 404


def test_a_system_principal_cannot_be_taken_in_the_demo_either(cast, client, settings):
    settings.HARBOUR_DEMO = True

    answer = client.post(reverse("entrance:sign_in_as", args=[cast.public_intake.pk]))

    assert answer.status_code == 404


def test_without_a_second_factor_every_page_leads_to_setting_one_up(worker, client):
    _sign_in(client, worker.email, PASSWORD)

    for name in ("home:my_work", "linkage:find", "missing:board"):
        assert client.get(reverse(name)).headers["Location"] == reverse("mfa_index")


def test_nobody_makes_an_account_for_themselves(db, client):
    client.post(
        reverse("account_signup"),
        {"email": "stranger@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not User.objects.filter(email="stranger@example.org").exists()


def test_signing_in_failing_and_signing_out_are_on_the_ledger(worker, client, unbound):
    _sign_in(client, worker.email, "not the password")
    _sign_in(client, worker.email, PASSWORD)
    client.post(reverse("account_logout"))

    with unbound():
        rows = list(Entry.objects.order_by("at").values_list("act", "actor_id", "actor_name"))
    assert ("sign_in_failed", None, "") in rows
    assert ("sign_in", worker.pk, worker.name) in rows
    assert ("sign_out", worker.pk, worker.name) in rows


def test_what_was_typed_is_not_kept(worker, client, unbound):
    _sign_in(client, "typed-by-mistake@example.org", "typed-by-mistake")

    with unbound():
        row = Entry.objects.filter(act="sign_in_failed").get()
    assert "typed-by-mistake" not in str(row.__dict__)


@pytest.mark.parametrize(
    ("mark", "limit"), [("seen", "HARBOUR_SESSION_IDLE"), ("began", "HARBOUR_SESSION_ABSOLUTE")]
)
def test_a_session_ends_after_its_limit(cast, client_for, settings, mark, limit):
    settings.HARBOUR_DEMO = True
    browser = client_for(cast.nurse)
    browser.get(reverse("home:my_work"))
    session = browser.session
    session[mark] -= getattr(configured, limit) + 1
    session.save()

    answer = browser.get(reverse("home:my_work"))

    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert browser.get(reverse("home:my_work")).status_code == 302


def test_a_balancer_is_told_that_the_server_lives(db, client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"
