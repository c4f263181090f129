"""Numbers, names and ages, by table."""

from datetime import date

import pytest
from stdnum.gb import upn

from harbour.record.people import rules


@pytest.mark.parametrize(
    ("scheme", "value", "right"),
    [
        # The NHS Data Dictionary's modulus 11; 999 000 0000 and above are kept for tests.
        ("nhs", "943 476 5919", True),
        ("nhs", "9990000018", True),
        ("nhs", "999-000-0026", True),
        ("nhs", "9990000034", True),
        ("nhs", "9990000042", True),
        ("nhs", "9434765918", False),
        ("nhs", "9990000000", False),
        ("nhs", "0000000000", False),
        ("nhs", "999000001", False),
        ("nhs", "999000001X", False),
        # DfE: check letter over the twelve characters that follow.
        ("upn", "G855200012345", True),
        ("upn", "D856200098765", True),
        ("upn", "T800200000001", True),
        ("upn", "t800200000001", True),
        ("upn", "A855200012345", False),
        ("upn", "G85520001234", False),
        ("upn", "UN3", True),
        # An authority of 2023, which no list of 2011 knows.
        ("upn", "F940200000001", False),
        # Police National Computer.
        ("pnc", "1981/0000034U", True),
        ("pnc", "81/34U", True),
        ("pnc", "810000034U", True),
        ("pnc", "19810000034U", True),
        ("pnc", "2002/0073319Z", True),
        ("pnc", "2000/0000223R", True),
        ("pnc", "1979/0163001B", True),
        ("pnc", "2003/0011985Z", False),
        ("pnc", "2012/0052494O", False),
        ("pnc", "2023/0583843N", False),
        ("pnc", "nonsense", False),
        ("la_child", "366621", True),
        ("la_child", "A" * 21, False),
        ("other", "anything at all", True),
    ],
)
def test_a_number_is_flagged_exactly_when_it_is_wrong(
    scheme: str, value: str, *, right: bool
) -> None:
    assert (rules.identifier_flag(scheme, value) == "") is right


def test_the_letter_alone_decides_where_the_authority_is_new() -> None:
    number = "940200000001"

    assert rules.identifier_flag("upn", upn.calc_check_digit(number) + number) == ""


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("81/34U", "1981/0000034U"),
        ("02/73319Z", "2002/0073319Z"),
        ("1981 / 0000034u", "1981/0000034U"),
        ("not one", "NOTONE"),
    ],
)
def test_short_pnc_ids_are_spelt_out(value: str, key: str) -> None:
    assert rules.identifier_key("pnc", value) == key


@pytest.mark.parametrize(
    ("number", "key", "right"),
    [
        ("07700 900123", "+447700900123", True),
        ("+44 7700 900 123", "+447700900123", True),
        ("0044 7700 900123", "+447700900123", True),
        ("0116 496 0000", "+441164960000", True),
        ("07700", "07700", False),
        ("ask the aunt", "", False),
    ],
)
def test_telephone_numbers_have_one_form(number: str, key: str, *, right: bool) -> None:
    assert rules.phone_key(number) == key
    assert (rules.phone_flag(number) == "") is right


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("O\u2019Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Smith-Jones", "smith jones"),
        ("  SMITH   Jones ", "smith jones"),
        ("Zo\u00eb", "zoe"),
        ("Wa\u0142\u0119sa", "walesa"),
        ("M\u00fcller", "muller"),
        ("St. John", "st john"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_marks(text: str, key: str) -> None:
    assert rules.name_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"), [("Mary Ann", "mary"), ("Mary-Ann", "mary ann"), (" ", "")]
)
def test_the_first_given_name_is_the_key(text: str, key: str) -> None:
    assert rules.given_key(text) == key


@pytest.mark.parametrize(
    ("born_on", "precision", "day", "age"),
    [
        (date(2005, 6, 2), "day", date(2023, 6, 1), 17),
        (date(2005, 6, 2), "day", date(2023, 6, 2), 18),
        (date(2008, 2, 29), "day", date(2026, 2, 28), 17),
        (date(2008, 2, 29), "day", date(2026, 3, 1), 18),
        (date(2005, 6, 1), "month", date(2023, 6, 15), 17),
        (date(2005, 6, 1), "month", date(2023, 6, 30), 18),
        (date(2005, 12, 1), "month", date(2023, 12, 31), 18),
        (date(2005, 1, 1), "year", date(2023, 12, 30), 17),
        (date(2005, 1, 1), "year", date(2024, 1, 1), 18),
        (None, "unknown", date(2024, 1, 1), None),
        (date(2024, 6, 1), "day", date(2024, 1, 1), 0),
    ],
)
def test_somebody_who_may_still_be_a_child_is_one(
    born_on: date | None, precision: str, day: date, age: int | None
) -> None:
    assert rules.age_on(born_on, precision, day) == age


def test_days_to_18_are_counted_to_the_birthday() -> None:
    assert rules.days_to_18(date(2008, 2, 29), "day", date(2026, 2, 28)) == 1
    assert rules.days_to_18(date(2008, 2, 29), "day", date(2026, 3, 1)) is None
    assert rules.days_to_18(date(2008, 2, 1), "month", date(2026, 1, 1)) is None


@pytest.mark.parametrize("age", range(18))
def test_an_estimated_date_of_birth_gives_the_age_back(age: int) -> None:
    day = date(2024, 2, 29)

    assert rules.age_on(rules.born_about(age, day), "estimated", day) == age
