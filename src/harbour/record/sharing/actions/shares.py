"""Share a child's record with an agency, extend it, take it back, or decline to share."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people import actions as people
from harbour.record.people.vocabulary import Audience, Basis
from harbour.record.sharing import policy, queries
from harbour.record.sharing.actions.requests import answer
from harbour.record.sharing.models import Agreement, Decline, Request, Share
from harbour.record.sharing.vocabulary import ONE_OFF_LASTS, Outcome


class Terms(TypedDict, total=False):
    """On what terms a record is shared."""

    facets: Required[Collection[str]]
    purpose: Required[str]
    gateway: Required[str]
    reason: Required[str]
    expires_at: datetime | None
    answers: Request | None  # the request that this answers
    words: str  # said to the agency that asked
    reconsiders: Decline | None
    continues: Share | None


class Refusal(TypedDict, total=False):
    """What is not shared, and why."""

    facets: Required[Collection[str]]
    purpose: Required[str]
    gateway: Required[str]
    reason: Required[str]
    review_on: Required[date]
    answers: Request | None
    words: str
    reconsiders: Decline | None


@transaction.atomic
def share(
    *, person_id: UUID, agency: Agency, by: Reader, at: datetime, **terms: Unpack[Terms]
) -> Share:
    """Open parts of a child's record to an agency for reading: it sees them at its next look.

    Rests on the agreement that covers it; without one it is a decision for this child alone, which
    lasts 28 days where nobody says less.
    """
    policy.check_can_share(by)
    policy.check_gateway(agency, terms["gateway"])
    _check_reconsidered(terms.get("reconsiders"))
    # Who a child is must be readable, or nothing else of the record can be.
    facets = list(dict.fromkeys(("identity", *terms["facets"])))
    agreement, expires_at = _ground(person_id, agency, facets, terms, by=by, at=at)
    policy.check_terms(facets=terms["facets"], reason=terms["reason"], at=at, expires_at=expires_at)
    row = Share(
        person_id=person_id,
        agency=agency,
        facets=facets,
        purpose=terms["purpose"],
        gateway=terms["gateway"],
        reason=terms["reason"].strip(),
        agreement=agreement,
        request=terms.get("answers"),
        reconsiders=terms.get("reconsiders"),
        continues=terms.get("continues"),
        expires_at=expires_at,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    _open(row, by=by, at=at)
    _answer(terms.get("answers"), Outcome.SHARED, terms.get("words", ""), by=by, at=at)
    return row


def _ground(
    person_id: UUID, agency: Agency, facets: list[str], terms: Terms, *, by: Reader, at: datetime
) -> tuple[Agreement | None, datetime | None]:
    """Return what the share rests on, and when it is over."""
    found = queries.ground(
        by,
        queries.Wanted(
            person_id=person_id,
            agency=agency,
            purpose=terms["purpose"],
            gateway=terms["gateway"],
            facets=tuple(facets),
            expires_at=terms.get("expires_at"),
        ),
    )
    if found.agreement is not None:
        return found.agreement, found.expires_at
    expires_at = terms.get("expires_at") or at + ONE_OFF_LASTS
    policy.check_lasts(expires_at, None, at=at)
    return None, expires_at


def _open(row: Share, *, by: Reader, at: datetime) -> None:
    people.give_standing(
        person_id=row.person_id,
        audience=Audience.AGENCY.of(row.agency_id),
        basis=Basis.SHARED,
        facets=row.facets,
        writes=False,
        because_id=row.pk,
        ends_at=row.expires_at,
        by=by,
        at=at,
    )
    audit.record(
        Act.DISCLOSE,
        "sharing.shared",
        subjects=[row.person_id],
        groups=row.facets,
        about=row,
        reason=row.reason,
        by=by,
        at=at,
        detail={
            "agency": row.agency.name,
            "purpose": row.purpose,
            "gateway": row.gateway,
            "agreement": str(row.agreement_id) if row.agreement_id else "one-off decision",
        },
    )


def _answer(
    request: Request | None, outcome: Outcome, words: str, *, by: Reader, at: datetime
) -> None:
    if request is not None:
        answer(request=request, outcome=outcome, words=words, by=by, at=at)


def _check_reconsidered(decline: Decline | None) -> None:
    if decline is not None and queries.is_reconsidered(decline.pk):
        raise Refused("Somebody reconsidered this already. The newer decision stands.")


@transaction.atomic
def extend(
    *, earlier: Share, expires_at: datetime | None, reason: str, by: Reader, at: datetime
) -> Share:
    """Decide that a share lasts longer: a new decision that takes the earlier one's place."""
    policy.check_can_extend(by, earlier, reason, at=at)
    later = share(
        person_id=earlier.person_id,
        agency=earlier.agency,
        facets=earlier.facets,
        purpose=earlier.purpose,
        gateway=earlier.gateway,
        reason=reason,
        expires_at=expires_at,
        continues=earlier,
        by=by,
        at=at,
    )
    _close(earlier, "Extended by a new decision.", by=by, at=at)
    return later


@transaction.atomic
def withdraw(*, share: Share, reason: str, by: Reader, at: datetime) -> None:
    """Take a share back; the agency's next statement sees nothing of it."""
    policy.check_can_withdraw(by, share, reason)
    _close(share, reason.strip(), by=by, at=at)


def _close(share: Share, reason: str, *, by: Reader, at: datetime) -> None:
    changed = Share.objects.filter(pk=share.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by_id=by.user_id, withdrawn_reason=reason
    )
    if not changed:
        raise Refused("Somebody else withdrew this share a moment ago.")
    share.withdrawn_at = at
    people.end_standings(person_id=share.person_id, because_id=share.pk, by=by, at=at)
    audit.record(
        Act.ALTER,
        "sharing.withdrawn",
        subjects=[share.person_id],
        groups=share.facets,
        about=share,
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def decline(
    *, person_id: UUID, agency: Agency, by: Reader, at: datetime, **terms: Unpack[Refusal]
) -> Decline:
    """Keep that parts of a child's record are not shared with an agency, and why."""
    policy.check_can_decline(
        by,
        facets=terms["facets"],
        reason=terms["reason"],
        review_on=terms["review_on"],
        today=london_date(at),
    )
    _check_reconsidered(terms.get("reconsiders"))
    row = Decline(
        person_id=person_id,
        agency=agency,
        facets=list(terms["facets"]),
        purpose=terms["purpose"],
        gateway=terms["gateway"],
        reason=terms["reason"].strip(),
        review_on=terms["review_on"],
        request=terms.get("answers"),
        reconsiders=terms.get("reconsiders"),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    audit.record(
        Act.COLLECT,
        "sharing.declined",
        subjects=[person_id],
        groups=row.facets,
        about=row,
        reason=row.reason,
        by=by,
        at=at,
        detail={"agency": agency.name, "purpose": row.purpose, "gateway": row.gateway},
    )
    _answer(terms.get("answers"), Outcome.DECLINED, terms.get("words", ""), by=by, at=at)
    return row
