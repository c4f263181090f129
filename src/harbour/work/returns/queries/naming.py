"""Read what was named and waits for the analyst."""

from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Missing
from harbour.work.returns.models import Named


def to_judge(reader: Reader) -> QuerySet[Named]:
    """Return the names that nobody judged yet, the oldest first."""
    del reader
    waiting = Named.objects.filter(judgement=None)
    return waiting.select_related("recorded_by").order_by("recorded_at", "pk")


def named(reader: Reader, named_id: UUID) -> Named:
    """Return a name as it was said; raise `Missing` if unseen."""
    del reader
    found = (
        Named.objects.select_related("judgement", "interview", "episode", "recorded_by")
        .filter(pk=named_id)
        .first()
    )
    if found is None:
        raise Missing
    return found
