"""A clock says where a deadline stands in a word, and when it falls due in a sentence."""

from datetime import UTC, date, datetime, timedelta

import pytest

from harbour.foundation.ui import when
from harbour.foundation.ui.components import Clock, ClockState

NOW = datetime(2019, 4, 2, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("due", "done", "state"),
    [
        (NOW + 25 * HOUR, None, ClockState.ON_TRACK),
        (NOW + 24 * HOUR, None, ClockState.DUE_SOON),
        (NOW, None, ClockState.DUE_SOON),
        (NOW - timedelta(microseconds=1), None, ClockState.OVERDUE),
        (NOW, NOW, ClockState.MET),
        (NOW - HOUR, NOW, ClockState.MET_LATE),
        (None, None, ClockState.NO_TIME),
    ],
)
def test_the_state_follows_the_deadline(
    due: datetime | None, done: datetime | None, state: ClockState
) -> None:
    assert Clock(due, NOW, done_at=done).state is state


def test_a_day_counts_until_midnight_in_england() -> None:
    last_second = datetime(2019, 4, 3, 22, 59, 59, tzinfo=UTC)

    assert Clock(date(2019, 4, 3), last_second).state is ClockState.DUE_SOON
    assert Clock(date(2019, 4, 3), last_second + timedelta(seconds=1)).state is ClockState.OVERDUE


def test_the_sentence_says_when_and_how_long_from_now() -> None:
    assert Clock(NOW + 5 * HOUR, NOW).sentence == "due Wed 3 Apr 2019 00:00, in 5 h"
    assert Clock(NOW - 5 * HOUR, NOW).sentence == "due Tue 2 Apr 2019 14:00, 5 h ago"
    assert Clock(NOW, NOW, done_at=NOW - HOUR).sentence == "done Tue 2 Apr 2019 18:00"


def test_a_time_that_nobody_wrote_down_has_its_own_words() -> None:
    clock = Clock(None, NOW, absent="Return time not recorded")

    assert (clock.word, clock.sentence) == ("Return time not recorded", "")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_a_span_is_said_in_the_unit_that_tells_enough(span: timedelta, words: str) -> None:
    assert when.length(span) == words
    assert when.length(-span) == words
