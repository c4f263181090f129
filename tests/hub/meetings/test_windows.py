"""A meeting's window runs on from the last one: no gap, no overlap, and the database sees to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.meetings import actions, queries
from harbour.hub.meetings.models import Meeting
from tests.builders.meetings import ActingAs, Cast, a_meeting


def _written(last: Meeting, **columns: object) -> Meeting:
    moment = clock.now()
    known = {
        "authority_id": last.authority_id,
        "window_from": last.window_to,
        "window_to": moment,
        "previous": last,
        "chair_id": last.chair_id,
        "opened_at": moment,
        "recorded_at": moment,
        "recorded_by_id": last.chair_id,
    }
    return Meeting(**(known | columns))


def _a_closed_meeting(cast: Cast, as_user: ActingAs) -> Meeting:
    with as_user(cast.team_manager) as chair:
        meeting = a_meeting(chair, cast.county, at=clock.now() - timedelta(hours=1))
        actions.close_meeting(meeting=meeting, by=chair, at=clock.now())
    return meeting


def test_the_first_window_is_a_day_long(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        meeting = a_meeting(chair, cast.county)

    assert meeting.window_to - meeting.window_from == timedelta(hours=24)
    assert meeting.previous is None


def test_the_next_window_begins_where_the_last_one_ended(cast: Cast, as_user: ActingAs) -> None:
    last = _a_closed_meeting(cast, as_user)

    with as_user(cast.team_manager) as chair:
        following = a_meeting(chair, cast.county)

        assert following.window_from == last.window_to
        assert following.previous_id == last.pk
        assert queries.joined_to(chair, following) == following.window_from


def test_each_authority_has_windows_of_its_own(cast: Cast, as_user: ActingAs) -> None:
    _a_closed_meeting(cast, as_user)

    with as_user(cast.detective) as chair:
        meeting = a_meeting(chair, cast.city)

    assert meeting.previous is None


@pytest.mark.parametrize("minutes", [-1, 1])
def test_the_database_refuses_a_gap_and_an_overlap(
    cast: Cast, as_user: ActingAs, minutes: int
) -> None:
    last = _a_closed_meeting(cast, as_user)
    broken = _written(last, window_from=last.window_to + timedelta(minutes=minutes))

    with (
        as_user(cast.team_manager),
        pytest.raises(IntegrityError, match="begins where the last one ended"),
        transaction.atomic(),
    ):
        broken.save(force_insert=True)


def test_the_database_refuses_a_meeting_that_forgets_the_one_before(
    cast: Cast, as_user: ActingAs
) -> None:
    last = _a_closed_meeting(cast, as_user)

    with (
        as_user(cast.team_manager),
        pytest.raises(IntegrityError, match="follows the last one"),
        transaction.atomic(),
    ):
        _written(last, previous=None).save(force_insert=True)


def test_the_database_lets_nobody_move_a_window(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        meeting = a_meeting(chair, cast.county)

        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(window_to=clock.now())


def test_a_meeting_is_not_opened_while_another_is_open(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        a_meeting(chair, cast.county)

        with pytest.raises(Refused, match="Close it before"):
            a_meeting(chair, cast.county)


def test_a_window_ends_no_more_than_a_day_ahead(cast: Cast, as_user: ActingAs) -> None:
    moment = clock.now()

    with as_user(cast.team_manager) as chair, pytest.raises(Refused, match="a day from now"):
        a_meeting(chair, cast.county, at=moment, window_to=moment + timedelta(hours=25))


def test_only_a_chair_of_that_authority_opens_its_meeting(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.nurse) as nurse, pytest.raises(Refused, match="Your role does not allow"):
        a_meeting(nurse, cast.county)
    with as_user(cast.team_manager) as chair, pytest.raises(Refused, match="does not work for"):
        a_meeting(chair, cast.city)
