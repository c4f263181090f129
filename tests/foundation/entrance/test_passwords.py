"""Passwords: long, of any signs, nobody's first guess, compared exactly, changed knowingly."""

from hashlib import sha1

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from harbour.foundation.entrance.breaches import NotEverybodysFirst, is_breached
from harbour.foundation.entrance.proof import PROVED
from harbour.foundation.kernel import clock

GOOD = [
    "correct horse battery",
    "aaaa bbbb cccc dddd",
    "ohne-ziffern-und-gross",
    "\N{SNOWMAN}\N{SUN WITH FACE}\N{UMBRELLA}\N{BLACK STAR}" * 3,
    "x-9 " * 32,
]
BAD = [
    "short-one-1",
    "password1234",
    "qwerty123456",
    "Safeguarding2026",
    "harbourpolice1",
    "CouncilTeam12",
    "monkeymonkey",
    "Football-2026!",
    "iloveyou12345678",
    "p455w0rdp455w0rd",
    "abcdefghijklmno",
    "111122221111",
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


def test_three_thousand_of_the_commonest_of_our_length_are_refused():
    """What guessers make of the commonest words: said twice, with a year, with 1234."""
    validator = NotEverybodysFirst()
    common = sorted(each for each in CommonPasswordValidator().passwords if len(each) >= 6)
    made = {f"{a}{b}" for a in common[::5] for b in (a, "2026", "1234", "!!!!!!")}
    long_enough = sorted(each for each in made if len(each) >= 12)[:6000]

    passed = [each for each in long_enough if _passes(validator, each)]

    assert len(long_enough) >= 3_000
    assert passed == []


def _passes(validator, password):
    try:
        validator.validate(password)
    except ValidationError:
        return False
    return True


def test_a_breached_password_is_found_in_the_operator_s_file(settings, tmp_path):
    breached = [f"breached-phrase-{n}" for n in range(200)]
    hashed = sorted(
        sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in breached
    )
    file = tmp_path / "breached.txt"
    file.write_text("".join(f"{each}:{n}\r\n" for n, each in enumerate(hashed)), "utf-8")
    settings.HARBOUR_BREACHED_PASSWORDS = str(file)

    assert all(is_breached(each, file) for each in breached)
    assert not any(is_breached(f"{each}-not", file) for each in breached)
    with pytest.raises(ValidationError, match="breach"):
        validate_password(breached[7])
