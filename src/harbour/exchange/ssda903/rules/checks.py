"""How the published checks find the rows that break them; `published` lists the checks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.rows import (
    EpisodeRow,
    HeaderRow,
    HealthRow,
    MissingRow,
    ReturnRow,
    ReviewRow,
    UascRow,
)
from harbour.exchange.ssda903.rules.tables import NOT_ENDED, Tables
from harbour.exchange.ssda903.rules.values import birthday
from harbour.exchange.ssda903.vocabulary import (
    SHORT_BREAKS,
    TAKES_PART_FROM_AGE,
    UPN_UNKNOWN,
    Table,
)

ADULT = 18


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One published check: which rows break it, and what to say of them."""

    number: str
    table: Table
    column: str
    problem: str
    what_to_do: str
    broken: Callable[[Tables], Iterable[ReturnRow]]

    def findings(self, tables: Tables) -> Iterator[Finding]:
        """Return a flag for each row that breaks the rule."""
        field = next(c.field for c in self.table.columns if c.name == self.column)
        for row in self.broken(tables):
            yield Finding(
                table=self.table.name,
                row=row.row,
                column=self.column,
                value=as_written(getattr(row, field)),
                problem=self.problem,
                what_to_do=self.what_to_do,
                severity=Severity.FLAGGED,
                rule=self.number,
                child=row.child,
            )


def as_written(value: object) -> str:
    """Return a value the way the return writes it."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def numbered_alike(tables: Tables) -> Iterator[HeaderRow]:
    """Return children who share a pupil number with another child."""
    times = Counter(row.upn for row in tables.header)
    for row in tables.header:
        if row.upn and row.upn not in UPN_UNKNOWN.glosses and times[row.upn] > 1:
            yield row


def unended_before_the_next(tables: Tables) -> Iterator[EpisodeRow]:
    """Return episodes left open or without a reason though another one followed."""
    for rows in tables.episodes_of.values():
        yield from (row for row in rows[:-1] if row.ends_on is None or not row.reason_ceased)


def started_before_the_last_ended(tables: Tables) -> Iterator[EpisodeRow]:
    """Return the later episode of every two that overlap."""
    for rows in tables.episodes_of.values():
        for earlier, later in pairwise(rows):
            if earlier.ends_on and later.starts_on < earlier.ends_on:
                yield later


def first_before_birth(tables: Tables) -> Iterator[EpisodeRow]:
    """Return first episodes of children not yet born."""
    for child, rows in tables.episodes_of.items():
        header = tables.children.get(child)
        if header and rows[0].starts_on < header.born_on:
            yield rows[0]


def started_as_adults(tables: Tables) -> Iterator[EpisodeRow]:
    """Return episodes by which somebody of 18 or over began to be looked after."""
    for child, rows in tables.episodes_of.items():
        header = tables.children.get(child)
        if header:
            adult_on = birthday(header.born_on, ADULT)
            yield from (r for r in rows if r.reason_new == "S" and r.starts_on >= adult_on)


def without_postcodes(tables: Tables) -> Iterator[EpisodeRow]:
    """Return episodes that lack a postcode where one is asked for."""
    alone = {row.child for row in tables.uasc}
    for row in tables.episodes:
        complete = row.home_postcode and row.placement_postcode
        if not complete and row.legal_status not in SHORT_BREAKS and row.child not in alone:
            yield row


def overlapping_absences(tables: Tables) -> Iterator[MissingRow]:
    """Return both rows of every pair that overlaps: which of them is wrong, the file cannot say."""
    for rows in tables.missing_of.values():
        overlapping = {
            row.row
            for place, earlier in enumerate(rows)
            for later in rows[place + 1 :]
            if later.starts_on < (earlier.ends_on or NOT_ENDED)
            for row in (earlier, later)
        }
        yield from (row for row in rows if row.row in overlapping)


def open_though_the_placement_ended(tables: Tables) -> Iterator[MissingRow]:
    """Return open absences from placements that have ended."""
    for row in tables.missing:
        ended = (e for e in tables.episodes_of.get(row.child, ()) if e.ends_on)
        if row.ends_on is None and any(
            e.starts_on <= row.starts_on <= (e.ends_on or NOT_ENDED) for e in ended
        ):
            yield row


def open_though_care_ended(tables: Tables) -> Iterator[MissingRow]:
    """Return open absences of children who are no longer looked after."""
    for row in tables.missing:
        periods = tables.periods_of.get(row.child, [])
        if row.ends_on is None and periods and all(end < NOT_ENDED for _, end in periods):
            yield row


def outside_care(tables: Tables) -> Iterator[tuple[MissingRow, bool]]:
    """Return absences that began in no period of care, and whether one had ended before."""
    for row in tables.missing:
        periods = tables.periods_of.get(row.child, [])
        inside = any(start <= row.starts_on <= end for start, end in periods)
        if periods and not inside:
            yield row, any(end < row.starts_on for _, end in periods)


def without_care(tables: Tables) -> Iterator[MissingRow]:
    """Return absences of children of whom the return has no episode of care."""
    if tables.episodes:
        yield from (row for row in tables.missing if row.child not in tables.episodes_of)


def born_otherwise[R: (MissingRow, HealthRow, UascRow, ReviewRow)](
    tables: Tables, rows: Iterable[R]
) -> Iterator[R]:
    """Return rows whose date of birth is not the header's."""
    for row in rows:
        header = tables.children.get(row.child)
        if header and header.born_on != row.born_on:
            yield row


def review_age(tables: Tables, *, takes_part: bool) -> Iterator[ReviewRow]:
    """Return reviews whose code says one side of the fourth birthday and whose dates the other."""
    for row in tables.reviews:
        fourth = birthday(row.born_on, TAKES_PART_FROM_AGE)
        if takes_part and row.participation != "PN0" and row.held_on < fourth:
            yield row
        if not takes_part and row.participation == "PN0" and row.held_on > fourth:
            yield row
