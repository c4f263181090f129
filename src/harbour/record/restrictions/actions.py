"""Restrict a record, name people in it, seal a row, review, and lift by two people."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.approvals.rules import Payload
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import events
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people import actions as people
from harbour.record.people import policy as people_policy
from harbour.record.people.models import Address, Phone
from harbour.record.people.vocabulary import EVERY_FACET, Audience, Basis
from harbour.record.restrictions import policy, queries
from harbour.record.restrictions.models import Lookout, Named, Restriction
from harbour.record.restrictions.policy import Wanted
from harbour.record.restrictions.vocabulary import LIFT, How, Kind

__all__ = [
    "Wanted",
    "lift",
    "look_out",
    "name_another",
    "propose_lift",
    "read_lookouts",
    "restrict",
    "review",
    "seal_row",
    "unname",
]


@transaction.atomic
def restrict(*, person_id: UUID, wanted: Wanted, by: Reader, at: datetime) -> Restriction:
    """Close parts of a record, or all of it, to everybody but those named, from now."""
    if not wanted.whole and not wanted.facets:
        raise Refused("Choose at least one part of the record.")
    return _restrict(person_id, wanted, by, at)


@transaction.atomic
def seal_row(
    *, row: Address | Phone, wanted: Wanted, by: Reader, at: datetime
) -> Restriction:  # fmt: skip
    """Close one address or telephone number to everybody but those named, from now."""
    policy.check_seals(by, wanted)
    if row.seal is not None:
        raise Refused("This is sealed already.")
    people_policy.check_can_write(by, row.person_id, "contact")
    restriction = _restrict(row.person_id, wanted, by, at)
    if not type(row)._base_manager.filter(pk=row.pk, seal=None).update(seal=restriction.pk):
        raise Refused("Somebody else sealed this a moment ago.")
    row.seal = restriction.pk
    return restriction


def _restrict(person_id: UUID, wanted: Wanted, by: Reader, at: datetime) -> Restriction:
    policy.check_can_restrict(by)
    people_policy.check_can_write(by, person_id, "sharing")
    candidates = queries.who_can_be_named(by, among=wanted.everybody)
    policy.check_wanted(wanted, set(candidates.values_list("pk", flat=True)), at)
    _hold_standings()
    row = Restriction(
        person_id=person_id,
        kind=wanted.kind,
        facets=list(EVERY_FACET) if wanted.whole else sorted(set(wanted.facets)),
        whole=wanted.whole,
        reason=wanted.reason.strip(),
        owner_id=wanted.owner_id,
        review_on=wanted.review_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    named = [
        Named(restriction=row, user_id=each, recorded_at=at, recorded_by_id=by.user_id)
        for each in wanted.everybody
    ]
    # Each stands first and the rest closes afterwards: who restricts may be the next one shut out.
    for each in named:
        _open_to(each, row, by, at)
    row.save(force_insert=True)
    Named.objects.bulk_create(named)
    audit.record(
        Act.ALTER,
        "restrictions.restricted",
        subjects=[person_id],
        groups=row.facets,
        about=row,
        reason=row.reason,
        by=by,
        at=at,
        results=len(named),
        detail={"kind": str(row.kind), "whole": row.whole},
    )
    return row


def _open_to(named: Named, restriction: Restriction, by: Reader, at: datetime) -> None:
    if restriction.facets:
        people.give_standing(
            person_id=restriction.person_id,
            audience=Audience.USER.of(named.user_id),
            basis=Basis.NAMED,
            facets=list(dict.fromkeys(("identity", *restriction.facets))),
            because_id=named.pk,
            by=by,
            at=at,
        )


def _hold_standings() -> None:
    """Wait for standings being given, and let none be given until this deed is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.hold_standings()")


@transaction.atomic
def name_another(*, restriction: Restriction, user: User, by: Reader, at: datetime) -> Named:
    """Name one more person: the record opens to her at her next look."""
    known = [each.user_id for each in queries.named_in(by, restriction.pk) if each.ended_at is None]
    policy.check_can_name(by, restriction, user.pk, known)
    _hold_standings()
    row = Named(restriction=restriction, user=user, recorded_at=at, recorded_by_id=by.user_id)
    _open_to(row, restriction, by, at)
    row.save(force_insert=True)
    audit.record(
        Act.DISCLOSE,
        "restrictions.named",
        subjects=[restriction.person_id],
        groups=restriction.facets,
        about=restriction,
        by=by,
        at=at,
        detail={"user": str(user.pk)},
    )
    return row


