"""Write down what was decided about a child."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import events
from harbour.work.cases import policy, queries, rules
from harbour.work.cases.actions.allocations import Offer, offer_allocation
from harbour.work.cases.models import GradeScale, Grading
from harbour.work.cases.queries import Dissent
from harbour.work.cases.vocabulary import HarmStatus, HarmWhen


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided: harm and risk apart, why, and who saw it differently."""

    grade: str
    harm: HarmStatus
    harm_when: HarmWhen = HarmWhen.NOT_APPLICABLE
    concerns: tuple[str, ...] = ()
    rationale: str
    dissent: tuple[Dissent, ...] = ()
    unallocated_reason: str = ""
    outside_meeting_reason: str = ""


@transaction.atomic
def record_grading(
    *,
    person_id: UUID,
    decision: Decision,
    offers: Sequence[Offer] = (),
    meeting_id: UUID | None = None,
    by: Reader,
    at: datetime,
) -> Grading:
    """Write a grading, offer the workers who go with it, and set the day of the next review.

    A grade whose roles are not filled by workers already allocated or by `offers` is refused,
    unless the decision says why nobody is allocated; so is one decided outside a meeting, unless
    it says why.
    """
    policy.check_can_grade(by, person_id)
    rules.check_rationale(decision.rationale)
    rules.check_harm(decision.harm, decision.harm_when)
    rules.check_where_decided(
        in_meeting=meeting_id is not None, reason=decision.outside_meeting_reason
    )
    scale = queries.scale_in_use()
    grade = rules.grade_of(rules.read_scale(scale.grades), decision.grade)
    present = queries.allocations(by, person_id, open_only=True)
    filled = {each.role for each in present} | {each.role for each in offers}
    rules.check_needs_are_met(grade, filled=filled, reason=decision.unallocated_reason)
    grading = _grading(person_id, decision, scale, meeting_id, by, at)
    grading.save(force_insert=True)
    audit.record(
        Act.COLLECT,
        "cases.grading_recorded",
        by=by,
        at=at,
        subjects=[person_id],
        groups=[Facet.CASE],
        about=grading,
        detail={"grade": grade.code, "harm": decision.harm, "in_meeting": meeting_id is not None},
    )
    for offer in offers:
        offer_allocation(person_id=person_id, offer=offer, grading=grading, by=by, at=at)
    events.publish(
        events.Touched(
            children=(person_id,),
            source="grading",
            source_id=grading.id,
            reason="The same child was graded.",
            at=at,
            by_id=by.user_id,
        )
    )
    return grading


def _grading(
    person_id: UUID,
    decision: Decision,
    scale: GradeScale,
    meeting_id: UUID | None,
    by: Reader,
    at: datetime,
) -> Grading:
    return Grading(
        person_id=person_id,
        scale=scale,
        grade=decision.grade,
        harm=decision.harm,
        harm_when=decision.harm_when,
        concerns=list(decision.concerns),
        rationale=decision.rationale.strip(),
        dissent=[asdict(each) for each in decision.dissent],
        unallocated_reason=decision.unallocated_reason.strip(),
        outside_meeting_reason=decision.outside_meeting_reason.strip(),
        decided_at=at,
        review_on=rules.review_on(at),
        meeting_id=meeting_id,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
