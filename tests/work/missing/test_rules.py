"""The clocks of missing children, overlaps, populations and repeats, on plain values."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harbour.record.people.rules import age_on
from harbour.record.people.vocabulary import DatePrecision
from harbour.work.missing import rules
from harbour.work.missing.rules import LONDON, RepeatRule, Span
from harbour.work.missing.vocabulary import Answer, ClockState, Population

P = Population
COUNTY, CITY, AWAY = UUID(int=1), UUID(int=2), UUID(int=9)
PARTNERS = frozenset({COUNTY, CITY})
NOW = datetime(2019, 3, 28, 12, tzinfo=UTC)
moments = st.datetimes(
    min_value=datetime(2014, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)


def on_the_wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("returned", "due"),
    [
        ("2019-03-30T23:00", "2019-04-03T00:00"),  # the clocks go forward in between
        ("2019-10-26T12:00", "2019-10-29T11:00"),  # the clocks go back in between
        ("2019-06-14T17:30", "2019-06-17T17:30"),  # Friday evening: the weekend counts
        ("2020-02-27T09:15", "2020-03-01T09:15"),  # over 29 February
        ("2019-12-24T20:00", "2019-12-27T20:00"),  # bank holidays count
    ],
)
def test_the_interview_is_due_72_hours_after_return_as_the_wall_shows_it(
    returned: str, due: str
) -> None:
    found = rules.return_interview_due(returned_at=on_the_wall(returned))

    assert found.astimezone(LONDON).replace(tzinfo=None) == datetime.fromisoformat(due)


@given(moments)
def test_the_interview_is_due_exactly_72_elapsed_hours_after_return(returned_at: datetime) -> None:
    wall = returned_at.astimezone(LONDON)

    due = rules.return_interview_due(returned_at=wall)

    assert due.timestamp() - returned_at.timestamp() == 72 * 3600


@pytest.mark.parametrize(
    ("due_in", "state"),
    [
        (timedelta(hours=25), ClockState.ON_TRACK),
        (timedelta(hours=24, seconds=1), ClockState.ON_TRACK),
        (timedelta(hours=24), ClockState.DUE_SOON),
        (timedelta(0), ClockState.DUE_SOON),
        (timedelta(seconds=-1), ClockState.OVERDUE),
    ],
)
def test_the_clock_says_where_it_stands(due_in: timedelta, state: ClockState) -> None:
    assert rules.clock_state(due_at=NOW + due_in, at=NOW) is state


def test_without_a_return_time_there_is_no_countdown() -> None:
    assert rules.clock_state(due_at=None, at=NOW) is ClockState.NO_TIME


def at(hour: int) -> datetime:
    return datetime(2019, 3, 1, tzinfo=UTC) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (Span(at(0), at(5)), Span(at(4), at(8)), True),
        (Span(at(0), at(5)), Span(at(5), at(8)), False),  # missing again at the moment of return
        (Span(at(0), at(9)), Span(at(2), at(3)), True),
        (Span(at(0), is_open=True), Span(at(200), at(201)), True),
        (Span(at(9), is_open=True), Span(at(0), at(9)), False),
        (Span(at(0)), Span(at(1), at(2)), False),  # end not recorded: the first moment only
        (Span(at(1)), Span(at(0), at(2)), True),
        (Span(at(1)), Span(at(1)), True),
        (Span(at(0), at(2)), Span(at(2), is_open=True), False),
    ],
)
def test_episodes_overlap_when_they_share_a_moment(one: Span, other: Span, *, share: bool) -> None:
    assert rules.overlaps(one, other) is share


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(moments)
    length = draw(st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=90))))
    if length is None:
        return Span(start, is_open=draw(st.booleans()))
    return Span(start, start + length)


@given(spans(), spans())
def test_overlap_does_not_depend_on_the_order(one: Span, other: Span) -> None:
    assert rules.overlaps(one, other) is rules.overlaps(other, one)


@given(spans())
def test_an_episode_overlaps_itself(one: Span) -> None:
    assert rules.overlaps(one, one)


@pytest.mark.parametrize(
    ("responsible", "host", "looked_after", "expected"),
    [
        (COUNTY, None, False, P.NOT_LOOKED_AFTER),
        (COUNTY, COUNTY, False, P.NOT_LOOKED_AFTER),
        (COUNTY, None, True, P.LOOKED_AFTER_HERE),
        (COUNTY, COUNTY, True, P.LOOKED_AFTER_HERE),
        (COUNTY, CITY, True, P.LOOKED_AFTER_ELSEWHERE),  # out of the responsible authority's area
        (COUNTY, AWAY, True, P.LOOKED_AFTER_ELSEWHERE),
        (COUNTY, AWAY, False, P.LOOKED_AFTER_ELSEWHERE),  # placed, whatever reached the record
        (AWAY, COUNTY, True, P.HOSTED),
        (AWAY, COUNTY, False, P.HOSTED),
        (AWAY, None, True, P.HOSTED),
        (AWAY, None, False, P.NOT_LOOKED_AFTER),
    ],
)
def test_every_child_is_in_one_of_four_populations(
    responsible: UUID, host: UUID | None, expected: object, *, looked_after: bool
) -> None:
    found = rules.population(
        responsible=responsible, host=host, looked_after=looked_after, partners=PARTNERS
    )

    assert found is expected


@pytest.mark.parametrize(
    ("returned", "born_on", "on", "expected"),
    [
        (False, date(2003, 5, 2), date(2021, 5, 1), True),
        (False, date(2003, 5, 2), date(2021, 5, 2), False),
        (False, date(2004, 2, 29), date(2022, 2, 28), True),
        (False, date(2004, 2, 29), date(2022, 3, 1), False),
        (False, None, date(2021, 5, 2), True),
        (True, date(2010, 1, 1), date(2019, 1, 1), False),
    ],
)
def test_an_episode_is_open_until_return_or_the_18th_birthday(
    born_on: date | None, on: date, expected: object, *, returned: bool
) -> None:
    adult_from = rules.adult_from(born_on, DatePrecision.DAY)
    assert rules.is_open(returned=returned, adult_from=adult_from, on=on) is expected


@given(
    st.dates(date(1996, 1, 1), date(2030, 1, 1)),
    st.sampled_from((DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)),
)
@example(date(2004, 2, 29), DatePrecision.DAY)
@example(date(2004, 2, 28), DatePrecision.DAY)
@example(date(2003, 2, 1), DatePrecision.MONTH)
@example(date(2004, 2, 1), DatePrecision.MONTH)
def test_an_open_episode_is_a_childs_until_the_18th_birthday(
    born_on: date, precision: DatePrecision
) -> None:
    grown = rules.adult_from(born_on, precision)
    assert grown is not None
    eve = grown - timedelta(days=1)

    # Another room counts ages by another way, for every page: both must agree on the day.
    ages = [age_on(born_on, precision, day) for day in (eve, grown)]
    opens = [rules.is_open(returned=False, adult_from=grown, on=day) for day in (eve, grown)]
    assert ages == [17, 18]
    assert opens == [True, False]


def test_open_duration_runs_to_now_or_to_the_return() -> None:
    assert rules.open_for(starts_at=at(0), ends_at=None, at=at(30)) == timedelta(hours=30)
    assert rules.open_for(starts_at=at(0), ends_at=at(2), at=at(30)) == timedelta(hours=2)


def test_a_return_known_by_its_day_alone_never_precedes_the_episode() -> None:
    started = on_the_wall("2019-07-01T15:00").astimezone(UTC)

    assert rules.first_moment_of(date(2019, 7, 1), not_before=started) == started
    assert rules.first_moment_of(date(2019, 7, 2), not_before=started) == on_the_wall(
        "2019-07-02T00:00"
    )


THREE_IN_30, THREE_IN_90 = RepeatRule(3, 30), RepeatRule(3, 90)


@pytest.mark.parametrize(
    ("days_ago", "fired"),
    [
        ([0, 10, 29], (THREE_IN_30, THREE_IN_90)),
        ([0, 10, 30], (THREE_IN_90,)),  # the window rolls: thirty days ago is outside it
        ([0, 10], ()),
        ([0, 45, 89], (THREE_IN_90,)),
        ([0, 45, 90], ()),
        ([-1, 0, 10], ()),  # what has not happened yet does not count
    ],
)
def test_repeats_are_counted_over_a_rolling_window(
    days_ago: list[int], fired: tuple[RepeatRule, ...]
) -> None:
    starts = [NOW - timedelta(days=days) for days in days_ago]

    assert rules.repeats(starts, at=NOW, rules=(THREE_IN_30, THREE_IN_90)) == fired


@given(
    st.lists(st.integers(-48, 120 * 24), max_size=12),
    st.lists(st.tuples(st.integers(2, 5), st.integers(1, 100)), max_size=4),
)
def test_repeats_equal_a_recount_hour_by_hour(
    hours_ago: list[int], wanted: list[tuple[int, int]]
) -> None:
    known = tuple(RepeatRule(episodes, days) for episodes, days in wanted)
    starts = [NOW - timedelta(hours=hours) for hours in hours_ago]
    begun = {hour: hours_ago.count(hour) for hour in range(100 * 24)}

    found = rules.repeats(starts, at=NOW, rules=known)

    assert found == tuple(
        rule
        for rule in known
        if sum(begun[hour] for hour in range(rule.days * 24)) >= rule.episodes
    )


def test_a_repeat_rule_says_itself_in_words() -> None:
    assert THREE_IN_30.words == "3 in 30 days"


@pytest.mark.parametrize(
    ("offered", "accepted", "held", "outstanding"),
    [
        (Answer.NOT_KNOWN, Answer.NOT_KNOWN, False, True),
        (Answer.YES, Answer.NOT_KNOWN, False, True),
        (Answer.YES, Answer.YES, False, True),
        (Answer.YES, Answer.YES, True, False),
        (Answer.YES, Answer.NO, False, False),
        (Answer.NOT_APPLICABLE, Answer.NOT_KNOWN, False, False),
        (Answer.NO, Answer.NOT_KNOWN, False, False),
    ],
)
def test_an_interview_is_outstanding_until_it_is_held_or_settled(
    offered: Answer, accepted: Answer, *, held: bool, outstanding: bool
) -> None:
    found = rules.interview_is_outstanding(offered=offered, accepted=accepted, held=held)

    assert found is outstanding
