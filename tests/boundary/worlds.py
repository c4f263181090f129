"""Two worlds: one, and the same with one secret more; and what people see of them.

World A holds a child with one of everything. World B holds the same, and one wholly restricted
child with one of everything besides. Whoever is not named in the restriction must see the same of
both: every page, every search, every count, byte for byte.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any
from unittest import mock
from uuid import UUID

import time_machine
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from harbour.demo import partnership
from harbour.foundation.access import middleware
from harbour.foundation.access.context import acting_as, acting_as_nobody, session_mark
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel import clock
from harbour.hub.meetings import actions as meeting_actions
from harbour.hub.meetings import queries as meeting_queries
from harbour.hub.meetings.models import Meeting
from harbour.record.people import actions as people
from harbour.record.people.models import StatedReason
from harbour.record.people.vocabulary import Reason
from harbour.work.referrals.actions import SaidChild
from tests.builders import meetings, providers, referrals
from tests.builders import missing as episodes
from tests.builders.restrictions import a_restriction, a_seal, looked_for
from tests.conftest import everybody, role
from tests.journeys import walk
from tests.journeys.walk import Address

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SEEN, SECRET = "Quillfeather", "Ravenscroft"
WATCHED = "07700 900777"
SECRET_NUMBER, SEALED_NUMBER = "999 888 7771", "07700 900555"
# Addresses that hold nothing of the record, or that read the ledger whole by right.
LEFT_OUT = {
    "ui:gallery": "the patterns of pages, without data",
    "ui:gallery_error": "the same",
}
WINDOW = timedelta(minutes=5)
LEDGER_ROOMS = ("oversight:", "witnesses:", "emergency:")
# Pages that tell a person of what she did herself about the child, before it was restricted.
OWN_DEEDS = {("detective", "emergency:start")}
# What a page makes anew each time it is asked for: nothing else may differ.
ANEW = re.compile(
    r'(name="(?:csrfmiddlewaretoken|form_key|searched)"\s+value=")[^"]*'
    r'|(nonce=")[^"]*|(nonce-)[^\']*|(harbour_csrf=)[^;]*'
)
# Slow pages that answer all who may open them alike, but for who is named: one of each right.
SAMPLED = {
    "reporting:": {"analyst", "director", "coordinator"},
    "meetings:start": {"team_manager", "nurse", "panel_chair"},
}
# Who asks only for lists, searches and figures: another with the same reach asks for each page of
# the hidden child, and tests/journeys asks it of everybody.
ONLY_LISTS = {"coordinator", "city_front_door", "detective", "youth_justice", "out_of_hours"}
# Who is asked for every page of the child that both worlds have, too: one of each reach.
CLOSELY = {"team_manager", "home_manager"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    fault: str = ""


@dataclass(frozen=True)
class Question:
    """One thing that one person asks: what to call it, and how to ask."""

    who: str
    what: str
    method: str = "GET"
    path: str = ""
    data: tuple[tuple[str, str], ...] = ()
    ids: tuple[tuple[str, str], ...] = ()


@dataclass
class Watcher:
    """A browser with somebody's session, that keeps nothing of what comes back."""

    key: str
    user: User | None
    cookies: str = ""
    session: str = ""
    handler: BaseHandler = field(default_factory=BaseHandler)

    def __post_init__(self) -> None:
        self.handler.load_middleware()
        if self.user is not None:
            signed_in = Client()
            signed_in.force_login(self.user, backend=BACKEND)
            self.cookies = signed_in.cookies.output(header="", attrs=[]).strip()
            self.session = session_mark(str(signed_in.session.session_key))

    def arrive(self) -> None:
        """Open one page for good, so that the session is known from then on."""
        request = RequestFactory().get("/", headers={"cookie": self.cookies})
        self.handler.get_response(request)

    def ask(self, question: Question) -> Answer:
        """Ask, and undo whatever the asking did."""
        if question.method == "WORDS":
            return Answer(200, _words(self.user, question), ())
        faults: list[str] = []

        def keep(**signal: object) -> None:
            faults.append(repr(sys.exc_info()[1]))

        request = getattr(RequestFactory(), question.method.lower())(
            question.path, dict(question.data), headers={"cookie": self.cookies}
        )
        request._dont_enforce_csrf_checks = True
        got_request_exception.connect(keep)
        try:
            with transaction.atomic():
                response = self.handler.get_response(request)
                transaction.set_rollback(True)
        finally:
            got_request_exception.disconnect(keep)
        return _answer(question, response, " ".join(faults))


