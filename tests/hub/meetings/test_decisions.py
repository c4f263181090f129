"""One decision with rationale and dissent: grading, offers and actions stand or fall together."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.hub.meetings import actions, policy, queries
from harbour.hub.meetings.models import AgencyView, Item, Meeting, Superseded
from harbour.hub.meetings.vocabulary import Outcome
from harbour.work.cases import actions as cases
from harbour.work.cases.actions import Dissent, Offer, Planned
from harbour.work.cases.models import Allocation, Grading, PlanAction
from harbour.work.cases.vocabulary import AllocationRole, PlanKind
from tests.builders.meetings import (
    ActingAs,
    Cast,
    Unbound,
    a_child_sent_to_the_meeting,
    a_meeting,
    a_verdict,
    a_view,
    carried_over,
    decided,
    opened_views,
    the_item,
)


@pytest.fixture
def item(cast: Cast, as_user: ActingAs) -> Item:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county)
        return the_item(chair, a_meeting(chair, cast.county), child)


def _whole_verdict(cast: Cast, *, owner: object) -> actions.Verdict:
    return a_verdict(
        "high",
        offers=(
            Offer(role=AllocationRole.DETECTIVE, worker_id=cast.detective.pk),
            Offer(role=AllocationRole.SOCIAL_WORKER, worker_id=cast.front_door.pk),
        ),
        plan=(
            Planned(
                kind=PlanKind.SAFETY,
                text="Agree a safe way home",
                owner_id=owner,  # type: ignore[arg-type]  # a stranger's id in one test
                due_on=date(2031, 5, 1),
            ),
        ),
    )


def test_a_decision_writes_grading_offers_and_actions(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        done = decided(chair, item, _whole_verdict(cast, owner=cast.nurse.pk))

        grading = Grading.objects.get(person=item.person_id)
        offered = Allocation.objects.filter(person=item.person_id, grading=grading)
        assert done.grading_id == grading.pk
        assert grading.meeting_id == item.meeting_id
        assert {each.role for each in offered} == {"detective", "social_worker"}
        assert PlanAction.objects.get(person=item.person_id).owner_id == cast.nurse.pk


def test_a_decision_that_fails_half_way_leaves_nothing(
    cast: Cast, as_user: ActingAs, unbound: Unbound, item: Item
) -> None:
    nobody = cast.county.pk
    with as_user(cast.team_manager) as chair:
        opened = opened_views(chair, item)
        with pytest.raises(Refused, match="somebody who works in the hub"):
            decided(chair, opened, _whole_verdict(cast, owner=nobody))

    with unbound():
        assert not Grading.objects.filter(person=item.person_id).exists()
        assert not Allocation.objects.filter(person=item.person_id).exists()
        assert not PlanAction.objects.filter(person=item.person_id).exists()
        assert Item.objects.get(pk=item.pk).decided_at is None
        assert not Entry.objects.filter(event="meetings.decided").exists()


def test_the_minutes_keep_what_was_settled_whatever_becomes_of_it(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        done = decided(chair, item, _whole_verdict(cast, owner=cast.nurse.pk))
        action = PlanAction.objects.get(person=item.person_id)
        cases.change_plan_action(
            action=action,
            planned=Planned(
                kind=PlanKind.SAFETY,
                text="Something else",
                owner_id=cast.detective.pk,
                due_on=date(2031, 6, 1),
            ),
            seen_version=action.version,
            by=chair,
            at=clock.now(),
        )

        assert queries.item(chair, done.pk).settled == [
            ["Offered, detective", "Owen Pryce, Detective"],
            ["Offered, social worker", "Sam Whitlock, Front-door social worker, county"],
            ["Action", "Agree a safe way home (Grace Okoro, by Thu 1 May 2031)"],
        ]


def test_dissent_is_kept_with_its_agency(cast: Cast, as_user: ActingAs, item: Item) -> None:
    verdict = a_verdict()
    dissent = Dissent(agency=cast.police.name, view="high", reason="Named in two reports.")
    verdict = actions.Verdict(
        decision=type(verdict.decision)(**{**vars(verdict.decision), "dissent": (dissent,)})
    )

    with as_user(cast.team_manager) as chair:
        decided(chair, item, verdict)

        assert Grading.objects.get(person=item.person_id).dissent == [
            {"agency": cast.police.name, "view": "high", "reason": "Named in two reports."}
        ]


def test_no_grade_is_decided_before_the_views_are_opened(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair, pytest.raises(Refused, match="Open the views first"):
        actions.decide(
            item=item, verdict=a_verdict(), seen_version=item.version, by=chair, at=clock.now()
        )


def test_a_later_decision_replaces_the_first_and_both_are_kept(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        first = decided(chair, item, a_verdict("medium"))
        second = decided(chair, queries.item(chair, item.pk), a_verdict("low"))

        kept = queries.superseded(chair, [item.pk])[item.pk]
        assert [each.grading_id for each in kept] == [first.grading_id]
        assert second.grading_id != first.grading_id
        assert Grading.objects.filter(person=item.person_id).count() == 2


def test_the_database_lets_nobody_take_a_decision_back(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        done = decided(chair, item)

        with pytest.raises(Exception, match="not taken back"), transaction.atomic():
            Item.objects.filter(pk=done.pk).update(
                decided_at=None, decided_by=None, decision="", grading=None
            )


def test_who_decides_second_without_reading_is_told_of_the_first(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        seen = opened_views(chair, item)
        decided(chair, queries.item(chair, item.pk))

    with as_user(cast.detective) as detective, pytest.raises(Conflict):
        actions.decide(
            item=queries.item(detective, item.pk),
            verdict=a_verdict("low"),
            seen_version=seen.version,
            by=detective,
            at=clock.now(),
        )


@pytest.mark.parametrize("outcome", [Outcome.NO_CHANGE, Outcome.NEXT_MEETING])
def test_a_child_is_left_ungraded_only_with_a_reason(
    cast: Cast, as_user: ActingAs, item: Item, outcome: Outcome
) -> None:
    with as_user(cast.team_manager) as chair:
        seen = opened_views(chair, item)

        with pytest.raises(Refused, match="Write down why"):
            actions.decide_without_grade(
                item=seen,
                outcome=outcome,
                reason=" ",
                seen_version=seen.version,
                by=chair,
                at=clock.now(),
            )


def test_who_does_not_decide_grades_decides_nothing(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.nurse) as nurse, pytest.raises(Refused):
        carried_over(nurse, item)


# Closing


def _meeting(item: Item, by: object) -> Meeting:
    return queries.meeting(by, item.meeting_id)  # type: ignore[arg-type]  # a reader


def test_a_meeting_does_not_close_over_an_undecided_child(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        with pytest.raises(Refused, match="1 child is not decided yet"):
            actions.close_meeting(meeting=_meeting(item, chair), by=chair, at=clock.now())
        with pytest.raises(Exception, match="every child is decided"), transaction.atomic():
            Meeting.objects.filter(pk=item.meeting_id).update(
                closed_at=clock.now(), closed_by=chair.user_id
            )


def test_a_closed_meeting_stays_as_it_is(cast: Cast, as_user: ActingAs, item: Item) -> None:
    with as_user(cast.team_manager) as chair:
        done = decided(chair, item)
        actions.close_meeting(meeting=_meeting(item, chair), by=chair, at=clock.now())

        with pytest.raises(Refused, match="minutes stay as they are"):
            decided(chair, done)
        assert not Item.objects.filter(pk=item.pk).update(decision_reason="Changed.")
        assert not Meeting.objects.filter(pk=item.meeting_id).update(chair=cast.detective)
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Item(
                meeting_id=item.meeting_id,
                person_id=item.person_id,
                group=item.group,
                recorded_at=clock.now(),
                recorded_by_id=chair.user_id,
            ).save(force_insert=True)


def test_a_view_that_was_never_opened_stays_as_it_was_after_the_close(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.nurse) as nurse:
        a_view(nurse, item)
    with as_user(cast.team_manager) as chair:
        carried_over(chair, item)
        actions.close_meeting(meeting=_meeting(item, chair), by=chair, at=clock.now())

    with as_user(cast.nurse) as nurse:
        with pytest.raises(Refused, match="minutes stay as they are"):
            a_view(nurse, queries.item(nurse, item.pk))
        assert not AgencyView.objects.filter(item=item).update(grade="low")
    with as_user(cast.team_manager):
        assert not AgencyView.objects.filter(item=item).exists()


def test_a_replaced_decision_is_for_the_partnership_alone_and_for_an_open_meeting(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        decided(chair, item)
        decided(chair, queries.item(chair, item.pk), a_verdict("low"))
        kept = queries.superseded(chair, [item.pk])[item.pk][0]
        actions.close_meeting(meeting=_meeting(item, chair), by=chair, at=clock.now())

        kept.pk = uuid4()
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            kept.save(force_insert=True)
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Superseded.objects.filter(item=item).update(decision_reason="Changed.")
    for member in (cast.city_front_door, cast.school_lead, cast.director, cast.records_officer):
        with as_user(member):
            assert not Superseded.objects.exists()


def test_a_meeting_does_not_close_before_its_window_ends(cast: Cast, as_user: ActingAs) -> None:
    moment = clock.now()
    with as_user(cast.team_manager) as chair:
        meeting = a_meeting(chair, cast.county, window_to=moment + timedelta(hours=1))

        with pytest.raises(Refused, match="has not ended yet"):
            actions.close_meeting(meeting=meeting, by=chair, at=clock.now())


def test_only_agencies_with_a_seat_are_recorded_as_present(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair, pytest.raises(Refused, match="no seat"):
        actions.record_attendance(
            meeting=_meeting(item, chair),
            came=[actions.Came(agency_id=cast.school.pk, present=True)],
            by=chair,
            at=clock.now(),
        )


def test_attendance_is_corrected_while_the_meeting_is_open(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        for present in (False, True):
            actions.record_attendance(
                meeting=_meeting(item, chair),
                came=[actions.Came(agency_id=cast.police.pk, present=present)],
                by=chair,
                at=clock.now(),
            )

        rows = queries.attendance(chair, item.meeting_id)
    assert [each.present for each in rows.values()] == [True]


def test_who_belongs_to_no_agency_speaks_for_none(cast: Cast, as_user: ActingAs) -> None:
    with as_user(cast.nurse) as nurse, pytest.raises(Refused, match="no role in any agency"):
        policy.seat_of(replace(nurse, agency_id=None))


def test_every_deed_of_a_meeting_is_remembered(
    cast: Cast, as_user: ActingAs, unbound: Unbound, item: Item
) -> None:
    with as_user(cast.team_manager) as chair:
        meeting = _meeting(item, chair)
        actions.record_attendance(
            meeting=meeting,
            came=[actions.Came(agency_id=cast.police.pk, present=True, who="Owen Pryce")],
            by=chair,
            at=clock.now(),
        )
        actions.show_in_room(item=item, by=chair, at=clock.now())
        decided(chair, item)
        actions.close_meeting(meeting=_meeting(item, chair), by=chair, at=clock.now())

    with unbound():
        written = set(
            Entry.objects.filter(event__startswith="meetings.").values_list("event", flat=True)
        )
    assert written == {
        "meetings.opened",
        "meetings.attendance_recorded",
        "meetings.room_turned",
        "meetings.views_opened",
        "meetings.decided",
        "meetings.closed",
    }
