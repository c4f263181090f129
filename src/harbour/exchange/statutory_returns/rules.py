"""From what the record tells of absences to the rows of each file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from harbour.exchange.statutory_returns import vocabulary as v
from harbour.record.people.rules import age_on

LONDON = ZoneInfo("Europe/London")
MISSING, AWAY = "M", "A"
MONTHS = 12
# Offered and accepted as the Standard Safeguarding Dataset codes them; blank is not known.
SSD_ANSWERS = {"yes": "Y", "no": "N", "na": "NA", "not_known": ""}
ANNEX_A_ANSWERS = {"yes": v.YES, "no": v.NO, "na": v.NO, "not_known": v.UNKNOWN}


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child as the files name them: by the authority's number."""

    id: UUID
    number: str
    born_on: date | None
    born_precision: str
    sex: str
    ethnicity: str


@dataclass(frozen=True, kw_only=True)
class Absence:
    """One episode of a child looked after."""

    id: UUID
    person_id: UUID
    kind: str
    started_at: datetime
    returned: bool
    returned_at: datetime | None
    offered: str
    accepted: str


@dataclass(frozen=True, kw_only=True)
class Left:
    """A row that could not be made, and why."""

    person_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file: its columns and rows, the children in it, and what was left out."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, ...]]
    people: frozenset[UUID]
    left: tuple[Left, ...] = ()


NO_NUMBER = "The authority's number for the child is not recorded"
NO_BIRTH = "The day of birth is not recorded"
NO_RETURN_DAY = "The child is back, and the day is not recorded"


def ssda903(
    absences: Iterable[Absence], children: Mapping[UUID, Child], *, year_ending: int
) -> Made:
    """Return the missing table of a collection year, 1 April to 31 March.

    What ended before the year belongs to another return; what ended after it is open in this one.
    """
    first, last = date(year_ending - 1, 4, 1), date(year_ending, 3, 31)
    rows, people, left = [], set[UUID](), list[Left]()
    for absence in absences:
        began, ended = london(absence.started_at), _ended(absence)
        if began > last or (ended is not None and ended < first):
            continue
        child = children[absence.person_id]
        why = _cannot_tell(child, absence)
        if why:
            left.append(Left(person_id=child.id, why=why))
            continue
        end = ended if ended is not None and ended <= last else None
        rows.append((child.number, _day(child.born_on), absence.kind, _day(began), _day(end)))
        people.add(child.id)
    return Made(
        columns=v.SSDA903_COLUMNS,
        rows=sorted(rows, key=lambda row: (row[0], row[3][6:], row[3][3:5], row[3][:2])),
        people=frozenset(people),
        left=tuple(left),
    )


def _cannot_tell(child: Child, absence: Absence) -> str:
    if not child.number:
        return NO_NUMBER
    if child.born_on is None or child.born_precision != "day":
        return NO_BIRTH
    return NO_RETURN_DAY if absence.returned and absence.returned_at is None else ""


def ssd(absences: Iterable[Absence], children: Mapping[UUID, Child]) -> Made:
    """Return `ssd_missing`: every absence of a child looked after, with the interview's answers."""
    rows, people, left = [], set[UUID](), list[Left]()
    for absence in absences:
        child = children[absence.person_id]
        if not child.number:
            left.append(Left(person_id=child.id, why=NO_NUMBER))
            continue
        rows.append(
            (
                str(absence.id),
                child.number,
                _moment(absence.started_at),
                absence.kind,
                _moment(absence.returned_at),
                SSD_ANSWERS.get(absence.offered, ""),
                SSD_ANSWERS.get(absence.accepted, ""),
            )
        )
        people.add(child.id)
    return Made(columns=v.SSD_COLUMNS, rows=rows, people=frozenset(people), left=tuple(left))


def annex_a(absences: Iterable[Absence], children: Mapping[UUID, Child], *, on: date) -> Made:
    """Return list 8: each child in care, with twelve months of absences and the last interview."""
    since = _year_before(on)
    theirs: dict[UUID, list[Absence]] = {child: [] for child in children}
    for absence in absences:
        if since <= london(absence.started_at) <= on:
            theirs[absence.person_id].append(absence)
    rows, left = [], list[Left]()
    for child in sorted(children.values(), key=lambda each: each.number):
        if not child.number:
            left.append(Left(person_id=child.id, why=NO_NUMBER))
            continue
        rows.append(_annex_a_row(child, theirs[child.id], on=on))
    people = frozenset(child.id for child in children.values() if child.number)
    return Made(columns=v.ANNEX_A_COLUMNS, rows=rows, people=people, left=tuple(left))


def _annex_a_row(child: Child, absences: Sequence[Absence], *, on: date) -> tuple[str, ...]:
    age = age_on(child.born_on, child.born_precision, on)
    gone = [each for each in absences if each.kind == MISSING]
    last = max(gone, key=lambda each: each.started_at, default=None)
    known = (
        child.number,
        v.GENDERS.get(child.sex, v.GENDERS["U"]),
        child.ethnicity,
        _day(child.born_on),
        "" if age is None else str(age),
    )
    told = (
        str(len(gone)),
        str(sum(each.kind == AWAY for each in absences)),
        ANNEX_A_ANSWERS.get(last.offered, v.UNKNOWN) if last else "",
        ANNEX_A_ANSWERS.get(last.accepted, v.UNKNOWN) if last else "",
    )
    place = v.ANNEX_A_COLUMNS.index(v.TIMES_MISSING)
    blank = [""] * (place - len(known))
    rest = [""] * (len(v.ANNEX_A_COLUMNS) - place - len(told))
    return (*known, *blank, *told, *rest)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)


def london(moment: datetime) -> date:
    """Return the day of a moment in England."""
    return moment.astimezone(LONDON).date()


def _ended(absence: Absence) -> date | None:
    if absence.returned_at is not None:
        return london(absence.returned_at)
    return london(absence.started_at) if absence.returned else None


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%dT%H:%M:%S}" if moment else ""
