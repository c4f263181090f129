"""The pages about a child: what each member of the cast finds there, and what not."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.work.cases import actions, queries
from harbour.work.cases.vocabulary import AllocationRole, Model, Stage
from tests.builders.cases import a_child_voice, a_grading, a_note, a_plan_action, an_offer
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]
Unbound = Callable[[], AbstractContextManager[None]]

PARTS = (
    "cases:child",
    "cases:chronology",
    "cases:people_places",
    "cases:missing_tab",
    "cases:assessments",
    "cases:plan",
    "cases:sharing",
)


@pytest.fixture
def child_id(cast: SimpleNamespace, as_user: AsUser) -> UUID:
    """Register a county child with something of everything this room keeps."""
    today = clock.london_date(clock.now())
    with as_user(cast.team_manager) as reader:
        person = a_child(reader, cast.county, known_as="Ammy")
        a_grading(reader, person.pk, "high")
        an_offer(reader, person.pk, cast.youth_worker.pk)
        a_plan_action(reader, person.pk, cast.nurse.pk, due_on=today)
        a_note(reader, person.pk)
        a_child_voice(reader, person.pk)
        actions.enter_stage(
            person_id=person.pk, stage=Stage.DISCLOSURE, entered_on=today, by=reader, at=clock.now()
        )
        actions.tag_model(
            person_id=person.pk, model=Model.ONLINE, starts_on=today, by=reader, at=clock.now()
        )
        return person.pk


def _text(client: Client, url: str, *args: object) -> str:
    response = client.get(reverse(url, args=args))
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.mark.parametrize("url", PARTS)
def test_a_team_manager_opens_every_part(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID, url: str
) -> None:
    text = _text(client_for(cast.team_manager), url, child_id)

    assert "Amara Quill" in text
    assert "<title>A child" in text.replace("\n", "")


def test_the_first_page_says_whether_the_child_is_safe_and_what_to_do(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    text = _text(client_for(cast.team_manager), "cases:child", child_id)

    for words in (
        "Suspected, current",
        "High",
        "Not missing",
        "has not acknowledged",
        "Agree a safe way home from school",
        "I want to stay at my nan",
    ):
        assert words in text


@pytest.mark.parametrize("url", PARTS)
@pytest.mark.parametrize("who", ["city_front_door", "neighbour", "home_manager", "school_lead"])
def test_a_stranger_is_told_nothing(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID, url: str, who: str
) -> None:
    client = client_for(getattr(cast, who))

    hidden = client.get(reverse(url, args=[child_id]))
    absent = client.get(reverse(url, args=[uuid4()]))

    assert (hidden.status_code, absent.status_code) == (404, 404)


@pytest.mark.parametrize("who", ["director", "administrator"])
def test_who_sees_no_child_is_refused_whichever_child(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID, who: str
) -> None:
    client = client_for(getattr(cast, who))

    for each in (child_id, uuid4()):
        assert client.get(reverse("cases:child", args=[each])).status_code == 403


def test_the_youth_worker_finds_her_parts_and_no_trace_of_the_others(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    client = client_for(cast.youth_worker)
    text = _text(client, "cases:child", child_id)

    assert "You are offered as youth worker" in text
    for absent in ("Assessments", "Sharing"):
        assert absent not in text
    for url in ("cases:assessments", "cases:sharing"):
        assert client.get(reverse(url, args=[child_id])).status_code == 404


def test_the_records_officer_learns_only_who_the_child_is(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    text = _text(client_for(cast.records_officer), "cases:child", child_id)

    assert "Amara Quill" in text
    for absent in ("Suspected", "Chronology", "Plan", "nan", "Not missing", "Tonight"):
        assert absent not in text


def test_each_look_is_written_with_the_parts_that_were_shown(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID, unbound: Unbound
) -> None:
    client_for(cast.youth_worker).get(reverse("cases:plan", args=[child_id]))

    with unbound():
        entry = Entry.objects.get(act="consult", actor_id=cast.youth_worker.pk)
    assert entry.subjects == [child_id]
    assert set(entry.groups) == {"identity", "contact", "missing", "case"}


def test_one_press_acknowledges(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child_id: UUID
) -> None:
    with as_user(cast.youth_worker) as reader:
        (mine,) = queries.my_allocations(reader)

    response = client_for(cast.youth_worker).post(
        reverse("cases:acknowledge", args=[mine.id]), {"seen_version": mine.version}
    )

    assert response.headers["Location"] == reverse("cases:child", args=[child_id])
    with as_user(cast.youth_worker) as reader:
        assert queries.my_allocations(reader)[0].is_acknowledged


def test_a_decline_asks_why(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child_id: UUID
) -> None:
    client = client_for(cast.youth_worker)
    with as_user(cast.youth_worker) as reader:
        (mine,) = queries.my_allocations(reader)
    url = reverse("cases:decline", args=[mine.id])

    empty = client.post(url, {"seen_version": 1, "reason": ""})
    assert "Enter why you cannot take this child on" in empty.content.decode()

    assert client.post(url, {"seen_version": 1, "reason": "On leave"}).status_code == 302
    assert client.get(reverse("cases:child", args=[child_id])).status_code == 404


def test_an_offer_is_made_and_ended_on_pages(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child_id: UUID
) -> None:
    client = client_for(cast.team_manager)
    said = {"role": "nurse", "worker_nurse": str(cast.nurse.pk)}

    assert client.post(reverse("cases:offer", args=[child_id]), said).status_code == 302
    again = client.post(reverse("cases:offer", args=[child_id]), said)
    assert "is already offered or allocated in this role" in again.content.decode()

    with as_user(cast.nurse) as reader:
        (mine,) = queries.my_allocations(reader)
    assert "You are offered as specialist nurse" in _text(
        client_for(cast.nurse), "cases:allocation", mine.id
    )
    end = reverse("cases:end_allocation", args=[mine.id])
    assert client.get(end).status_code == 200
    assert client.post(end, {"seen_version": 1, "reason": "Not needed"}).status_code == 302


def test_the_plan_is_added_changed_done_and_undone(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child_id: UUID
) -> None:
    client = client_for(cast.nurse)
    said = {
        "text": "Book the sexual health clinic",
        "kind": "health",
        "owner_id": str(cast.nurse.pk),
        "due_on_day": "3",
        "due_on_month": "5",
        "due_on_year": "2031",
    }

    assert client.post(reverse("cases:add_action", args=[child_id]), said).status_code == 302
    with as_user(cast.nurse) as reader:
        line = next(each for each in queries.my_plan_actions(reader) if "clinic" in each.text)
    change = reverse("cases:change_action", args=[line.id])
    assert "Book the sexual health clinic" in client.get(change).content.decode()
    changed = client.post(change, said | {"text": "Book it today", "seen_version": 1})
    assert changed.status_code == 302
    stale = client.post(change, said | {"text": "Book it later", "seen_version": 1})
    assert stale.status_code == 409
    for text in ("Book it today", "Book it later"):
        assert text in stale.content.decode()

    done = reverse("cases:complete_action", args=[line.id])
    assert client.post(done, {"seen_version": 2, "outcome": "Booked"}).status_code == 302
    assert "Booked" in _text(client, "cases:plan", child_id)
    undo = reverse("cases:reopen_action", args=[line.id])
    assert client.get(undo).status_code == 405
    assert client.post(undo, {"seen_version": 3}).status_code == 302


@pytest.mark.parametrize(
    ("url", "said", "shown"),
    [
        (
            "cases:enter_stage",
            {"stage": "investigation", "entered_on": (3, 6, 2019), "note": ""},
            ("cases:plan", "Investigation"),
        ),
        (
            "cases:tag_model",
            {"model": "county_lines", "starts_on": (3, 6, 2019)},
            ("cases:plan", "County lines"),
        ),
        (
            "cases:add_voice",
            {"words": "leave my mum alone", "said_on": (3, 6, 2019), "said_to": "Grace"},
            ("cases:plan", "leave my mum alone"),
        ),
        (
            "cases:add_note",
            {"text": "Seen at school, well.", "noted_at": (3, 6, 2019, "14:05")},
            ("cases:chronology", "Seen at school, well."),
        ),
    ],
)
def test_what_is_written_on_a_page_is_shown(
    cast: SimpleNamespace,
    client_for: ClientFor,
    child_id: UUID,
    url: str,
    said: dict[str, object],
    shown: tuple[str, str],
) -> None:
    client = client_for(cast.front_door)
    address = reverse(url, args=[child_id])

    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 200
    assert client.post(address, _boxes(said)).status_code == 302
    where, words = shown
    assert words in _text(client, where, child_id)


def _boxes(said: Mapping[str, object]) -> dict[str, str]:
    filled: dict[str, str] = {}
    for name, value in said.items():
        if isinstance(value, tuple):
            parts = ("day", "month", "year", "time")
            filled |= {
                f"{name}_{part}": str(each) for part, each in zip(parts, value, strict=False)
            }
        else:
            filled[name] = str(value)
    return filled


def test_a_refusal_stands_on_the_form(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    said = {"stage": "concern", "entered_on": (3, 6, 2019)}
    response = client_for(cast.front_door).post(
        reverse("cases:enter_stage", args=[child_id]), _boxes(said)
    )

    assert response.status_code == 200
    assert "Write down why the case goes back." in response.content.decode()


def test_a_grade_is_reviewed_outside_a_meeting_only_with_reasons(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    client = client_for(cast.team_manager)
    url = reverse("cases:review", args=[child_id])
    said = {
        "harm": "confirmed:current",
        "grade": "high",
        "concerns": ["cse"],
        "rationale": "Disclosed tonight.",
        "unallocated_reason": "",
        "outside_meeting_reason": "",
    }

    first = client.post(url, said).content.decode()
    assert "Enter why this cannot wait for the daily meeting" in first
    second = client.post(url, said | {"outside_meeting_reason": "At night"}).content.decode()
    assert "A high grade needs a detective and social worker" in second
    whole = said | {"outside_meeting_reason": "At night", "unallocated_reason": "By noon"}
    assert client.post(url, whole).status_code == 302

    assert "Confirmed, current" in _text(client, "cases:child", child_id)


def test_a_grading_and_a_note_open_from_the_chronology(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child_id: UUID
) -> None:
    with as_user(cast.team_manager) as reader:
        grading = queries.current_grading(reader, child_id)
        (note,) = queries.notes(reader, child_id)
    assert grading is not None
    client = client_for(cast.team_manager)

    text = _text(client, "cases:chronology", child_id)
    for url, row in (("cases:grading", grading.id), ("cases:note", note.id)):
        assert reverse(url, args=[row]) in text
        assert client.get(reverse(url, args=[row])).status_code == 200
        stranger = client_for(cast.city_front_door).get(reverse(url, args=[row]))
        assert stranger.status_code == 404


def test_who_may_not_decide_or_allocate_is_not_offered_it(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    client = client_for(cast.analyst)
    text = _text(client, "cases:child", child_id)

    for url in ("cases:offer", "cases:review", "cases:add_note", "cases:add_action"):
        address = reverse(url, args=[child_id])
        assert address not in text
        assert client.get(address).status_code == 403


def test_a_child_about_to_be_18_is_counted_in_days(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser
) -> None:
    eighteen_on = clock.london_date(clock.now()) + timedelta(days=40)
    born_on = eighteen_on.replace(day=min(eighteen_on.day, 28), year=eighteen_on.year - 18)
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county, born_on=born_on)

    text = _text(client_for(cast.team_manager), "cases:child", child.pk)
    assert "18 in " in text
    assert "Nobody" in text


def test_an_offer_of_a_role_shows_only_that_roles_workers_to_choose(
    cast: SimpleNamespace, client_for: ClientFor, child_id: UUID
) -> None:
    response = client_for(cast.team_manager).post(
        reverse("cases:offer", args=[child_id]), {"role": AllocationRole.DETECTIVE.value}
    )

    text = response.content.decode()
    assert "Choose the detective" in text
    assert "Choose the specialist nurse" not in text
