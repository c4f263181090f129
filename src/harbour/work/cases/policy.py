"""Who may decide, allocate, answer and write; what the state of a record allows."""

from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Missing, Refused, permits
from harbour.record.people import queries as people
from harbour.work.cases import rules
from harbour.work.cases.models import Allocation, PlanAction
from harbour.work.cases.vocabulary import AllocationState

READS_ONLY = "You may read this part of the record, but not write in it."


def check_can_write_case(reader: Reader, person_id: UUID) -> None:
    """Refuse unless the reader writes to the case part of this child's record."""
    if people.may_write(reader, person_id, Facet.CASE):
        return
    if not people.may_read(reader, person_id, Facet.CASE):
        raise Missing
    raise Refused(READS_ONLY)


def check_can_grade(reader: Reader, person_id: UUID) -> None:
    """Refuse unless the reader's role decides grades and writes to this record."""
    access.check_may(reader, Permission.GRADING_DECIDE)
    check_can_write_case(reader, person_id)


def check_can_offer(reader: Reader, person_id: UUID) -> None:
    """Refuse unless the reader's role allocates, or decides the grades that ask for it."""
    if not reader.may(Permission.GRADING_DECIDE):
        access.check_may(reader, Permission.ALLOCATION_OFFER)
    check_can_write_case(reader, person_id)


def check_can_answer(reader: Reader, allocation: Allocation) -> None:
    """Refuse unless the allocation was offered to the reader and waits for an answer."""
    access.check_may(reader, Permission.ALLOCATION_ANSWER)
    if allocation.worker_id != reader.user_id:
        raise Refused("Only the person it was offered to can answer this allocation.")
    rules.check_transition(AllocationState(allocation.state), AllocationState.ACKNOWLEDGED)


def check_can_end(reader: Reader, allocation: Allocation) -> None:
    """Refuse unless the reader allocates and the allocation is open."""
    check_can_offer(reader, allocation.person_id)
    rules.check_transition(AllocationState(allocation.state), AllocationState.ENDED)


def check_can_plan(reader: Reader, person_id: UUID) -> None:
    """Refuse unless the reader's role edits plans and writes to this record."""
    access.check_may(reader, Permission.PLAN_EDIT)
    check_can_write_case(reader, person_id)


def check_can_change(reader: Reader, action: PlanAction) -> None:
    """Refuse unless the reader edits this plan and the action is still open."""
    check_can_plan(reader, action.person_id)
    if action.done_at is not None:
        raise Refused("This action is already done.")


def check_can_reopen(reader: Reader, action: PlanAction) -> None:
    """Refuse unless the reader edits this plan and the action is done."""
    check_can_plan(reader, action.person_id)
    if action.done_at is None:
        raise Refused("This action is still open.")


can_grade = permits(check_can_grade)
can_offer = permits(check_can_offer)
can_answer = permits(check_can_answer)
can_end = permits(check_can_end)
can_plan = permits(check_can_plan)
can_change = permits(check_can_change)
can_reopen = permits(check_can_reopen)
can_write_case = permits(check_can_write_case)
