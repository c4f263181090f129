"""The door: where it leads, whose host it believes, whom it tells of, and what it takes twice."""

import statistics
import time
from functools import cache

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.documents.tables import safe_cell
from tests.architecture.house import SOURCE, sources
from tests.attacks import arms
from tests.attacks.arms import ONWARD, Sender

PASSWORD = "a-long-invented-password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOSTS = [
    {"host": "elsewhere.example.org"},
    {"host": "testserver.elsewhere.example.org"},
    {"host": "elsewhere.example.org:80"},
    {"x-forwarded-host": "elsewhere.example.org"},
    {"x-host": "elsewhere.example.org"},
    {"forwarded": "host=elsewhere.example.org"},
    {"x-original-url": "https://elsewhere.example.org/"},
    {"x-rewrite-url": "https://elsewhere.example.org/"},
]


@cache
def _hashed():
    """Hash the password of the attacked once: the attacks are on what is done with it."""
    return make_password(PASSWORD)


@pytest.fixture
def worker(cast, unbound):
    with unbound():
        cast.nurse.password = _hashed()
        cast.nurse.save()
    totp.TOTP.activate(cast.nurse, SECRET)
    return cast.nurse


def _code():
    return totp.format_hotp_value(
        totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time())))
    )


def _password(client, worker, password=PASSWORD, address="127.0.0.1"):
    return client.post(
        reverse("account_login"),
        {"login": worker.email, "password": password},
        REMOTE_ADDR=address,
    )


def _is_in(client):
    return "_auth_user_id" in client.session


# Open redirects


@pytest.mark.parametrize("onward", ONWARD[:3])
def test_the_weak_server_leads_out(db, weak, onward):
    assert arms.leads_out(weak.send("POST", "/weak/onward/", {"next": onward}))


