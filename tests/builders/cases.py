"""Small builders of what is decided about a child and done for them."""

from datetime import date, datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.work.cases import actions
from harbour.work.cases.models import Allocation, ChildVoice, Grading, Note, PlanAction
from harbour.work.cases.vocabulary import AllocationRole, HarmStatus, HarmWhen, PlanKind


def a_decision(grade: str = "medium", **said: object) -> actions.Decision:
    """Return a decision with a rationale; suspected current harm unless said otherwise."""
    known: dict[str, object] = {
        "harm": HarmStatus.SUSPECTED,
        "harm_when": HarmWhen.CURRENT,
        "concerns": ("cce",),
        "outside_meeting_reason": "Seen at night; the next meeting is two days away.",
        "rationale": "New phone, new trainers, seen at the station with older boys.",
    }
    return actions.Decision(grade=grade, **(known | said))  # type: ignore[arg-type]  # mixed columns


def a_grading(
    by: Reader,
    person_id: UUID,
    grade: str = "medium",
    *,
    at: datetime | None = None,
    **said: object,
) -> Grading:
    """Record a grading; a high one says why nobody is allocated."""
    if grade == "high":
        said.setdefault("unallocated_reason", "To be allocated at the next meeting.")
    return actions.record_grading(
        person_id=person_id, decision=a_decision(grade, **said), by=by, at=at or clock.now()
    )


def an_offer(
    by: Reader,
    person_id: UUID,
    worker_id: UUID,
    role: AllocationRole = AllocationRole.YOUTH_WORKER,
    *,
    at: datetime | None = None,
) -> Allocation:
    """Offer a child to a worker."""
    offer = actions.Offer(role=role, worker_id=worker_id)
    return actions.offer_allocation(person_id=person_id, offer=offer, by=by, at=at or clock.now())


def a_plan_action(
    by: Reader, person_id: UUID, owner_id: UUID, *, due_on: date = date(2031, 5, 1)
) -> PlanAction:
    """Add an action to a child's plan."""
    planned = actions.Planned(
        kind=PlanKind.SAFETY,
        text="Agree a safe way home from school",
        owner_id=owner_id,
        due_on=due_on,
    )
    return actions.add_plan_action(person_id=person_id, planned=planned, by=by, at=clock.now())


def a_note(by: Reader, person_id: UUID, text: str = "Phoned home; all well.") -> Note:
    """Add a note."""
    at = clock.now()
    return actions.add_note(person_id=person_id, text=text, noted_at=at, by=by, at=at)


def a_child_voice(
    by: Reader, person_id: UUID, words: str = "I want to stay at my nan's."
) -> ChildVoice:
    """Write down what the child said."""
    at = clock.now()
    return actions.record_child_voice(
        person_id=person_id, words=words, said_on=clock.london_date(at), by=by, at=at
    )
