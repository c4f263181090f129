"""Every address against forged requests, foreign ids, planted fields and missing headers."""

from collections.abc import Iterator
from functools import cache
from uuid import uuid4

import pytest

from harbour.foundation.access.models import User
from tests.attacks import arms
from tests.attacks.arms import Sender
from tests.conftest import role
from tests.journeys import walk
from tests.journeys.test_walk import HIDDEN, OURS, SEEN, Ground, ask
from tests.journeys.walk import Address

EVERY = walk.addresses()
NAMED = pytest.mark.parametrize("address", EVERY, ids=lambda each: each.route)


@pytest.fixture(scope="module")
def here(ground: Ground) -> Sender:
    """Return somebody who does every job of a hub."""
    return Sender(ground.browsers["here"].cookies)


@pytest.fixture(scope="module")
def victim(ground: Ground) -> str:
    """Return the id of somebody in whose name nothing must ever be written."""
    del ground
    with role("harbour_sec_owner"):
        user = User.objects.create_user("victim@example.org", name="Vic Tim", job="None")
    return str(user.pk)


@pytest.fixture(scope="module")
def before(victim: str) -> dict[str, int]:
    """Return where the marks of planted fields stand before anything was planted."""
    return arms.marks_kept(victim)


def test_the_weak_server_takes_forged_requests(db: None, weak: Sender) -> None:
    del db
    assert len(arms.forgeries_taken(weak, "/weak/change/")) == len(arms.FORGERIES)


# What takes requests that prove nothing, because nothing in the record follows from them.
UNPROVED = {"entrance:policy_report": "a browser's report, which sends no proof: one line of a log"}
PROVED = pytest.mark.parametrize(
    "address", [each for each in EVERY if each.name not in UNPROVED], ids=lambda each: each.route
)


@PROVED
def test_a_forged_request_is_refused(ground: Ground, here: Sender, address: Address) -> None:
    kinds = () if address.name == "home:my_work" else ("a made-up token", "a foreign origin")

    assert arms.forgeries_taken(here, address.path(ground.seen), *kinds) == []


def test_the_weak_server_shows_foreign_records(ground: Ground, weak: Sender) -> None:
    person = ground.hidden["person_id"]

    assert HIDDEN in arms.text_of(weak.forgotten("GET", f"/weak/record/{person}/"))


@pytest.mark.parametrize(
    "address", [each for each in OURS if each.is_of_a_record], ids=lambda each: each.route
)
def test_a_foreign_id_answers_as_one_that_is_not(ground: Ground, address: Address) -> None:
    """The attacker does every job of a hub, for another authority; the walk asks everybody else."""
    for method in ("GET", "POST"):
        absent = ask(ground.browsers["away"], method, address, walk.random_ids())
        got = ask(ground.browsers["away"], method, address, ground.seen)
        assert SEEN not in got.body
        assert got.status == absent.status, f"{method} {address.route}"


def test_the_weak_server_takes_fields_that_its_form_does_not_offer(
    ground: Ground, weak: Sender, victim: str, before: dict[str, int]
) -> None:
    del ground
    tried = arms.assign_more(weak, "/weak/form/", victim, before)

    assert (tried.sent, tried.accepted) == (1, 1)
    assert tried.kept


# One look at each page, for all that is asked of it: what it answers, and what it writes.
LOOKS: dict[str, tuple[arms.Answer, set[str]]] = {}
LONG = "9" * 30
POLLUTED = f"page=1&page=0&sort=x&size={LONG}&person_id={uuid4()}&person_id={uuid4()}"


@cache
def _nobody() -> Sender:
    """Return somebody without a session."""
    return Sender()


def _look(here: Sender, path: str) -> tuple[arms.Answer, set[str]]:
    """Open a page with every parameter twice, which is no fault."""
    if path not in LOOKS:
        LOOKS[path] = arms.written(here, f"{path}?{POLLUTED}")
    return LOOKS[path]