def _words(user: User | None, question: Question) -> str:
    """Return the words in use that the search would compare with."""
    doing = acting_as(user.pk) if user else acting_as_nobody()
    with doing, connection.cursor() as cursor:
        cursor.execute(
            "SELECT token, how FROM harbour_sec.tokens_like(%s, %s::text[], 96) ORDER BY 1",
            [question.path, [question.data[0][1]]],
        )
        return repr(cursor.fetchall())


def _answer(question: Question, response: HttpResponseBase, fault: str) -> Answer:
    body = getattr(response, "content", b"").decode("latin-1")
    headers = tuple(
        (name, _lasting(value, question))
        for name, value in sorted(response.headers.items())
        if name != "Content-Length"
    )
    if response.headers.get("Content-Type", "").startswith("text/html"):
        body = getattr(response, "content", b"").decode("utf-8", "replace")
    return Answer(response.status_code, _lasting(body, question), headers, fault)


def _lasting(text: str, question: Question) -> str:
    """Return a text without what is new each time, and without the ids that were asked for."""
    for name, value in question.ids:
        text = text.replace(value, f"<{name}>")
    return ANEW.sub("~", text)


@dataclass
class Worlds:
    """The ground that both worlds stand on, who looks at them, and when."""

    cast: SimpleNamespace
    here: User
    home: Any
    seen: dict[str, Any]
    meeting: Meeting
    watchers: dict[str, Watcher]
    readers: dict[str, Reader | None]
    at: datetime
    addresses: list[Address]
    only_posted: set[str] = field(default_factory=set)

    @property
    def helpers(self) -> SimpleNamespace:
        """Return who else has to do with a child of these worlds."""
        return SimpleNamespace(
            home=self.home, worker=self.cast.youth_worker, shared_with=self.cast.school
        )

    def answers(
        self, questions: Iterator[Question], *, at: datetime | None = None
    ) -> dict[Question, Answer]:
        """Return what everybody sees, at one and the same moment."""
        return dict(self.asked(questions, at=at))

    @property
    def at_the_end(self) -> datetime:
        """Return a moment at which the meeting's window is over."""
        return self.meeting.window_to + timedelta(seconds=1)

    def asked(
        self, questions: Iterator[Question], *, at: datetime | None = None
    ) -> Iterator[tuple[Question, Answer]]:
        """Ask one question after the other.

        The clock stands still and requests bear no number: what is left to differ is the record.
        """
        plain = SimpleNamespace(uuid4=lambda: UUID(int=0))
        with mock.patch.object(middleware, "uuid", plain):
            for each in questions:
                if each.what in self.only_posted:
                    continue  # answered before anything is looked up, for everybody alike
                with time_machine.travel(at or self.at, tick=False):
                    answer = self.watchers[each.who].ask(each)
                if answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
                    self.only_posted.add(each.what)
                yield each, answer


