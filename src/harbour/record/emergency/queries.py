"""Read emergency access: what is open, what waits for a review, and what was looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from harbour.foundation.access import queries as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Missing
from harbour.record.emergency.models import Attempt, BreakGlass, Review

HOUR = timedelta(hours=1)


def offices_are_shut(at: datetime) -> bool:
    """Say whether offices in England are shut, as the database that opens the record sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.out_of_hours(%s)", [at])
        return bool(cursor.fetchone()[0])


def broken() -> QuerySet[BreakGlass]:
    """Return every emergency access that the reader may read of, the latest first."""
    found = BreakGlass.objects.select_related("recorded_by", "authority", "ended_by")
    return found.order_by("-recorded_at")


def one(reader: Reader, break_glass_id: UUID) -> BreakGlass:
    """Return one emergency access; raise `Missing` if unseen."""
    del reader
    found = broken().filter(pk=break_glass_id).first()
    if found is None:
        raise Missing
    return found


def open_now(reader: Reader, person_id: UUID, *, at: datetime) -> BreakGlass | None:
    """Return the reader's own emergency access to this child, while it is open."""
    return (
        broken()
        .filter(recorded_by=reader.user_id, person=person_id, ended_at=None, ends_at__gt=at)
        .first()
    )


def unreviewed() -> QuerySet[BreakGlass]:
    """Return what nobody has reviewed yet, of all that the reader may read of."""
    return broken().filter(~Exists(Review.objects.filter(break_glass=OuterRef("pk"))))


def mine_unreviewed(reader: Reader) -> BreakGlass | None:
    """Return the reader's own emergency access that is open or waits for a review."""
    return unreviewed().filter(recorded_by=reader.user_id).first()


def to_review(reader: Reader) -> list[BreakGlass]:
    """Return what waits for the reader's review: of authorities that she leads, or was told of."""
    if not reader.may(Permission.EMERGENCY_REVIEW):
        return []
    found = unreviewed().exclude(recorded_by=reader.user_id)
    found = found.filter(authority__in=reader.authority_ids)
    leads = not reader.may(Permission.AUDIT_READ)
    return [each for each in found if leads or reader.user_id in each.leads]


def of_child(reader: Reader, person_id: UUID) -> list[BreakGlass]:
    """Return every emergency access to one child, of those the reader may read of."""
    del reader
    return list(broken().filter(person=person_id))


def reviews_of(break_glass_ids: Iterable[UUID]) -> dict[UUID, list[Review]]:
    """Return the reviews of these, each with its own in order."""
    found: dict[UUID, list[Review]] = {}
    rows = Review.objects.filter(break_glass__in=set(break_glass_ids))
    for each in rows.select_related("recorded_by").order_by("recorded_at"):
        found.setdefault(each.break_glass_id, []).append(each)
    return found


def leads_named(found: BreakGlass) -> list[str]:
    """Return who was told, by name and job."""
    told = access.introduced(found.leads)
    return sorted(f"{each.name}, {each.job}" for each in told.values())


def attempts_made(reader: Reader, *, at: datetime) -> int:
    """Return how often the reader looked for a child within the last hour."""
    return Attempt.objects.filter(recorded_by=reader.user_id, recorded_at__gt=at - HOUR).count()


def attempt(reader: Reader, attempt_id: UUID) -> Attempt:
    """Return one's own attempt; raise `Missing` if it is another's."""
    found = Attempt.objects.filter(pk=attempt_id, recorded_by=reader.user_id).first()
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True, kw_only=True)
class Look:
    """A ledger row written under an emergency access."""

    at: datetime
    act: Act
    event: str
    groups: tuple[str, ...]


def looks_under(reader: Reader, break_glass_id: UUID) -> list[Look]:
    """Return what was looked at and written under an emergency access, for those who review it."""
    del reader
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, act, event, groups FROM harbour_sec.looks_under(%s)", [break_glass_id]
        )
        return [
            Look(at=at, act=Act(act), event=event, groups=tuple(groups or ()))
            for at, act, event, groups in cursor.fetchall()
        ]
