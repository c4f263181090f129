"""What is so about county lines: which are active, which were lately."""

from datetime import date

# "Active or have been active in the past six months", as the partnership reports them.
RECENT_MONTHS = 6


def is_active(*, active_from: date, last_active_on: date | None, on: date) -> bool:
    """Say whether a line was active on a day; one whose last day is not known goes on."""
    return active_from <= on and (last_active_on is None or last_active_on >= on)


def is_active_or_recently(
    *, active_from: date, last_active_on: date | None, on: date, since: date
) -> bool:
    """Say whether a line was active on a day, or at any time since another."""
    return active_from <= on and (last_active_on is None or last_active_on >= since)
