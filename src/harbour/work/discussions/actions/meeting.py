"""Ask for a discussion, invite to it, hold it, decide, close it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.work.discussions import policy, queries, rules
from harbour.work.discussions.actions.asks import settle
from harbour.work.discussions.actions.traces import audited
from harbour.work.discussions.models import Ask, Decision, Discussion, Invitation
from harbour.work.discussions.vocabulary import Capacity


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is said when a discussion is asked for; `invited` by agency."""

    basis: str
    reason: str
    invited: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Held:
    """When and how a discussion was held; who was there, by invitation; what was said."""

    held_at: datetime
    manner: str
    attended: Mapping[UUID, str]
    record: str
    without_reason: str = ""


@transaction.atomic
def ask(
    *, person_id: UUID, wanted: Wanted, answers: Ask | None = None, by: Reader, at: datetime
) -> Discussion:
    """Ask for a strategy discussion, start its clock, and invite the agencies."""
    policy.check_can_ask(by, person_id)
    if not wanted.reason.strip():
        raise Refused("Say why a discussion is asked for.")
    hosted = queries.lives_elsewhere(by, person_id)
    missing = rules.not_invited(wanted.invited.values(), hosted=hosted)
    if missing:
        raise Refused(f"Invite at the least: {_listed(missing)}.")
    today = clock.london_date(at)
    days = queries.held_within(by, wanted.basis, on=today)
    discussion = Discussion(
        person_id=person_id,
        basis=wanted.basis,
        reason=wanted.reason,
        due_on=rules.due_on(asked_on=today, working_days=days),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    discussion.save(force_insert=True)
    for agency_id, capacity in wanted.invited.items():
        _invited(discussion, agency_id, capacity, by=by, at=at)
    if answers is not None:
        policy.check_can_answer_ask(by, answers)
        settle(answers, by=by, at=at, discussion=discussion)
    audited(
        "discussions.asked",
        discussion,
        act=Act.COLLECT,
        by=by,
        at=at,
        basis=wanted.basis,
        invited=len(wanted.invited),
    )
    return discussion


@transaction.atomic
def invite(
    *, discussion: Discussion, agency: Agency, capacity: str, by: Reader, at: datetime
) -> Invitation:
    """Invite one more agency."""
    policy.check_can_hold(by, discussion)
    try:
        with transaction.atomic():
            row = _invited(discussion, agency.pk, capacity, by=by, at=at)
    except IntegrityError as broken:
        if "discussions_invited_once" not in str(broken):
            raise
        raise Refused("This agency is invited already.") from None
    audited("discussions.invited", row, act=Act.DISCLOSE, by=by, at=at, agency=str(agency.pk))
    return row


def _invited(
    discussion: Discussion, agency_id: UUID, capacity: str, *, by: Reader, at: datetime
) -> Invitation:
    row = Invitation(
        person_id=discussion.person_id,
        discussion=discussion,
        agency_id=agency_id,
        capacity=capacity,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    return row


@transaction.atomic
def answer_invitation(
    *, invitation: Invitation, answer: str, note: str, by: Reader, at: datetime
) -> None:
    """Say for one's agency whether it comes, and who, or why not."""
    policy.check_can_answer(by, invitation, invitation.discussion)
    if not note.strip():
        raise Refused("Say who comes, or why nobody does.")
    Invitation.objects.filter(pk=invitation.pk).update(
        answer=answer, note=note, answered_at=at, answered_by=by.user_id
    )
    audited("discussions.invitation_answered", invitation, by=by, at=at, answer=answer)


@transaction.atomic
def hold(
    *, discussion: Discussion, held: Held, seen_version: int, by: Reader, at: datetime
) -> None:
    """Record that a discussion was held, who was there, and what each agency said."""
    policy.check_can_hold(by, discussion)
    if held.held_at > at:
        raise Refused("The discussion cannot be in the future.")
    if not held.record.strip():
        raise Refused("Write down what each agency said.")
    invited = {each.pk: each for each in queries.invitations(by, discussion)}
    there = [invited[key].capacity for key in held.attended if key in invited]
    missing = rules.absent(there)
    if missing and not held.without_reason.strip():
        raise Refused(f"Say why it was held without {_listed(missing)}.")
    update_versioned(
        discussion,
        seen_version=seen_version,
        held_at=held.held_at,
        held_by_id=by.user_id,
        manner=held.manner,
        record=held.record,
        without_reason=held.without_reason,
    )
    for key in invited:
        Invitation.objects.filter(pk=key).update(
            attended=key in held.attended, who=held.attended.get(key, "")
        )
    audited("discussions.held", discussion, by=by, at=at, agencies=len(there))


@transaction.atomic
def decide(
    *,
    discussion: Discussion,
    text: str,
    owner: User | None = None,
    due_on: date | None = None,
    by: Reader,
    at: datetime,
) -> Decision:
    """Write down what was decided; what is to be done has an owner and a day."""
    policy.check_can_decide(by, discussion)
    if not text.strip():
        raise Refused("Write down what was decided.")
    if (owner is None) != (due_on is None):
        raise Refused("What is to be done has an owner and a day.")
    row = Decision(
        person_id=discussion.person_id,
        discussion=discussion,
        text=text,
        owner=owner,
        due_on=due_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    audited("discussions.decided", row, by=by, at=at)
    return row


@transaction.atomic
def close(
    *,
    discussion: Discussion,
    outcome: str,
    reason: str,
    seen_version: int,
    by: Reader,
    at: datetime,
) -> None:
    """Record what a discussion came to, and why."""
    policy.check_can_decide(by, discussion)
    if not reason.strip():
        raise Refused("Give the reason.")
    held_on = clock.london_date(discussion.held_at or at)
    update_versioned(
        discussion,
        seen_version=seen_version,
        closed_at=at,
        closed_by_id=by.user_id,
        outcome=outcome,
        outcome_reason=reason,
        conference_due_on=rules.conference_due_on(held_on=held_on, outcome=outcome),
    )
    audited("discussions.closed", discussion, by=by, at=at, outcome=outcome)


@transaction.atomic
def drop(
    *, discussion: Discussion, reason: str, seen_version: int, by: Reader, at: datetime
) -> None:
    """Record why a discussion that was asked for is not held."""
    policy.check_can_drop(by, discussion)
    if not reason.strip():
        raise Refused("Say why it is not held.")
    update_versioned(
        discussion,
        seen_version=seen_version,
        closed_at=at,
        closed_by_id=by.user_id,
        outcome_reason=reason,
    )
    audited("discussions.dropped", discussion, by=by, at=at)


@transaction.atomic
def complete(
    *, decision: Decision, evidence: str, seen_version: int, by: Reader, at: datetime
) -> None:
    """Record that what was decided is done, and what shows it."""
    policy.check_can_complete(by, decision)
    if not evidence.strip():
        raise Refused("Say what was done.")
    update_versioned(
        decision,
        seen_version=seen_version,
        done_at=at,
        done_by_id=by.user_id,
        evidence=evidence,
    )
    audited("discussions.completed", decision, by=by, at=at)


def _listed(missing: tuple[Capacity, ...]) -> str:
    return ", ".join(str(each.label).lower() for each in missing)
