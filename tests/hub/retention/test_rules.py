"""How long a record is kept: each rule by its law, the longest wins."""

from datetime import date

import pytest

from harbour.hub.retention.rules import SCHEDULE, Facts, anniversary, clocks, governing

BORN = date(2010, 5, 17)


@pytest.mark.parametrize(
    ("facts", "rule", "due_on"),
    [
        (Facts(born_on=BORN), "child", date(2035, 5, 17)),
        (Facts(born_on=BORN, looked_after=True), "looked_after", date(2085, 5, 17)),
        (
            Facts(born_on=BORN, looked_after=True, died_on=date(2024, 2, 3)),
            "looked_after_died",
            date(2039, 2, 3),
        ),
        (
            Facts(born_on=BORN, looked_after=True, died_on=date(2028, 5, 17)),
            "looked_after",
            date(2085, 5, 17),
        ),
        (Facts(born_on=BORN, died_on=date(2024, 2, 3)), "child", date(2035, 5, 17)),
        (
            Facts(born_on=BORN, section_47_last_contact=date(2020, 1, 9)),
            "section_47",
            date(2055, 1, 9),
        ),
        (
            Facts(born_on=BORN, looked_after=True, section_47_last_contact=date(2020, 1, 9)),
            "looked_after",
            date(2085, 5, 17),
        ),
        (
            Facts(born_on=BORN, looked_after=True, adopted_on=date(2014, 8, 1)),
            "adopted",
            date(2114, 8, 1),
        ),
    ],
)
def test_the_longest_rule_that_applies_wins(facts: Facts, rule: str, due_on: date) -> None:
    found = governing(facts)

    assert found is not None
    assert (found.rule, found.due_on) == (rule, due_on)


def test_without_a_day_to_count_from_nothing_goes() -> None:
    assert governing(Facts(born_on=None, looked_after=True)) is None


def test_police_intelligence_never_takes_on_a_childs_years() -> None:
    codes = {each.rule for each in clocks(Facts(born_on=BORN, looked_after=True))}

    assert "intelligence" not in codes
    assert next(each for each in SCHEDULE if each.code == "intelligence").years == 6


def test_who_was_born_on_a_leap_day_has_an_anniversary_every_year() -> None:
    assert anniversary(date(2012, 2, 29), 75) == date(2087, 2, 28)
    assert anniversary(date(2012, 2, 29), 4) == date(2016, 2, 29)


def test_every_rule_names_its_law_and_who_answers() -> None:
    assert all(each.source and each.owner and each.years for each in SCHEDULE)
