"""Passwords: long, of any signs, nobody's first guess, compared exactly, changed knowingly."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from harbour.foundation.entrance.proof import PROVED
from harbour.foundation.kernel import clock

GOOD = [
    "correct horse battery",
    "aaaa bbbb cccc dddd",
    "ohne-ziffern-und-gross",
    "\N{SNOWMAN}" * 12,
    "x-9 " * 32,
]
BAD = [
    "short-one-1",
    "password1234",
    "qwerty123456",
    "Safeguarding2026",
    "harbourpolice1",
    "CouncilTeam12",
]


@pytest.mark.parametrize("password", GOOD, ids=len)
def test_a_long_password_of_any_signs_is_good(password):
    validate_password(password)


@pytest.mark.parametrize("password", BAD)
def test_a_password_that_is_guessed_first_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_password_is_compared_to_its_last_sign(cast):
    long = "An-invented-Password " * 6
    cast.nurse.set_password(long)

    assert cast.nurse.check_password(long)
    assert not cast.nurse.check_password(long[:-1])
    assert not cast.nurse.check_password(long.lower())


def test_passwords_are_kept_with_argon2(cast):
    cast.nurse.set_password(GOOD[0])

    assert identify_hasher(cast.nurse.password).algorithm == "argon2"
    assert cast.nurse.password.startswith("argon2$argon2id$")


def _changed(cast, unbound, present, *, proved):
    with unbound():
        cast.nurse.set_password(GOOD[0])
        cast.nurse.save()
    client = Client()
    client.post(reverse("account_login"), {"login": cast.nurse.email, "password": GOOD[0]})
    session = client.session
    session[PROVED] = int(clock.now().timestamp()) if proved else 0
    session.save()
    sent = {"oldpassword": present, "password1": GOOD[1], "password2": GOOD[1]}
    client.post(reverse("account_change_password"), sent)
    cast.nurse.refresh_from_db()
    return cast.nurse.check_password(GOOD[1])


def test_a_password_is_changed_with_the_present_one_only(cast, unbound):
    assert not _changed(cast, unbound, "a-guess-at-the-present-one", proved=True)
    assert _changed(cast, unbound, GOOD[0], proved=True)


def test_what_is_typed_as_a_password_is_hidden_and_may_be_pasted(db):
    shown = Client().get(reverse("account_login")).content.decode()

    assert 'type="password"' in shown
    assert 'autocomplete="current-password"' in shown
    assert "onpaste" not in shown
