"""Moments in words, as people in England read them: the weekday always stands beside the date."""

from datetime import UTC, date, datetime, time, timedelta

from harbour.foundation.kernel.clock import LONDON, london


def day(value: date | datetime) -> str:
    """Return a date with its weekday: Wed 3 Apr 2019."""
    if isinstance(value, datetime):
        value = london(value).date()
    return f"{value:%a} {value.day} {value:%b %Y}"


def clock_time(value: datetime) -> str:
    """Return the time on the wall: 14:05."""
    return f"{london(value):%H:%M}"


def moment(value: datetime) -> str:
    """Return a date with its weekday and the time: Wed 3 Apr 2019 14:05."""
    return f"{day(value)} {clock_time(value)}"


def day_or_moment(value: date | datetime) -> str:
    """Return a date as a day and a datetime as a moment."""
    return moment(value) if isinstance(value, datetime) else day(value)


def end_of(value: date | datetime) -> datetime:
    """Return the last moment that still counts: a day counts until midnight in England."""
    if isinstance(value, datetime):
        return value
    midnight = datetime.combine(value + timedelta(days=1), time(), tzinfo=LONDON)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def length(span: timedelta) -> str:
    """Return a span in its largest whole unit that tells enough: 3 days, 26 h, 5 h, 40 min."""
    seconds = abs(int(span.total_seconds()))
    if seconds < 60:
        return "less than a minute"
    if seconds < 3_600:
        return f"{seconds // 60} min"
    if seconds < 2 * 86_400:
        return f"{seconds // 3_600} h"
    return f"{seconds // 86_400} days"


def distance(value: datetime, now: datetime) -> str:
    """Return how far a moment lies from now: in 5 h, 3 days ago."""
    span = value - now
    if span < timedelta(0):
        return f"{length(span)} ago"
    return f"in {length(span)}"
