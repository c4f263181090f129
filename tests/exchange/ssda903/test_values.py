"""How one cell is read."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.exchange.ssda903.rules import values


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/03/2018", date(2018, 3, 31)),
        ("1/4/2017", date(2017, 4, 1)),
        ("29/02/2016", date(2016, 2, 29)),
        ("2018-03-31", date(2018, 3, 31)),
        ("2018-03-31 00:00:00", date(2018, 3, 31)),
        ("31/03/2018 00:00", date(2018, 3, 31)),
    ],
)
def test_a_date_is_read_in_either_form_that_cannot_be_misread(written: str, day: date) -> None:
    assert values.read_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "29/02/2017",  # not a leap year
        "10/24/2021",  # month first
        "13/10/21",  # which century?
        "31.03.2018",
        "31-03-2018",
        "2018/03/31",
        "31/03/2018 14:30",  # a time is lost silently otherwise
        "31/03/0218",
        "43190",  # a spreadsheet's day number
        "٣١/٠٣/٢٠١٨",
        "yesterday",
        "31/03/2018x",
        " ",
    ],
)
def test_a_date_that_could_mean_something_else_is_not_guessed(written: str) -> None:
    with pytest.raises(values.Unreadable) as caught:
        values.read_date(written)

    assert "31/03/2018" in caught.value.what_to_do


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_date_reads_back(day: date) -> None:
    assert values.read_date(f"{day:%d/%m/%Y}") == values.read_date(day.isoformat()) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_unreadable_and_nothing_else(text: str) -> None:
    with contextlib.suppress(values.Unreadable):
        assert isinstance(values.read_date(text), date)


@pytest.mark.parametrize("upn", ["G855200012345", "D856200098765", "T800200000001", "UN1", "UN5"])
def test_right_pupil_numbers_pass(upn: str) -> None:
    assert values.upn_problem(upn) == ""


def test_a_temporary_pupil_number_may_end_in_a_letter() -> None:
    letters = {letter for letter in "ABCDEFGH" if not values.upn_problem(f"{letter}85520001234A")}

    assert len(letters) <= 1
    assert (
        values.upn_problem("A85520001234I") == "A UPN is a letter and twelve digits, or UN1 to UN5"
    )


@pytest.mark.parametrize("letter", "ABCDEFHJKLMNPQRTUVWXYZIOS")
def test_every_other_check_letter_is_wrong(letter: str) -> None:
    assert values.upn_problem(f"{letter}855200012345") == "The check letter of this UPN is wrong"


@pytest.mark.parametrize(
    "upn", ["G85520001234", "G8552000123456", "8855200012345", "UN6", "UN", "?"]
)
def test_pupil_numbers_of_another_shape_are_told_apart(upn: str) -> None:
    assert values.upn_problem(upn) == "A UPN is a letter and twelve digits, or UN1 to UN5"


@pytest.mark.parametrize(
    "postcode",
    [
        "LE1 1AA",
        "LE11AA",
        "M1 1AE",
        "B33 8TH",
        "CR2 6XH",
        "DN55 1PT",
        "W1A 1HQ",
        "EC1A 1BB",
        "ZZ99 3VZ",
        "GIR 0AA",
    ],
)
def test_well_shaped_postcodes_pass(postcode: str) -> None:
    assert values.postcode_problem(postcode) == ""


@pytest.mark.parametrize(
    "postcode",
    [
        "EH14 8EC",
        "WU1 8KL",
        "WO19 3VB",
        "QA1 1AA",
        "LE1 1A",
        "LE 1AA",
        "1LE 1AA",
        "LE1 AA1",
        "-",
        "LE1",
    ],
)
def test_badly_shaped_postcodes_are_told(postcode: str) -> None:
    assert values.postcode_problem(postcode) == "No postcode has this shape"


def test_a_postcode_is_tidied_only_when_it_is_one() -> None:
    assert values.tidied_postcode("LE31AA") == "LE3 1AA"
    assert values.tidied_postcode("EH148EC") == "EH148EC"


def test_a_child_born_on_29_february_has_a_birthday_every_year() -> None:
    assert values.birthday(date(2004, 2, 29), 4) == date(2008, 2, 29)
    assert values.birthday(date(2004, 2, 29), 18) == date(2022, 3, 1)


@pytest.mark.parametrize("text", ["a\x00b", "a\nb", "\ud800", "x" * 101])
def test_text_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_text(text)
