"""Read concerns. The database filters by who asks; the loader of one writes the consultation."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from harbour.foundation.access import roles
from harbour.foundation.access.models import User
from harbour.foundation.access.queries import holders
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Missing
from harbour.work.referrals import policy, rules
from harbour.work.referrals.models import (
    DescribedChild,
    Firing,
    Link,
    Referral,
    Unlink,
    Watch,
)
from harbour.work.referrals.vocabulary import Decision, Status, WatchKind

# One referral


def referral(reader: Reader, referral_id: UUID, *, at: datetime) -> Referral:
    """Return a concern and write that the reader looked at it; raise `Missing` if unseen."""
    found = Referral.objects.filter(pk=referral_id).select_related("authority").first()
    if found is None or not policy.can_read_concerns(reader):
        raise Missing
    audit.record(
        Act.CONSULT,
        "referrals.seen",
        subjects=linked_people(found.pk),
        groups=["referral"],
        about=found,
        by=reader,
        at=at,
    )
    return found


def referral_to_change(reader: Reader, referral_id: UUID) -> Referral:
    """Return a concern for an act that writes its own ledger row; raise `Missing` if unseen."""
    found = Referral.objects.filter(pk=referral_id).select_related("authority").first()
    if found is None or not policy.can_read_concerns(reader):
        raise Missing
    return found


def described_children(referral_id: UUID) -> list[DescribedChild]:
    """Return the children as the referrer described them, in the order they were described."""
    return list(DescribedChild.objects.filter(referral=referral_id).order_by("number"))


def described_child(reader: Reader, described_id: UUID) -> DescribedChild:
    """Return one described child with the concern; raise `Missing` if unseen."""
    found = (
        DescribedChild.objects.filter(pk=described_id).select_related("referral__authority").first()
    )
    if found is None or not policy.can_read_concerns(reader):
        raise Missing
    return found


def links(referral_id: UUID, *, with_undone: bool = False) -> QuerySet[Link]:
    """Return whom a concern is linked to, as far as the reader sees them."""
    found = Link.objects.filter(referral=referral_id).annotate(
        undone=Exists(Unlink.objects.filter(link=OuterRef("pk")))
    )
    found = found.select_related("recorded_by").order_by("recorded_at")
    return found if with_undone else found.filter(undone=False)


def turns_of(referral_id: UUID, person_id: UUID) -> int:
    """Return how often this person was linked to the concern, mistakes included."""
    return Link.objects.filter(referral=referral_id, person=person_id).count()


def link_to_change(reader: Reader, link_id: UUID) -> Link:
    """Return one link with its concern; raise `Missing` if unseen."""
    del reader
    found = Link.objects.filter(pk=link_id).select_related("referral__authority").first()
    if found is None:
        raise Missing
    return found


def unlinks(referral_id: UUID) -> list[Unlink]:
    """Return the links of a concern that were said to be mistakes."""
    found = Unlink.objects.filter(link__referral=referral_id).select_related("link", "recorded_by")
    return list(found.order_by("recorded_at"))


def is_undone(link_id: UUID) -> bool:
    """Say whether a link was said to be a mistake."""
    return Unlink.objects.filter(link=link_id).exists()


def linked_people(referral_id: UUID) -> list[UUID]:
    """Return the people a concern is linked to."""
    return list(links(referral_id).values_list("person_id", flat=True))


def firings(referral_id: UUID) -> list[Firing]:
    """Return what touched a concern in watch, the newest first."""
    return list(Firing.objects.filter(referral=referral_id))


def is_watched(referral_id: UUID) -> bool:
    """Say whether a concern is in watch."""
    return Watch.objects.filter(referral=referral_id, ends_at=None).exists()


def name_of(user_id: UUID | None) -> str:
    """Return the name of somebody who works in the hub."""
    if user_id is None:
        return ""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""


# Lists


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


# For the rooms above


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


# The form


def public_principal() -> User | None:
    """Return the principal in whose name the public form writes."""
    return holders(roles.PUBLIC_INTAKE).filter(is_system=True).first()


def receiving_authorities() -> list[Agency]:
    """Return the authorities that take concerns, by name."""
    return list(agencies.partner_authorities())


def authority_for_unknown_area() -> Agency | None:
    """Return who takes a concern when nobody knows the area: the first by official code."""
    return agencies.partner_authorities().order_by("code", "name").first()


def agency_kind(reader: Reader) -> str:
    """Return what sort of body the reader works for."""
    if reader.agency_id is None:
        return ""
    found = Agency.objects.filter(pk=reader.agency_id).values_list("kind", flat=True)
    return found.first() or ""


def draft(key: str) -> dict[str, Any] | None:
    """Return the answers kept under this key, if they are not older than a day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.draft(%s)", [key])
        return as_answers(cursor.fetchone()[0])


def as_answers(found: Any) -> dict[str, Any] | None:
    """Return what the database gave as answers."""
    answers: dict[str, Any] | None = json.loads(found) if isinstance(found, str) else found
    return answers
