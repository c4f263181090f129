"""One row of the extract: its cells read, or why it cannot be."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from harbour.exchange.police_missing.vocabulary import PLACES, RISKS, Field, Severity
from harbour.foundation.documents.tables import Line
from harbour.record.people import rules as people
from harbour.work.missing.vocabulary import MissingFrom, Precision

LONDON = ZoneInfo("Europe/London")
DAY = re.compile(r"(?:([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2}))")
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?")
LONGEST = 200
UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
WRITE_A_MOMENT = "Write it as day/month/year hours:minutes: 31/03/2018 23:15"
WRITE_A_DAY = "Write the day as day/month/year: 31/03/2018"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing wrong: where, what, and what to do about it."""

    row: int
    field: str
    value: str
    problem: str
    what_to_do: str
    severity: Severity = Severity.REFUSED
    cells: tuple[str, ...] = ()
    child: str = ""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment, or only the day of it."""

    at: datetime
    precision: Precision


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row that can be read."""

    row: int
    cells: tuple[str, ...]
    reference: str
    given_key: str
    family_key: str
    born_on: date | None
    child: str
    started: Moment
    returned: Moment | None
    risk: str
    missing_from: str
    last_seen: str
    found_where: str


class Unreadable(Exception):
    """A cell that cannot be known."""

    def __init__(self, field: Field, value: str, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.field, self.value = field, value
        self.problem, self.what_to_do = problem, what_to_do


def read_rows(
    lines: Iterable[Line], fields: Mapping[str, str], names: Sequence[str], *, at: datetime
) -> tuple[list[Row], list[Finding]]:
    """Return the rows that can be read, and a finding for each that cannot."""
    places = {meaning: names.index(column) for meaning, column in fields.items() if column}
    rows, findings, seen = [], list[Finding](), dict[str, int]()
    for line in lines:
        try:
            row = _read(line, places, at=at)
            _check_once(row, seen)
        except Unreadable as wrong:
            findings.append(
                Finding(
                    row=line.row,
                    field=wrong.field.label,
                    value=wrong.value[:LONGEST],
                    problem=wrong.problem,
                    what_to_do=wrong.what_to_do,
                    cells=line.cells,
                )
            )
            continue
        rows.append(row)
    return rows, findings


def _check_once(row: Row, seen: dict[str, int]) -> None:
    earlier = seen.setdefault(row.reference, row.row)
    if earlier != row.row:
        raise Unreadable(
            Field.REFERENCE,
            row.reference,
            f"Row {earlier} has the same reference",
            "Keep one row for each report",
        )


def _read(line: Line, places: Mapping[str, int], *, at: datetime) -> Row:
    def cell(field: Field) -> str:
        place = places.get(field)
        text = line.cells[place] if place is not None and place < len(line.cells) else ""
        if UNSTORABLE.search(text):
            raise Unreadable(
                field, "", "The cell holds characters that are not writing", "Type it again"
            )
        return text

    started = _moment(Field.STARTED, cell(Field.STARTED), cell(Field.STARTED_TIME))
    if started is None:
        raise Unreadable(Field.STARTED, "", "The cell is blank", WRITE_A_MOMENT)
    returned = _moment(Field.RETURNED, cell(Field.RETURNED), cell(Field.RETURNED_TIME))
    _check_order(started, returned, cell, at=at)
    row = Row(
        row=line.row,
        cells=line.cells,
        reference=_needed(Field.REFERENCE, cell(Field.REFERENCE)).upper(),
        given_key=people.given_key(cell(Field.GIVEN)),
        family_key=people.name_key(cell(Field.FAMILY)),
        born_on=_day(Field.BORN, cell(Field.BORN)),
        child=people.identifier_key("la_child", cell(Field.CHILD)),
        started=started,
        returned=returned,
        risk=_coded(Field.RISK, cell(Field.RISK), RISKS),
        missing_from=_coded(Field.MISSING_FROM, cell(Field.MISSING_FROM), PLACES)
        or MissingFrom.HOME,
        last_seen=cell(Field.LAST_SEEN)[:LONGEST],
        found_where=cell(Field.FOUND_WHERE)[:LONGEST],
    )
    _check_names_a_child(row)
    return row


def _check_names_a_child(row: Row) -> None:
    if row.child or (row.given_key and row.family_key and row.born_on):
        return
    blank = Field.GIVEN if not row.given_key else Field.FAMILY if not row.family_key else Field.BORN
    raise Unreadable(
        blank, "", "The cell is blank, and nobody can tell who the child is", "Fill it in"
    )


def _needed(field: Field, text: str) -> str:
    if not text:
        raise Unreadable(field, "", "The cell is blank", "Fill it in")
    return text[:LONGEST]


def _coded[Code: str](field: Field, text: str, codes: Mapping[str, Code]) -> str:
    word = " ".join(text.casefold().removesuffix("risk").split())
    if not word:
        return ""
    whole = " ".join(text.casefold().split())
    found = codes.get(whole) or codes.get(word)
    if found is None:
        raise Unreadable(
            field, text, "This word is not known here", f"Use one of: {', '.join(codes)}"
        )
    return str(found)


def _day(field: Field, text: str) -> date | None:
    if not text:
        return None
    found = DAY.match(text)
    if not found:
        raise Unreadable(field, text, "This is not a day that can be read", WRITE_A_DAY)
    return _date(field, text, found)


def _date(field: Field, text: str, found: re.Match[str]) -> date:
    first, month, year, iso_year, iso_month, iso_day = found.groups()
    parts = (year or iso_year, month or iso_month, first or iso_day)
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise Unreadable(field, text, "There is no such day", WRITE_A_DAY) from None


def _moment(field: Field, text: str, apart: str) -> Moment | None:
    """Return the moment that a cell, or two cells, tell; only the day where no time is told."""
    if not text and not apart:
        return None
    found = DAY.match(text)
    if not found:
        raise Unreadable(field, text, "This is not a moment that can be read", WRITE_A_MOMENT)
    day, rest = _date(field, text, found), text[found.end() :].lstrip("T ").rstrip("Z ")
    said = apart or rest
    if not said or (apart == "" and rest.startswith("00:00:00")):
        return Moment(at=_aware(field, text, day, time()), precision=Precision.DAY)
    clock = CLOCK.fullmatch(said.strip())
    if not clock or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise Unreadable(field, f"{text} {apart}".strip(), "There is no such time", WRITE_A_MOMENT)
    at = _aware(field, text, day, time(int(clock[1]), int(clock[2])))
    return Moment(at=at, precision=Precision.MINUTE)


def _aware(field: Field, text: str, day: date, clock: time) -> datetime:
    local = datetime.combine(day, clock, tzinfo=LONDON)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).time() != clock:
        raise Unreadable(
            field, text, "There was no such moment: the clocks went forward", WRITE_A_MOMENT
        )
    return moment


def midnight_before(moment: datetime) -> datetime:
    """Return the first moment of the day in England."""
    return datetime.combine(moment.astimezone(LONDON).date(), time(), tzinfo=LONDON)


def _check_order(
    started: Moment, returned: Moment | None, cell: Callable[[Field], str], *, at: datetime
) -> None:
    if started.at > at:
        raise Unreadable(
            Field.STARTED, cell(Field.STARTED), "It lies in the future", WRITE_A_MOMENT
        )
    if returned is None:
        return
    if returned.at > at:
        raise Unreadable(
            Field.RETURNED, cell(Field.RETURNED), "It lies in the future", WRITE_A_MOMENT
        )
    began, back = started.at, returned.at
    if returned.precision is Precision.DAY:
        began, back = midnight_before(began), midnight_before(back)
    if back < began:
        raise Unreadable(
            Field.RETURNED,
            cell(Field.RETURNED),
            "The child is back before being missing",
            "Correct one of the two",
        )
