"""What is so about children who go missing: clocks, overlaps, populations, repeats."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from harbour.record.people.vocabulary import DatePrecision
from harbour.work.missing.vocabulary import Answer, ClockState, Population

LONDON = ZoneInfo("Europe/London")

# Children who run away or go missing from home or care (DfE, January 2014): a return home interview
# is offered within 72 hours of return, for every episode. Elapsed hours: nights and weekends count.
RETURN_INTERVIEW_WINDOW = timedelta(hours=72)
# A clock that is about to run out is shown as such for its last day.
SOON = timedelta(hours=24)
# Whoever is offered an episode and says nothing for so long is reminded, once.
OFFER_WAITS = timedelta(minutes=15)
# What the board shows of returns: the last quarter. What is older is chased from a list of its own.
BOARD_REACH = timedelta(days=90)
# A report begun and not sent is forgotten after this: nobody is reported a day late by a form.
DRAFT_KEPT_FOR = timedelta(hours=24)
# Children Act 1989 s105(1): a child is a person under the age of eighteen.
ADULT_AT = 18
# A photo older than this shows another child: the profile warns (as the tools of homes do).
PHOTO_STALE_AFTER = timedelta(days=90)
# A profile is looked at again at least this often, and at every change of placement.
PROFILE_REVIEWED_WITHIN = timedelta(days=180)


@dataclass(frozen=True)
class RepeatRule:
    """How many episodes in how many days ask for a strategy discussion."""

    episodes: int
    days: int

    @property
    def words(self) -> str:
        """Return the rule as people say it."""
        return f"{self.episodes} in {self.days} days"


@dataclass(frozen=True)
class Span:
    """When a child was missing. No end: still missing, or back at a time nobody recorded."""

    starts_at: datetime
    ends_at: datetime | None = None
    is_open: bool = False


def return_interview_due(*, returned_at: datetime) -> datetime:
    """Return the moment 72 elapsed hours after the return, whatever the clocks did meanwhile."""
    return returned_at.astimezone(UTC) + RETURN_INTERVIEW_WINDOW


def clock_state(*, due_at: datetime | None, at: datetime) -> ClockState:
    """Return where the interview's clock stands; without a return time there is no countdown."""
    if due_at is None:
        return ClockState.NO_TIME
    if at > due_at:
        return ClockState.OVERDUE
    return ClockState.DUE_SOON if due_at - at <= SOON else ClockState.ON_TRACK


def overlaps(one: Span, other: Span) -> bool:
    """Say whether two episodes of one child share a moment (SSDA903 rule 574).

    An episode is half open: a child found at noon may go missing again at noon. Where the end was
    not recorded the episode holds its first moment only, because nothing more is known of it.
    """
    if one.starts_at == other.starts_at:
        return True
    first, second = sorted((one, other), key=lambda span: span.starts_at)
    if first.is_open:
        return True
    return first.ends_at is not None and second.starts_at < first.ends_at


def first_moment_of(day: date, *, not_before: datetime) -> datetime:
    """Return the earliest moment of a day in England that lies within the episode.

    A return of which only the day is known is stored as this moment, and shown as the day alone.
    """
    midnight = datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)
    return max(midnight, not_before)


def eighteenth_birthday(born_on: date) -> date:
    """Return the day a child becomes an adult; born on 29 February, it is 1 March."""
    year = born_on.year + ADULT_AT
    if (born_on.month, born_on.day) == (2, 29):
        return date(year, 3, 1)
    return born_on.replace(year=year)


def adult_from(born_on: date | None, precision: str) -> date | None:
    """Return the day from which somebody is surely an adult; nothing where no birth is known.

    Where only the month or the year is known, it is its last day that counts: somebody who may
    still be a child is one.
    """
    if born_on is None:
        return None
    last = {
        DatePrecision.MONTH: date(born_on.year, born_on.month, monthrange(*_month(born_on))[1]),
        DatePrecision.YEAR: date(born_on.year, 12, 31),
    }
    return eighteenth_birthday(last.get(DatePrecision(precision), born_on))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def is_open(*, returned: bool, adult_from: date | None, on: date) -> bool:
    """Say whether an episode is open: until the child is back or turns 18 (SSD MISS003A)."""
    return not returned and (adult_from is None or on < adult_from)


def open_for(*, starts_at: datetime, ends_at: datetime | None, at: datetime) -> timedelta:
    """Return how long the child has been, or was, missing."""
    return max((ends_at or at) - starts_at, timedelta(0))


def clashes(
    *, mine: Mapping[str, str], theirs: Mapping[str, str], seen: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what two people changed to different words since both had seen the same."""
    return tuple(
        name
        for name, text in mine.items()
        if text != seen.get(name, "")
        and theirs[name] != seen.get(name, "")
        and text != theirs[name]
    )


def population(
    *,
    responsible: UUID,
    host: UUID | None,
    looked_after: bool,
    partners: frozenset[UUID],
) -> Population:
    """Return which of the four populations a child belongs to on the day an episode begins.

    A child hosted by another authority than the responsible one is looked after, whether or not a
    care status reached this record. Out of area means outside the responsible authority's area
    (Care Planning Regulations 2010 reg 11).
    """
    placed_elsewhere = host is not None and host != responsible
    if not looked_after and not placed_elsewhere:
        return Population.NOT_LOOKED_AFTER
    if responsible not in partners:
        return Population.HOSTED
    return Population.LOOKED_AFTER_ELSEWHERE if placed_elsewhere else Population.LOOKED_AFTER_HERE


def interview_is_outstanding(*, offered: str, accepted: str, held: bool) -> bool:
    """Say whether a return home interview is still to be offered, answered or held."""
    settled = {Answer.NO, Answer.NOT_APPLICABLE}
    return not held and offered not in settled and accepted not in settled


def repeats(
    starts: Iterable[datetime], *, at: datetime, rules: Sequence[RepeatRule]
) -> tuple[RepeatRule, ...]:
    """Return the rules that one child's episodes fulfil in the days up to a moment, rolling."""
    begun = [start for start in starts if start <= at]
    return tuple(
        rule
        for rule in rules
        if sum(start > at - timedelta(days=rule.days) for start in begun) >= rule.episodes
    )


class ProfileState(StrEnum):
    """Whether a child's missing profile would serve tonight."""

    NONE = "none"
    OLD = "old"
    PHOTO = "photo"
    READY = "ready"


def profile_state(
    *, written_on: date | None, photo_on: date | None, has_photo: bool, today: date
) -> ProfileState:
    """Say whether a missing profile would serve tonight, the worst first."""
    if written_on is None:
        return ProfileState.NONE
    if today - written_on > PROFILE_REVIEWED_WITHIN:
        return ProfileState.OLD
    if not has_photo or photo_on is None or today - photo_on > PHOTO_STALE_AFTER:
        return ProfileState.PHOTO
    return ProfileState.READY
