"""Propose, approve, refuse, take back, use: the only writers of proposals."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import policy, rules
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.approvals.vocabulary import LIFETIME, Decision
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused


@transaction.atomic
# The facts of a proposal, each its own: a value object would only move them.
def propose(  # noqa: PLR0913
    *,
    code: str,
    payload: rules.Payload,
    summary: str,
    reason: str,
    by: Reader,
    at: datetime,
    about_id: UUID | None = None,
    person_id: UUID | None = None,
    about_kind: str = "",
) -> Proposal:
    """Write down exactly what is to be done, for somebody else to decide within a day.

    `summary` is one line without personal data; whether the proposer may ask for the deed at all is
    the calling room's policy.
    """
    policy.check_reason(reason)
    row = Proposal(
        code=code,
        approver=rules.deed(code).right.value,
        payload=dict(payload),
        payload_sha256=rules.digest(payload),
        person_id=person_id,
        about_kind=about_kind or code.partition(".")[0],
        about_id=about_id,
        summary=summary,
        reason=reason.strip(),
        proposed_at=at,
        proposed_by_id=by.user_id,
        expires_at=at + LIFETIME,
    )
    row.save(force_insert=True)
    _remember(row, Act.COLLECT, "proposed", by=by, at=at)
    return row


@transaction.atomic
def approve(*, proposal: Proposal, by: Reader, at: datetime, note: str = "") -> None:
    """Approve what somebody else proposed, and do it: both stand or fall together."""
    policy.check_can_decide(by, proposal, at)
    carry_out = rules.deed(proposal.code).carry_out
    _decide(
        proposal,
        Decision.APPROVED,
        by=by,
        at=at,
        note=note,
        carried_out_at=at if carry_out else None,
    )
    _remember(proposal, Act.APPROVE, "approved", by=by, at=at)
    if carry_out is not None:
        carry_out(payload=proposal.payload, by=by, at=at)


@transaction.atomic
def refuse(*, proposal: Proposal, note: str, by: Reader, at: datetime) -> None:
    """Refuse what somebody else proposed, and say why."""
    policy.check_can_decide(by, proposal, at)
    policy.check_reason(note)
    _decide(proposal, Decision.REFUSED, by=by, at=at, note=note)
    _remember(proposal, Act.APPROVE, "refused", by=by, at=at)


@transaction.atomic
def withdraw(*, proposal: Proposal, by: Reader, at: datetime) -> None:
    """Take back one's own proposal before anybody decided it."""
    policy.check_can_withdraw(by, proposal, at)
    _decide(proposal, Decision.WITHDRAWN, by=by, at=at)
    _remember(proposal, Act.ALTER, "withdrawn", by=by, at=at)


@transaction.atomic
def use(*, proposal: Proposal, by: Reader, at: datetime) -> None:
    """Use an approval that its proposer carries out herself: once, before it runs out."""
    policy.check_can_use(by, proposal, at)
    changed = Proposal.objects.filter(
        pk=proposal.pk, decision=Decision.APPROVED, carried_out_at=None
    ).update(carried_out_at=at)
    if not changed:
        raise Refused("This approval was used already. It counts once.")
    proposal.carried_out_at = at
    _remember(proposal, Act.ALTER, "used", by=by, at=at)


# The four facts of a decision beside who and when.
def _decide(
    proposal: Proposal,
    decision: Decision,
    *,
    by: Reader,
    at: datetime,
    note: str = "",
    carried_out_at: datetime | None = None,
) -> None:
    changed = Proposal.objects.filter(pk=proposal.pk, decision="").update(
        decision=decision,
        decided_at=at,
        decided_by_id=by.user_id,
        note=note.strip(),
        carried_out_at=carried_out_at,
    )
    if not changed:
        raise Refused("Somebody else decided this a moment ago.")
    proposal.decision, proposal.decided_at, proposal.decided_by_id = decision, at, by.user_id
    proposal.carried_out_at = carried_out_at


def _remember(proposal: Proposal, act: Act, what: str, *, by: Reader, at: datetime) -> None:
    audit.record(
        act,
        f"approvals.{what}",
        subjects=[proposal.person_id] if proposal.person_id else [],
        about=proposal,
        by=by,
        at=at,
        detail={"deed": proposal.code},
    )
