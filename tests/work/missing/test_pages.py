"""The pages of an episode: a report from letters to sheet, the return, the interview."""

from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.work.missing import actions, queries
from harbour.work.missing.models import Episode, LogEntry, ReportDraft, ReturnInterview
from tests.builders.missing import (
    ActingAs,
    ClientFor,
    a_return,
    an_episode,
    an_offer,
    hours_ago,
)
from tests.builders.pages import text_of
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


@pytest.fixture
def missing_for_a_day(cast: SimpleNamespace, as_user: ActingAs) -> Episode:
    with as_user(cast.coordinator) as reader:
        return an_episode(reader, a_child(reader, cast.county, given="Amara").pk, hours=26)


def where(response: Any) -> str:
    """Return where an answer leads."""
    return str(response.headers["Location"])


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

    assert "Offered to Leon Baptiste, not acknowledged" in waiting
    assert "Leon Baptiste (acknowledged)" not in waiting
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
