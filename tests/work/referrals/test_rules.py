"""Rules of the front door: the clock, the reference, the keys things are watched by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.working_days import add_working_days
from harbour.work.referrals import rules
from harbour.work.referrals.vocabulary import Decision, LocalSource, Source


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2019, 4, 11), 15, date(2019, 5, 7)),
        (date(2019, 4, 11), 45, date(2019, 6, 19)),
        (date(2019, 4, 18), 1, date(2019, 4, 23)),
        (date(2019, 3, 29), 15, date(2019, 4, 23)),
        (date(2025, 12, 23), 5, date(2026, 1, 2)),
        (date(2026, 4, 2), 15, date(2026, 4, 27)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays_in_england(
    start: date, days: int, due: date
) -> None:
    assert add_working_days(start, days) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2019, 4, 17), date(2019, 4, 18)),  # Wednesday
        (date(2019, 4, 18), date(2019, 4, 23)),  # Maundy Thursday: over Easter
        (date(2019, 4, 20), date(2019, 4, 23)),  # a Saturday
        (date(2019, 12, 24), date(2019, 12, 27)),  # Christmas Eve
    ],
)
def test_a_concern_is_screened_within_one_working_day(received: date, due: date) -> None:
    assert rules.screening_due_on(received_on=received) == due


def test_a_decision_on_the_due_day_is_in_time_and_the_day_after_is_late() -> None:
    due = date(2019, 4, 23)

    assert not rules.is_late(due_on=due, day=due)
    assert rules.is_late(due_on=due, day=date(2019, 4, 24))


@given(st.integers(min_value=0, max_value=2**64 - 1))
def test_a_reference_has_one_shape_and_no_sign_that_is_read_for_another(entropy: int) -> None:
    reference = rules.reference_from(entropy)

    assert rules.REFERENCE_SHAPE.fullmatch(reference)
    assert not set(reference[3:]) & set("AEIOU01L")


@pytest.mark.parametrize(
    ("one", "other"),
    [("The Harrow line", "harrow  LINE"), ("O'Dell Boys", "odell boys"), ("Jé crew", "je-crew")],
)
def test_a_group_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert rules.group_key(one) == rules.group_key(other)


def test_a_group_called_the_keeps_its_name() -> None:
    assert rules.group_key("The") == "the"
    assert rules.group_key("  ") == ""


@pytest.mark.parametrize(
    ("address", "street", "locality"),
    [
        ("12 Alder Road, Wexcombe", "12 Alder Road", "Wexcombe"),
        ("Flat 3, 12 Alder Road, Wexcombe", "Flat 3 12 Alder Road", "Wexcombe"),
        ("Rose Cottage\nAshby Magna", "Rose Cottage", "Ashby Magna"),
        ("", "", ""),
    ],
)
def test_an_address_typed_in_one_piece_gives_street_and_locality(
    address: str, street: str, locality: str
) -> None:
    assert rules.street_and_locality(address) == (street, locality)


@pytest.mark.parametrize(
    ("words", "age"),
    [("about 14", 14), ("between 13 and 15", 14), ("a teenager", None), ("", None)],
)
def test_an_age_is_read_out_of_what_was_said(words: str, age: int | None) -> None:
    assert rules.age_in_words(words) == age


def test_youth_justice_and_education_are_told_apart_from_what_the_census_folds_them_into() -> None:
    assert rules.source_of_agency(AgencyKind.YOUTH_JUSTICE) == (
        Source.AUTHORITY_OTHER,
        LocalSource.YOUTH_OFFENDING,
    )
    assert rules.source_of_agency(AgencyKind.EDUCATION)[1] == LocalSource.EDUCATION
    assert rules.local_source_of(Source.SCHOOL) == LocalSource.EDUCATION
    assert rules.source_of_agency("nothing known") == (Source.UNKNOWN, LocalSource.NONE)


@pytest.mark.parametrize("decision", list(Decision))
def test_every_decision_has_a_sentence_for_the_referrer(decision: Decision) -> None:
    assert rules.feedback_sentence(decision).startswith(rules.THANKS)
