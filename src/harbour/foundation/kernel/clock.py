"""The only place that asks what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(tz=UTC)


def london(moment: datetime) -> datetime:
    """Return the same moment as people in England read it off the wall."""
    return moment.astimezone(LONDON)


def london_date(moment: datetime) -> date:
    """Return the calendar day of a moment in England."""
    return london(moment).date()
