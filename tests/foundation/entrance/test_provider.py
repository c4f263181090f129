"""Signing in with an agency's own provider: who gets in, who does not, and what their groups give.

Against a real provider process; it skips where there is no Node.
"""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access import roles
from harbour.foundation.access.models import Holding, User
from harbour.foundation.audit.models import Entry
from harbour.foundation.entrance.identities import Identity, bring_in_line
from harbour.foundation.entrance.models import IdentityMapping
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person
from tests.builders.people import a_child
from tests.oidc import running as oidc

BEGIN = "/accounts/provider/council/sign-in/"
PASSWORD = "a-long-invented-password"


@pytest.fixture(scope="module")
def running():
    with oidc.running() as agency:
        yield agency


@pytest.fixture
def agency(running, settings, cast):
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [running.app()]}}
    running.tell("mischief", "")
    running.knows(
        grace={"email": cast.nurse.email, "email_verified": True, "name": "Grace Okoro"},
        gil={"email": "gil@example.org", "email_verified": True, "name": "Gil Newcomer"},
        unsure={"email": cast.detective.email, "email_verified": False},
    )
    return running


def _asked(client, subject, **sent: str):
    """Begin, and return the address at the provider for this subject."""
    answer = client.post(BEGIN, sent)
    assert answer.status_code == 302, answer.content[:300]
    return f"{answer.headers['Location']}&login_hint={subject}"


def _signed_in(subject, client=None, visitor=None, **sent: str):
    client, visitor = client or Client(), visitor or oidc.Visitor()
    back = visitor.through(_asked(client, subject, **sent))
    answer = client.get(back.removeprefix(oidc.SERVER))
    return client, answer


def _works(client):
    return client.get(reverse("home:my_work")).status_code == 200


@pytest.fixture
def mapped(cast, as_user):
    """Make members of a group nurses in the nurse's team."""
    with as_user(cast.administrator) as reader:
        held = Holding.objects.get(user=cast.nurse)
        return IdentityMapping.objects.create(
            id=uuid4(),
            provider="council",
            group="safeguarding-nurses",
            role=roles.NURSE.code,
            team=held.team,
            recorded_at=clock.now(),
            recorded_by_id=reader.user_id,
        )


def test_a_verified_address_leads_to_the_account_once_and_the_subject_ever_after(agency, cast):
    client, answer = _signed_in("grace")
    agency.knows(grace={"email": "renamed@example.org", "email_verified": True})
    again, _ = _signed_in("grace")

    assert answer.headers["Location"] == "/"
    assert _works(client)
    assert _works(again)
    assert SocialAccount.objects.get(uid="grace").user_id == cast.nurse.pk


def test_the_question_carries_a_nonce_a_state_and_a_challenge(agency):
    asked = parse_qs(urlsplit(_asked(Client(), "grace")).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 16 for name in ("nonce", "state", "code_challenge"))


def test_signing_in_and_failing_are_on_the_ledger(agency, cast, unbound):
    _signed_in("grace")
    _signed_in("nobody")

    with unbound():
        rows = list(Entry.objects.values_list("act", "actor_id"))
    assert ("sign_in", cast.nurse.pk) in rows
    assert ("sign_in_failed", None) in rows


@pytest.mark.parametrize("subject", ["nobody", "unsure", "gil"])
def test_who_is_not_known_is_told_nothing_more(agency, subject):
    client, answer = _signed_in(subject)
    _, other = _signed_in("nobody")

    assert answer.status_code == 403
    assert not _works(client)
    assert len(answer.content) == len(other.content)


@pytest.mark.parametrize("way", oidc.ways_of_mischief())
def test_a_bad_token_opens_nothing(agency, way):
    agency.tell("mischief", way)

    client, answer = _signed_in("grace")

    assert answer.status_code == 403
    assert not _works(client)
    assert not SocialAccount.objects.exists()


def test_an_answer_fits_only_the_session_that_asked_and_only_once(agency):
    asker, thief = Client(), Client()
    back = oidc.Visitor().through(_asked(asker, "grace")).removeprefix(oidc.SERVER)

    stolen = thief.get(back)
    fitting = asker.get(back)
    replayed = Client().get(back)

    assert stolen.status_code == 403
    assert not _works(thief)
    assert fitting.status_code == 302
    assert _works(asker)
    assert replayed.status_code == 403


@pytest.mark.parametrize("issuer", ["", "http://127.0.0.1:1"])
def test_an_answer_of_another_provider_is_refused(agency, issuer):
    client = Client()
    back = oidc.Visitor().through(_asked(client, "grace")).removeprefix(oidc.SERVER)
    said = back.split("iss=")[1].split("&")[0]
    changed = back.replace(f"iss={said}", f"iss={issuer}" if issuer else "is=x")

    assert client.get(changed).status_code == 403
    assert not _works(client)


@pytest.mark.parametrize("onward", ["//elsewhere.example.org/", "https://elsewhere.example.org/"])
def test_the_way_back_stays_in_the_house(agency, onward):
    _, away = _signed_in("grace", next=onward)
    _, inside = _signed_in("grace", next="/figures/")

    assert away.headers["Location"] == "/"
    assert inside.headers["Location"] == "/figures/"


