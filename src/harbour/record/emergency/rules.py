"""When emergency access is there at all, and by when it is reviewed."""

from datetime import datetime, time, timedelta

from harbour.foundation.kernel.clock import LONDON, london, london_date
from harbour.foundation.kernel.working_days import add_working_days, is_working_day

OFFICE_OPENS, OFFICE_CLOSES = time(9), time(17)


def is_out_of_hours(at: datetime) -> bool:
    """Say whether offices in England are shut: nights, weekends and bank holidays."""
    local = london(at)
    if not is_working_day(local.date()):
        return True
    return not OFFICE_OPENS <= local.time() < OFFICE_CLOSES


def review_due(opened_at: datetime) -> datetime:
    """Return the close of the next working day."""
    day = add_working_days(london_date(opened_at), 1)
    return datetime.combine(day, OFFICE_CLOSES, tzinfo=LONDON)


def minutes_left(ends_at: datetime, at: datetime) -> int:
    """Return how many minutes are left, each begun one counted."""
    left = ends_at - at
    return max(0, -(-left // timedelta(minutes=1)))