def ground() -> Worlds:
    """Write what both worlds share: a child of the county with one of everything, and a watch."""
    cast_ = everybody()
    here = walk.all_round_worker("walker.here", "Wren Castell", cast_.county)
    with acting_as(here.pk, session_id="walk") as by:
        home = providers.a_home(by, cast_.home_agency, cast_.county)
        helpers = SimpleNamespace(home=home, worker=cast_.youth_worker, shared_with=cast_.school)
        # What comes in within the window is for this meeting.
        meeting = meetings.a_meeting(by, cast_.county, window_to=clock.now() + WINDOW)
        seen = walk.record_of(by, cast_.county, helpers, family=SEEN, meeting=meeting)
        watched = SaidChild(given="Amara", family="Quill", phone=WATCHED)
        referrals.a_decision(by, referrals.a_concern(by, cast_.county, watched))
    users = {each.key: getattr(cast_, each.key) for each in partnership.CAST if each.shown}
    watchers = {key: Watcher(key, user) for key, user in users.items()}
    watchers["nobody"] = Watcher("nobody", None)
    _say_why(watchers, seen["person_id"])
    for each in watchers.values():
        each.arrive()
    return Worlds(
        cast=cast_,
        here=here,
        home=home,
        seen=seen,
        meeting=meeting,
        watchers=watchers,
        readers={key: _reader(each.user) for key, each in watchers.items()},
        at=clock.now(),
        addresses=[
            each
            for each in walk.addresses()
            if each.rule is not None and ":" in each.name and each.name not in LEFT_OUT
        ],
    )


def _say_why(watchers: dict[str, Watcher], person_id: UUID) -> None:
    with role("harbour_sec_owner"):
        StatedReason.objects.bulk_create(
            StatedReason(
                person_id=person_id,
                user=each.user,
                session=each.session,
                code=Reason.MEETING,
                at=clock.now(),
            )
            for each in watchers.values()
            if each.user is not None
        )


def _reader(user: User | None) -> Reader | None:
    if user is None:
        return None
    with acting_as(user.pk) as reader:
        return reader


def add_the_secret(worlds: Worlds) -> dict[str, Any]:
    """Write the secret: a child with one of everything, in every place where it could show."""
    with time_machine.travel(worlds.at, tick=True):
        return _secret(worlds)


def _secret(worlds: Worlds) -> dict[str, Any]:
    cast_ = worlds.cast
    with acting_as(worlds.here.pk, session_id="walk") as by:
        at = clock.now()
        ids = walk.record_of(
            by, cast_.county, worlds.helpers, family=SECRET, meeting=worlds.meeting
        )
        child = ids["person_id"]
        people.add_phone(person_id=child, number=WATCHED, by=by, at=at)
        people.add_identifier(person_id=child, scheme="nhs", value=SECRET_NUMBER, by=by, at=at)
        new = referrals.a_concern(by, cast_.county)
        referrals.a_link(by, new, child)
        episodes.an_episode(by, child, hours=3)
        for one, other in ((worlds.seen["person_id"], child), (child, worlds.seen["person_id"])):
            people.add_relation(person_id=one, other_id=other, kind="sibling", by=by, at=at)
        sealed = people.add_phone(
            person_id=worlds.seen["person_id"], number=SEALED_NUMBER, by=by, at=at
        )
        a_seal(by, sealed)
        a_restriction(by, child)
    with acting_as(cast_.nurse.pk):
        looked_for(child)
    return ids


def _frozen(worlds: Worlds) -> time_machine.travel:
    return time_machine.travel(worlds.at, tick=False)


def close_the_meeting(worlds: Worlds) -> None:
    """Decide every child on the agenda and close the meeting, as the one who sees them all."""
    with _frozen(worlds), acting_as(worlds.here.pk, session_id="walk") as by:
        for each in meeting_queries.items(by, worlds.meeting.pk):
            meetings.decided(by, each)
        meeting = meeting_queries.meeting(by, worlds.meeting.pk)
        meeting_actions.close_meeting(meeting=meeting, by=by, at=worlds.at_the_end)


def decide_the_visible(worlds: Worlds, secret: dict[str, Any] | None) -> None:
    """Decide every child on the agenda but the secret one."""
    with _frozen(worlds), acting_as(worlds.here.pk, session_id="walk") as by:
        for each in meeting_queries.items(by, worlds.meeting.pk):
            if secret is None or each.person_id != secret["person_id"]:
                meetings.decided(by, each)


