"""Record that somebody was asked for what is missing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.work.hosting import policy
from harbour.work.hosting.models import Chase
from harbour.work.hosting.queries.due import Due


@transaction.atomic
def chase(*, due: Due, how: str, words: str = "", by: Reader, at: datetime) -> Chase:
    """Record one time that somebody was asked for what is due."""
    policy.check_can_keep(by)
    row = Chase(
        kind=due.kind,
        how=how,
        authority_id=due.authority_id,
        agency_id=due.agency_id,
        person_id=due.person_id,
        about_id=due.about_id,
        words=words.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    subjects: list[UUID] = [due.person_id] if due.person_id else []
    audit.record(
        Act.COLLECT,
        "hosting.chased",
        subjects=subjects,
        groups=["placement"],
        about=row,
        by=by,
        at=at,
        detail={"kind": str(due.kind), "how": how},
    )
    return row
