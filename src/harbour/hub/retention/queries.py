"""Read what is due, what is held, what is gone, and the clocks of one record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Missing
from harbour.hub.retention.models import Due, Hold, Longer, Rule, Tombstone
from harbour.hub.retention.vocabulary import Scope


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The clocks of one record, the longest first, and when it may go."""

    clocks: tuple[tuple[str, date], ...]
    keep_until: date | None
    held: bool

    @property
    def rule(self) -> str:
        """Return the rule that governs the record; empty where no clock runs."""
        return self.clocks[0][0] if self.clocks else ""

    @property
    def due_on(self) -> date | None:
        """Return the day from which the record may go, were there no hold."""
        if not self.clocks:
            return None
        return max(self.clocks[0][1], self.keep_until or date.min)


def ends(reader: Reader, person_id: UUID, *, on: date) -> Ends:
    """Return how long one record is kept; nothing to those who do not keep the schedule."""
    del reader  # the database knows who asks
    with connection.cursor() as cursor:
        cursor.execute("SELECT rule, due_on FROM harbour_sec.retention_of(%s)", [person_id])
        clocks = tuple((str(rule), due_on) for rule, due_on in cursor.fetchall())
    longer = Longer.objects.filter(person=person_id).aggregate(until=Max("keep_until"))
    covers = Q(scope=Scope.PARTNERSHIP) | Q(person=person_id)
    covers |= Q(rule__in=[rule for rule, _ in clocks])
    return Ends(
        clocks=clocks,
        keep_until=longer["until"],
        held=_standing(on).filter(covers).exists(),
    )


def due(reader: Reader) -> QuerySet[Due]:
    """Return the records whose time is over, the longest over first."""
    del reader
    return Due.objects.select_related("rule").order_by("due_on", "pk")


def holds(reader: Reader, *, on: date) -> list[Hold]:
    """Return the legal holds that stand, the newest first."""
    del reader
    found = _standing(on).select_related("rule", "recorded_by")
    return list(found.order_by("-recorded_at"))


def hold(reader: Reader, hold_id: UUID) -> Hold:
    """Return one hold; raise `Missing` if unseen."""
    del reader
    found = Hold.objects.filter(pk=hold_id).select_related("rule", "recorded_by").first()
    if found is None:
        raise Missing
    return found


def tombstones(reader: Reader) -> QuerySet[Tombstone]:
    """Return what is gone, the latest first: ids, rule, when and who."""
    del reader
    return Tombstone.objects.select_related("disposed_by", "proposed_by")


def schedule() -> dict[str, Rule]:
    """Return the rules of the schedule by their codes, the longest first."""
    return {each.code: each for each in Rule.objects.order_by("-years", "code")}


def _standing(on: date) -> QuerySet[Hold]:
    return Hold.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), lifted_at=None)
