"""Who may decide, allocate, answer and write; what the state of a record allows."""

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.work.cases import rules
from harbour.work.cases.models import Allocation, PlanAction
from harbour.work.cases.vocabulary import AllocationState


def check_can_grade(reader: Reader) -> None:
    """Refuse unless the reader's role decides grades."""
    access.check_may(reader, Permission.GRADING_DECIDE)


def check_can_offer(reader: Reader) -> None:
    """Refuse unless the reader's role allocates, or decides the grades that ask for it."""
    if not reader.may(Permission.GRADING_DECIDE):
        access.check_may(reader, Permission.ALLOCATION_OFFER)


def check_can_answer(reader: Reader, allocation: Allocation) -> None:
    """Refuse unless the allocation was offered to the reader and waits for an answer."""
    access.check_may(reader, Permission.ALLOCATION_ANSWER)
    if allocation.worker_id != reader.user_id:
        raise Refused("Only the person it was offered to can answer this allocation.")
    rules.check_transition(AllocationState(allocation.state), AllocationState.ACKNOWLEDGED)


def check_can_end(reader: Reader, allocation: Allocation) -> None:
    """Refuse unless the reader allocates and the allocation is open."""
    check_can_offer(reader)
    rules.check_transition(AllocationState(allocation.state), AllocationState.ENDED)


def check_can_plan(reader: Reader) -> None:
    """Refuse unless the reader's role edits plans."""
    access.check_may(reader, Permission.PLAN_EDIT)


def check_can_change(reader: Reader, action: PlanAction) -> None:
    """Refuse unless the reader edits plans and the action is still open."""
    check_can_plan(reader)
    if action.done_at is not None:
        raise Refused("This action is already done.")


def check_can_reopen(reader: Reader, action: PlanAction) -> None:
    """Refuse unless the reader edits plans and the action is done."""
    check_can_plan(reader)
    if action.done_at is None:
        raise Refused("This action is still open.")


def check_can_write_case(reader: Reader) -> None:
    """Refuse unless one of the reader's roles writes to the case part of a record."""
    if not any(Facet.CASE in role.writes for role in reader.roles):
        raise Refused("Your role reads this part of the record but does not write it.")


can_grade = permits(check_can_grade)
can_offer = permits(check_can_offer)
can_answer = permits(check_can_answer)
can_end = permits(check_can_end)
can_plan = permits(check_can_plan)
can_change = permits(check_can_change)
can_reopen = permits(check_can_reopen)
can_write_case = permits(check_can_write_case)
