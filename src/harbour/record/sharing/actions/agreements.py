"""Keep what agencies agreed: every change is a new version, and takes effect at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.record.sharing import policy
from harbour.record.sharing.models import Agreement
from harbour.record.sharing.vocabulary import AgreementState


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """The terms of an agreement."""

    title: str
    reference: str
    parties: Collection[Agency]
    purposes: Collection[str]
    gateways: Collection[str]
    facets: Collection[str]
    starts_on: date
    ends_on: date | None
    review_on: date
    owner: User


@transaction.atomic
def agree(*, terms: Agreed, by: Reader, at: datetime) -> Agreement:
    """Write down what agencies agreed: shares can rest on it from its first day."""
    policy.check_can_keep(by)
    policy.check_agreed(terms)
    series = uuid4()
    return _write(_version(terms, id=series, series=series), "sharing.agreed", by=by, at=at)


@transaction.atomic
def change(*, agreement: Agreement, terms: Agreed, by: Reader, at: datetime) -> Agreement:
    """Write a new version; shares that it no longer covers end at the next statement."""
    policy.check_can_keep(by)
    policy.check_agreed(terms)
    if agreement.state == AgreementState.ENDED:
        raise Refused("This agreement has ended. Write a new one.")
    if terms.starts_on > london_date(at):
        raise Refused("A change begins today at the latest, or what rests on it would end today.")
    row = _version(terms, series=agreement.series, state=agreement.state)
    row.state_reason = agreement.state_reason
    return _write(_after(agreement, row), "sharing.agreement_changed", by=by, at=at)


@transaction.atomic
def move(
    *, agreement: Agreement, state: AgreementState, reason: str, by: Reader, at: datetime
) -> Agreement:
    """Suspend or end an agreement, or put it in force again.

    Shares that rest on one suspended or ended end at the next statement, and do not come back.
    """
    policy.check_can_keep(by)
    policy.check_can_move(agreement, state, reason)
    row = Agreement(
        series=agreement.series,
        title=agreement.title,
        reference=agreement.reference,
        parties=agreement.parties,
        purposes=agreement.purposes,
        gateways=agreement.gateways,
        facets=agreement.facets,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        review_on=agreement.review_on,
        owner_id=agreement.owner_id,
        state=state,
        state_reason=reason.strip(),
    )
    return _write(_after(agreement, row), f"sharing.agreement_{state.value}", by=by, at=at)


def _version(terms: Agreed, **more: object) -> Agreement:
    return Agreement(
        title=terms.title.strip(),
        reference=terms.reference.strip(),
        parties=[each.pk for each in terms.parties],
        purposes=list(terms.purposes),
        gateways=list(terms.gateways),
        facets=list(terms.facets),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        review_on=terms.review_on,
        owner=terms.owner,
        **more,
    )


def _after(earlier: Agreement, row: Agreement) -> Agreement:
    if Agreement.objects.filter(supersedes=earlier).exists():
        raise Refused("Somebody changed this agreement a moment ago. Open it again.")
    row.number = earlier.number + 1
    row.supersedes = earlier
    return row


def _write(row: Agreement, event: str, *, by: Reader, at: datetime) -> Agreement:
    row.recorded_at = at
    row.recorded_by_id = by.user_id
    row.save(force_insert=True)
    ended = _ended_with(row.pk)
    audit.record(
        Act.ALTER if row.supersedes_id else Act.COLLECT,
        event,
        subjects=ended,
        about=row,
        reason=row.state_reason,
        results=len(ended),
        by=by,
        at=at,
        detail={"version": row.number, "state": str(row.state)},
    )
    return row


def _ended_with(agreement_id: UUID) -> list[UUID]:
    """Return the children whose shares the database ended with this version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM harbour_sec.ended_with_agreement(%s)", [agreement_id])
        return [person_id for (person_id,) in cursor.fetchall()]
