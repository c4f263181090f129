"""When offices are shut, by when a review is due, and that rule and database agree."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from harbour.record.emergency import rules


@pytest.mark.parametrize(
    ("moment", "shut"),
    [
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 16, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 28, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 1, 8, 30, tzinfo=UTC), False),
        (datetime(2026, 6, 1, 16, 30, tzinfo=UTC), True),
    ],
)
def test_offices_are_shut_at_night_on_weekends_and_on_bank_holidays(
    moment: datetime,
    shut: bool,  # noqa: FBT001 - given by the table above
) -> None:
    assert rules.is_out_of_hours(moment) is shut


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), datetime(2026, 11, 24, 17, 0, tzinfo=UTC)),
        (datetime(2026, 12, 24, 18, 0, tzinfo=UTC), datetime(2026, 12, 29, 17, 0, tzinfo=UTC)),
        (datetime(2026, 6, 5, 20, 0, tzinfo=UTC), datetime(2026, 6, 8, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_review_is_due_at_the_close_of_the_next_working_day(
    opened: datetime, due: datetime
) -> None:
    assert rules.review_due(opened) == due


def test_a_begun_minute_is_a_minute() -> None:
    at = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

    assert rules.minutes_left(at + timedelta(minutes=3, seconds=1), at) == 4
    assert rules.minutes_left(at - timedelta(minutes=3), at) == 0


def test_the_database_keeps_the_same_hours_for_years(db: None) -> None:
    del db
    begin = datetime(2025, 1, 1, 0, 30, tzinfo=UTC)
    asked = [begin + timedelta(hours=7 * number) for number in range(3000)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m, harbour_sec.out_of_hours(m), harbour_sec.emergency_review_due(m) "
            "FROM unnest(%s::timestamptz[]) m",
            [asked],
        )
        answered = cursor.fetchall()

    assert len(answered) == 3000
    assert asked[-1].date() > date(2027, 5, 1)
    for moment, shut, due in answered:
        assert (shut, due) == (rules.is_out_of_hours(moment), rules.review_due(moment)), moment
