"""Place a hold, propose, and carry out what a second person approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals import queries as proposals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.retention import policy, queries
from harbour.hub.retention.models import Hold, Longer
from harbour.hub.retention.vocabulary import Deed, Scope
from harbour.record.people import queries as people

SUMMARIES = {
    Deed.DISPOSE: "Dispose of a child's record whose time is over",
    Deed.ERASE: "Erase a child's record before its time",
    Deed.KEEP: "Keep a child's record longer than the schedule says",
}
WAITS = "Somebody has proposed this already. It waits for a second person."


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What a hold covers, and until when; no day means until it is lifted."""

    scope: Scope
    person_id: UUID | None = None
    rule: str | None = None
    ends_on: date | None = None


@transaction.atomic
def place_hold(*, covered: Covered, reason: str, by: Reader, at: datetime) -> Hold:
    """Stop every disposal of what the hold covers, from now on."""
    policy.check_can_keep_schedule(by)
    policy.check_reason(reason)
    row = Hold(
        scope=covered.scope,
        person_id=covered.person_id,
        rule_id=covered.rule,
        ends_on=covered.ends_on,
        reason=reason.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    audit.record(
        Act.ALTER,
        "retention.hold_placed",
        by=by,
        at=at,
        subjects=[covered.person_id] if covered.person_id else [],
        about=row,
        reason=row.reason,
        detail={"scope": covered.scope, "rule": covered.rule},
    )
    return row


# Who, what, why, until when: each its own fact.
@transaction.atomic
def propose(
    *,
    deed: Deed,
    person_id: UUID,
    reason: str,
    by: Reader,
    at: datetime,
    keep_until: date | None = None,
) -> Proposal:
    """Propose that a record goes, or stays longer; somebody else decides within a day."""
    on = clock.london_date(at)
    people.person(by, person_id)
    ends = queries.ends(by, person_id, on=on)
    policy.check_can_propose(by, deed, ends, on=on)
    payload = {"person_id": str(person_id)}
    if deed is Deed.KEEP:
        if keep_until is None:
            raise Refused("Say until when the record is kept.")
        policy.check_can_keep_longer(keep_until, ends)
        payload["keep_until"] = keep_until.isoformat()
        payload["reason"] = reason.strip()
    if proposals.open_about(by, code=deed, about_id=person_id, at=at):
        raise Refused(WAITS)
    return approvals.propose(
        code=deed,
        payload=payload,
        person_id=person_id,
        about_id=person_id,
        about_kind="person",
        summary=SUMMARIES[deed],
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def propose_lift(*, hold: Hold, reason: str, by: Reader, at: datetime) -> Proposal:
    """Propose that a hold is lifted."""
    policy.check_can_lift(by, hold)
    if proposals.open_about(by, code=Deed.LIFT, about_id=hold.pk, at=at):
        raise Refused(WAITS)
    return approvals.propose(
        code=Deed.LIFT,
        payload={"hold_id": str(hold.pk)},
        person_id=hold.person_id,
        about_id=hold.pk,
        about_kind="hold",
        summary=f"Lift a legal hold: {str(Scope(hold.scope).label).lower()}",
        reason=reason,
        by=by,
        at=at,
    )


def dispose(*, payload: Mapping[str, object], by: Reader, at: datetime) -> None:
    """Dispose of a record whose time is over: its second person has just approved it."""
    _dispose(UUID(str(payload["person_id"])), Deed.DISPOSE, by=by, at=at)


def erase(*, payload: Mapping[str, object], by: Reader, at: datetime) -> None:
    """Erase a record before its time, as the second person has just approved."""
    _dispose(UUID(str(payload["person_id"])), Deed.ERASE, by=by, at=at)


def keep_longer(*, payload: Mapping[str, object], by: Reader, at: datetime) -> None:
    """Keep a record until a later day, as the second person has just approved."""
    row = Longer(
        person_id=UUID(str(payload["person_id"])),
        keep_until=date.fromisoformat(str(payload["keep_until"])),
        reason=str(payload["reason"]),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    audit.record(
        Act.ALTER, "retention.kept_longer", by=by, at=at, subjects=[row.person_id], about=row
    )


def lift_hold(*, payload: Mapping[str, object], by: Reader, at: datetime) -> None:
    """Lift a hold, as the second person has just approved."""
    row = queries.hold(by, UUID(str(payload["hold_id"])))
    policy.check_can_lift(by, row)
    Hold.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=at, lifted_by_id=by.user_id)
    audit.record(
        Act.ALTER,
        "retention.hold_lifted",
        by=by,
        at=at,
        subjects=[row.person_id] if row.person_id else [],
        about=row,
    )


def _dispose(person_id: UUID, deed: Deed, *, by: Reader, at: datetime) -> None:
    on = clock.london_date(at)
    person = people.person(by, person_id)
    policy.check_can_propose(by, deed, queries.ends(by, person_id, on=on), on=on)
    audit.record(
        Act.ERASE,
        "retention.disposed" if deed is Deed.DISPOSE else "retention.erased",
        by=by,
        at=at,
        subjects=[person_id],
        about=person,
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT harbour_sec.dispose(%s, %s)", [person_id, deed.value])
    except DatabaseError as refused:
        raise Refused(
            "The record was not disposed of: a hold, the schedule or a row that must stay forbids "
            "it. Nothing was changed."
        ) from refused
