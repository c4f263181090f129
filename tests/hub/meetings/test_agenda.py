"""The agenda builds itself from the window: one item a child, with every reason."""

from datetime import timedelta

from harbour.foundation.kernel import clock
from harbour.hub.meetings import actions, queries
from harbour.hub.meetings.vocabulary import Group
from harbour.work.cases.vocabulary import AllocationRole
from harbour.work.referrals.vocabulary import Decision
from tests.builders.cases import an_offer
from tests.builders.meetings import (
    ActingAs,
    Cast,
    a_child_sent_to_the_meeting,
    a_meeting,
    carried_over,
    decided,
    the_item,
)
from tests.builders.missing import a_return, an_episode
from tests.builders.people import a_child
from tests.builders.referrals import a_concern, a_decision, a_link


def test_every_kind_of_news_puts_its_child_on_the_agenda(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        gone = a_child(chair, cast.county, given="Gone")
        an_episode(chair, gone.pk, hours=5)
        back = a_child(chair, cast.county, given="Back")
        a_return(chair, an_episode(chair, back.pk, hours=9), hours=1)
        sent = a_child_sent_to_the_meeting(chair, cast.county, given="Sent")
        watched = a_child(chair, cast.county, given="Watched")
        concern = a_concern(chair, cast.county)
        a_link(chair, concern, watched.pk)
        a_decision(chair, concern, Decision.NO_FURTHER_ACTION)
        a_link(chair, a_concern(chair, cast.county), watched.pk)
        offered = a_child(chair, cast.county, given="Offered")
        an_offer(chair, offered.pk, cast.detective.pk, AllocationRole.DETECTIVE,
                 at=clock.now() - timedelta(days=7))  # fmt: skip

        meeting = a_meeting(chair, cast.county)

        groups = {each.person_id: each.group for each in queries.items(chair, meeting.pk)}
    assert groups == {
        gone.pk: Group.MISSING_NOW,
        back.pk: Group.RETURNED,
        sent.pk: Group.NEW_CONCERN,
        watched.pk: Group.RESURFACED,
        offered.pk: Group.NOT_ACKNOWLEDGED,
    }


def test_a_child_stands_once_with_all_reasons_in_the_most_pressing_group(
    cast: Cast, as_user: ActingAs
) -> None:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county)
        an_episode(chair, child.pk)

        item = the_item(chair, a_meeting(chair, cast.county), child)

    assert item.group == Group.MISSING_NOW
    assert [each["kind"] for each in item.reasons] == ["missing", "referral"]


def test_the_agenda_is_taken_in_the_order_of_its_groups(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        sent = a_child_sent_to_the_meeting(chair, cast.county)
        meeting = a_meeting(chair, cast.county, window_to=clock.now() + timedelta(hours=1))
        gone = a_child(chair, cast.county)
        an_episode(chair, gone.pk)
        actions.refresh_agenda(meeting=meeting, by=chair, at=clock.now())

        order = [each.person_id for each in queries.items(chair, meeting.pk)]
    assert order == [gone.pk, sent.pk]


def test_bringing_up_to_date_only_adds(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county)
        meeting = a_meeting(chair, cast.county, window_to=clock.now() + timedelta(hours=1))
        an_episode(chair, child.pk)

        assert actions.refresh_agenda(meeting=meeting, by=chair, at=clock.now()) == 0
        assert actions.refresh_agenda(meeting=meeting, by=chair, at=clock.now()) == 0

        item = the_item(chair, meeting, child)
    assert item.group == Group.MISSING_NOW
    assert [each["kind"] for each in item.reasons] == ["referral", "missing"]


def test_what_belongs_to_the_last_window_is_not_taken_twice(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county)
        meeting = a_meeting(chair, cast.county)
        decided(chair, the_item(chair, meeting, child))
        actions.close_meeting(meeting=meeting, by=chair, at=clock.now())

        following = a_meeting(chair, cast.county)

        assert queries.items(chair, following.pk) == ()


def test_a_child_carried_over_is_on_the_next_agenda_with_the_reason(
    cast: Cast, as_user: ActingAs
) -> None:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county)
        meeting = a_meeting(chair, cast.county)
        carried_over(chair, the_item(chair, meeting, child))
        actions.close_meeting(meeting=meeting, by=chair, at=clock.now())

        item = the_item(chair, a_meeting(chair, cast.county), child)

    assert item.group == Group.NEW_CONCERN
    assert item.reasons[0]["sentence"].endswith("School has not answered yet.")


def test_no_reason_names_the_child(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county, given="Amara", family="Quill")
        an_episode(chair, child.pk)

        item = the_item(chair, a_meeting(chair, cast.county), child)

    said = " ".join(each["sentence"] for each in item.reasons)
    assert "Amara" not in said
    assert "Quill" not in said


def test_another_authoritys_child_is_not_on_the_agenda(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.city_front_door) as worker:
        a_child_sent_to_the_meeting(worker, cast.city)

    with as_user(cast.detective) as chair:
        assert queries.items(chair, a_meeting(chair, cast.county).pk) == ()
        assert len(queries.items(chair, a_meeting(chair, cast.city).pk)) == 1
