"""What is so about figures: periods, shares, changes, ranks, bands, what is too small to show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from harbour.foundation.kernel.refusals import Refused

LONDON = ZoneInfo("Europe/London")

# DfE disclosure control in its published returns: any number from 1 to 5 is shown as "c". A nought
# is shown. Percentages whose numerator is 1 to 5 are closed with it.
SMALLEST_SHOWN = 6
SUPPRESSED = "c"
# Below this a percentage is told with a caution: one more or fewer moves it by three points.
SMALL_BASE = 30
YEAR_WRITTEN = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")


# Periods


@dataclass(frozen=True, order=True)
class Period:
    """From a day until another, which is no longer in it."""

    starts_on: date
    ends_before: date
    label: str

    @property
    def last_day(self) -> date:
        """Return the last day that is in the period."""
        return date.fromordinal(self.ends_before.toordinal() - 1)

    @property
    def starts_at(self) -> datetime:
        """Return the first moment, as the clocks of England stand."""
        return _midnight(self.starts_on)

    @property
    def ends_at(self) -> datetime:
        """Return the first moment after it."""
        return _midnight(self.ends_before)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)


def _added(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _two_years(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a council's year, which begins in April: quarter 4 is January to March."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a quarter that no year has."""
        if self.number not in {1, 2, 3, 4}:
            raise Refused("A year has quarters 1 to 4.")

    @property
    def starts_on(self) -> date:
        """Return its first day."""
        return _added(date(self.year, 4, 1), 3 * (self.number - 1))

    @property
    def period(self) -> Period:
        """Return it as a period."""
        label = f"Quarter {self.number} {self.year_label}"
        return Period(self.starts_on, _added(self.starts_on, 3), label)

    @property
    def year_label(self) -> str:
        """Return the year as a council writes it: 2018/19."""
        return _two_years(self.year)

    @property
    def slug(self) -> str:
        """Return the year as an address writes it: 2018-19."""
        return self.year_label.replace("/", "-")

    def back(self, quarters: int) -> "Quarter":
        """Return the quarter so many before it."""
        year, place = divmod(self.year * 4 + self.number - 1 - quarters, 4)
        return Quarter(year, place + 1)

    def run_up_to(self, length: int) -> tuple["Quarter", ...]:
        """Return the last quarters up to this one, the oldest first."""
        return tuple(self.back(step) for step in range(length - 1, -1, -1))


def quarter_of(day: date) -> Quarter:
    """Return the quarter a day lies in."""
    year = day.year if day.month >= 4 else day.year - 1
    return Quarter(year, (day.month - 4) % 12 // 3 + 1)


def parse_quarter(year: str, number: str) -> Quarter:
    """Read a quarter as people write it: 2018-19, 2018/19 or 2018-2019, and 1 to 4."""
    written = YEAR_WRITTEN.fullmatch(year.strip())
    if written is None or int(written[2]) % 100 != (int(written[1]) + 1) % 100:
        raise Refused("Write the year as 2018-19: it begins in April.")
    if number.strip() not in {"1", "2", "3", "4"}:
        raise Refused("A year has quarters 1 to 4.")
    return Quarter(int(written[1]), int(number))


def year_to(quarter: Quarter) -> tuple[Quarter, ...]:
    """Return the quarters of the council's year up to this one."""
    return tuple(Quarter(quarter.year, each) for each in range(1, quarter.number + 1))


def whole_year(year: int) -> tuple[Quarter, ...]:
    """Return the four quarters of a council's year."""
    return tuple(Quarter(year, each) for each in range(1, 5))


def span(quarters: Sequence[Quarter], label: str) -> Period:
    """Return a run of quarters as one period."""
    return Period(quarters[0].starts_on, quarters[-1].period.ends_before, label)


def academic_year_before(day: date) -> Period:
    """Return the last school year, September to August, that had ended by a day."""
    year = day.year - 1 if (day.month, day.day) >= (9, 1) else day.year - 2
    return Period(date(year, 9, 1), date(year + 1, 9, 1), f"academic year {_two_years(year)}")


def months_before(day: date, months: int) -> date:
    """Return the day so many months before; the last of the month where there is no such day."""
    first = _added(day.replace(day=1), -months)
    last = date.fromordinal(_added(first, 1).toordinal() - 1)
    return first.replace(day=min(day.day, last.day))


# Formulas


def _rounded(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), rounding=ROUND_HALF_UP)


def percentage_change(base: float | Decimal, now: float | Decimal) -> Decimal | None:
    """Return the change from a base in per cent of it, to one place; nothing without a base."""
    if base == 0:
        return None
    before, after = Decimal(str(base)), Decimal(str(now))
    return _rounded((after - before) / before * 100, "0.1")


def share(part: int, whole: int) -> int | None:
    """Return a part in whole per cent of a whole; refuse a part larger than its whole."""
    if part < 0 or part > whole:
        raise Refused("A share is a part of its whole: it lies between 0 and 100 per cent.")
    return int(_rounded(Decimal(part) / whole * 100, "1")) if whole else None


def ratio(part: int, whole: int) -> Decimal | None:
    """Return how many of one there are for each of another, to two places."""
    return _rounded(Decimal(part) / whole, "0.01") if whole else None


def mean(values: Sequence[int]) -> Decimal | None:
    """Return the mean, to one place."""
    return _rounded(Decimal(sum(values)) / len(values), "0.1") if values else None


def ranked(counts: Mapping[str, int], order: Sequence[str]) -> tuple[str, ...]:
    """Return the names that were counted, most frequent first; equal ones in the order given."""
    place = {name: at for at, name in enumerate(order)}
    found = [name for name in counts if counts[name] > 0 and name in place]
    return tuple(sorted(found, key=lambda name: (-counts[name], place[name])))


def tied(counts: Mapping[str, int], name: str) -> bool:
    """Say whether another has the same count as this one."""
    return sum(each == counts[name] for each in counts.values()) > 1


# Bands of age


@dataclass(frozen=True, order=True)
class Band:
    """Ages from one to another, both in it; no upper end is open."""

    low: int
    high: int | None

    @property
    def label(self) -> str:
        """Return it as a table writes it."""
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


def check_partition(bands: Sequence[Band]) -> None:
    """Refuse bands that share an age or leave one out between them: they do not divide a whole."""
    for before, after in pairwise(sorted(bands)):
        if before.high is None or after.low <= before.high:
            raise Refused(f"Age bands {before.label} and {after.label} overlap.")
        if after.low != before.high + 1:
            raise Refused(f"Ages between bands {before.label} and {after.label} are left out.")


# What reconciles


def check_whole(whole: int, parts: Iterable[int]) -> None:
    """Refuse a number of people smaller than one of its groups or larger than all together."""
    numbers = list(parts)
    if numbers and whole < max(numbers):
        raise Refused(f"{whole} in all is fewer than the {max(numbers)} of one group.")
    if numbers and whole > sum(numbers):
        raise Refused(f"{whole} in all is more than the groups together ({sum(numbers)}).")


# What is too small to show


def is_disclosive(count: int | None) -> bool:
    """Say whether a count is shown only to those who may see exact figures."""
    return count is not None and 0 < count < SMALLEST_SHOWN
