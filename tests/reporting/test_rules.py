"""Periods, formulas, bands and suppression on plain values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.foundation.kernel.refusals import Refused
from harbour.insight.reporting import rules
from harbour.insight.reporting.rules import Band, Quarter
from harbour.insight.reporting.vocabulary import ADULT_BANDS, BY_ID, BY_SLUG, CHILD_BANDS, REGISTER


@pytest.mark.parametrize(
    ("base", "now", "change"),
    [
        (297, 590, "98.7"),
        (274, 590, "115.3"),
        (285.5, 590, "106.7"),
        (261, 128, "-51.0"),
        (133, 92, "-30.8"),
        (13, 27, "107.7"),
        (9, 13, "44.4"),
        (9, 27, "200.0"),
    ],
)
def test_a_change_is_told_in_per_cent_of_its_base(base: float, now: float, change: str) -> None:
    assert rules.percentage_change(base, now) == Decimal(change)


def test_a_change_from_nothing_is_not_told() -> None:
    assert rules.percentage_change(0, 12) is None


def test_no_base_in_the_paper_gives_forty_per_cent() -> None:
    assert Decimal(40) not in {rules.percentage_change(each, 590) for each in (297, 274, 285.5)}


@pytest.mark.parametrize(("part", "whole", "value"), [(85, 43, "1.98"), (100, 25, "4.00")])
def test_a_ratio_has_two_places(part: int, whole: int, value: str) -> None:
    assert rules.ratio(part, whole) == Decimal(value)


@pytest.mark.parametrize(("part", "value"), [(163, 90), (13, 7), (5, 3), (81, 45), (40, 22)])
def test_shares_come_of_counts(part: int, value: int) -> None:
    assert rules.share(part, 181) == value


@pytest.mark.parametrize(("part", "whole"), [(182, 181), (-1, 10), (1, 0)])
def test_a_part_larger_than_its_whole_is_refused(part: int, whole: int) -> None:
    with pytest.raises(Refused, match="between 0 and 100"):
        rules.share(part, whole)


def test_there_is_no_share_of_nothing() -> None:
    assert rules.share(0, 0) is None
    assert rules.ratio(3, 0) is None
    assert rules.mean([]) is None


def test_bands_that_share_an_age_are_no_partition() -> None:
    with pytest.raises(Refused, match="19-25 and 25-39 overlap"):
        rules.check_partition(ADULT_BANDS)


def test_bands_that_leave_an_age_out_are_no_partition() -> None:
    with pytest.raises(Refused, match="left out"):
        rules.check_partition((Band(13, 14), Band(16, 17)))


def test_nothing_follows_a_band_without_an_end() -> None:
    with pytest.raises(Refused, match="overlap"):
        rules.check_partition((Band(18, None), Band(25, 39)))


def test_the_bands_of_children_hold_every_age_once() -> None:
    rules.check_partition(CHILD_BANDS)

    labels = [each.label for each in CHILD_BANDS]
    assert labels == ["0-9", "10-12", "13-14", "15-16", "17", "18+"]


def test_the_fourth_quarter_is_january_to_march() -> None:
    period = Quarter(2018, 4).period

    assert (period.starts_on, period.last_day) == (date(2019, 1, 1), date(2019, 3, 31))
    assert period.ends_before == date(2019, 4, 1)
    assert period.label == "Quarter 4 2018/19"


def test_a_quarter_ends_at_midnight_in_england_when_the_clocks_have_gone_forward() -> None:
    assert Quarter(2018, 4).period.starts_at == datetime(2019, 1, 1, tzinfo=UTC)
    assert Quarter(2018, 4).period.ends_at == datetime(2019, 3, 31, 23, tzinfo=UTC)
    assert Quarter(2019, 1).period.starts_at == Quarter(2018, 4).period.ends_at


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_lies_in_one_quarter(day: date) -> None:
    quarter = rules.quarter_of(day)

    assert quarter.period.starts_on <= day < quarter.period.ends_before
    assert quarter.back(1).period.ends_before == quarter.period.starts_on
    assert quarter.back(4).back(-4) == quarter


@pytest.mark.parametrize("written", ["2018-19", "2018/19", "2018-2019", " 2018-19 "])
def test_a_quarter_is_read_as_people_write_it(written: str) -> None:
    assert rules.parse_quarter(written, "4") == Quarter(2018, 4)


@pytest.mark.parametrize(
    ("year", "number"),
    [("2018-20", "4"), ("2018", "1"), ("2018-19", "5"), ("2018-19", "0"), ("", "")],
)
def test_what_is_no_quarter_is_refused(year: str, number: str) -> None:
    with pytest.raises(Refused):
        rules.parse_quarter(year, number)


def test_no_year_has_a_fifth_quarter() -> None:
    with pytest.raises(Refused):
        Quarter(2018, 5)


def test_a_school_year_is_told_once_it_has_ended() -> None:
    before = rules.academic_year_before(date(2019, 4, 1))

    assert (before.starts_on, before.ends_before) == (date(2017, 9, 1), date(2018, 9, 1))
    assert rules.academic_year_before(date(2018, 9, 1)).starts_on == date(2017, 9, 1)
    assert rules.academic_year_before(date(2018, 8, 31)).starts_on == date(2016, 9, 1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2019, 4, 1), date(2018, 10, 1)), (date(2019, 8, 31), date(2019, 2, 28))],
)
def test_six_months_before_is_a_day_of_the_calendar(day: date, expected: date) -> None:
    assert rules.months_before(day, 6) == expected


def test_the_most_frequent_stands_first_and_equal_ones_in_their_order() -> None:
    counts = {"party": 21, "online": 34, "peer": 21, "gang": 0}

    order = rules.ranked(counts, ["online", "peer", "party", "gang"])

    assert order == ("online", "peer", "party")
    assert rules.tied(counts, "party")
    assert not rules.tied(counts, "online")


@pytest.mark.parametrize(("whole", "parts"), [(43, [92]), (43, [92, 25, 43]), (200, [92, 25])])
def test_a_number_of_people_that_its_groups_contradict_is_refused(
    whole: int, parts: list[int]
) -> None:
    with pytest.raises(Refused, match=f"{whole} in all"):
        rules.check_whole(whole, parts)


def test_people_may_be_in_several_groups() -> None:
    rules.check_whole(110, [92, 43])
    rules.check_whole(12, [])


@pytest.mark.parametrize(
    ("count", "closed"), [(0, False), (1, True), (5, True), (6, False), (None, False)]
)
def test_one_to_five_is_too_small_to_show(count: int | None, closed: bool) -> None:  # noqa: FBT001 - a table
    assert rules.is_disclosive(count) is closed


def test_the_register_names_figures_that_exist() -> None:
    assert len(BY_ID) == len(BY_SLUG) == len(REGISTER)
    for each in REGISTER:
        assert set(each.parts) | set(each.closed_with) <= set(BY_ID)


def test_no_figure_of_children_missing_mixes_two_populations() -> None:
    people = [each for each in REGISTER if each.id.startswith("missing.") and "children" in each.id]

    assert all("all" not in each.id.split(".") for each in people)
