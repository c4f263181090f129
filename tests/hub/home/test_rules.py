"""How pressing a task is, and since when changes are new: on plain values."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from harbour.hub.home import rules
from harbour.hub.home.vocabulary import TaskKind, Urgency

# Wednesday, ten in the morning in England, summer time.
AT = datetime(2019, 4, 3, 9, 0, tzinfo=UTC)


def _task(due: datetime | date | None, *, is_pressing: bool = False) -> rules.Task:
    return rules.Task(
        kind=TaskKind.ACTION,
        source_id=uuid4(),
        what="Call the school",
        due=due,
        is_pressing=is_pressing,
    )


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (AT - timedelta(days=3), Urgency.NOW),
        (AT + timedelta(hours=3), Urgency.NOW),
        (AT + timedelta(hours=5), Urgency.TODAY),
        (datetime(2019, 4, 3, 22, 59, tzinfo=UTC), Urgency.TODAY),
        (datetime(2019, 4, 3, 23, 1, tzinfo=UTC), Urgency.THIS_WEEK),
        (date(2019, 4, 2), Urgency.NOW),
        (date(2019, 4, 3), Urgency.TODAY),
        (date(2019, 4, 4), Urgency.THIS_WEEK),
        (date(2019, 4, 10), Urgency.THIS_WEEK),
        (date(2019, 4, 11), Urgency.LATER),
        (None, Urgency.TODAY),
    ],
)
def test_a_task_stands_where_its_clock_puts_it(
    due: datetime | date | None, expected: Urgency
) -> None:
    assert rules.urgency(_task(due), at=AT) is expected


def test_a_pressing_task_is_for_now_whatever_its_clock_says() -> None:
    assert rules.urgency(_task(date(2019, 6, 1), is_pressing=True), at=AT) is Urgency.NOW


def test_tasks_of_a_group_stand_with_the_nearest_first_and_pressing_ones_before() -> None:
    late, later = _task(AT - timedelta(hours=9)), _task(AT - timedelta(hours=1))
    pressing = _task(AT + timedelta(days=1), is_pressing=True)

    held = rules.grouped([later, late, pressing], at=AT)

    assert held[Urgency.NOW] == (pressing, late, later)


def test_what_is_not_shown_is_counted() -> None:
    tasks = [_task(AT) for _ in range(rules.SHOWN_OF_A_KIND + 3)]

    shown, left = rules.shortened(tasks, listed={TaskKind.ACTION})

    assert len(shown) == rules.SHOWN_OF_A_KIND
    assert [(each.kind, each.number) for each in left] == [(TaskKind.ACTION, 3)]


def test_what_has_no_list_of_its_own_is_shown_whole() -> None:
    tasks = [_task(AT) for _ in range(rules.SHOWN_OF_A_KIND + 3)]

    shown, left = rules.shortened(tasks, listed=())

    assert (len(shown), left) == (len(tasks), ())


def test_a_first_look_goes_back_a_day() -> None:
    assert rules.since(since_at=None, seen_at=None, at=AT) == AT - timedelta(hours=24)


def test_what_was_new_stays_new_while_the_page_is_opened_again() -> None:
    before = AT - timedelta(hours=8)

    assert rules.since(since_at=before, seen_at=AT - timedelta(minutes=5), at=AT) == before


def test_a_later_look_shows_what_came_since_the_last_one() -> None:
    seen = AT - timedelta(hours=8)

    assert rules.since(since_at=seen - timedelta(days=1), seen_at=seen, at=AT) == seen