def test_a_provider_that_calls_itself_something_else_is_refused(agency, running, settings):
    elsewhere = running.address.replace("127.0.0.1", "localhost")
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [running.app(server_url=elsewhere)]}}

    assert Client().post(BEGIN).status_code == 403


def test_a_provider_that_leads_elsewhere_is_not_followed(agency, running, settings):
    leading = f"{running.address}/elsewhere"
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [running.app(server_url=leading)]}}

    assert Client().post(BEGIN).status_code == 403


def test_signing_in_is_begun_by_a_form_not_by_a_link(agency):
    assert Client().get(BEGIN).status_code == 405
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403


def test_a_group_opens_an_account_with_its_role_and_closes_it_again(agency, cast, as_user, mapped):
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county, given="Ada", family="Quill")
    person = {"email": "gil@example.org", "email_verified": True, "name": "Gil Newcomer"}
    agency.knows(gil={**person, "groups": ["safeguarding-nurses", "cyclists"]})
    _signed_in("gil")
    gil = User.objects.get(email="gil@example.org")
    with as_user(gil):
        before = Person.objects.filter(pk=child.pk).exists()

    agency.knows(gil={**person, "groups": ["cyclists"]})
    _signed_in("gil")

    with as_user(gil) as reader:
        assert before
        assert not Person.objects.filter(pk=child.pk).exists()
        assert not reader.permissions
    assert Holding.objects.filter(user=gil, source="provider").exists()
    assert not gil.has_usable_password()


def test_a_role_that_an_administrator_gave_is_not_the_providers_to_end(agency, cast, mapped):
    before = list(Holding.objects.filter(user=cast.nurse).values_list("pk", "ends_on"))

    _signed_in("grace")

    assert list(Holding.objects.filter(user=cast.nurse).values_list("pk", "ends_on")) == before


def test_no_group_makes_an_administrator(cast, as_user):
    with as_user(cast.administrator), pytest.raises(DatabaseError), transaction.atomic():
        IdentityMapping.objects.create(
            id=uuid4(),
            provider="council",
            group="admins",
            role="system_administrator",
            team=Holding.objects.get(user=cast.administrator).team,
            recorded_at=clock.now(),
            recorded_by=cast.administrator,
        )


def test_nobody_brings_somebody_else_in_line(cast, as_user, mapped):
    identity = Identity(
        provider="council",
        subject="x",
        name="",
        email="",
        verified=True,
        groups=("safeguarding-nurses",),
    )
    with (
        as_user(cast.detective),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT harbour_sec.align_holdings(%s, 'council', %s)",
            [cast.director.pk, ["safeguarding-nurses"]],
        )
    bring_in_line(cast.director, identity)
    assert Holding.objects.filter(user=cast.director, source="provider").count() == 1


def test_who_has_left_is_not_let_in_by_the_provider(agency, cast, unbound):
    with unbound():
        today = clock.london_date(clock.now())
        User.objects.filter(pk=cast.nurse.pk).update(left_on=today)

    client, answer = _signed_in("grace")

    assert answer.status_code == 403
    assert not _works(client)


def test_an_address_given_to_somebody_else_since_does_not_inherit_the_account(agency, cast):
    _signed_in("grace")
    agency.knows(successor={"email": cast.nurse.email, "email_verified": True})

    client, answer = _signed_in("successor")

    assert answer.status_code == 403
    assert not _works(client)


def test_signing_out_ends_the_providers_session_too(agency):
    visitor = oidc.Visitor()
    client, _ = _signed_in("grace", visitor=visitor)

    away = client.post(reverse("account_logout")).headers["Location"]
    status, _, form = visitor.ask(away)
    secret = re.search(r'name="xsrf" value="([^"]+)"', form)
    assert secret is not None
    hidden = {"xsrf": secret[1], "logout": "yes"}
    _, onward, _ = visitor.ask(f"{agency.address}/session/end/confirm", hidden)

    assert away.startswith(f"{agency.address}/session/end?id_token_hint=")
    assert status == 200
    assert onward.startswith(oidc.AFTER)
    assert not _works(client)


def test_with_a_provider_only_break_glass_accounts_use_passwords(agency, cast, settings, unbound):
    with unbound():
        for each in (cast.nurse, cast.administrator):
            each.set_password(PASSWORD)
            each.save()
    settings.HARBOUR_BREAK_GLASS = [cast.administrator.email.lower()]

    def tried(email):
        client = Client()
        client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        return "_auth_user_id" in client.session

    assert not tried(cast.nurse.email)
    assert tried(cast.administrator.email)


def test_without_the_providers_word_for_a_second_factor_one_is_asked_for_here(
    agency, running, settings
):
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [running.app(second_factor={})]}}

    client, _ = _signed_in("grace")

    assert client.get(reverse("home:my_work")).headers["Location"] == reverse("mfa_index")


def test_a_proof_can_be_given_at_the_provider(agency):
    client, _ = _signed_in("grace")
    before = client.session.session_key
    session = client.session
    session["proved"] -= timedelta(hours=1).total_seconds()
    session.save()

    asked = _asked(client, "grace", again="1", next="/account/")
    answer = client.get(oidc.Visitor().through(asked).removeprefix(oidc.SERVER))

    assert "prompt=login" in asked
    assert "max_age=0" in asked
    assert answer.headers["Location"] == "/account/"
    assert client.session["proved"] > clock.now().timestamp() - 60
    assert client.session.session_key != before
