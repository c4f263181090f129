"""Read what the rooms above ask: a child's concerns, what goes to the meeting, what resurfaced."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.work.referrals import rules
from harbour.work.referrals.models import (
    Firing,
    Link,
    Referral,
    Unlink,
)
from harbour.work.referrals.vocabulary import Decision, WatchKind


@dataclass(frozen=True, kw_only=True)
class ConcernLine:
    """A concern about a child, for a chronology or an agenda."""

    id: UUID
    reference: str
    received_at: datetime
    due_on: date
    source: str
    concerns: tuple[str, ...]
    status: str
    decision: str
    decision_label: str
    decision_reason: str
    decided_at: datetime | None
    authority_id: UUID
    authority_name: str
    person_ids: tuple[UUID, ...]
    narrative: str


@dataclass(frozen=True, kw_only=True)
class Resurfaced:
    """A concern in watch that something new touched, with the reasons, the newest first."""

    concern: ConcernLine
    fired_at: datetime
    reasons: tuple[str, ...]


def of_child(reader: Reader, person_id: UUID) -> list[ConcernLine]:
    """Return the concerns about a child that the reader may see, the newest first.

    Whoever shows them writes the consultation: they are part of the child's page.
    """
    undone = Exists(Unlink.objects.filter(link=OuterRef("pk")))
    del reader  # the database knows who asks
    mine = Link.objects.filter(~undone, person=person_id).values("referral")
    return concern_lines(Referral.objects.filter(pk__in=mine))


def sent_to_daily_meeting(
    authority_id: UUID, since: datetime, until: datetime
) -> list[ConcernLine]:
    """Return the concerns sent to the daily meeting from one moment until another (excluded)."""
    found = Referral.objects.filter(
        authority=authority_id,
        decision=Decision.DAILY_MEETING,
        decided_at__gte=since,
        decided_at__lt=until,
    )
    return concern_lines(found.order_by("decided_at"))


def resurfaced(authority_id: UUID, since: datetime, until: datetime) -> list[Resurfaced]:
    """Return the concerns in watch that were touched from one moment until another (excluded)."""
    fired = Firing.objects.filter(
        referral__authority=authority_id, fired_at__gte=since, fired_at__lt=until
    )
    by_referral: dict[UUID, list[Firing]] = {}
    for each in fired:
        by_referral.setdefault(each.referral_id, []).append(each)
    found = concern_lines(Referral.objects.filter(pk__in=by_referral))
    made = [
        Resurfaced(
            concern=each,
            fired_at=by_referral[each.id][0].fired_at,
            reasons=tuple(
                dict.fromkeys(fired_sentence(one.kind, one.reason) for one in by_referral[each.id])
            ),
        )
        for each in found
    ]
    return sorted(made, key=lambda each: each.fired_at)


def fired_sentence(kind: str, reason: str) -> str:
    """Return why a concern resurfaced, in one sentence without personal data."""
    return f"Something new touches {WatchKind(kind).label}. {reason}"


def received(reader: Reader, since: datetime, until: datetime) -> QuerySet[Referral]:
    """Return what the reader may see of what came in between two moments (the later excluded)."""
    del reader
    return Referral.objects.filter(received_at__gte=since, received_at__lt=until)


def concern_lines(found: QuerySet[Referral]) -> list[ConcernLine]:
    """Return concerns with the people they are linked to, as far as the reader sees them."""
    rows = list(found.select_related("authority"))
    undone = Exists(Unlink.objects.filter(link=OuterRef("pk")))
    people: dict[UUID, list[UUID]] = {}
    for referral_id, person_id in Link.objects.filter(~undone, referral__in=rows).values_list(
        "referral_id", "person_id"
    ):
        people.setdefault(referral_id, []).append(person_id)
    return [
        ConcernLine(
            id=each.pk,
            reference=each.reference,
            received_at=each.received_at,
            due_on=each.screening_due_on,
            source=each.get_source_display(),
            concerns=rules.concern_labels(each.concerns),
            status=each.status,
            decision=each.decision,
            decision_label=each.get_decision_display() if each.decision else "",
            decision_reason=each.decision_reason,
            decided_at=each.decided_at,
            authority_id=each.authority_id,
            authority_name=each.authority.name,
            person_ids=tuple(people.get(each.pk, ())),
            narrative=each.narrative,
        )
        for each in rows
    ]
