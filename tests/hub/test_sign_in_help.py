"""Help to sign in: a code instead of a password, two people for a loss, and its owner is told."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import Holding, User
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.entrance import sessions, tasks
from harbour.foundation.entrance.models import Activation, Notice
from harbour.foundation.entrance.vocabulary import HELP_LASTS
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.staff import actions
from harbour.hub.staff.vocabulary import Lost

PASSWORD = "an-invented-long-phrase"
CODE = re.compile(r"\b[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}\b")
NEW = {"name": "Nell Newcomer", "job": "Social worker", "email": "nell@example.org"}
CHECKED = "She came to the office and showed her badge."


def _activate(code, *, email=NEW["email"], password=PASSWORD):
    sent = {"email": email, "code": code, "password": password, "again": password}
    return Client().post(reverse("entrance:activate"), sent)


def _can_sign_in(email, password=PASSWORD):
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


@pytest.fixture
def code(cast, client_for):
    """Add somebody on the pages and give her a code."""
    browser = client_for(cast.administrator)
    browser.post(reverse("staff:add_person"), NEW)
    nell = User.objects.get(email=NEW["email"])
    shown = browser.post(reverse("staff:give_code", args=[nell.pk])).content.decode()
    return CODE.findall(shown)[0]


def test_a_new_person_sets_a_password_that_nobody_gave_her(code, unbound):
    assert not _can_sign_in(NEW["email"], code)
    assert _activate(code.lower().replace("-", " ")).status_code == 302

    assert _can_sign_in(NEW["email"])
    with unbound():
        assert code.replace("-", "") not in str(Activation.objects.values_list("code_hash"))


def test_a_code_counts_once_and_not_for_long(code, unbound):
    with unbound():
        Activation.objects.update(expires_at=clock.now())
    assert "has run out" in _activate(code).content.decode()
    with unbound():
        Activation.objects.update(expires_at=clock.now() + HELP_LASTS)

    assert _activate(code).status_code == 302
    again = _activate(code, password="another-invented-phrase")

    assert "has run out" in again.content.decode()
    assert _can_sign_in(NEW["email"])


def test_a_code_is_guessed_five_times_at_most_and_tells_nobody_who_exists(code):
    wrong = [_activate("AAAA-BBBB-CCCC-DDDD", email=email) for email in (NEW["email"], "x@y.org")]
    said = {
        re.findall(r"The address and the code[^<]*", each.content.decode())[0] for each in wrong
    }
    for _ in range(4):
        _activate("AAAA-BBBB-CCCC-DDDD")

    assert len(said) == 1
    assert "Too many tries" in _activate(code).content.decode()
    assert not _can_sign_in(NEW["email"])


def test_a_weak_password_is_refused_and_the_code_stays(code):
    assert _activate(code, password="Safeguarding2026").status_code == 200
    assert _activate(code, password="nell@example.org").status_code == 200

    assert _activate(code).status_code == 302


def test_nobody_gives_a_code_where_a_password_is_in_use(cast, as_user, unbound):
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    with as_user(cast.administrator) as reader:
        with pytest.raises(Refused, match="two people"):
            actions.give_code(user=cast.nurse, by=reader, at=clock.now())
        plain = Activation(
            user=cast.nurse,
            code_hash="x",
            begins_at=clock.now(),
            given_by_id=reader.user_id,
            expires_at=clock.now() + HELP_LASTS,
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            plain.save(force_insert=True)


def test_no_administrator_takes_a_password_or_a_factor_alone(cast, as_user):
    TOTP.activate(cast.nurse, "JBSWY3DPEHPK3PXP")
    with as_user(cast.administrator):
        cast.nurse.set_password("theirs-from-now-on-1")
        with pytest.raises(ProgrammingError, match="two people"), transaction.atomic():
            cast.nurse.save(update_fields=["password"])
        with pytest.raises(ProgrammingError, match="two people"), transaction.atomic():
            Authenticator.objects.filter(user=cast.nurse).delete()
        with pytest.raises(ProgrammingError, match="two people"), transaction.atomic():
            TOTP.activate(cast.nurse, "JBSWY3DPEHPK3PXP")


def test_a_passkey_s_public_key_never_changes_under_its_name(cast, as_user):
    key = Authenticator(user=cast.nurse, type="webauthn", data={"name": "Mine", "credential": "a"})
    key.save()
    with as_user(cast.nurse):
        Authenticator.objects.filter(pk=key.pk).update(data={"name": "New", "credential": "a"})
        with pytest.raises(ProgrammingError, match="into another"), transaction.atomic():
            Authenticator.objects.filter(pk=key.pk).update(data={"name": "New", "credential": "b"})


def _lost(cast, client_for, lost):
    """Let the administrator ask and the records officer approve; return the asking browser."""
    browser = client_for(cast.administrator)
    browser.post(
        reverse("staff:help_to_sign_in", args=[cast.nurse.pk]), {"lost": lost, "checked": CHECKED}
    )
    second = client_for(cast.records_officer)
    with_context = second.get(reverse("oversight:two_people")).content.decode()
    assert cast.nurse.name in with_context
    return browser, second


def _decide(second, cast, as_user, decision="approve"):
    with as_user(cast.records_officer) as reader:
        proposal = approvals.waiting(reader, at=clock.now()).get()
    mark = bytes(proposal.payload_sha256).hex()
    page = reverse("oversight:proposal", args=[proposal.pk])
    assert CHECKED in second.get(page).content.decode()
    return second.post(page, {"decision": decision, "mark": mark, "note": "I do not know this."})


def test_two_people_take_a_lost_sign_in_away_and_its_owner_is_told(
    cast, client_for, as_user, unbound
):
    with unbound():
        cast.nurse.set_password("the-old-invented-phrase")
        cast.nurse.save()
    TOTP.activate(cast.nurse, "JBSWY3DPEHPK3PXP")
    hers = client_for(cast.nurse)
    hers.get("/")
    browser, second = _lost(cast, client_for, "both")
    assert User.objects.get(pk=cast.nurse.pk).has_usable_password()

    assert _decide(second, cast, as_user).status_code == 302

    assert not Authenticator.objects.filter(user=cast.nurse).exists()
    assert sessions.of(cast.nurse.pk) == []
    assert hers.get("/").status_code == 302
    shown = browser.post(reverse("staff:give_code", args=[cast.nurse.pk])).content.decode()
    assert _activate(CODE.findall(shown)[0], email=cast.nurse.email).status_code == 302
    client = Client()
    client.post(reverse("account_login"), {"login": cast.nurse.email, "password": PASSWORD})
    assert "Two people reset this sign-in" in client.get("/").content.decode()


def test_a_forgotten_password_leaves_the_second_factor_in_force(cast, client_for, as_user, unbound):
    with unbound():
        cast.nurse.set_password("the-old-invented-phrase")
        cast.nurse.save()
    TOTP.activate(cast.nurse, "JBSWY3DPEHPK3PXP")
    browser, second = _lost(cast, client_for, "password")
    _decide(second, cast, as_user)
    shown = browser.post(reverse("staff:give_code", args=[cast.nurse.pk])).content.decode()
    _activate(CODE.findall(shown)[0], email=cast.nurse.email)

    assert not _can_sign_in(cast.nurse.email)  # the code of the app is asked for


def test_a_refusal_takes_nothing_away(cast, client_for, as_user, unbound):
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    browser, second = _lost(cast, client_for, "password")

    assert _decide(second, cast, as_user, "refuse").status_code == 302
    assert browser.post(reverse("staff:give_code", args=[cast.nurse.pk])).status_code == 403
    assert _can_sign_in(cast.nurse.email)


def test_nobody_asks_for_themselves_and_nobody_approves_their_own_reset(cast, as_user):
    with as_user(cast.administrator) as reader, pytest.raises(Refused):
        actions.propose_help(
            user=cast.administrator, lost=Lost.BOTH, checked=CHECKED, by=reader, at=clock.now()
        )
    payload = {"user_id": str(cast.records_officer.pk), "lost": "both"}
    with as_user(cast.records_officer) as reader, pytest.raises(Refused, match="their own"):
        actions.reset_sign_in(payload=payload, by=reader, at=clock.now())


def test_the_first_administrator_gets_a_code_too(cast, unbound, capsys):
    asked = ("administrator", "--email", "first@example.org", "--name", "Fay First")
    with unbound():
        with pytest.raises(CommandError, match="already"):
            call_command(*asked)
        Holding.objects.filter(role="system_administrator").delete()
        call_command(*asked)

    code = CODE.findall(capsys.readouterr().out)[0]
    assert _activate(code, email="first@example.org").status_code == 302
    assert _can_sign_in("first@example.org")


# What its owner is told


def test_failed_tries_are_told_at_the_next_sign_in(cast, unbound):
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    for _ in range(3):
        assert not _can_sign_in(cast.nurse.email, "not-the-password")
    client = Client()
    client.post(reverse("account_login"), {"login": cast.nurse.email, "password": PASSWORD})

    told = client.get("/").content.decode()
    account = client.get(reverse("entrance:account")).content.decode()

    assert "Somebody tried to sign in as you and failed (3 times)" in told
    assert "Somebody tried to sign in as you" not in client.get("/").content.decode()
    assert account.count("Somebody tried to sign in as you") == 3


def test_a_failed_second_factor_is_told_too(cast, unbound):
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    TOTP.activate(cast.nurse, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.post(reverse("account_login"), {"login": cast.nurse.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "no-code"})

    with unbound():
        assert Notice.objects.filter(user=cast.nurse, kind="failed").count() == 1


def test_nobody_reads_what_happened_to_somebody_else(cast, as_user, unbound):
    _can_sign_in(cast.nurse.email, "not-the-password")
    with unbound():
        assert Notice.objects.count() == 1
    for other in (cast.administrator, cast.records_officer, cast.team_manager):
        with as_user(other):
            assert not Notice.objects.exists()


def test_a_changed_password_is_told_and_offers_the_end_of_other_sessions(cast, unbound, client_for):
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    other = client_for(cast.nurse)
    other.get("/")
    client = Client()
    client.post(reverse("account_login"), {"login": cast.nurse.email, "password": PASSWORD})
    before = client.get(reverse("entrance:account")).content.decode()
    changed = "another-invented-phrase"
    sent = {"oldpassword": PASSWORD, "password1": changed, "password2": changed}

    done = client.post(reverse("account_change_password"), sent, follow=True).content.decode()

    assert "End all sessions but this one" not in before
    assert "End all sessions but this one" in done
    assert "The password was changed" in done
    client.post(reverse("entrance:end_sessions"))
    assert other.get("/").status_code == 302


def test_a_letter_says_that_something_changed_and_nothing_more(cast, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    mail.outbox = []

    tasks.write_to(user_id=str(cast.nurse.pk))

    (letter,) = mail.outbox
    assert letter.to == [cast.nurse.email]
    assert cast.nurse.name not in f"{letter.subject} {letter.body}"
    assert "http" not in letter.body


def test_recovery_codes_are_hashes_once_they_were_shown(cast):
    codes = RecoveryCodes.activate(cast.nurse)
    codes.mark_as_viewed()
    shown = codes.get_unused_codes()
    row = Authenticator.objects.get(user=cast.nurse, type="recovery_codes")

    assert len(shown) == 10
    assert "seed" not in row.data
    assert all(each["hash"].startswith("argon2$") for each in row.data["hashed"])
    assert not any(each in str(row.data) for each in shown)
    assert not row.wrap().validate_code("000000000000")
    assert row.wrap().validate_code(shown[3])
    assert not row.wrap().validate_code(shown[3])
    assert len(Authenticator.objects.get(pk=row.pk).wrap().get_unused_codes()) == 9


def test_a_session_that_goes_on_in_another_browser_ends_and_its_owner_is_told(
    cast, client_for, unbound
):
    browser = client_for(cast.nurse)
    firefox = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/ Firefox/140.0"}
    newer = {"user-agent": firefox["user-agent"].replace("140.0", "141.0")}
    edge = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0"}
    assert browser.get("/", headers=firefox).status_code == 200
    assert browser.get("/", headers=newer).status_code == 200

    stolen = browser.get("/", headers=edge)

    assert stolen.headers["Location"].startswith(reverse("account_login"))
    assert browser.get("/", headers=newer).status_code == 302
    with unbound():
        assert Notice.objects.filter(user=cast.nurse, kind="browser").exists()
