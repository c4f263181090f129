"""The pages: what the board shows and in which order, a report from letters to sheet, forms."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.work.missing import actions, queries
from harbour.work.missing.models import Episode, LogEntry, ReportDraft, ReturnInterview
from harbour.work.missing.presenters import board as board_presenter
from tests.builders.missing import (
    ActingAs,
    ClientFor,
    Unbound,
    a_return,
    an_episode,
    an_offer,
    hours_ago,
)
from tests.builders.people import a_child


def boxes(name: str, moment: datetime) -> dict[str, str]:
    """Return a moment as the boxes of a form hold it."""
    wall = clock.london(moment)
    return {
        f"{name}_day": str(wall.day),
        f"{name}_month": str(wall.month),
        f"{name}_year": str(wall.year),
        f"{name}_time": f"{wall:%H:%M}",
    }


def text_of(response: Any) -> str:
    """Return a page's words without its tags."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def where(response: Any) -> str:
    """Return where an answer leads."""
    return str(response.headers["Location"])


@pytest.fixture
def missing_for_a_day(cast: SimpleNamespace, as_user: ActingAs) -> Episode:
    with as_user(cast.coordinator) as reader:
        return an_episode(reader, a_child(reader, cast.county, given="Amara").pk, hours=26)


@pytest.mark.usefixtures("missing_for_a_day")
def test_the_board_shows_the_longest_missing_first_with_words_for_everything(
    cast: SimpleNamespace,
    as_user: ActingAs,
    client_for: ClientFor,
) -> None:
    with as_user(cast.coordinator) as reader:
        an_episode(reader, a_child(reader, cast.county, given="Rowan").pk, hours=2)

    shown = text_of(client_for(cast.coordinator).get(reverse("missing:board")))

    assert shown.index("Amara Quill") < shown.index("Rowan Quill")
    assert "Missing now (2)" in shown
    assert "Missing for 26 h" in shown
    assert "Medium risk" in shown
    assert "No owner" in shown