# What reading may write: that it was read, by whom and in which session.
READING_WRITES = {
    "audit_entry",
    "breadth",  # the function that counts how many children somebody opened
    "django_session",
    "usersessions_usersession",
    "home_look",
    "harbour_cache",
}


def test_the_weak_server_s_reading_writes(ground: Ground, weak: Sender) -> None:
    person = ground.seen["person_id"]

    assert arms.written(weak, f"/weak/touch/{person}/")[1] - READING_WRITES


@NAMED
def test_reading_writes_nothing_but_that_it_was_read(
    ground: Ground, here: Sender, address: Address
) -> None:
    _answer, done = _look(here, address.path(ground.seen))

    assert done - READING_WRITES == set()


ACCEPTED: dict[str, int] = {}
# Of the pages with forms, so many take what the attack fills in.
LEAST_ACCEPTED = 40
FORMS = [each for each in OURS if each.rule and each.rule.signed_in]


@pytest.fixture(scope="module")
def really_filled_in() -> Iterator[None]:
    """Ask at the end of the file: a form that is not accepted proves nothing, most must take it.

    Not a test of its own: shuffled before the forms it would have nothing to judge.
    """
    yield
    if len(ACCEPTED) == len(FORMS):
        assert sum(ACCEPTED.values()) >= LEAST_ACCEPTED, sorted(ACCEPTED.items())


@pytest.mark.usefixtures("really_filled_in")
@pytest.mark.parametrize("address", FORMS, ids=lambda each: each.route)
def test_a_form_takes_only_what_it_offers(
    ground: Ground, here: Sender, victim: str, before: dict[str, int], address: Address
) -> None:
    path = address.path(ground.seen)
    shown = arms.text_of(_look(here, path)[0])
    tried = arms.assign_more(here, path, victim, before, shown=shown or " ")
    ACCEPTED[address.route] = tried.accepted

    assert tried.kept == []
    assert tried.raw == []


def test_the_weak_server_s_headers_are_found_wanting(db: None, weak: Sender) -> None:
    del db
    answer = weak.forgotten("GET", "/weak/form/")

    assert {"policy", "frames", "kept", "sniffing"} <= set(arms.lacking(answer, signed_in=True))


@NAMED
def test_headers_leave_nothing_open(ground: Ground, here: Sender, address: Address) -> None:
    """Asked with every parameter twice, which is no fault either."""
    path = address.path(ground.seen)
    nobody = _nobody().forgotten("GET", f"{path}?{POLLUTED}")
    for answer, signed_in in ((_look(here, path)[0], True), (nobody, False)):
        assert arms.lacking(answer, signed_in=signed_in) == [], f"{path} -> {answer.status_code}"
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/cases/%00/", "/accounts/login/?next=//x", "/%2e%2e/"]
)
def test_headers_of_errors_leave_nothing_open(ground: Ground, here: Sender, path: str) -> None:
    del ground
    for sender, signed_in in ((here, True), (Sender(), False)):
        assert arms.lacking(sender.forgotten("GET", path), signed_in=signed_in) == []


@pytest.mark.parametrize("name", ["harbour.css", "harbour.js", "start.js", "images/favicon.svg"])
def test_headers_of_files_leave_nothing_open(db: None, name: str) -> None:
    del db
    answer = Sender().send("GET", f"/static/harbour/{name}")

    getattr(answer, "file_to_stream").close()  # noqa: B009 - a file's answer alone has it

    assert answer.status_code == 200
    assert arms.lacking(answer, signed_in=False) == []


@NAMED
def test_a_field_sent_twice_is_no_fault(ground: Ground, here: Sender, address: Address) -> None:
    path = address.path(ground.seen)
    sent = [("person_id", str(uuid4())), ("version", "1"), ("version", "2"), ("role", "")]
    answer = here.forgotten("POST", f"{path}?{POLLUTED}", sent)

    assert answer.status_code < 500
    assert arms.lacking(answer, signed_in=True) == []
