"""Decide on a concern, pass it on, answer the referrer."""

from datetime import datetime

from django.db import connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.work.referrals import policy, queries, rules
from harbour.work.referrals.actions import news, watching
from harbour.work.referrals.models import Referral
from harbour.work.referrals.vocabulary import Decision, Status


@transaction.atomic
def decide(
    *,
    referral: Referral,
    seen_version: int,
    decision: Decision,
    reason: str,
    by: Reader,
    at: datetime,
) -> None:
    """Record the screening decision with its reason; no further action begins a watch."""
    policy.check_can_decide(by, referral)
    linked = tuple(queries.linked_people(referral.pk))
    policy.check_decision_has_grounds(decision=decision, reason=reason, linked=len(linked))
    update_versioned(
        referral,
        seen_version=seen_version,
        status=Status.SCREENED,
        decision=decision,
        decision_reason=reason.strip(),
        decided_at=at,
        decided_by_id=by.user_id,
    )
    late = rules.is_late(due_on=referral.screening_due_on, day=london_date(at))
    audit.record(
        Act.ALTER,
        "referrals.decided",
        subjects=linked,
        groups=["referral"],
        about=referral,
        detail={"decision": str(decision), "late": late},
        by=by,
        at=at,
    )
    children = queries.described_children(referral.pk)
    news.touch(referral, children, linked, "A concern was screened.", by=by, at=at)
    if decision == Decision.NO_FURTHER_ACTION:
        watching.watch(referral, children, linked, by=by, at=at)


@transaction.atomic
def pass_on(
    *,
    referral: Referral,
    seen_version: int,
    authority: Agency,
    reason: str,
    by: Reader,
    at: datetime,
) -> None:
    """Hand a concern to the authority it belongs to. Its clock runs on: the child waits as long."""
    policy.check_can_pass_on(by, referral, linked=queries.links(referral.pk).count())
    audit.record(
        Act.DISCLOSE,
        "referrals.passed_on",
        groups=["referral"],
        about=referral,
        reason=reason.strip(),
        detail={"from": str(referral.authority_id), "to": str(authority.pk)},
        by=by,
        at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.pass_referral(%s, %s, %s)",
            [referral.pk, authority.pk, seen_version],
        )
        if not cursor.fetchone()[0]:
            raise Refused("Somebody else has worked on this concern. Open it again.")


@transaction.atomic
def record_feedback(
    *, referral: Referral, seen_version: int, text: str, by: Reader, at: datetime
) -> None:
    """Record what the referrer was told."""
    policy.check_can_answer(by, referral)
    update_versioned(
        referral,
        seen_version=seen_version,
        feedback_text=text.strip(),
        feedback_at=at,
        feedback_by_id=by.user_id,
    )
    audit.record(
        Act.DISCLOSE,
        "referrals.referrer_told",
        subjects=queries.linked_people(referral.pk),
        about=referral,
        by=by,
        at=at,
    )