def test_interviews_stand_by_time_to_breach_and_unknown_times_last(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    returns = {"Soon": 50, "Late": 80, "Calm": 1, "Untimed": None}
    with as_user(cast.coordinator) as reader:
        for given, hours in returns.items():
            episode = an_episode(reader, a_child(reader, cast.county, given=given).pk, hours=100)
            a_return(reader, episode, hours=hours)

    shown = text_of(client_for(cast.coordinator).get(reverse("missing:board")))

    places = [shown.index(f"{given} Quill") for given in ("Late", "Soon", "Calm", "Untimed")]
    assert places == sorted(places)
    assert "Overdue: 1. Due within 24 h: 1. On track: 1. Return time not recorded: 1." in shown
    for words in ("Overdue", "Due within 24 h", "On track", "Return time not recorded"):
        assert shown.count(words) >= 2


def test_an_empty_board_says_what_would_stand_there(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    shown = text_of(client_for(cast.coordinator).get(reverse("missing:board")))

    assert "No child you may see is missing now." in shown
    assert "No interview is due." in shown


@pytest.mark.usefixtures("missing_for_a_day")
def test_the_board_narrows_by_authority_and_population(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        hosted = a_child(reader, cast.neighbour_authority, given="Rowan", host=cast.county)
        an_episode(reader, hosted.pk)
    client, url = client_for(cast.coordinator), reverse("missing:board")

    by_population = text_of(client.get(url, {"population": "hosted"}))
    by_authority = text_of(client.get(url, {"authority": str(cast.city.pk)}))
    nonsense = text_of(client.get(url, {"authority": "x", "population": "y"}))

    assert ("Rowan" in by_population, "Amara" in by_population) == (True, False)
    assert "No child in this part of the board is missing now." in by_authority
    assert "Amara" in nonsense


def test_a_screen_left_alone_is_sent_the_time_and_writes_nothing_until_something_changes(
    cast: SimpleNamespace,
    as_user: ActingAs,
    client_for: ClientFor,
    unbound: Unbound,
    missing_for_a_day: Episode,
) -> None:
    client = client_for(cast.coordinator)
    page = client.get(reverse("missing:board")).content.decode()
    poll = re.search(r'hx-get="([^"]+)"', page)
    assert poll is not None

    unchanged = client.get(poll[1].replace("&amp;", "&"))
    with as_user(cast.coordinator) as reader:
        actions.add_log(episode=missing_for_a_day, text="Seen.", by=reader, at=clock.now())
    changed = client.get(poll[1].replace("&amp;", "&"))

    assert text_of(unchanged).startswith(" Checked at ")
    assert unchanged.headers["HX-Reswap"] == "none"
    assert "Amara" not in text_of(unchanged)
    assert "Seen." in text_of(changed)
    with unbound():
        assert Entry.objects.filter(event="missing.board_shown").count() == 2


def test_a_long_board_shows_the_nearest_and_counts_all(
    cast: SimpleNamespace,
    as_user: ActingAs,
    client_for: ClientFor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(board_presenter, "NEAREST", 1)
    with as_user(cast.coordinator) as reader:
        for given, hours in (("Near", 60), ("Far", 2)):
            episode = an_episode(reader, a_child(reader, cast.county, given=given).pk, hours=90)
            a_return(reader, episode, hours=hours)
    client, url = client_for(cast.coordinator), reverse("missing:board")

    short, whole = text_of(client.get(url)), text_of(client.get(url, {"all": "yes"}))

    assert "Returned, interview due (2)" in short
    assert ("Far Quill" in short, "Far Quill" in whole) == (False, True)
    assert "Show all 2" in short


def test_the_board_asks_the_database_as_often_for_four_children_as_for_one(
    cast: SimpleNamespace,
    as_user: ActingAs,
    client_for: ClientFor,
) -> None:
    client, url = client_for(cast.coordinator), reverse("missing:board")
    counts = []
    for given in ("One", "Two", "Three", "Four"):
        with as_user(cast.coordinator) as reader:
            back = an_episode(reader, a_child(reader, cast.county, given=f"{given}a").pk, hours=9)
            a_return(reader, back)
            an_episode(reader, a_child(reader, cast.county, given=given).pk)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_what_is_older_than_a_quarter_is_counted_and_listed_apart(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk, hours=24 * 100)
        a_return(reader, episode, hours=24 * 95)
    client = client_for(cast.coordinator)

    board = text_of(client.get(reverse("missing:board")))
    older = text_of(client.get(reverse("missing:older")))

    assert "1 interview of earlier return never settled" in board
    assert "Amara Quill" not in board
    assert "Amara Quill" in older


@pytest.mark.parametrize("name", ["neighbour", "city_front_door"])
def test_strangers_see_no_child_and_no_count(
    cast: SimpleNamespace, client_for: ClientFor, missing_for_a_day: Episode, name: str
) -> None:
    client = client_for(getattr(cast, name))

    assert "Missing now (0)" in text_of(client.get(reverse("missing:board")))
    assert client.get(reverse("missing:episode", args=[missing_for_a_day.pk])).status_code == 404
    assert client.get(reverse("missing:log", args=[missing_for_a_day.pk])).status_code == 404


@pytest.mark.parametrize("name", ["director", "administrator", "school_lead"])
def test_roles_that_do_not_work_on_missing_children_are_refused(
    cast: SimpleNamespace, client_for: ClientFor, name: str
) -> None:
    assert client_for(getattr(cast, name)).get(reverse("missing:board")).status_code == 403


def test_a_page_of_an_episode_that_is_not_there_is_not_found(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    nowhere = reverse("missing:episode", args=[UUID(int=7)])

    assert client_for(cast.coordinator).get(nowhere).status_code == 404


SEEN = {"kind": "M", "missing_from": "care", "last_seen": "By the lake", "out_of_area": "no"}
POLICE = {
    "police_told": "yes",
    "police_reference": "MP/2019/77",
    "police_risk": "high",
    "risk_reason": "No coat",
}


def report_through_the_pages(client: Client, person_id: UUID, hours: float = 3) -> Any:
    """Walk the five pages and return the answer to the last one."""
    url = where(client.post(reverse("missing:begin"), {"person": str(person_id)}))
    seen = SEEN | boxes("started_at", hours_ago(hours))
    url = where(client.post(url, seen))
    url = where(client.post(url, {"wearing": "Red trainers"}))
    url = where(client.post(url, POLICE | boxes("reported_at", hours_ago(1))))
    return client.post(url, {"told": "Her aunt", "done": "Rang her phone"})


def test_a_child_is_reported_in_five_pages_that_end_with_the_sheet(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.out_of_hours) as reader:
        child = a_child(reader, cast.county)
    client = client_for(cast.out_of_hours)

    found = text_of(client.post(reverse("missing:report"), {"letters": "Ama", "age": ""}))
    answer = report_through_the_pages(client, child.pk)
    sheet = text_of(client.get(where(answer)))

    assert "This child is missing : Amara Quill" in found
    for words in ("Amara Quill", "By the lake", "Red trainers", "MP/2019/77", "High risk"):
        assert words in sheet
    with as_user(cast.out_of_hours):
        episode = Episode.objects.get(person=child)
        assert episode.police_risk == "high"
        assert LogEntry.objects.get(episode=episode, kind="report").text == "Rang her phone"
        assert not ReportDraft.objects.exists()


def test_each_page_is_kept_and_only_its_author_goes_on_with_it(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
    client = client_for(cast.coordinator)
    step = where(client.post(reverse("missing:begin"), {"person": str(child.pk)}))
    client.post(step, SEEN | boxes("started_at", hours_ago(3)))

    again = client.get(step).content.decode()
    goes_on = where(client.post(reverse("missing:begin"), {"person": str(child.pk)}))

    assert "By the lake" in again
    assert goes_on.endswith("description")
    assert client_for(cast.out_of_hours).get(step).status_code == 404


def test_the_form_names_the_field_that_is_wrong(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
    client = client_for(cast.coordinator)
    step = where(client.post(reverse("missing:begin"), {"person": str(child.pk)}))

    empty = text_of(client.post(step, {}))
    tomorrow = text_of(client.post(step, SEEN | boxes("started_at", hours_ago(-24))))

    assert "Select whether anybody knows where the child is" in empty
    assert "Select where the child is missing from" in empty
    assert "Enter when the child was last seen" in empty
    assert "The child was last seen cannot be in the future" in tomorrow


def test_an_overlap_is_said_on_the_page_that_asks_for_the_time(
    cast: SimpleNamespace, client_for: ClientFor, missing_for_a_day: Episode
) -> None:
    client = client_for(cast.coordinator)
    person = str(missing_for_a_day.person_id)
    step = where(client.post(reverse("missing:begin"), {"person": person}))

    answer = text_of(client.post(step, SEEN | boxes("started_at", hours_ago(2))))

    assert "This child is already reported missing from" in answer
    assert "still open" in answer


def test_pressing_twice_reports_once(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, missing_for_a_day: Episode
) -> None:
    client = client_for(cast.coordinator)
    url = reverse("missing:log", args=[missing_for_a_day.pk])
    press = {"text": "Rang the home.", "form_key": "5f0b1a56-0d5e-4e5b-9d43-6f5c6d1a9f10"}

    first, second = client.post(url, press), client.post(url, press)

    assert where(first) == where(second)
    with as_user(cast.coordinator):
        entries = LogEntry.objects.filter(episode=missing_for_a_day, text="Rang the home.")
        assert entries.count() == 1


def test_a_return_before_the_episode_names_its_field(
    cast: SimpleNamespace, client_for: ClientFor, missing_for_a_day: Episode
) -> None:
    url = reverse("missing:return", args=[missing_for_a_day.pk])
    sent = {"seen_version": "1", "known": "minute", **boxes("returned_at", hours_ago(48))}

    answer = client_for(cast.coordinator).post(url, sent)

    assert "The return must be after the child was last seen" in text_of(answer)
    assert 'href="#id_returned_at' in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "clock_words"),
    [
        ({"known": "minute"}, "On track"),
        ({"known": "none"}, "Return time not recorded"),
    ],
)
def test_a_return_is_recorded_from_the_board(
    cast: SimpleNamespace,
    client_for: ClientFor,
    missing_for_a_day: Episode,
    sent: dict[str, str],
    clock_words: str,
) -> None:
    client = client_for(cast.coordinator)
    url = reverse("missing:return", args=[missing_for_a_day.pk])
    moment = boxes("returned_at", hours_ago(1)) if sent["known"] == "minute" else {}

    answer = client.post(url, {"seen_version": "1", "how": "police", **sent, **moment})
    shown = text_of(client.get(where(answer)))

    assert "The return is recorded." in shown
    assert clock_words in shown


def test_an_old_page_keeps_what_was_typed_and_says_what_happened(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, missing_for_a_day: Episode
) -> None:
    with as_user(cast.coordinator) as reader:
        actions.take_over(episode=missing_for_a_day, seen_version=1, by=reader, at=clock.now())
    client = client_for(cast.out_of_hours)
    url = reverse("missing:risk", args=[missing_for_a_day.pk])
    sent = {"seen_version": "1", "grade": "high", "reason": "Phone is off."}

    refused = client.post(url, sent)
    again = client.post(url, sent | {"seen_version": "2"})

    assert "Somebody else changed this record" in text_of(refused)
    assert "Phone is off." in refused.content.decode()
    assert 'name="seen_version" value="2"' in refused.content.decode()
    assert again.status_code == 302


def test_an_episode_is_handed_over_and_acknowledged_by_one_press_each(
    cast: SimpleNamespace, client_for: ClientFor, missing_for_a_day: Episode
) -> None:
    key = missing_for_a_day.pk
    client_for(cast.coordinator).post(
        reverse("missing:hand_over", args=[key]),
        {"seen_version": "1", "to": str(cast.out_of_hours.pk), "note": "Ring at ten."},
    )
    night = client_for(cast.out_of_hours)
    waiting = text_of(night.get(reverse("missing:board")))

    night.post(reverse("missing:acknowledge", args=[key]), {"seen_version": "2"})
    taken = text_of(night.get(reverse("missing:board")))

    assert "Not acknowledged" in waiting
    assert "Leon Baptiste (acknowledged)" in taken


def test_the_interview_is_offered_answered_and_written_up_through_its_pages(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, missing_for_a_day: Episode
) -> None:
    with as_user(cast.coordinator) as reader:
        interview = a_return(reader, missing_for_a_day)
    offer = {
        "seen_version": "1",
        "offered": "yes",
        "service": "listening_support",
        "interviewer": str(cast.youth_worker.pk),
        "best_placed_reason": "Knows her.",
    }
    client = client_for(cast.coordinator)
    client.post(reverse("missing:offer", args=[interview.pk]), offer)
    worker = client_for(cast.youth_worker)

    worker.post(
        reverse("missing:answer", args=[interview.pk]), {"seen_version": "2", "accepted": "yes"}
    )
    said = {"seen_version": "3", "child_words": "It was too loud.", "push_factors": ["argument"]}
    answer = worker.post(
        reverse("missing:hold", args=[interview.pk]), said | boxes("held_at", hours_ago(0))
    )
    shown = text_of(worker.get(where(answer)))

    assert "It was too loud." in shown
    assert "Argument or conflict where they live" in shown
    assert worker.get(reverse("missing:hold", args=[interview.pk])).status_code == 403


def test_a_declined_interview_asks_why(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, missing_for_a_day: Episode
) -> None:
    with as_user(cast.coordinator) as reader:
        interview = an_offer(reader, a_return(reader, missing_for_a_day))
    url = reverse("missing:answer", args=[interview.pk])

    answer = client_for(cast.coordinator).post(url, {"seen_version": "2", "accepted": "no"})

    assert "Enter why the child declined" in text_of(answer)
    with as_user(cast.coordinator):
        assert ReturnInterview.objects.get(pk=interview.pk).accepted == "not_known"


def test_the_home_manager_reports_her_own_children_and_finds_no_other(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        placed = a_child(reader, cast.county)
        other = a_child(reader, cast.county, given="Amarantha")
        people.give_standing(
            person_id=placed.pk,
            audience=f"agency:{cast.home_agency.pk}",
            basis="placed",
            facets=("identity", "placement", "missing"),
            by=reader,
            at=clock.now(),
        )
    client = client_for(cast.home_manager)

    found = text_of(client.post(reverse("missing:report"), {"letters": "Ama", "age": ""}))
    answer = report_through_the_pages(client, placed.pk)
    refused = client.post(reverse("missing:begin"), {"person": str(other.pk)})

    assert "Children you may mean (1)" in found
    assert where(answer).endswith("/sheet")
    assert refused.status_code == 403


def test_who_turned_18_while_missing_stands_apart(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    today = clock.london_date(clock.now())
    born_on = today.replace(year=today.year - 18) - timedelta(days=3)
    with as_user(cast.coordinator) as reader:
        an_episode(reader, a_child(reader, cast.county, born_on=born_on).pk, hours=24 * 10)

    shown = text_of(client_for(cast.coordinator).get(reverse("missing:board")))

    assert "Missing now (0)" in shown
    assert "Turned 18 while missing" in shown


def test_three_episodes_in_thirty_days_are_marked(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        for hours in (300, 200):
            a_return(reader, an_episode(reader, child.pk, hours=hours), hours=hours - 5)
        episode = an_episode(reader, child.pk)
    client = client_for(cast.coordinator)

    board = text_of(client.get(reverse("missing:board")))
    page = text_of(client.get(reverse("missing:episode", args=[episode.pk])))

    assert "Repeat: 3 in 30 days" in board
    assert "3 in 30 days: the local rule asks for a strategy discussion." in page


def test_windows_that_join_leave_no_episode_out(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk, hours=50)
        told = episode.recorded_at
        edges = [told - timedelta(hours=1), told, told + timedelta(hours=1)]
        counts = [
            len(queries.reported_between(reader, cast.county.pk, since=since, until=until))
            for since, until in pairwise(edges)
        ]

    assert counts == [0, 1]
