"""Read the lists of the front door: what waits, what is in watch, what one sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.work.referrals.models import (
    DescribedChild,
    Firing,
    Link,
    Referral,
    Unlink,
    Watch,
)
from harbour.work.referrals.vocabulary import Decision, Status


@dataclass(frozen=True, kw_only=True)
class InboxFilter:
    """What the front door wants to see. None of it says anything of a child."""

    status: str = Status.NEW
    source: str = ""
    concern: str = ""
    authority_id: UUID | None = None
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class InboxLine:
    """A concern as a line of a list."""

    id: UUID
    reference: str
    received_at: datetime
    due_on: date
    decided_at: datetime | None
    decision: str
    source: str
    local_source: str
    concerns: tuple[str, ...]
    authority_name: str
    immediate_danger: bool
    children: tuple[DescribedChild, ...]
    linked: tuple[UUID, ...]
    watched: bool
    fired_at: datetime | None
    fired_reason: str
    fired_kind: str


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much there is at the front door."""

    new: int
    late: int
    watched: int


def inbox(reader: Reader, wanted: InboxFilter, *, today: date) -> QuerySet[Referral]:
    """Return the concerns that the reader's authorities received."""
    found = Referral.objects.filter(authority__in=reader.authority_ids)
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.source:
        found = found.filter(Q(source=wanted.source) | Q(local_source=wanted.source))
    if wanted.concern:
        found = found.filter(concerns__contains=[wanted.concern])
    if wanted.authority_id is not None:
        found = found.filter(authority=wanted.authority_id)
    if wanted.late:
        found = found.filter(status=Status.NEW, screening_due_on__lt=today)
    return found.select_related("authority")


def watched(reader: Reader) -> QuerySet[Referral]:
    """Return the concerns in watch that the reader's authorities received, with the last firing."""
    open_watch = Watch.objects.filter(referral=OuterRef("pk"), ends_at=None)
    last = Firing.objects.filter(referral=OuterRef("pk")).order_by("-fired_at").values("fired_at")
    return (
        Referral.objects.filter(
            Exists(open_watch),
            authority__in=reader.authority_ids,
            decision=Decision.NO_FURTHER_ACTION,
        )
        .annotate(last_fired_at=Subquery(last[:1]))
        .select_related("authority")
    )


def counts(reader: Reader, *, today: date) -> Counts:
    """Return how many concerns wait, are late, and are in watch."""
    del reader  # the database knows who asks
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM harbour_sec.front_door_counts(%s)", [today])
        new, late, in_watch = cursor.fetchone()
    return Counts(new=new, late=late, watched=in_watch)


def lines(
    reader: Reader, found: Sequence[Referral], *, event: str, at: datetime
) -> list[InboxLine]:
    """Return concerns as lines of a list, and write one row that names every child it shows."""
    ids = [each.pk for each in found]
    children: dict[UUID, list[DescribedChild]] = {}
    for child in DescribedChild.objects.filter(referral__in=ids).order_by("number"):
        children.setdefault(child.referral_id, []).append(child)
    linked: dict[UUID, list[UUID]] = {}
    undone = Exists(Unlink.objects.filter(link=OuterRef("pk")))
    for referral_id, person_id in Link.objects.filter(~undone, referral__in=ids).values_list(
        "referral_id", "person_id"
    ):
        linked.setdefault(referral_id, []).append(person_id)
    shelved = [each.pk for each in found if each.decision == Decision.NO_FURTHER_ACTION]
    last, open_watches = _last_firings(shelved), _open_watches(shelved)
    audit.record(
        Act.CONSULT,
        event,
        subjects=dict.fromkeys(each for people in linked.values() for each in people),
        groups=["referral"],
        results=len(ids),
        by=reader,
        at=at,
    )
    return [
        _line(
            each,
            children.get(each.pk, []),
            linked.get(each.pk, []),
            last.get(each.pk),
            watched=each.pk in open_watches,
        )
        for each in found
    ]


def _last_firings(ids: Iterable[UUID]) -> dict[UUID, Firing]:
    wanted = list(ids)
    if not wanted:
        return {}
    found = Firing.objects.filter(referral__in=wanted).order_by("referral_id", "-fired_at")
    return {each.referral_id: each for each in found.distinct("referral_id")}


def _open_watches(ids: Iterable[UUID]) -> frozenset[UUID]:
    wanted = list(ids)
    if not wanted:
        return frozenset()
    found = Watch.objects.filter(referral__in=wanted, ends_at=None)
    return frozenset(found.values_list("referral_id", flat=True))


def _line(
    found: Referral,
    children: Sequence[DescribedChild],
    linked: Sequence[UUID],
    fired: Firing | None,
    *,
    watched: bool,
) -> InboxLine:
    return InboxLine(
        id=found.pk,
        reference=found.reference,
        received_at=found.received_at,
        due_on=found.screening_due_on,
        decided_at=found.decided_at,
        decision=found.decision,
        source=found.source,
        local_source=found.local_source,
        concerns=tuple(found.concerns),
        authority_name=found.authority.name,
        immediate_danger=found.immediate_danger,
        children=tuple(children),
        linked=tuple(linked),
        watched=watched,
        fired_at=fired.fired_at if fired else None,
        fired_reason=fired.reason if fired else "",
        fired_kind=fired.kind if fired else "",
    )


@dataclass(frozen=True, kw_only=True)
class SentLine:
    """A concern as its sender may follow it: that it was looked at, and what they were told."""

    reference: str
    received_at: datetime
    authority_name: str
    screened: bool
    feedback_at: datetime | None
    feedback_text: str


def sent_by(reader: Reader) -> QuerySet[Referral]:
    """Return the concerns the reader sent."""
    return Referral.objects.filter(sent_by=reader.user_id).select_related("authority")


def sent_lines(found: Iterable[Referral]) -> list[SentLine]:
    """Return sent concerns without what the front door made of them."""
    return [
        SentLine(
            reference=each.reference,
            received_at=each.received_at,
            authority_name=each.authority.name,
            screened=each.status == Status.SCREENED,
            feedback_at=each.feedback_at,
            feedback_text=each.feedback_text,
        )
        for each in found
    ]
