"""What a grade needs, when an allocation must be answered, when a child is reviewed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.foundation.access.roles import ROLES
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.clock import london, london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.working_days import is_working_day
from harbour.work.cases import rules
from harbour.work.cases.vocabulary import (
    AllocationRole,
    AllocationState,
    HarmStatus,
    HarmWhen,
    Stage,
)

MOMENTS = st.integers(1_451_606_400, 2_051_222_400).map(lambda at: datetime.fromtimestamp(at, UTC))
SCALE = rules.read_scale(
    [
        {"code": "low", "label": "Low", "rank": 1},
        {
            "code": "high",
            "label": "High",
            "rank": 3,
            "needs": ["detective", "social_worker"],
            "may_have": ["youth_worker"],
        },
        {"code": "medium", "label": "Medium", "rank": 2},
    ]
)


def test_a_scale_is_read_gravest_first() -> None:
    assert [grade.code for grade in SCALE] == ["high", "medium", "low"]


def test_a_grade_that_the_scale_lacks_is_refused_with_those_in_use() -> None:
    with pytest.raises(Refused, match="high, medium, low"):
        rules.grade_of(SCALE, "severe")


@pytest.mark.parametrize(("code", "gravest"), [("high", True), ("medium", False), ("low", False)])
def test_only_the_top_of_the_scale_is_gravest(*, code: str, gravest: bool) -> None:
    assert rules.is_gravest(SCALE, code) is gravest


@pytest.mark.parametrize(
    ("grade", "filled", "reason", "refusal"),
    [
        ("high", {"detective", "social_worker"}, "", None),
        ("high", {"detective", "social_worker", "youth_worker"}, "", None),
        ("high", {"detective"}, "", "needs a social worker"),
        ("high", {"social_worker"}, "", "needs a detective"),
        ("high", {"youth_worker"}, "", "needs a detective and social worker"),
        ("high", set(), "  ", "needs a detective and social worker"),
        ("high", set(), "Both teams confirm by noon.", None),
        ("medium", set(), "", None),
        ("low", set(), "", None),
    ],
)
def test_a_grade_is_refused_without_its_roles_unless_somebody_says_why(
    grade: str, filled: set[str], reason: str, refusal: str | None
) -> None:
    wanted = rules.grade_of(SCALE, grade)

    if refusal is None:
        rules.check_needs_are_met(wanted, filled=filled, reason=reason)
    else:
        with pytest.raises(Refused, match=refusal):
            rules.check_needs_are_met(wanted, filled=filled, reason=reason)


@pytest.mark.parametrize("rationale", ["", "   ", "\n"])
def test_a_grade_without_a_rationale_is_refused(rationale: str) -> None:
    with pytest.raises(Refused, match="why this grade"):
        rules.check_rationale(rationale)


def test_a_grade_decided_outside_a_meeting_says_why() -> None:
    rules.check_where_decided(in_meeting=True, reason="")
    rules.check_where_decided(in_meeting=False, reason="The child was found injured at night.")
    with pytest.raises(Refused, match="decided in the daily meeting"):
        rules.check_where_decided(in_meeting=False, reason=" ")


@pytest.mark.parametrize(
    ("harm", "when", "refused"),
    [
        (HarmStatus.NONE_KNOWN, HarmWhen.NOT_APPLICABLE, False),
        (HarmStatus.NONE_KNOWN, HarmWhen.CURRENT, True),
        (HarmStatus.SUSPECTED, HarmWhen.PAST, False),
        (HarmStatus.SUSPECTED, HarmWhen.NOT_APPLICABLE, True),
        (HarmStatus.CONFIRMED, HarmWhen.CURRENT, False),
        (HarmStatus.CONFIRMED, HarmWhen.NOT_APPLICABLE, True),
    ],
)
def test_harm_says_when_and_nothing_else(
    *, harm: HarmStatus, when: HarmWhen, refused: bool
) -> None:
    if refused:
        with pytest.raises(Refused):
            rules.check_harm(harm, when)
    else:
        rules.check_harm(harm, when)


@pytest.mark.parametrize(
    ("offered", "urgent", "due"),
    [
        # A high grade on a Saturday night is answered that night.
        ("2019-03-30T22:00", True, "2019-03-31T02:00"),
        # Thursday before Easter: Friday and Monday are bank holidays; 17:00 BST is 16:00 UTC.
        ("2019-04-18T10:00", False, "2019-04-23T16:00"),
        # Friday in winter: Monday 17:00 GMT.
        ("2019-01-11T10:00", False, "2019-01-14T17:00"),
        # Half past midnight in summer is already the next day on the wall.
        ("2019-07-01T23:30", False, "2019-07-03T16:00"),
    ],
)
def test_an_allocation_is_answered_within_hours_or_by_the_next_working_day(
    *, offered: str, urgent: bool, due: str
) -> None:
    offered_at = datetime.fromisoformat(offered).replace(tzinfo=UTC)

    answer_by = rules.acknowledge_by(offered_at=offered_at, urgent=urgent)

    assert answer_by == datetime.fromisoformat(due).replace(tzinfo=UTC)


@given(MOMENTS)
def test_an_answer_is_always_due_after_the_offer_and_on_a_working_day(offered_at: datetime) -> None:
    due = rules.acknowledge_by(offered_at=offered_at, urgent=False)

    assert due > offered_at
    assert is_working_day(london_date(due))
    assert london(due).hour == 17


@given(MOMENTS)
def test_a_review_is_never_later_than_twelve_weeks_and_falls_on_a_working_day(
    decided_at: datetime,
) -> None:
    day = rules.review_on(decided_at)

    assert is_working_day(day)
    assert timedelta(days=84 - 5) <= day - london_date(decided_at) <= timedelta(weeks=12)


@pytest.mark.parametrize("present", AllocationState)
@pytest.mark.parametrize("following", AllocationState)
def test_an_allocation_moves_only_along_the_table(
    present: AllocationState, following: AllocationState
) -> None:
    allowed = {
        ("offered", "acknowledged"),
        ("offered", "declined"),
        ("offered", "ended"),
        ("acknowledged", "ended"),
    }

    if (present.value, following.value) in allowed:
        rules.check_transition(present, following)
    else:
        with pytest.raises(Refused):
            rules.check_transition(present, following)


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    reached = {AllocationState.OFFERED}.union(*rules.TRANSITIONS.values())

    assert set(rules.TRANSITIONS) == reached == set(AllocationState)


def test_the_stages_stand_in_order_and_none_is_left_out() -> None:
    assert list(rules.STAGE_ORDER) == list(Stage)


@pytest.mark.parametrize(
    ("present", "following", "note", "refused"),
    [
        (None, Stage.CONCERN, "", False),
        (Stage.CONCERN, Stage.INVESTIGATION, "", False),
        (Stage.INVESTIGATION, Stage.INVESTIGATION, "again", True),
        (Stage.COURT, Stage.INVESTIGATION, "", True),
        (Stage.COURT, Stage.INVESTIGATION, "A second child came forward.", False),
        (Stage.CLOSED, Stage.CONCERN, "", True),
        (Stage.CONCERN, Stage.CLOSED, "", False),
    ],
)
def test_a_case_goes_on_freely_and_back_only_with_a_reason(
    *, present: Stage | None, following: Stage, note: str, refused: bool
) -> None:
    if refused:
        with pytest.raises(Refused):
            rules.check_stage_follows(present, following, note=note)
    else:
        rules.check_stage_follows(present, following, note=note)


def test_a_day_that_has_not_come_is_refused() -> None:
    at = datetime(2019, 7, 1, 23, 30, tzinfo=UTC)  # Tuesday 00:30 on the wall

    rules.check_not_in_future(date(2019, 7, 2), at=at, what="The day")
    with pytest.raises(Refused):
        rules.check_not_in_future(date(2019, 7, 3), at=at, what="The day")


def test_everybody_allocated_sees_who_the_child_is_where_and_whether_missing() -> None:
    needed = {Facet.IDENTITY, Facet.CONTACT, Facet.CASE, Facet.MISSING}

    assert set(rules.FACETS_OF_ROLE) == set(AllocationRole)
    assert all(needed <= set(facets) for facets in rules.FACETS_OF_ROLE.values())


def test_every_role_that_fits_a_part_exists_and_may_answer() -> None:
    by_code = {role.code: role for role in ROLES}

    assert set(rules.ROLES_THAT_FIT) == set(AllocationRole)
    for codes in rules.ROLES_THAT_FIT.values():
        for code in codes:
            assert Permission.ALLOCATION_ANSWER in by_code[code].permissions


def test_somebody_whose_roles_do_not_fit_is_refused() -> None:
    rules.check_fits(AllocationRole.DETECTIVE, {"detective"})
    with pytest.raises(Refused, match="does not work as a detective"):
        rules.check_fits(AllocationRole.DETECTIVE, {"nurse"})


def test_local_practice_says_that_it_is_local() -> None:
    practices = (
        rules.ACKNOWLEDGE_HIGH_WITHIN,
        rules.ACKNOWLEDGE_WITHIN_WORKING_DAYS,
        rules.END_OF_WORKING_DAY,
        rules.REVIEW_WITHIN,
    )

    assert {practice.source for practice in practices} == {"local"}
