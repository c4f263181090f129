"""The board: what it shows, in which order, to whom, and how often it asks the database."""

import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.work.missing import actions
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.missing.presenters import board as board_presenter
from tests.builders.missing import (
    ActingAs,
    ClientFor,
    Unbound,
    a_conversation,
    a_return,
    an_episode,
    an_offer,
    hours_ago,
)
from tests.builders.pages import text_of
from tests.builders.people import a_child


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


def test_an_interview_waits_since_the_return_until_it_is_settled(
    cast: SimpleNamespace, as_user: ActingAs, unbound: Unbound
) -> None:
    earlier = hours_ago(4)
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk, hours=90)
        interview = a_return(reader, episode, hours=2)
        kept = ReturnInterview.objects.filter(pk=interview.pk).values_list(
            "waiting_since", flat=True
        )
        seen = [kept.get()]
        kept.update(waiting_since=None)
        seen.append(kept.get())
    with unbound():
        returned = Episode.objects.filter(pk=episode.pk)
        returned.update(returned_at=earlier)
        seen.append(kept.get())
        returned.update(returned_at=None, returned_precision="")
        seen.append(kept.get())
    with as_user(cast.coordinator) as reader:
        offered = an_offer(reader, interview)
        for accepted, why in (("no", "Would not"), ("yes", "")):
            reply = actions.Reply(accepted=accepted, declined_reason=why)
            actions.record_answer(
                interview=offered,
                reply=reply,
                seen_version=offered.version,
                by=reader,
                at=clock.now(),
            )
            seen.append(kept.get())
        actions.hold_interview(
            interview=offered,
            said=a_conversation(),
            seen_version=offered.version,
            by=reader,
            at=clock.now(),
        )
        seen.append(kept.get())

    back, told = episode.returned_at, episode.return_recorded_at
    assert seen == [back, back, earlier, told, None, told, None]
