"""Offering a child to a worker, and the answer: what opens, what closes, what the ledger says."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.record.people import queries as people
from harbour.work.cases import actions, policy, queries
from harbour.work.cases.models import Allocation
from harbour.work.cases.vocabulary import AllocationRole, AllocationState
from tests.builders.cases import a_grading, an_offer
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
Unbound = Callable[[], AbstractContextManager[None]]


def _sees(as_user: AsUser, who: User, person_id: object) -> set[str]:
    with as_user(who) as reader:
        parts = ("identity", "contact", "missing", "case", "placement", "assessment", "sharing")
        return {part for part in parts if people.may_read(reader, person_id, part)}  # type: ignore[arg-type]  # a uuid


def test_an_offer_opens_what_the_worker_needs_and_no_more(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
    before = _sees(as_user, cast.youth_worker, child.pk)

    with as_user(cast.team_manager) as reader:
        an_offer(reader, child.pk, cast.youth_worker.pk)

    assert before == set()
    assert _sees(as_user, cast.youth_worker, child.pk) == {"identity", "contact", "missing", "case"}


def test_another_authoritys_social_worker_is_allocated_and_answers(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        an_offer(reader, child.pk, cast.neighbour.pk, AllocationRole.SOCIAL_WORKER)

    with as_user(cast.neighbour) as reader:
        (mine,) = queries.my_allocations(reader)
        row = queries.allocation(reader, mine.id)
        actions.acknowledge(allocation=row, seen_version=1, by=reader, at=clock.now())

    assert row.state == AllocationState.ACKNOWLEDGED
    assert "placement" in _sees(as_user, cast.neighbour, child.pk)


def test_the_answer_is_due_within_hours_where_the_risk_is_high(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    at = clock.now()
    with as_user(cast.team_manager) as reader:
        urgent, usual = a_child(reader, cast.county), a_child(reader, cast.county)
        a_grading(reader, urgent.pk, "high")
        a_grading(reader, usual.pk, "low")

        first = an_offer(reader, urgent.pk, cast.nurse.pk, AllocationRole.NURSE, at=at)
        second = an_offer(reader, usual.pk, cast.nurse.pk, AllocationRole.NURSE, at=at)

    assert first.acknowledge_by == at + timedelta(hours=4)
    assert second.acknowledge_by > at + timedelta(hours=4)


def test_the_same_worker_is_not_offered_twice_in_a_role(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.youth_worker.pk)
        with pytest.raises(Refused, match="already offered"):
            an_offer(reader, child.pk, cast.youth_worker.pk)

        with pytest.raises(IntegrityError), transaction.atomic():
            Allocation(
                person=child,
                role=offer.role,
                worker_id=offer.worker_id,
                offered_at=offer.offered_at,
                acknowledge_by=offer.acknowledge_by,
                recorded_at=offer.recorded_at,
                recorded_by_id=reader.user_id,
            ).save(force_insert=True)


def test_a_decline_needs_a_reason_and_closes_the_record_again(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.youth_worker.pk)

    with as_user(cast.youth_worker) as reader:
        row = queries.allocation(reader, offer.pk)
        with pytest.raises(Refused, match="why you cannot"):
            actions.decline(allocation=row, reason=" ", seen_version=1, by=reader, at=clock.now())
        actions.decline(
            allocation=row, reason="On leave.", seen_version=1, by=reader, at=clock.now()
        )

    assert _sees(as_user, cast.youth_worker, child.pk) == set()
    with as_user(cast.team_manager) as reader:
        (line,) = queries.allocations(reader, child.pk)
    assert (line.state, line.declined_reason) == (AllocationState.DECLINED, "On leave.")


def test_another_authoritys_decline_closes_the_record_too(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.neighbour.pk, AllocationRole.SOCIAL_WORKER)

    with as_user(cast.neighbour) as reader:
        row = queries.allocation(reader, offer.pk)
        actions.decline(
            allocation=row, reason="Case closed.", seen_version=1, by=reader, at=clock.now()
        )

    assert _sees(as_user, cast.neighbour, child.pk) == set()


def test_an_end_closes_what_the_offer_opened(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.youth_worker.pk)
        row = queries.allocation(reader, offer.pk)
        actions.end_allocation(
            allocation=row, reason="Work done.", seen_version=1, by=reader, at=clock.now()
        )

        assert not queries.allocations(reader, child.pk, open_only=True)
    assert _sees(as_user, cast.youth_worker, child.pk) == set()


def test_nobody_answers_for_another(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.youth_worker.pk)
        row = queries.allocation(reader, offer.pk)

        assert not policy.can_answer(reader, row)
        with pytest.raises(Refused, match="Only the person it was offered to"):
            actions.acknowledge(allocation=row, seen_version=1, by=reader, at=clock.now())


def test_an_answer_is_given_once(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.youth_worker.pk)

    with as_user(cast.youth_worker) as reader:
        row = queries.allocation(reader, offer.pk)
        actions.acknowledge(allocation=row, seen_version=1, by=reader, at=clock.now())
        with pytest.raises(Refused, match="is acknowledged"):
            actions.decline(
                allocation=row, reason="Too late.", seen_version=2, by=reader, at=clock.now()
            )


def test_an_answer_to_an_offer_that_changed_is_a_conflict(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.youth_worker.pk)

    with as_user(cast.youth_worker) as reader:
        stale = queries.allocation(reader, offer.pk)
        fresh = queries.allocation(reader, offer.pk)
        actions.acknowledge(allocation=fresh, seen_version=1, by=reader, at=clock.now())
        with pytest.raises(Conflict):
            actions.acknowledge(allocation=stale, seen_version=1, by=reader, at=clock.now())


@pytest.mark.parametrize("who", ["nurse", "youth_justice", "out_of_hours", "analyst"])
def test_only_those_who_allocate_offer(cast: SimpleNamespace, as_user: AsUser, who: str) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

    with as_user(getattr(cast, who)) as reader, pytest.raises(Refused, match="can be done by"):
        an_offer(reader, child.pk, cast.youth_worker.pk)


@pytest.mark.parametrize("who", ["detective", "panel_chair", "coordinator"])
def test_those_who_decide_or_coordinate_offer(
    cast: SimpleNamespace, as_user: AsUser, who: str
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

    with as_user(getattr(cast, who)) as reader:
        an_offer(reader, child.pk, cast.youth_worker.pk)

    with as_user(cast.youth_worker) as reader:
        assert [each.person_id for each in queries.my_allocations(reader)] == [child.pk]


def test_an_offer_to_somebody_unfit_or_unknown_is_refused(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        with pytest.raises(Refused, match="does not work as a youth worker"):
            an_offer(reader, child.pk, cast.director.pk)
        with pytest.raises(Missing):
            an_offer(reader, child.pk, child.pk)


def test_only_late_answers_of_the_authoritys_own_children_go_to_its_meeting(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    at = clock.now()
    with as_user(cast.team_manager) as reader:
        late, fresh = a_child(reader, cast.county), a_child(reader, cast.county)
        an_offer(reader, late.pk, cast.nurse.pk, AllocationRole.NURSE, at=at - timedelta(days=9))
        an_offer(reader, fresh.pk, cast.nurse.pk, AllocationRole.NURSE, at=at)

        county = queries.unacknowledged(reader, cast.county.pk, at)
        city = queries.unacknowledged(reader, cast.city.pk, at)
        waiting = queries.offered_for(reader, cast.county.pk)

    assert [each.person_id for each in county] == [late.pk]
    assert city == ()
    assert {each.person_id for each in waiting} == {late.pk, fresh.pk}


def test_candidates_work_for_the_authority_unless_they_work_anywhere(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        social_workers = {
            each.user_id
            for each in queries.candidates(
                reader, AllocationRole.SOCIAL_WORKER, authority_id=cast.county.pk
            )
        }
        youth_workers = queries.candidates(
            reader, AllocationRole.YOUTH_WORKER, authority_id=cast.county.pk
        )

    assert {cast.front_door.pk, cast.team_manager.pk, cast.neighbour.pk} <= social_workers
    assert cast.city_front_door.pk not in social_workers
    assert cast.youth_worker.pk in {each.user_id for each in youth_workers}


def test_each_step_stands_in_the_ledger(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        offer = an_offer(reader, child.pk, cast.youth_worker.pk)
    with as_user(cast.youth_worker) as reader:
        row = queries.allocation(reader, offer.pk)
        actions.acknowledge(allocation=row, seen_version=1, by=reader, at=clock.now())
    with as_user(cast.team_manager) as reader:
        row = queries.allocation(reader, offer.pk)
        actions.end_allocation(allocation=row, reason="", seen_version=2, by=reader, at=clock.now())

    with unbound():
        told = Entry.objects.filter(about_id=offer.pk).order_by("at")
        found = [(each.event, each.actor_id) for each in told]
    assert found == [
        ("cases.allocation_offered", cast.team_manager.pk),
        ("cases.allocation_acknowledged", cast.youth_worker.pk),
        ("cases.allocation_ended", cast.team_manager.pk),
    ]
