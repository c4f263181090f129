"""What is so about people: ages, the keys they are compared by, and which numbers are doubted."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import phonenumbers
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.gb import nhs, upn

ADULT_AT = 18  # Children Act 1989 s105(1)
# PNC id: the letter stands for the remainder by 23 of the year's last two digits and the serial.
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
PNC_FORM = re.compile(r"([0-9]{4}|[0-9]{2})/?([0-9]{1,7})([A-Z])")
# Numbers that Ofcom keeps for drama: no subscriber has one, so invented people may.
DRAMA_NUMBER = re.compile(r"\+447700900[0-9]{3}")
# SSDA903 and CIN: why a UPN is not known. Not numbers, and not mistakes.
UPN_UNKNOWN = frozenset({"UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7", "UN8", "UN9", "UN10"})
SHORTEST_NUMBER = 7  # what is shorter is half a number: kept as it was typed
NAMELESS = "Name not recorded"


# Ages


def _age(born_on: date, day: date) -> int:
    # Born on 29 February: a year older on 1 March in other years, as the comparison of days says.
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _last_possible(born_on: date, precision: str) -> date:
    if precision == "year":
        return date(born_on.year, 12, 31)
    if precision == "month":
        after = date(born_on.year + born_on.month // 12, born_on.month % 12 + 1, 1)
        return after - timedelta(days=1)
    return born_on


def age_on(born_on: date | None, precision: str, day: date) -> int | None:
    """Return the age in whole years on a day; nothing where it is not known.

    Where only the month or year of birth is known, the youngest age it may be: somebody who may
    still be a child is one.
    """
    if born_on is None:
        return None
    return max(_age(_last_possible(born_on, precision), day), 0)


def days_to_18(born_on: date | None, precision: str, day: date) -> int | None:
    """Return how many days of childhood are left; nothing where the birthday is not known."""
    if born_on is None or precision != "day":
        return None
    left = (coming_of_age(born_on) - day).days
    return left if left > 0 else None


def coming_of_age(born_on: date) -> date:
    """Return the day on which somebody turns 18."""
    year = born_on.year + ADULT_AT
    if (born_on.month, born_on.day) == (2, 29) and year % 4:
        return date(year, 3, 1)
    return born_on.replace(year=year)


def born_about(age: int, day: date) -> date:
    """Return the estimated date of birth of somebody of this age: the middle of the year."""
    return date(day.year - age, day.month, min(day.day, 28)) - timedelta(days=182)


# Names


def name_key(text: str) -> str:
    """Return a name without case, accents and apostrophes; hyphens part it into words."""
    plain = unicodedata.normalize(
        "NFKD", text.casefold().replace("\u0142", "l").replace("\u00f8", "o")
    )
    kept = "".join(
        each if each.isalnum() else " "
        for each in plain
        if each not in "'\u2019\u2018`." and not unicodedata.combining(each)
    )
    return " ".join(kept.split())


def given_key(text: str) -> str:
    """Return the key of the first given name."""
    return name_key(text.split(maxsplit=1)[0]) if text.split() else ""


def full_name(given: str, family: str) -> str:
    """Return a name as it is spoken; a sentence where none is recorded."""
    return " ".join(part for part in (given.strip(), family.strip()) if part) or NAMELESS


# Numbers


def identifier_key(scheme: str, value: str) -> str:
    """Return a number in the one form it is compared in."""
    plain = re.sub(r"[\s\-]", "", value).upper()
    if scheme == "pnc":
        return _pnc_key(plain)
    return plain


def _pnc_key(plain: str) -> str:
    match = PNC_FORM.fullmatch(plain)
    if match is None:
        return plain
    year, serial, letter = match.groups()
    if "/" not in plain:  # 810000034U and 19810000034U, run together
        year, serial = (plain[:4], plain[4:-1]) if len(plain) == 12 else (plain[:2], plain[2:-1])
    # The short form leaves out the century.
    century = "" if len(year) == 4 else "19" if int(year) > 40 else "20"
    return f"{century}{year}/{int(serial):07d}{letter}"


def _nhs_flag(key: str) -> str:
    if set(key) == {"0"}:
        return "This NHS number is a row of noughts."
    try:
        nhs.validate(key)
    except InvalidChecksum:
        return "The check digit of this NHS number is wrong."
    except ValidationError:
        return "An NHS number has 10 digits."
    return ""


def _upn_flag(key: str) -> str:
    if key in UPN_UNKNOWN:
        return ""
    try:
        upn.validate(key)
    except InvalidComponent:
        # The library's list of authorities is of 2011: the letter alone decides.
        return (
            ""
            if upn.calc_check_digit(key[1:]) == key[0]
            else "The check letter of this UPN is wrong."
        )
    except InvalidChecksum:
        return "The check letter of this UPN is wrong."
    except ValidationError:
        return "A UPN is a letter and 12 digits; in a temporary one a letter stands last."
    return ""


def _pnc_flag(key: str) -> str:
    match = re.fullmatch(r"([0-9]{4})/([0-9]{7})([A-Z])", key)
    if match is None:
        return "A PNC ID is a year, a stroke, up to seven digits and a letter."
    year, serial, letter = match.groups()
    if PNC_LETTERS[int(year[2:] + serial) % 23] != letter:
        return "The check letter of this PNC ID is wrong."
    return ""


def _la_child_flag(key: str) -> str:
    # CIN census: LAchildID is up to 20 letters and digits.
    if len(key) > 20 or not key.isalnum():
        return "A local authority child id is up to 20 letters and digits."
    return ""


IDENTIFIER_FLAGS: dict[str, Callable[[str], str]] = {
    "nhs": _nhs_flag,
    "upn": _upn_flag,
    "pnc": _pnc_flag,
    "la_child": _la_child_flag,
}


def identifier_flag(scheme: str, value: str) -> str:
    """Return what is wrong with a number, or nothing. A wrong one is kept: somebody uses it."""
    check = IDENTIFIER_FLAGS.get(scheme)
    return check(identifier_key(scheme, value)) if check else ""


def _phone(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return None


def phone_key(number: str) -> str:
    """Return a telephone number as digits with country code, or what was typed of it."""
    parsed = _phone(number)
    if parsed is None or len(str(parsed.national_number)) < SHORTEST_NUMBER:
        return re.sub(r"[^0-9+]", "", number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def phone_flag(number: str) -> str:
    """Return why a telephone number is doubted, or nothing."""
    if DRAMA_NUMBER.fullmatch(phone_key(number)):
        return ""
    parsed = _phone(number)
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return "No telephone has this number as it stands."
    return ""
