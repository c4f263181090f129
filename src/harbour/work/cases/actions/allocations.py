"""Offer a child to a worker, and write down their answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access import queries as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.record.people import actions as people
from harbour.record.people.vocabulary import Audience, Basis
from harbour.work.cases import policy, queries, rules
from harbour.work.cases.models import Allocation, Grading
from harbour.work.cases.vocabulary import AllocationRole, AllocationState


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A worker for a role."""

    role: AllocationRole
    worker_id: UUID


@transaction.atomic
def offer_allocation(
    *, person_id: UUID, offer: Offer, grading: Grading | None = None, by: Reader, at: datetime
) -> Allocation:
    """Offer a child to a worker, open to them what the role needs, and start the clock.

    Until they acknowledge, nobody is allocated. `grading` is the decision that asked for it; where
    there is none, the child's newest grading says how urgent the answer is.
    """
    policy.check_can_offer(by, person_id)
    worker = access.reader_for(offer.worker_id)
    rules.check_fits(offer.role, {each.code for each in worker.roles})
    present = queries.allocations(by, person_id, open_only=True)
    if any((each.worker_id, each.role) == (offer.worker_id, offer.role) for each in present):
        raise Refused(f"{worker.name} is already offered or allocated in this role.")
    allocation = Allocation(
        person_id=person_id,
        role=offer.role,
        worker_id=offer.worker_id,
        state=AllocationState.OFFERED,
        offered_at=at,
        acknowledge_by=rules.acknowledge_by(
            offered_at=at, urgent=_is_urgent(by, person_id, grading)
        ),
        grading=grading,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    allocation.save(force_insert=True)
    people.give_standing(
        person_id=person_id,
        audience=Audience.USER.of(offer.worker_id),
        basis=Basis.ALLOCATED,
        facets=rules.FACETS_OF_ROLE[offer.role],
        because_id=allocation.id,
        by=by,
        at=at,
    )
    _remember("cases.allocation_offered", allocation, by=by, at=at, act=Act.DISCLOSE)
    return allocation


@transaction.atomic
def acknowledge(*, allocation: Allocation, seen_version: int, by: Reader, at: datetime) -> None:
    """Take the child on: from now on the worker is allocated."""
    policy.check_can_answer(by, allocation)
    update_versioned(
        allocation,
        seen_version=seen_version,
        state=AllocationState.ACKNOWLEDGED,
        answered_at=at,
    )
    _remember("cases.allocation_acknowledged", allocation, by=by, at=at)


@transaction.atomic
def decline(
    *, allocation: Allocation, reason: str, seen_version: int, by: Reader, at: datetime
) -> None:
    """Say no with a reason; what was opened for this offer closes again."""
    policy.check_can_answer(by, allocation)
    if not reason.strip():
        raise Refused("Write down why you cannot take this child on.")
    update_versioned(
        allocation,
        seen_version=seen_version,
        state=AllocationState.DECLINED,
        answered_at=at,
        declined_reason=reason.strip(),
    )
    _remember("cases.allocation_declined", allocation, by=by, at=at)
    people.end_standings(person_id=allocation.person_id, because_id=allocation.id, by=by, at=at)


@transaction.atomic
def end_allocation(
    *, allocation: Allocation, reason: str, seen_version: int, by: Reader, at: datetime
) -> None:
    """End an offer or an allocation; what was opened for it closes."""
    policy.check_can_end(by, allocation)
    update_versioned(
        allocation,
        seen_version=seen_version,
        state=AllocationState.ENDED,
        ended_at=at,
        ended_by_id=by.user_id,
        ended_reason=reason.strip(),
    )
    _remember("cases.allocation_ended", allocation, by=by, at=at)
    people.end_standings(person_id=allocation.person_id, because_id=allocation.id, by=by, at=at)


def _is_urgent(by: Reader, person_id: UUID, grading: Grading | None) -> bool:
    if grading is not None:
        return rules.is_gravest(rules.read_scale(grading.scale.grades), grading.grade)
    newest = queries.current_grading(by, person_id)
    return newest is not None and rules.is_gravest(queries.grades(), newest.grade)


def _remember(
    event: str, allocation: Allocation, *, by: Reader, at: datetime, act: Act = Act.ALTER
) -> None:
    audit.record(
        act,
        event,
        by=by,
        at=at,
        subjects=[allocation.person_id],
        groups=[Facet.CASE],
        about=allocation,
        detail={"role": allocation.role, "to": str(allocation.worker_id)},
    )
