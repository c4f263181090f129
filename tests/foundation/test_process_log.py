"""The process's own log: one object of JSON a line, with what did not pass, and no person in it."""

import json
import logging
from typing import override

import pytest
from django.test import Client
from django.urls import reverse

from harbour.config.logs import Lines
from harbour.foundation.entrance import views

NAME = "Quillfeather"


@pytest.fixture
def lines():
    """Collect what the log would say."""
    said = []

    class Kept(logging.Handler):
        @override
        def emit(self, record: logging.LogRecord) -> None:
            said.append(json.loads(Lines().format(record)))

    kept, root = Kept(), logging.getLogger()
    root.addHandler(kept)
    yield said
    root.removeHandler(kept)


def test_a_line_is_an_object_whatever_is_logged(lines):
    logging.getLogger("x").warning("two\nlines and %s", "\x1b[31m red", extra={"page": "a:b"})

    (line,) = lines
    assert line["what"] == "two\nlines and \x1b[31m red"
    assert line["page"] == "a:b"
    assert line["level"] == "WARNING"
    assert line["at"].endswith("+00:00")
    record = logging.LogRecord("x", 30, "", 1, "two\nlines \x1b", (), None)
    assert "\n" not in Lines().format(record)
    assert "\x1b" not in Lines().format(record)


def test_a_fault_is_logged_by_kind_and_place_without_its_words(lines, monkeypatch, db):
    class Broken:
        def cursor(self):
            raise LookupError(f"Key (family)=({NAME}) is missing")

    monkeypatch.setattr(views, "connection", Broken())

    assert Client(raise_request_exception=False).get("/readyz").status_code == 500
    logged = [each for each in lines if each["level"] == "ERROR"]

    assert [each["fault"] for each in logged] == ["builtins.LookupError"]
    assert logged[0]["request_id"]
    assert any("views.py" in place for place in logged[0]["places"])
    assert NAME not in json.dumps(lines)


def test_a_form_that_does_not_pass_is_logged_by_its_fields(lines, cast, client_for, settings):
    settings.HARBOUR_DEMO = True
    client_for(cast.administrator).post(
        reverse("staff:add_person"), {"name": NAME, "job": "", "email": "no address"}
    )

    (line,) = [each for each in lines if each["from"] == "harbour.security"]
    assert line["what"] == "refused: form"
    assert line["page"] == "staff:add_person"
    assert line["fields"] == ["email: invalid", "job: required"]
    assert NAME not in json.dumps(lines)


def test_too_many_tries_are_logged(lines, cast):
    sent = {"login": cast.nurse.email, "password": "not-the-password"}
    for _ in range(7):
        Client().post(reverse("account_login"), sent)

    refused = [each for each in lines if each["what"] == "refused: too_many_tries"]
    assert refused
    assert cast.nurse.email not in json.dumps(lines)


def test_a_forged_form_is_logged(lines, cast):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(reverse("account_login"), {"login": "x"}).status_code == 403
    assert any(each["from"] == "django.security.csrf" for each in lines)


# What browsers report


REPORT = {
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://elsewhere.example.org/x.js?who=Quillfeather",
    "document-uri": "https://hub.example.org/referrals/5f1e0f6a-4c5e-4a68-9a3e-3b1f6f0a9b11/",
}


def _report(body):
    return Client().post(
        "/policy/report/", body, content_type="application/csp-report", secure=True
    )


def test_every_page_says_where_a_broken_policy_is_reported(db):
    policy = Client().get(reverse("account_login")).headers["Content-Security-Policy"]

    assert f"report-uri {reverse('entrance:policy_report')}" in policy


def test_a_report_is_logged_without_addresses_and_ids(lines, db):
    answer = _report(json.dumps({"csp-report": REPORT}))

    (line,) = lines
    assert answer.status_code == 204
    assert line["what"] == "a page broke its policy"
    assert line["directive"] == "script-src-elem"
    assert line["blocked"] == "https"
    assert line["page"] == "referrals:detail"
    assert "Quillfeather" not in json.dumps(lines)


HOSTILE = [
    "",
    "[]",
    '{"csp-report": 1}',
    "not json",
    "{" * 9_000,
    json.dumps({"csp-report": REPORT | {"effective-directive": "x\n2026 INFO forged"}}),
    json.dumps({"csp-report": REPORT | {"document-uri": "https://hub.example.org/nowhere/"}}),
]


def test_a_report_that_is_none_is_not_logged(lines, db):
    answers = {_report(each).status_code for each in HOSTILE}

    assert answers == {204}
    assert lines == []


def test_reports_do_not_flood_the_log(lines, db):
    for _ in range(30):
        _report(json.dumps({"csp-report": REPORT}))

    assert len(lines) <= 20


# Browsers without the defences of the last years


@pytest.mark.parametrize(
    ("agent", "more", "warned"),
    [
        ("Mozilla/5.0 Firefox/60.0", {}, True),
        ("Mozilla/5.0 Firefox/140.0", {"sec-fetch-mode": "navigate"}, False),
        ("curl/8", {}, False),
    ],
)
def test_an_old_browser_is_warned_before_anybody_signs_in(db, agent, more, warned):
    shown = Client().get(
        reverse("account_login"), secure=True, headers={"user-agent": agent, **more}
    )

    assert ("This browser is too old" in shown.content.decode()) is warned
