"""Every address, walked as nobody, as a stranger and as each member of the cast.

What is hidden answers as what does not exist, byte for byte; nothing ever fails.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from pytest_django.plugin import DjangoDbBlocker

from harbour.demo import partnership
from harbour.foundation.access.context import acting_as, session_mark
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person, StatedReason
from harbour.record.people.vocabulary import Reason
from tests.builders import providers
from tests.conftest import everybody, role
from tests.journeys import walk
from tests.journeys.walk import Address

ADDRESSES = walk.addresses()
OURS = [each for each in ADDRESSES if each.rule is not None]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CAST = [each.key for each in partnership.CAST if each.shown]
ANSWERS = {200, 204, 302, 400, 403, 404, 405, 409, 429}
# Family names that stand nowhere else.
SEEN, HIDDEN = "Quillfeather", "Ravenscroft"
# Who also sends forms to what is hidden: one of each kind of reach.
WHO_ALSO_POSTS = {"here", "home_manager", "youth_worker"}
# Pages of the ledger, which its officer reads whole: who looked and when, never the child's name.
WHOLE_LEDGER = {
    "emergency:one",
    "oversight:subject",
    "oversight:subject_csv",
    "oversight:pack_pdf",
}
OPEN = {200, 302, 405}
METHODS = ("GET", "POST")
# The city's front door has the role of the county's: it is walked for what it must not see.
WALKERS = [*CAST, "here", "away", "stranger"]
# Pages of the record that its state keeps closed in this world, each with why.
CLOSED_BY_STATE = {
    "referrals:pass_on": "a concern that is decided stays where it was decided",
    "referrals:stop_watching": "a concern that goes to the meeting is not watched",
    "assessments:fill": "a completed tool is not changed",
    "assessments:judge": "a completed tool is judged",
    "cases:acknowledge": "the worker it was offered to answers",
    "subject_access:download": "nothing is released yet",
    "cases:decline": "the worker it was offered to answers",
    "missing:risk": "the child is back",
    "missing:send_sheet": "the child is back",
    "missing:hand_over": "the child is back",
    "missing:return": "the child is back",
    "missing:amend": "the child is back",
    "missing:carry_on": "the child is back",
    "missing:reclassify": "the child is back",
    "missing:answer": "the interview was not offered yet",
    "missing:hold": "the interview was not offered yet",
    "discussions:invite": "the discussion was held",
    "discussions:hold": "the discussion was held",
    "discussions:drop": "the discussion was held",
    "discussions:answer": "the discussion was held",
    "returns:add": "the interview was not held yet",
    "returns:review": "the interview was not held yet",
    "returns:tell_on": "the interview was not held yet",
}


@dataclass
class Ground:
    """The world of the walk, with a browser for each walker."""

    seen: dict[str, Any]
    hidden: dict[str, Any]
    users: dict[str, User]
    browsers: dict[str, "Browser"] = field(default_factory=dict)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """Two children with one of everything: one in the county's work, one far away."""
    del django_db_setup
    with (
        django_db_blocker.unblock(),
        override_settings(HARBOUR_DEMO=True),
        transaction.atomic(),
    ):
        yield _ground()
        transaction.set_rollback(True)


def _ground() -> Ground:
    cast = everybody()
    here = walk.all_round_worker("walker.here", "Wren Castell", cast.county)
    away = walk.all_round_worker("walker.away", "Bea Holt", cast.saltby)
    stranger = User.objects.create_user("stranger@example.org", name="Cy Strange", job="None yet")
    with acting_as(here.pk, session_id="walk") as by:
        home = providers.a_home(by, cast.home_agency, cast.county)
        helpers = SimpleNamespace(home=home, worker=cast.youth_worker, shared_with=cast.school)
        seen = walk.record_of(by, cast.county, helpers, family=SEEN)
    with acting_as(away.pk, session_id="walk") as by:
        helpers = SimpleNamespace(home=None, worker=away, shared_with=cast.harrowdale)
        hidden = walk.record_of(by, cast.saltby, helpers, family=HIDDEN)
    users = {key: getattr(cast, key) for key in CAST}
    users |= {"here": here, "away": away, "stranger": stranger}
    ground = Ground(seen, hidden, users)
    ground.browsers |= {key: Browser(user) for key, user in users.items()}
    ground.browsers["nobody"] = Browser(None)
    with role("harbour_sec_owner"):
        StatedReason.objects.bulk_create(
            StatedReason(
                person_id=ids["person_id"],
                user=user,
                session=ground.browsers[key].session,
                code=Reason.MEETING,
                at=clock.now(),
            )
            for key, user in users.items()
            for ids in (seen, hidden)
        )
    return ground


