"""The rows of a whole return side by side, so that one can be held against another."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from harbour.exchange.ssda903.rules.rows import (
    EpisodeRow,
    HeaderRow,
    HealthRow,
    MissingRow,
    ReturnRow,
    ReviewRow,
    UascRow,
)

# Stands for the end of what has not ended, so that dates can be compared.
NOT_ENDED = date.max


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The rows of a return that can come in, by table, and the collection year they are for."""

    year_ending: int
    header: tuple[HeaderRow, ...] = ()
    episodes: tuple[EpisodeRow, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    health: tuple[HealthRow, ...] = ()
    uasc: tuple[UascRow, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()

    @property
    def year_starts_on(self) -> date:
        """Return 1 April."""
        return date(self.year_ending - 1, 4, 1)

    @property
    def year_ends_on(self) -> date:
        """Return 31 March."""
        return date(self.year_ending, 3, 31)

    @cached_property
    def children(self) -> dict[str, HeaderRow]:
        """Return the header's row of each child."""
        return {row.child: row for row in self.header}

    @cached_property
    def episodes_of(self) -> dict[str, list[EpisodeRow]]:
        """Return each child's episodes of care, the earliest first."""
        return _by_child(self.episodes, key=lambda row: (row.starts_on, row.ends_on or NOT_ENDED))

    @cached_property
    def missing_of(self) -> dict[str, list[MissingRow]]:
        """Return each child's missing episodes, the earliest first."""
        return _by_child(self.missing, key=lambda row: (row.starts_on, row.ends_on or NOT_ENDED))

    @cached_property
    def periods_of(self) -> dict[str, list[tuple[date, date]]]:
        """Return each child's periods of care: episodes that follow on without a gap, as one."""
        return {child: _periods(rows) for child, rows in self.episodes_of.items()}


def _by_child[R: ReturnRow](
    rows: Iterable[R], *, key: Callable[[R], tuple[date, date]]
) -> dict[str, list[R]]:
    grouped: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.child].append(row)
    return {child: sorted(group, key=key) for child, group in grouped.items()}


def _periods(rows: list[EpisodeRow]) -> list[tuple[date, date]]:
    periods: list[tuple[date, date]] = []
    for row in rows:
        ends_on = row.ends_on or NOT_ENDED
        if periods and row.starts_on <= periods[-1][1]:
            periods[-1] = (periods[-1][0], max(periods[-1][1], ends_on))
        else:
            periods.append((row.starts_on, ends_on))
    return periods