@transaction.atomic
def unname(*, named: Named, reason: str, by: Reader, at: datetime) -> None:
    """Take somebody out of a restriction: her next statement sees nothing of what it hides."""
    restriction = named.restriction
    policy.check_can_unname(by, restriction, named, reason)
    _hold_standings()
    people.end_standings(person_id=restriction.person_id, because_id=named.pk, by=by, at=at)
    changed = Named.objects.filter(pk=named.pk, ended_at=None).update(
        ended_at=at, ended_by_id=by.user_id, ended_reason=reason.strip()
    )
    if not changed:
        raise Refused("Somebody else took this person out a moment ago.")
    audit.record(
        Act.ALTER,
        "restrictions.unnamed",
        subjects=[restriction.person_id],
        groups=restriction.facets,
        about=restriction,
        reason=reason.strip(),
        by=by,
        at=at,
        detail={"user": str(named.user_id)},
    )


@transaction.atomic
def review(*, restriction: Restriction, review_on: date, by: Reader, at: datetime) -> None:
    """Say that the restriction is still needed, and when that is asked again."""
    policy.check_can_restrict(by)
    policy.check_stands(restriction)
    policy.check_review(review_on, at)
    Restriction.objects.filter(pk=restriction.pk).update(
        review_on=review_on, reviewed_at=at, reviewed_by_id=by.user_id
    )
    audit.record(
        Act.ALTER,
        "restrictions.reviewed",
        subjects=[restriction.person_id],
        about=restriction,
        by=by,
        at=at,
        detail={"next": str(review_on)},
    )


@transaction.atomic
def propose_lift(*, restriction: Restriction, reason: str, by: Reader, at: datetime) -> Proposal:
    """Propose to lift a restriction, for somebody else who is named to approve within a day."""
    waiting = queries.proposal_to_lift(by, restriction.pk, at=at)
    policy.check_can_propose_lifting(by, restriction, waiting=waiting is not None)
    return approvals.propose(
        code=LIFT,
        payload={"restriction_id": str(restriction.pk), "reason": reason.strip()},
        about_id=restriction.pk,
        person_id=restriction.person_id,
        summary=f"Lift a restriction: {Kind(restriction.kind).label.lower()}",
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def lift(*, payload: Payload, by: Reader, at: datetime) -> None:
    """Lift a restriction, as the second person, in the transaction of the approval."""
    restriction = queries.restriction(by, UUID(str(payload["restriction_id"])))
    policy.check_can_restrict(by)
    policy.check_stands(restriction)
    _hold_standings()
    Restriction.objects.filter(pk=restriction.pk).update(
        lifted_at=at, lifted_by_id=by.user_id, lifted_reason=str(payload["reason"])
    )
    # One's own standing last: until then it is what opens the others to be ended.
    named = queries.named_in(by, restriction.pk)
    for each in sorted(named, key=lambda one: one.user_id == by.user_id):
        if each.ended_at is None:
            people.end_standings(person_id=restriction.person_id, because_id=each.pk, by=by, at=at)
    audit.record(
        Act.DISCLOSE,
        "restrictions.lifted",
        subjects=[restriction.person_id],
        groups=restriction.facets,
        about=restriction,
        reason=str(payload["reason"]),
        by=by,
        at=at,
    )


@transaction.atomic
def read_lookouts(*, restriction: Restriction, by: Reader, at: datetime) -> None:
    """Note that the owner has read who looked for the record."""
    read = Lookout.objects.filter(restriction=restriction, read_at=None).update(read_at=at)
    audit.record(
        Act.CONSULT,
        "restrictions.lookouts_read",
        subjects=[restriction.person_id],
        about=restriction,
        results=read,
        by=by,
        at=at,
    )


def look_out(event: events.NotFound) -> None:
    """Tell the owner, if the person not found is there and restricted; do the same if not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.look_out(%s::uuid[], %s)",
            [[str(event.person_id)], How.ADDRESS.value],
        )