@dataclass(frozen=True)
class Answer:
    """What came back, with what differs between any two pages taken out."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    fault: str = ""


MOMENTARY = re.compile(
    r'(name="(?:csrfmiddlewaretoken|form_key)" value=")[^"]*|(nonce=")[^"]*|(nonce-)[^\']*'
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b[0-9a-f]{32}\b|data-session=\"\d+\""
)


class Browser:
    """A browser with somebody's session: it sends, and keeps nothing of what comes back."""

    def __init__(self, user: User | None) -> None:
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.cookies = self.session = ""
        if user is not None:
            signed_in = Client()
            signed_in.force_login(user, backend=BACKEND)
            session = signed_in.session
            session["proved"] = int(clock.now().timestamp())
            session.save()
            self.cookies = signed_in.cookies.output(header="", attrs=[]).strip()
            self.session = session_mark(str(signed_in.session.session_key))

    def send(self, method: str, path: str) -> tuple[HttpResponseBase, str]:
        """Return the answer, and the fault that made it if it is one."""
        faults: list[str] = []

        def keep(**signal: object) -> None:
            faults.append(repr(sys.exc_info()[1]))

        request = RequestFactory().generic(method, path, headers={"cookie": self.cookies})
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # as the test client
        got_request_exception.connect(keep)
        try:
            response = self.handler.get_response(request)
        finally:
            got_request_exception.disconnect(keep)
        return response, " ".join(faults)


def ask(browser: Browser, method: str, address: Address, ids: dict[str, Any]) -> Answer:
    """Open an address and forget that it was opened."""
    with transaction.atomic():
        response, fault = browser.send(method, address.path(ids))
        transaction.set_rollback(True)
    headers = tuple(
        (name, _lasting(value, address, ids))
        for name, value in sorted(response.headers.items())
        if name != "Content-Length"
    )
    body = getattr(response, "content", b"").decode("utf-8", "replace")
    return Answer(response.status_code, _lasting(body, address, ids), headers, fault)


def _lasting(text: str, address: Address, ids: dict[str, Any]) -> str:
    """Return a text without what is new on every page, and without the ids that were asked for."""
    for name in address.parts:
        text = text.replace(str((walk.OTHER_PARTS | ids)[name]), f"<{name}>")
    return MOMENTARY.sub("~", text)


def test_every_part_of_an_address_is_known() -> None:
    for address in ADDRESSES:
        for name in address.parts:
            assert name in walk.RECORD_IDS or name in walk.OTHER_PARTS, walk.MISSING_PART.format(
                address=address.route, name=name
            )


def test_every_kind_of_id_is_made_for_the_walk(ground: Ground) -> None:
    assert ground.seen.keys() == ground.hidden.keys() == walk.RECORD_IDS.keys()


def test_nobody_is_sent_to_sign_in(ground: Ground) -> None:
    for address in OURS:
        for method in METHODS:
            answer = ask(ground.browsers["nobody"], method, address, ground.seen)

            what = f"{method} {address.route} -> {answer.status} {answer.fault}"
            assert answer.status in ANSWERS, what
            assert not any(name in answer.body for name in (SEEN, HIDDEN)), what
            if address.rule and address.rule.signed_in:
                assert answer.status in {302, 405}, what
                where = dict(answer.headers).get("Location", settings.LOGIN_URL)
                assert where.startswith(settings.LOGIN_URL), what


def test_pages_open_to_all_are_few_and_hold_no_id_of_a_record() -> None:
    for address in OURS:
        if address.rule and not address.rule.signed_in:
            assert not address.is_of_a_record, address.route


@pytest.mark.parametrize("key", WALKERS)
def test_nothing_hidden_answers_differently_from_nothing(ground: Ground, key: str) -> None:
    client, reader = ground.browsers[key], _reader(ground, key)
    methods = METHODS if key in WHO_ALSO_POSTS else ("GET",)
    records = [ids for ids in (ground.seen, ground.hidden) if not _sees(ground, key, ids)]
    for address in OURS:
        if not address.is_of_a_record or not (address.rule and address.rule.admits(reader)):
            continue
        for method in methods:
            absent = ask(client, method, address, walk.random_ids())
            for ids in records:
                what = f"{key}: {method} {address.route}"
                answer = ask(client, method, address, ids)
                assert not any(name in answer.body for name in (SEEN, HIDDEN)), what
                assert answer == absent or address.name in WHOLE_LEDGER, what


@pytest.mark.parametrize("key", WALKERS)
def test_every_page_answers_by_its_rule(ground: Ground, key: str) -> None:
    client, reader = ground.browsers[key], _reader(ground, key)
    unseen = [
        name
        for name, ids in ((SEEN, ground.seen), (HIDDEN, ground.hidden))
        if not _sees(ground, key, ids)
    ]
    for address in OURS:
        answer = ask(client, "GET", address, ground.seen)
        what = f"{key}: {address.route} -> {answer.status} {answer.fault}"

        assert answer.status in ANSWERS, what
        assert not any(name in answer.body for name in unseen), what
        if address.rule and not address.rule.admits(reader):
            assert answer.status in {403, 405}, what
        elif key == "here" and address.is_of_a_record and address.name not in CLOSED_BY_STATE:
            assert answer.status in OPEN, f"{what}: let them in, or add it to CLOSED_BY_STATE."


@pytest.mark.parametrize("key", ["here", "nobody"])
def test_nothing_sent_is_never_a_fault(ground: Ground, key: str) -> None:
    for address in ADDRESSES:
        for method in METHODS if address.rule is None else ("POST",):
            answer = ask(ground.browsers[key], method, address, ground.seen)

            what = f"{key}: {method} {address.route} -> {answer.status} {answer.fault}"
            assert answer.status in ANSWERS, what


def _reader(ground: Ground, key: str) -> Reader:
    with acting_as(ground.users[key].pk) as reader:
        return reader


def _sees(ground: Ground, key: str, ids: dict[str, Any]) -> bool:
    with acting_as(ground.users[key].pk):
        return Person.objects.filter(pk=ids["person_id"]).exists()
