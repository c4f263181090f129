"""Keep the profile of a child who may go missing."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.versions import Conflict
from harbour.record.attachments.models import Attachment
from harbour.work.missing import policy, queries
from harbour.work.missing.models import Profile


class Known(TypedDict, total=False):
    """What a profile says."""

    looks: str
    photo: Attachment | None
    photo_on: date | None
    vulnerable: str
    medical: str
    places: str
    associates: str
    phones: str
    accounts: str
    transport: str
    money: str
    approach: str
    agreed: str


@transaction.atomic
def keep_profile(
    *, person_id: UUID, seen_number: int, by: Reader, at: datetime, **known: Unpack[Known]
) -> Profile:
    """Write the profile anew; what it said before stays readable.

    Raises `Conflict` with both texts if somebody wrote it since this person opened it.
    """
    policy.check_can_keep_profile(by, person_id)
    latest = queries.profile(by, person_id)
    if latest is not None and latest.number != seen_number:
        raise _conflict(latest, known)
    row = Profile(
        person_id=person_id,
        number=seen_number + 1,
        kept_by_id=policy.agency_of(by),
        recorded_at=at,
        recorded_by_id=by.user_id,
        **known,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Two pressed the button in the same moment: the second sees what the first wrote.
        written = queries.profile(by, person_id)
        if written is None:
            raise
        raise _conflict(written, known) from None
    audit.record(
        Act.ALTER if seen_number else Act.COLLECT,
        "missing.profile_kept",
        subjects=[person_id],
        groups=("missing",),
        about=row,
        by=by,
        at=at,
        detail={"number": row.number},
    )
    return row


def _conflict(latest: Profile, known: Known) -> Conflict:
    theirs = {name: getattr(latest, name) for name in known}
    return Conflict(theirs=theirs, mine=dict(known), version=latest.number)
