"""Why a record is opened: asked once, kept with every look, never where it would tell or hinder."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from harbour.config.purposes import PURPOSES
from harbour.foundation.access.context import session_mark
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.record.people import actions
from harbour.record.people.models import Person, StatedReason
from harbour.record.people.views.reasons import FIELD
from harbour.record.people.vocabulary import Basis, Reason
from tests.builders.attachments import a_document
from tests.builders.browsers import asks_why
from tests.builders.pages import text_of, title_of
from tests.builders.people import a_child
from tests.journeys import walk


@pytest.fixture
def child(cast: SimpleNamespace, as_user: Callable[..., Any]) -> Person:
    """Register a child of the county."""
    with as_user(cast.front_door) as reader:
        return a_child(reader, cast.county)


@pytest.fixture
def nurse(cast: SimpleNamespace, client_for: Callable[..., Client]) -> Client:
    """Give a browser that answers nothing by itself."""
    browser = Client()
    browser.cookies = client_for(cast.nurse).cookies
    return browser


def _page(child: Person, name: str = "cases:child") -> str:
    return reverse(name, args=[child.pk])


def _looks(as_user: Callable[..., Any], cast: SimpleNamespace, child: Person) -> list[str]:
    with as_user(cast.records_officer):
        rows = Entry.objects.filter(
            act="consult", subjects=[child.pk], actor_id=cast.nurse.pk
        ).order_by("at")
        return [each.reason for each in rows]


def test_the_question_stands_before_the_record_and_tells_nothing(
    nurse: Client, child: Person, as_user: Callable[..., Any], cast: SimpleNamespace
) -> None:
    asked = nurse.get(_page(child))

    assert asked.status_code == 200
    assert asks_why(asked)
    assert title_of(asked).startswith("Why are you opening this record?")
    assert "Quill" not in text_of(asked)
    assert _looks(as_user, cast, child) == []


def test_one_press_opens_the_record_for_the_session_and_stands_in_the_ledger(
    nurse: Client, child: Person, as_user: Callable[..., Any], cast: SimpleNamespace
) -> None:
    pressed = nurse.post(_page(child), {FIELD: "section_47"})

    assert (pressed.status_code, pressed.headers["Location"]) == (302, _page(child))
    for name in ("cases:child", "cases:plan", "people:record"):
        opened = nurse.get(_page(child, name))
        assert "Quill" in text_of(opened), name
    assert set(_looks(as_user, cast, child)) == {"section_47"}


def test_a_document_is_opened_and_downloaded_after_the_question(
    nurse: Client,
    child: Person,
    as_user: Callable[..., Any],
    cast: SimpleNamespace,
    settings: Settings,
) -> None:
    settings.HARBOUR_FILE_KEY = b"\x07" * 32
    settings.HARBOUR_CLAMD = ""
    with as_user(cast.front_door) as reader:
        document = a_document(reader, child.pk, text="The blue door")
    pages = [reverse(f"attachments:{name}", args=[document.pk]) for name in ("file", "download")]
    for address in pages:
        asked = nurse.get(address)
        assert asks_why(asked), address
        assert "blue door" not in text_of(asked)
        assert "Quill" not in text_of(asked)

    pressed = nurse.post(pages[1], {FIELD: "section_47"})
    assert (pressed.status_code, pressed.headers["Location"]) == (302, pages[1])

    assert nurse.get(pages[1]).content == b"The blue door"
    assert "Quill" in text_of(nurse.get(pages[0]))
    assert set(_looks(as_user, cast, child)) == {"section_47"}
    with as_user(cast.records_officer):
        taken = Entry.objects.get(event="attachments.downloaded", subjects=[child.pk])
    assert taken.reason == "section_47"


def test_each_child_and_each_session_asks_again(
    nurse: Client,
    child: Person,
    cast: SimpleNamespace,
    as_user: Callable[..., Any],
    client_for: Callable[..., Client],
) -> None:
    with as_user(cast.front_door) as reader:
        other = a_child(reader, cast.county, given="Bo")
    nurse.post(_page(child), {FIELD: "meeting"})
    another = Client()
    another.cookies = client_for(cast.nurse).cookies

    assert not asks_why(nurse.get(_page(child)))
    assert asks_why(nurse.get(_page(other)))
    assert asks_why(another.get(_page(child)))


def test_another_reason_takes_words_and_the_officer_reads_them(
    nurse: Client,
    child: Person,
    cast: SimpleNamespace,
    as_user: Callable[..., Any],
    client_for: Callable[..., Client],
) -> None:
    mute = nurse.post(_page(child), {FIELD: "other", "words": " "})
    assert "Say in a few words" in text_of(mute)
    assert asks_why(nurse.get(_page(child)))

    nurse.post(_page(child), {FIELD: "other", "words": "The ward called about her"})
    nurse.get(_page(child))

    assert _looks(as_user, cast, child) == ["other: The ward called about her"]
    desk = client_for(cast.records_officer).get(reverse("oversight:subject", args=[child.pk]))
    assert "The ward called about her" in text_of(desk)


def test_an_answer_off_the_list_is_asked_again(nurse: Client, child: Person) -> None:
    for code in ("screening", "emergency", "because", ""):
        assert asks_why(nurse.post(_page(child), {FIELD: code}))


def test_the_worker_of_the_child_is_not_asked(
    nurse: Client, child: Person, cast: SimpleNamespace, as_user: Callable[..., Any]
) -> None:
    with as_user(cast.front_door) as reader:
        actions.give_standing(
            person_id=child.pk,
            audience=f"user:{cast.nurse.pk}",
            basis=Basis.ALLOCATED,
            facets=["identity", "case"],
            by=reader,
            at=clock.now(),
        )

    opened = nurse.get(_page(child))

    assert not asks_why(opened)
    assert _looks(as_user, cast, child) == ["allocated"]


def test_a_page_with_its_own_purpose_does_not_ask(
    nurse: Client, child: Person, as_user: Callable[..., Any], cast: SimpleNamespace
) -> None:
    opened = nurse.get(reverse("missing:report_child", args=[child.pk]))

    assert not asks_why(opened)
    assert set(_looks(as_user, cast, child)) <= {"missing"}


def test_a_record_that_is_not_there_is_not_asked_about(
    nurse: Client, child: Person, unbound: Callable[..., Any]
) -> None:
    with unbound():
        hidden = Person(recorded_at=clock.now(), recorded_by_id=child.recorded_by_id)
        hidden.save(force_insert=True)
    for address in (_page(hidden), reverse("cases:child", args=[uuid4()])):
        assert nurse.get(address).status_code == 404
        assert nurse.post(address, {FIELD: "meeting"}).status_code == 404
    unheard = reverse("attachments:download", args=[uuid4()])
    assert nurse.get(unheard).status_code == 404
    assert nurse.post(unheard, {FIELD: "meeting"}).status_code == 405


def test_who_may_not_open_the_page_is_refused_not_asked(
    cast: SimpleNamespace, child: Person, client_for: Callable[..., Client]
) -> None:
    browser = Client()
    browser.cookies = client_for(cast.director).cookies

    assert browser.get(_page(child)).status_code == 403


def test_a_part_of_a_page_has_the_whole_page_ask(nurse: Client, child: Person) -> None:
    part = nurse.get(_page(child), headers={"HX-Request": "true"})

    assert (part.status_code, part.headers["HX-Refresh"]) == (204, "true")


def test_the_answer_leads_back_to_the_same_page_and_nowhere_else(
    nurse: Client, child: Person
) -> None:
    address = f"{_page(child, 'cases:chronology')}?page=2"

    pressed = nurse.post(address, {FIELD: "meeting", "next": "https://elsewhere.example.org/"})

    assert pressed.headers["Location"] == address


def test_nobody_says_why_for_another_or_of_a_child_unseen(
    cast: SimpleNamespace, child: Person, as_user: Callable[..., Any]
) -> None:
    def said(user: Any) -> StatedReason:
        return StatedReason(
            person=child, user=user, session="s", code=Reason.MEETING, at=clock.now()
        )

    with as_user(cast.nurse), pytest.raises(ProgrammingError), transaction.atomic():
        said(cast.detective).save(force_insert=True)
    with as_user(cast.director), pytest.raises(ProgrammingError), transaction.atomic():
        said(cast.director).save(force_insert=True)


def test_a_reason_is_read_by_who_gave_it_and_the_records_officer(
    cast: SimpleNamespace, child: Person, as_user: Callable[..., Any]
) -> None:
    with as_user(cast.nurse) as reader:
        actions.state_reason(person_id=child.pk, code=Reason.ASKED, by=reader, at=clock.now())
        row = StatedReason.objects.get()
    assert row.session == session_mark("test")

    seen = {}
    for key in ("nurse", "records_officer", "detective", "team_manager", "administrator"):
        with as_user(getattr(cast, key)):
            seen[key] = StatedReason.objects.count()
    assert seen == {
        "nurse": 1, "records_officer": 1, "detective": 0, "team_manager": 0, "administrator": 0,
    }  # fmt: skip


def test_a_reason_is_not_rewritten(
    cast: SimpleNamespace, child: Person, as_user: Callable[..., Any]
) -> None:
    with as_user(cast.nurse) as reader:
        actions.state_reason(person_id=child.pk, code=Reason.ASKED, by=reader, at=clock.now())
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            StatedReason.objects.update(code="meeting")


def test_every_page_of_a_child_says_what_it_is_for_or_asks() -> None:
    mute = [
        each.name
        for each in walk.addresses()
        if "person_id" in each.parts
        and each.name not in PURPOSES
        and each.name.partition(":")[0] not in PURPOSES
    ]

    assert not mute, f"Give each a purpose in config/purposes.py, or let it ask: {mute}"
