"""How one cell is read: dates, codes, identifiers, postcodes."""

import re
from datetime import date

from stdnum.gb import upn as unique_pupil_number

from harbour.exchange.ssda903.vocabulary import UPN_UNKNOWN

# Day, month and four-digit year as the guide asks, and the ISO form, which cannot be misread.
# Spreadsheets add a midnight to both.
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})" + _MIDNIGHT)
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})" + _MIDNIGHT)
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2099

_WHOLE_WITH_FRACTION = re.compile(r"(?<![0-9])([0-9]+)\.0+")

# Letter, eleven digits, and a digit or, for a temporary number, a letter (rule 168).
_UPN_SHAPE = re.compile(r"[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")

# BS 7666 postcode: area and district, then a digit and two letters, never C I K M O V.
_OUTWARD = (
    r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?"
    r"|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?"
    r"|GIR)"
)
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_POSTCODE_SHAPE = re.compile(rf"({_OUTWARD}) ?({_INWARD})")
# ZZ99 stands for places without a postcode: no fixed abode, abroad, not known.
_STAND_IN_POSTCODE = re.compile(r"(ZZ99) ?([0-9][A-Z]{2})")

# `LAchildID`: letters and digits, at most twenty.
_CHILD_SHAPE = re.compile(r"[A-Za-z0-9]{1,20}")
_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_TEXT = 100


class Unreadable(Exception):
    """A cell whose value cannot be known; carries the problem and what to do about it."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.what_to_do = what_to_do


WRITE_A_DATE = "Write the date as day/month/year with four digits for the year: 31/03/2018"


def read_date(text: str) -> date:
    """Return the day a cell names, or raise `Unreadable`."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise Unreadable("This is not a date that can be read", WRITE_A_DATE)
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise Unreadable("The year of this date cannot be right", WRITE_A_DATE)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("There is no such day in the calendar", WRITE_A_DATE) from None


def without_fraction(text: str) -> str:
    """Return a whole number without the `.0` that spreadsheets and data frames append to it."""
    match = _WHOLE_WITH_FRACTION.fullmatch(text)
    return match[1] if match else text


def read_number(text: str, *, lowest: int, highest: int) -> int:
    """Return a whole number within bounds, or raise `Unreadable`."""
    if not re.fullmatch(r"[0-9]{1,6}", text) or not lowest <= int(text) <= highest:
        raise Unreadable(
            f"This is not a whole number from {lowest} to {highest}",
            f"Give a whole number from {lowest} to {highest}, or leave the cell blank",
        )
    return int(text)


def read_text(text: str) -> str:
    """Return text that can be stored, or raise `Unreadable`."""
    if _UNSTORABLE.search(text):
        raise Unreadable(
            "The cell holds characters that are not writing",
            "Type the value again and save the file as CSV",
        )
    if len(text) > _LONGEST_TEXT:
        raise Unreadable(
            f"The cell is longer than {_LONGEST_TEXT} characters",
            "Look for a quotation mark that was not closed, or shorten the value",
        )
    return text


def child_identifier(text: str) -> str:
    """Return a child identifier in the one form in which two of them can be compared."""
    return without_fraction(re.sub(r"[\s-]", "", text)).upper()


def child_problem(identifier: str) -> str:
    """Return what is odd about a local authority's child identifier, or nothing."""
    if _CHILD_SHAPE.fullmatch(identifier):
        return ""
    return "A child identifier is letters and digits, at most twenty"


def upn_problem(upn: str) -> str:
    """Return what is wrong with a unique pupil number, or nothing.

    The authority's number inside is not looked up: lists of it age, and a wrong list would flag
    right numbers.
    """
    if upn in UPN_UNKNOWN.glosses:
        return ""
    if not _UPN_SHAPE.fullmatch(upn):
        return "A UPN is a letter and twelve digits, or UN1 to UN5"
    if unique_pupil_number.calc_check_digit(upn[1:]) != upn[0]:
        return "The check letter of this UPN is wrong"
    return ""


def postcode_problem(postcode: str) -> str:
    """Return what is wrong with the shape of a postcode, or nothing."""
    if _POSTCODE_SHAPE.fullmatch(postcode) or _STAND_IN_POSTCODE.fullmatch(postcode):
        return ""
    return "No postcode has this shape"


def tidied_postcode(postcode: str) -> str:
    """Return a well-shaped postcode with one space before its last three, any other as it is."""
    match = _POSTCODE_SHAPE.fullmatch(postcode) or _STAND_IN_POSTCODE.fullmatch(postcode)
    return f"{match[1]} {match[2]}" if match else postcode


def birthday(born_on: date, age: int) -> date:
    """Return the day a person reaches an age; born on 29 February counts from 1 March."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)
