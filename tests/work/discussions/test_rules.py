"""When a discussion is due and who must be there: on plain values."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.foundation.kernel.working_days import is_working_day
from harbour.work.discussions import rules
from harbour.work.discussions.vocabulary import Capacity, Outcome, Stage

C = Capacity


@pytest.mark.parametrize(
    ("held_on", "due"),
    [
        (date(2019, 4, 11), date(2019, 5, 7)),  # Good Friday, Easter Monday and May Day between
        (date(2019, 3, 29), date(2019, 4, 23)),
        (date(2026, 4, 2), date(2026, 4, 27)),
    ],
)
def test_an_initial_conference_is_due_15_working_days_after_the_discussion(
    held_on: date, due: date
) -> None:
    found = rules.conference_due_on(held_on=held_on, outcome=Outcome.S47_ENQUIRY)

    assert found == due
    assert rules.conference_due_on(held_on=held_on, outcome=Outcome.ASSESSMENT) is None


@given(st.dates(date(2014, 1, 1), date(2035, 1, 1)), st.integers(1, 20))
def test_a_discussion_is_due_on_a_working_day_with_as_many_before_it_as_are_given(
    asked_on: date, working_days: int
) -> None:
    due = rules.due_on(asked_on=asked_on, working_days=working_days)

    between = [asked_on + timedelta(days=each + 1) for each in range((due - asked_on).days)]
    assert is_working_day(due)
    assert sum(is_working_day(day) for day in between) == working_days


@pytest.mark.parametrize(
    ("invited", "hosted", "missing"),
    [
        ([], False, (C.POLICE, C.SOCIAL_CARE, C.HEALTH)),
        ([C.POLICE, C.HEALTH], False, (C.SOCIAL_CARE,)),
        ([C.POLICE, C.HEALTH, C.SOCIAL_CARE, C.OTHER], False, ()),
        ([C.POLICE, C.HEALTH, C.SOCIAL_CARE], True, (C.PLACING, C.HOST)),
        ([C.POLICE, C.HEALTH, C.PLACING, C.HOST], True, ()),
    ],
)
def test_police_social_care_and_health_are_the_least(
    invited: list[Capacity], missing: tuple[Capacity, ...], *, hosted: bool
) -> None:
    assert rules.not_invited(invited, hosted=hosted) == missing


def test_a_placing_or_host_authority_brings_social_care() -> None:
    assert rules.absent([C.POLICE, C.HEALTH]) == (C.SOCIAL_CARE,)
    assert rules.absent([C.POLICE, C.HEALTH, C.HOST]) == ()


def test_a_discussion_closed_without_being_held_was_dropped() -> None:
    moment = datetime(2026, 1, 5)  # noqa: DTZ001 - only whether it is there counts

    assert rules.stage(held_at=None, closed_at=None) is Stage.ASKED
    assert rules.stage(held_at=moment, closed_at=None) is Stage.HELD
    assert rules.stage(held_at=moment, closed_at=moment) is Stage.DECIDED
    assert rules.stage(held_at=None, closed_at=moment) is Stage.DROPPED
