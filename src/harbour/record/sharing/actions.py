"""Share a child's record with an agency, and take it back."""

from collections.abc import Collection
from datetime import datetime
from typing import Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people import actions as people
from harbour.record.people.vocabulary import Audience, Basis
from harbour.record.sharing import policy
from harbour.record.sharing.models import Share


class Terms(TypedDict, total=False):
    """On what terms a record is shared."""

    facets: Required[Collection[str]]
    purpose: Required[str]
    gateway: Required[str]
    reason: Required[str]
    expires_at: datetime | None


@transaction.atomic
def share(
    *, person_id: UUID, agency: Agency, by: Reader, at: datetime, **terms: Unpack[Terms]
) -> Share:
    """Open parts of a child's record to an agency for reading: it sees them at its next look."""
    policy.check_can_share(by)
    policy.check_gateway(agency, terms["gateway"])
    expires_at = terms.get("expires_at")
    policy.check_terms(facets=terms["facets"], reason=terms["reason"], at=at, expires_at=expires_at)
    # Who a child is must be readable, or nothing else of the record can be.
    facets = list(dict.fromkeys(("identity", *terms["facets"])))
    row = Share(
        person_id=person_id,
        agency=agency,
        facets=facets,
        purpose=terms["purpose"],
        gateway=terms["gateway"],
        reason=terms["reason"].strip(),
        expires_at=expires_at,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    people.give_standing(
        person_id=person_id,
        audience=Audience.AGENCY.of(agency.pk),
        basis=Basis.SHARED,
        facets=facets,
        writes=False,
        because_id=row.pk,
        ends_at=expires_at,
        by=by,
        at=at,
    )
    audit.record(
        Act.DISCLOSE,
        "sharing.shared",
        subjects=[person_id],
        groups=facets,
        about=row,
        reason=row.reason,
        by=by,
        at=at,
        detail={"agency": agency.name, "purpose": row.purpose, "gateway": row.gateway},
    )
    return row


@transaction.atomic
def withdraw(*, share: Share, reason: str, by: Reader, at: datetime) -> None:
    """Take a share back; the agency's next statement sees nothing of it."""
    policy.check_can_withdraw(by, share, reason)
    changed = Share.objects.filter(pk=share.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by_id=by.user_id, withdrawn_reason=reason.strip()
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
        reason=reason.strip(),
        by=by,
        at=at,
    )
