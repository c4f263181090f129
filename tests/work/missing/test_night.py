"""The running of an episode: the owner, the push, two who write at once, and turning 18."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import Holding
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people.vocabulary import DatePrecision
from harbour.work.missing import actions, queries, tasks
from harbour.work.missing.models import Episode, LogEntry
from tests.builders.missing import ActingAs, ClientFor, an_episode
from tests.builders.pages import text_of
from tests.builders.people import a_child


@pytest.fixture
def gone(cast: SimpleNamespace, as_user: ActingAs) -> Episode:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county, given="Amara")
        episode = an_episode(reader, child.pk, hours=26, wearing="Blue coat")
        actions.take_over(episode=episode, seen_version=1, by=reader, at=clock.now())
        return episode


def offer(cast: SimpleNamespace, as_user: ActingAs, gone: Episode) -> None:
    with as_user(cast.coordinator) as reader:
        actions.hand_over(
            episode=gone,
            to=cast.out_of_hours,
            note="Ring the home at ten.",
            seen_version=gone.version,
            by=reader,
            at=clock.now(),
        )


def test_an_offered_episode_stays_with_its_owner_until_it_is_acknowledged(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, gone: Episode
) -> None:
    offer(cast, as_user, gone)
    night = client_for(cast.out_of_hours)
    key = reverse("missing:episode", args=[gone.pk])
    work, page = text_of(night.get(reverse("home:my_work"))), text_of(night.get(key))
    with as_user(cast.coordinator) as reader:
        still = queries.episode(reader, gone.pk)

    night.post(reverse("missing:acknowledge", args=[gone.pk]), {"seen_version": still.version})

    assert still.owner_id == cast.coordinator.pk
    assert f"Still with {cast.coordinator.name}" in work
    assert "Offered to you, not acknowledged" in page
    with as_user(cast.coordinator) as reader:
        taken = queries.episode(reader, gone.pk)
    assert (taken.owner_id, taken.offered_to_id) == (cast.out_of_hours.pk, None)


def test_an_offer_that_is_declined_leaves_the_owner_and_says_so(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, gone: Episode
) -> None:
    offer(cast, as_user, gone)
    client_for(cast.out_of_hours).post(
        reverse("missing:drop_offer", args=[gone.pk]), {"seen_version": gone.version}
    )

    with as_user(cast.coordinator) as reader:
        now = queries.episode(reader, gone.pk)
        told = LogEntry.objects.filter(episode=gone).order_by("-recorded_at")[0].text
        with pytest.raises(Refused, match="not offered"):
            actions.drop_offer(episode=now, seen_version=now.version, by=reader, at=clock.now())
    assert (now.owner_id, now.offered_to_id) == (cast.coordinator.pk, None)
    assert told == f"{cast.out_of_hours.name} cannot take it."


def test_the_database_knows_no_owner_who_has_not_acknowledged(
    cast: SimpleNamespace, as_user: ActingAs, gone: Episode
) -> None:
    with (
        as_user(cast.coordinator),
        pytest.raises(IntegrityError, match="owner_has_acknowledged"),
        transaction.atomic(),
    ):
        Episode.objects.filter(pk=gone.pk).update(owner_acknowledged_at=None)


def amended(**words: str) -> dict[str, str]:
    stands = {"last_seen": "At the bus station", "wearing": "Blue coat"}
    return (
        {f"was_{name}": text for name, text in stands.items()}
        | stands
        | {"with_whom": "", "means": "", "told": "", "police_reference": ""}
        | words
    )


def test_two_who_write_the_same_words_at_night_are_shown_both(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, gone: Episode
) -> None:
    url, seen = reverse("missing:amend", args=[gone.pk]), {"seen_version": str(gone.version)}
    first, second = client_for(cast.coordinator), client_for(cast.out_of_hours)
    first.post(url, seen | amended(wearing="Red hat\r\nand boots"))

    both = second.post(url, seen | amended(wearing="Grey hood", told="Her aunt"))
    after = str(gone.version + 1)
    second.post(url, amended(wearing="Grey hood", told="Her aunt") | {"seen_version": after})

    assert both.status_code == 409
    assert "Red hat" in text_of(both)
    assert "Grey hood" in text_of(both)
    with as_user(cast.coordinator) as reader:
        now = queries.episode(reader, gone.pk)
        log = "\n".join(LogEntry.objects.filter(episode=gone).values_list("text", flat=True))
    assert (now.wearing, now.told) == ("Grey hood", "Her aunt")
    assert "Wearing: Red hat\nand boots. Before: Blue coat" in log
    assert "Wearing: Grey hood. Before: Red hat\nand boots" in log


def test_two_who_write_different_words_at_night_disturb_nobody(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, gone: Episode
) -> None:
    url, seen = reverse("missing:amend", args=[gone.pk]), {"seen_version": str(gone.version)}
    client_for(cast.coordinator).post(url, seen | amended(wearing="Red hat"))

    answer = client_for(cast.out_of_hours).post(url, seen | amended(told="Her aunt"))

    assert answer.status_code == 302
    with as_user(cast.coordinator) as reader:
        now = queries.episode(reader, gone.pk)
    assert (now.wearing, now.told) == ("Red hat", "Her aunt")


def test_an_open_page_gets_what_is_new_and_nothing_when_nothing_is(
    cast: SimpleNamespace,
    as_user: ActingAs,
    client_for: ClientFor,
    gone: Episode,
    unbound: Callable[[], AbstractContextManager[None]],
) -> None:
    night = client_for(cast.out_of_hours)
    page = night.get(reverse("missing:episode", args=[gone.pk]))
    poll = page.context["live"].href

    def looks() -> int:
        with unbound():
            return Entry.objects.filter(actor_id=cast.out_of_hours.pk).count()

    before = looks()
    quiet = night.get(poll)
    after = looks()
    with as_user(cast.coordinator) as reader:
        actions.add_log(episode=gone, text="Rang the hostel.", by=reader, at=clock.now())
    news = night.get(poll)

    assert (quiet.status_code, quiet.content, after) == (204, b"", before)
    assert "Rang the hostel." in text_of(news)
    assert "<textarea" not in news.content.decode()
    assert night.get(news.context["live"].href).status_code == 204
    assert looks() > after


def test_an_open_page_is_opened_again_when_its_episode_closes_to_the_reader(
    cast: SimpleNamespace, client_for: ClientFor, gone: Episode
) -> None:
    answer = client_for(cast.neighbour).get(reverse("missing:changed", args=[gone.pk]))

    assert answer.headers["HX-Refresh"] == "true"
    assert answer.content == b""


def test_who_turns_18_while_missing_stays_open_and_asks_who_carries_on(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    today = clock.london_date(clock.now())
    born_on = today.replace(year=today.year - 18, day=min(today.day, 28)) - timedelta(days=3)
    with as_user(cast.coordinator) as reader:
        person = a_child(
            reader, cast.county, given="Grown", born_on=born_on, born_precision=DatePrecision.DAY
        )
        episode = an_episode(reader, person.pk, hours=200)
    client = client_for(cast.coordinator)
    asked = text_of(client.get(reverse("home:my_work")))

    client.post(reverse("missing:carry_on", args=[episode.pk]), {"text": "Police and adult team."})

    assert "Turned 18 while missing: say who carries on" in asked
    assert "Grown" not in text_of(client.get(reverse("home:my_work"))).split("What changed")[0]
    assert "Turned 18 while missing" in text_of(client.get(reverse("missing:board")))
    with as_user(cast.coordinator) as reader:
        assert not queries.episode(reader, episode.pk).returned


def test_a_reminder_tells_nothing_and_comes_once(
    committed: SimpleNamespace, mailoutbox: list[Any]
) -> None:
    with acting_as(committed.coordinator.pk) as reader:
        child = a_child(reader, committed.county, given="Amara", family="Quill")
        episode = an_episode(reader, child.pk)
        actions.hand_over(
            episode=episode, to=committed.out_of_hours, note="", seen_version=1, by=reader,
            at=clock.now(),
        )  # fmt: skip
    offered = episode.offered_at
    assert offered is not None
    quarters = [offered + tasks.EVERY * n for n in range(4)]

    told = [tasks.remind(since=since, until=until) for since, until in pairwise(quarters)]

    assert told == [1, 0, 0]
    assert mailoutbox[0].to == [committed.out_of_hours.email]
    assert mailoutbox[0].subject == "Something in Harbour is due"
    assert "Quill" not in mailoutbox[0].subject + mailoutbox[0].body


def test_the_board_shows_the_work_of_one_team(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor, gone: Episode
) -> None:
    offer(cast, as_user, gone)
    with as_user(cast.coordinator) as reader:
        teams = {each.pk: each for each in queries.teams(reader)}
        at_night = Holding.objects.filter(user=cast.out_of_hours)[0].team_id
        elsewhere = next(
            key
            for key in teams
            if not Holding.objects.filter(
                team=key, user__in=[cast.coordinator, cast.out_of_hours]
            ).exists()
        )
    board = client_for(cast.coordinator)

    own = text_of(board.get(reverse("missing:board"), {"team": str(at_night)}))
    other = text_of(board.get(reverse("missing:board"), {"team": str(elsewhere)}))

    assert "Amara Quill" in own
    assert "Amara Quill" not in other
    assert "Clear the filter" in other
