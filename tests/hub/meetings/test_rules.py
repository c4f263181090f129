"""How windows join, where views differ, in which order the agenda is taken: on plain values."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.foundation.kernel.refusals import Refused
from harbour.hub.meetings import rules
from harbour.hub.meetings.vocabulary import Group, ReasonKind

MOMENT = datetime(2019, 4, 3, 9, 0, tzinfo=UTC)


def _given(*grades: str) -> tuple[list[UUID], list[rules.Given]]:
    ids = [uuid4() for _ in grades]
    views = [
        rules.Given(agency_id=each, harm="suspected", harm_when="current", grade=grade)
        for each, grade in zip(ids, grades, strict=True)
    ]
    return ids, views


def _reason(person: UUID, kind: ReasonKind, minutes: int = 0) -> rules.Reason:
    return rules.Reason(
        person_id=person,
        kind=kind,
        sentence="Something came in.",
        source="test",
        source_id=uuid4(),
        at=MOMENT + timedelta(minutes=minutes),
    )


@given(st.lists(st.integers(min_value=1, max_value=10_000), min_size=1, max_size=20))
def test_windows_join_however_long_they_are(lengths: list[int]) -> None:
    last = None
    for length in lengths:
        ends_at = (last or MOMENT) + timedelta(minutes=length)
        window = rules.next_window(last_ended_at=last, ends_at=ends_at)
        assert rules.joins(last_ended_at=last, begins_at=window.begins_at)
        assert window.ends_at > window.begins_at
        last = window.ends_at


@pytest.mark.parametrize("seconds", [-60, -1, 1, 60])
def test_a_window_that_leaves_a_gap_or_overlaps_does_not_join(seconds: int) -> None:
    begins_at = MOMENT + timedelta(seconds=seconds)

    assert not rules.joins(last_ended_at=MOMENT, begins_at=begins_at)


@pytest.mark.parametrize(("ends_in", "is_right"), [(0, False), (-1, False), (1, True), (24, True)])
def test_a_window_ends_after_it_begins(ends_in: int, *, is_right: bool) -> None:
    window = rules.Window(begins_at=MOMENT, ends_at=MOMENT + timedelta(hours=ends_in))

    if is_right:
        rules.check_window(window, at=MOMENT)
    else:
        with pytest.raises(Refused):
            rules.check_window(window, at=MOMENT)


@pytest.mark.parametrize(
    ("grades", "differ"),
    [
        ((), ()),
        (("high",), ()),
        (("high", "high", "high"), ()),
        (("high", "high", "low"), (2,)),
        (("high", "low"), (0, 1)),
        (("high", "high", "low", "low"), (0, 1, 2, 3)),
        (("high", "medium", "low"), (0, 1, 2)),
        (("high", "high", "high", "medium", "low"), (3, 4)),
    ],
)
def test_who_sees_it_differently_from_most(
    grades: tuple[str, ...], differ: tuple[int, ...]
) -> None:
    ids, views = _given(*grades)

    assert rules.differing(views) == frozenset(ids[number] for number in differ)


def test_harm_makes_a_difference_where_the_grade_is_the_same() -> None:
    ids, views = _given("high", "high", "high")
    views[0] = rules.Given(agency_id=ids[0], harm="confirmed", harm_when="current", grade="high")

    assert rules.differing(views) == frozenset(ids[:1])


def test_missing_children_come_first_and_the_longest_of_them_before_the_others() -> None:
    first, second, third = uuid4(), uuid4(), uuid4()

    entries = rules.agenda(
        [
            _reason(third, ReasonKind.OFFER, -90),
            _reason(second, ReasonKind.MISSING, 5),
            _reason(first, ReasonKind.MISSING, 1),
            _reason(third, ReasonKind.WATCH, 9),
        ]
    )

    assert [each.person_id for each in entries] == [first, second, third]
    assert entries[2].group is Group.RESURFACED
    assert len(entries[2].reasons) == 2


@pytest.mark.parametrize(
    ("undecided", "words"), [(1, "1 child is not decided"), (3, "3 children are not decided")]
)
def test_a_refusal_to_close_says_how_many_are_undecided(undecided: int, words: str) -> None:
    window = rules.Window(begins_at=MOMENT, ends_at=MOMENT)

    with pytest.raises(Refused, match=words):
        rules.check_close(undecided=undecided, window=window, at=MOMENT)