def test_signing_in_leads_nowhere_else(worker, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["tests.attacks.arms.Quick"]
    User.objects.filter(pk=worker.pk).update(password=make_password(PASSWORD))
    led = {}
    for onward in ONWARD:
        caches["default"].clear()  # a code counts once; here it is the address that is tried
        client = Client()
        answers = [
            client.post(
                f"{reverse('account_login')}?next={onward}",
                {"login": worker.email, "password": PASSWORD, "next": onward},
            ),
            client.post(f"{reverse('mfa_authenticate')}?next={onward}", {"code": _code()}),
        ]
        led[onward] = (_is_in(client), *[arms.leads_out(each) for each in answers])

    assert set(led.values()) == {(True, "", "")}, led


def test_signing_out_leads_nowhere_else(worker, client_for):
    led = {}
    for onward in ONWARD:
        answer = client_for(worker).post(reverse("account_logout"), {"next": onward})
        led[onward] = (answer.status_code, arms.leads_out(answer))

    assert set(led.values()) == {(302, "")}, led


def test_a_proof_leads_nowhere_else(cast, client_for):
    browser, led = client_for(cast.administrator), {}
    for onward in ONWARD:
        session = browser.session
        session["proved"] = 0
        session.save()
        path = f"{reverse('staff:add_person')}?next={onward}"
        answer = browser.post(path, {"prove_by": "demo", "prove_then": "open", "next": onward})
        led[onward] = (answer.status_code, arms.leads_out(answer))

    assert set(led.values()) == {(302, "")}, led


# Host headers


@pytest.mark.parametrize("headers", HOSTS[:4], ids=str)
def test_the_weak_server_believes_any_host(db, weak, headers):
    assert arms.reflected_host(weak, "/weak/host/", headers)


@pytest.mark.parametrize("path", ["/accounts/login/", "/", "/nowhere/", "/referrals/send/worries/"])
def test_no_host_is_believed(db, path):
    sender = Sender()

    assert [each for each in HOSTS if arms.reflected_host(sender, path, each)] == []


# Who exists


def _seconds(sender, path, login):
    began = time.perf_counter()
    sender.send("POST", path, {"login": login, "password": "not-the-password"})
    return time.perf_counter() - began


def _ratio(ask, known, unknown, times):
    pairs = [(ask(known), ask(unknown)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def test_the_weak_server_tells_who_exists_by_time_and_by_text(worker, weak):
    ratio = _ratio(
        lambda login: _seconds(weak, "/weak/sign-in/", login), worker.email, "x@y.org", 5
    )
    said = [
        arms.text_of(weak.send("POST", "/weak/sign-in/", {"login": login, "password": "no"}))
        for login in (worker.email, "x")
    ]

    assert ratio > 3
    assert said[0] != said[1]


def test_nobody_learns_by_time_who_exists(worker, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    path = reverse("account_login")
    sender = Sender()
    unknown = "n" + worker.email[1:]
    _seconds(sender, path, unknown)

    ratio = _ratio(lambda login: _seconds(sender, path, login), worker.email, unknown, 6)

    assert 0.7 < ratio < 1.4, ratio


# Sessions and second factors


def test_the_weak_server_keeps_a_planted_session(worker, weak):
    sent = {"login": worker.email, "password": PASSWORD}

    assert arms.fixed(Client(), lambda client: client.post("/weak/sign-in/", sent))


def test_a_planted_session_is_nobodys(worker):
    def sign_in(client):
        _password(client, worker)
        client.post(reverse("mfa_authenticate"), {"code": _code()})

    assert not arms.fixed(Client(), sign_in)


@pytest.mark.parametrize(
    "name",
    [
        "home:my_work",
        "mfa_index",
        "account_change_password",
        "entrance:account",
        "mfa_add_webauthn",
    ],
)
def test_the_second_step_cannot_be_left_out(worker, name):
    client = Client()
    _password(client, worker)

    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_a_code_without_a_password_opens_nothing(worker):
    client = Client()

    client.post(reverse("mfa_authenticate"), {"code": _code()})

    assert not _is_in(client)


def test_codes_cannot_be_guessed(worker):
    client = Client()
    _password(client, worker)
    wrong = "000000" if _code() != "000000" else "000001"
    for _ in range(6):
        client.post(reverse("mfa_authenticate"), {"code": wrong})

    client.post(reverse("mfa_authenticate"), {"code": _code()})

    assert not _is_in(client)


def test_a_recovery_code_opens_once(worker):
    code = RecoveryCodes.activate(worker).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        _password(client, worker)
        client.post(reverse("mfa_authenticate"), {"code": code})

    assert [_is_in(first), _is_in(second)] == [True, False]


def test_going_back_to_the_second_step_opens_nothing(worker):
    client = Client()
    _password(client, worker)
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    client.post(reverse("account_logout"))

    client.post(reverse("mfa_authenticate"), {"code": _code()})

    assert not _is_in(client)


def test_a_password_is_guessed_five_times_at_most(worker):
    client = Client()
    for _ in range(5):
        _password(client, worker, "not-the-password", "203.0.113.7")

    _password(client, worker, PASSWORD, "203.0.113.7")
    client.post(reverse("mfa_authenticate"), {"code": _code()})

    assert not _is_in(client)


def test_an_address_that_a_visitor_makes_up_is_not_counted_for_it(worker):
    client = Client()
    for turn in range(6):
        refused = client.post(
            reverse("account_login"),
            {"login": worker.email, "password": "not-the-password"},
            headers={"x-forwarded-for": f"198.51.100.{turn}", "x-real-ip": f"198.51.100.{turn}"},
        )

    assert "Too many" in refused.content.decode()


@pytest.mark.parametrize("name", ["mfa_deactivate_totp", "mfa_generate_recovery_codes"])
def test_an_open_screen_does_not_take_the_second_factor_away(worker, name):
    client = Client()
    _password(client, worker)
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    session = client.session
    session["proved"] = 0
    session["account_authentication_methods"] = []
    session.save()

    answer = client.post(reverse(name))

    assert "reauthenticate" in answer.headers["Location"]


# What is sent back


CELLS = ["=1+1", "+1+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)", "-2+3|x"]


def test_the_weak_server_gives_formulas(db, weak):
    answer = weak.send("GET", "/weak/table/?said=%3D1%2B1")

    assert list(arms.formulas(arms.text_of(answer))) == ["=1+1"]


@pytest.mark.parametrize("cell", CELLS)
def test_no_table_gives_a_formula(cell):
    assert list(arms.formulas(f'"{safe_cell(cell)}"')) == []


def test_every_writer_of_tables_guards_its_cells():
    unguarded = [
        each.name
        for each in sources()
        if "csv.writer(" in each.text and "safe_cell(" not in each.text
    ]

    assert not unguarded, f"Guard the texts of this table by `tables.safe_cell`: {unguarded}"


SAID = [
    "{{6173|add:4096}}",
    "{% load x %}",
    "${6173+4096}",
    "' OR 1=1 --",
    "'; SELECT pg_sleep(1) --",
    "<script>1",
]
WORKED_OUT = "10269"  # long enough not to stand in a random token of the page


def test_the_weak_server_reads_what_is_said(db, weak):
    assert arms.text_of(weak.send("GET", "/weak/echo/?said={{6173|add:4096}}")) == WORKED_OUT
    assert "2" in arms.text_of(weak.send("GET", "/weak/found/?said=1'||'2"))


@pytest.mark.parametrize("said", SAID)
def test_a_search_reads_nothing_but_words(cast, client_for, said):
    answer = client_for(cast.detective).post(
        reverse("linkage:find"), {"given": said, "family": said, "words": said}
    )

    assert answer.status_code in {200, 302}
    assert WORKED_OUT not in answer.content.decode()
    assert "<script>1" not in answer.content.decode()


READERS_OF_XML = ("xml.", "lxml", "defusedxml", "xmltodict", "untangle", "bs4", "pyexpat")
# The one reader of XML there is: tests/attacks/test_markup.py attacks it.
READS_XML = {"foundation/documents/markup.py": "from xml.parsers import expat"}


def test_one_module_reads_xml_and_nothing_unpickles():
    """One parser, which refuses every document type."""
    readers = {
        each.name: line
        for each in sources()
        for line in each.text.splitlines()
        if line.startswith(("import ", "from "))
        and line.split()[1].startswith((*READERS_OF_XML, "pickle", "marshal", "shelve", "yaml"))
    }

    assert readers == READS_XML


def test_nothing_runs_what_it_is_told():
    runners = (" eval(", " exec(", "os.system(", "shell=True")
    running = [
        f"{each.name}: {runner}" for each in sources() for runner in runners if runner in each.text
    ]

    assert running == []


def test_no_template_trusts_what_people_write():
    texts = {path: path.read_text("utf-8") for path in SOURCE.rglob("templates/**/*.html")}

    assert [
        p.name for p, text in texts.items() if "|safe" in text or "autoescape off" in text
    ] == []


FILES = ["/.git/config", "/.env", "/pyproject.toml", "/src/harbour/config/settings.py", "/static/"]
TRICKS = [
    "/static/../pyproject.toml",
    "/static/%2e%2e/secrets.json",
    "/static/harbour/../../urls.py",
]


@pytest.mark.parametrize("path", [*FILES, *TRICKS, "/admin/", "/metrics", "/debug/", "/schema/"])
def test_no_file_of_the_house_and_no_back_door_is_served(db, path):
    assert Client().get(path).status_code in {400, 404}


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT"])
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/healthz", "/static/harbour/start.js"])
def test_nothing_is_asked_in_another_way(db, method, path):
    answer = Sender().forgotten(method, path, headers={"x-secret": "echo-me"})

    assert answer.status_code == 405
    assert "echo-me" not in arms.text_of(answer)