def questions(
    worlds: Worlds, ids: dict[str, Any], *, who: tuple[str, ...] = (), first: str = ""
) -> Iterator[Question]:
    """Yield everything that those without rights can ask; of the child with these ids too.

    `who` narrows who asks, `first` names what is asked first: for a leak that is looked for.
    """
    keys = who or tuple(worlds.watchers)
    everything = [
        each for key in keys for each in _questions_of(worlds, key, worlds.readers[key], ids)
    ]
    yield from sorted(everything, key=lambda each: not (first and first in each.what))


def _questions_of(
    worlds: Worlds, key: str, reader: Reader | None, ids: dict[str, Any]
) -> Iterator[Question]:
    asked_ids = ids | {"meeting_id": worlds.seen["meeting_id"]}
    for each in worlds.addresses:
        if each.rule is None or not each.rule.admits(reader):
            continue
        if reader and reader.may(Permission.AUDIT_READ) and each.name.startswith(LEDGER_ROOMS):
            continue  # the ledger's officer reads it whole, and every emergency access
        if any(each.name.startswith(room) and key not in asks for room, asks in SAMPLED.items()):
            continue
        if (each.is_of_a_record and key in ONLY_LISTS) or (key, each.name) in OWN_DEEDS:
            continue
        own = _parts(each, asked_ids, worlds.at)
        what = f"{each.name} {each.route}"
        yield Question(key, what, path=each.path(own), ids=_named(each, own))
        if each.is_of_a_record and key in CLOSELY:
            own = _parts(each, worlds.seen, worlds.at)
            yield Question(key, f"{what} of another", path=each.path(own))
    if reader and reader.may(Permission.PEOPLE_SEARCH):
        yield from _searches(key)


def _parts(address: Address, ids: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return what an address is filled in with: for figures the quarter that runs now."""
    if "year" not in address.parts:
        return ids
    day = clock.london_date(at)
    began = day.year if day.month >= 4 else day.year - 1
    quarter = (day.month - 4) % 12 // 3 + 1
    return ids | {"year": f"{began}-{(began + 1) % 100:02d}", "number": quarter}


def _named(address: Address, ids: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(ids[name])) for name in address.parts if name in walk.RECORD_IDS)


SEARCHES: dict[str, dict[str, str]] = {
    "both names": {"given": "Wilhelmina", "family": SECRET},
    "nearly the name": {"family": "Ravenscraft"},
    "the first name": {"given": "Wilhelmina"},
    "the birthday": {"born_day": "14", "born_month": "3", "born_year": "2009"},
    "the number": {"identifier": SECRET_NUMBER},
    "the telephone": {"phone": WATCHED},
    "the sealed telephone": {"phone": SEALED_NUMBER},
}


def _searches(key: str) -> Iterator[Question]:
    for name, typed in SEARCHES.items():
        data = tuple({"age": "", "postcode": "", **typed}.items())
        yield Question(key, f"a search by {name}", "POST", "/people/find/", data)
    for part, word in (("family", "ravenscroft"), ("given", "wilhelmina")):
        yield Question(key, f"words like a {part} name", "WORDS", part, (("word", word),))


def differing(
    before: dict[Question, Answer], after: Iterator[tuple[Question, Answer]]
) -> Iterator[tuple[str, str]]:
    """Yield who sees a difference where, and what it is."""
    known = {(each.who, each.what, each.method): answer for each, answer in before.items()}
    for question, answer in after:
        if answer != (then := known[question.who, question.what, question.method]):
            yield f"{question.who}: {question.what}", _difference(then, answer)


def _difference(one: Answer, other: Answer) -> str:
    if one.status != other.status or one.fault != other.fault:
        return f"{one.status} {one.fault} became {other.status} {other.fault}"
    if one.headers != other.headers:
        return f"{set(one.headers) ^ set(other.headers)}"
    lines = zip(one.body.splitlines(), other.body.splitlines(), strict=False)
    pairs = [(left.strip(), right.strip()) for left, right in lines if left != right]
    left, right = pairs[0] if pairs else ("", "one page goes on")
    return f"{left[:300]!r} became {right[:300]!r}"
