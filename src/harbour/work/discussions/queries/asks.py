"""Read what repeats ask for, and what was done about it the last time."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Missing
from harbour.work.discussions.models import Ask


@dataclass(frozen=True, kw_only=True)
class AskLine:
    """An open ask, and the one before it."""

    ask: Ask
    last: Ask | None


def open_asks(reader: Reader) -> tuple[AskLine, ...]:
    """Return the asks that nobody answered, the oldest first, each with the one before it."""
    found = list(
        Ask.objects.filter(answered_at=None).select_related("rule").order_by("recorded_at")
    )
    last = _last(each.person_id for each in found)
    del reader
    return tuple(AskLine(ask=each, last=last.get(each.person_id)) for each in found)


def open_ask_of(reader: Reader, person_id: UUID) -> Ask | None:
    """Return the ask that stands open for a child."""
    del reader
    return Ask.objects.filter(person=person_id, answered_at=None).select_related("rule").first()


def last_answer(reader: Reader, person_id: UUID) -> Ask | None:
    """Return the last ask about a child that was answered: by a discussion or a reason."""
    del reader
    return _last([person_id]).get(person_id)


def _last(person_ids: Iterable[UUID]) -> dict[UUID, Ask]:
    answered = Ask.objects.filter(person__in=set(person_ids), answered_at__isnull=False)
    answered = answered.select_related("discussion", "answered_by", "rule")
    return {each.person_id: each for each in answered.order_by("answered_at")}


def ask(reader: Reader, ask_id: UUID) -> Ask:
    """Return an ask; raise `Missing` if unseen."""
    del reader
    found = Ask.objects.select_related("rule").filter(pk=ask_id).first()
    if found is None:
        raise Missing
    return found
