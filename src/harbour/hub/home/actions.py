"""Write when somebody looked: the only writer of looks."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.hub.home import queries
from harbour.hub.home.models import Look


@transaction.atomic
def look(*, people: Iterable[UUID], by: Reader, at: datetime) -> datetime:
    """Write that the reader looked at her work; return since when it is new."""
    known = Look.objects.filter(user=by.user_id).first()
    since_at = queries.look_since(by, at=at)
    if known is None:
        Look(user_id=by.user_id, since_at=since_at, seen_at=at).save(force_insert=True)
    else:
        Look.objects.filter(pk=known.pk).update(since_at=since_at, seen_at=at)
    subjects = list(dict.fromkeys(people))
    if subjects:
        audit.record(
            Act.CONSULT,
            "home.work_seen",
            subjects=subjects,
            groups=[Facet.IDENTITY, Facet.CASE, Facet.MISSING],
            results=len(subjects),
            by=by,
            at=at,
        )
    return since_at
