"""Read children placed across a border: hosted here, and own children elsewhere."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine
from harbour.record.providers import queries as providers
from harbour.record.providers.models import Contact, Placement
from harbour.record.providers.vocabulary import Distance
from harbour.work.hosting import rules
from harbour.work.hosting.models import Arrangement, Chase, Consultation, Notification, ToldFlag
from harbour.work.hosting.rules import Known
from harbour.work.hosting.vocabulary import Duty, Gap


@dataclass(frozen=True, kw_only=True)
class Across:
    """A child placed across a border, with what is known and what is not."""

    child: PersonLine
    placement: Placement
    distance: Distance
    flags: tuple[ToldFlag, ...]
    told_on: date | None
    arrangement: Arrangement | None
    consultation: Consultation | None
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, kw_only=True)
class HostingFile:
    """Everything this room holds of one child."""

    across: Across | None
    flags: tuple[ToldFlag, ...]
    consultations: tuple[Consultation, ...]
    arrangements: tuple[Arrangement, ...]
    notifications: tuple[Notification, ...]
    chases: tuple[Chase, ...]


def _current(day: date) -> QuerySet[Placement]:
    found = Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    return (
        found.exclude(host=None)
        .exclude(host=F("responsible"))
        .select_related("home__agency", "host", "responsible", "placing")
    )


def hosted(reader: Reader, *, at: datetime) -> tuple[Across, ...]:
    """Return other authorities' children placed in the reader's areas, by name."""
    found = _current(clock.london_date(at)).filter(host__in=reader.authority_ids)
    return _across(reader, found, "hosting.hosted_listed", at)


def elsewhere(reader: Reader, *, at: datetime) -> tuple[Across, ...]:
    """Return children of the reader's authorities placed in other areas, by name."""
    found = _current(clock.london_date(at)).filter(responsible__in=reader.authority_ids)
    return _across(reader, found, "hosting.elsewhere_listed", at)


def _across(
    reader: Reader, found: Iterable[Placement], event: str, at: datetime
) -> tuple[Across, ...]:
    placements = list(found)
    today = clock.london_date(at)
    lines = people.lines(reader, [each.person_id for each in placements], on=today)
    shown = _told(reader, [each for each in placements if each.person_id in lines], lines, today)
    people.audit_list(
        reader, event, [each.child.id for each in shown], ("identity", "placement", "case"), at
    )
    return tuple(sorted(shown, key=lambda each: each.child.name))


@dataclass(frozen=True, kw_only=True)
class _Heap:
    """What is known of several children, found in one query a kind."""

    flags: dict[UUID, list[ToldFlag]]
    offered: dict[UUID, Consultation]
    arranged: dict[UUID, Arrangement]
    notified: dict[UUID, list[Notification]]
    reached: set[UUID]
    far: dict[UUID, Distance]


def _heap(reader: Reader, placements: list[Placement]) -> _Heap:
    ids = [each.person_id for each in placements]
    flags: dict[UUID, list[ToldFlag]] = defaultdict(list)
    for told in ToldFlag.objects.filter(person__in=ids, ended_on=None).select_related("told_by"):
        flags[told.person_id].append(told)
    notified: dict[UUID, list[Notification]] = defaultdict(list)
    for each in Notification.objects.filter(placement__in=[row.pk for row in placements]):
        if each.placement_id:
            notified[each.placement_id].append(each)
    agencies = [each.responsible_id for each in placements]
    contacts = Contact.objects.filter(agency__in=agencies, ends_on=None)
    offered = Consultation.objects.filter(person__in=ids).order_by("offered_on")
    arranged = Arrangement.objects.filter(person__in=ids).order_by("recorded_at")
    return _Heap(
        flags=flags,
        offered={each.person_id: each for each in offered},
        arranged={each.person_id: each for each in arranged},
        notified=notified,
        reached=set(contacts.values_list("agency_id", flat=True)),
        far=providers.distances(reader, placements),
    )


def _told(
    reader: Reader, placements: list[Placement], lines: dict[UUID, PersonLine], today: date
) -> list[Across]:
    heap = _heap(reader, placements)
    return [_one(each, lines[each.person_id], heap, today) for each in placements]


def _one(placement: Placement, child: PersonLine, heap: _Heap, today: date) -> Across:
    flags = tuple(heap.flags.get(child.id, ()))
    notified = heap.notified.get(placement.pk, ())
    told_on = max((each.told_on for each in flags), default=None)
    known = Known(
        placing_notified=any(each.duty == Duty.REG_13 for each in notified),
        placing_contact=placement.responsible_id in heap.reached
        or any(each.placing_contact for each in notified),
        reviewer_contact=any(each.reviewer_contact for each in notified),
        told_on=told_on,
        interviewer_agreed=child.id in heap.arranged,
        consultation_offered=child.id in heap.offered,
    )
    return Across(
        child=child,
        placement=placement,
        distance=heap.far[placement.pk],
        flags=flags,
        told_on=told_on,
        arrangement=heap.arranged.get(child.id),
        consultation=heap.offered.get(child.id),
        gaps=rules.gaps(known, today=today),
    )


def file_of(reader: Reader, person_id: UUID, *, at: datetime) -> HostingFile:
    """Return what this room holds of a child; the view has opened the child's record."""
    today = clock.london_date(at)
    placements = list(_current(today).filter(person=person_id).order_by("-starts_on")[:1])
    lines = people.lines(reader, [person_id], on=today)
    across = _told(reader, placements, lines, today) if person_id in lines else []
    return HostingFile(
        across=across[0] if across else None,
        flags=tuple(ToldFlag.objects.filter(person=person_id).select_related("told_by")),
        consultations=tuple(Consultation.objects.filter(person=person_id).select_related("agency")),
        arrangements=tuple(
            Arrangement.objects.filter(person=person_id).select_related(
                "agreed_with", "recorded_by"
            )
        ),
        notifications=tuple(
            Notification.objects.filter(person=person_id).select_related("sender", "home__agency")
        ),
        chases=tuple(
            Chase.objects.filter(person=person_id).select_related("agency", "recorded_by")
        ),
    )


def is_across(reader: Reader, person_id: UUID, *, at: datetime) -> bool:
    """Say whether a child is placed across a border now, as far as the reader may know."""
    del reader
    return _current(clock.london_date(at)).filter(person=person_id).exists()


def arrangement(reader: Reader, person_id: UUID) -> Arrangement | None:
    """Return who holds the return interviews of a child, where that was agreed."""
    del reader
    found = Arrangement.objects.filter(person=person_id).select_related("agreed_with")
    return found.first()


def consultation(reader: Reader, consultation_id: UUID) -> Consultation:
    """Return one offer of a consultation; raise `Missing` if unseen."""
    del reader
    found = Consultation.objects.filter(pk=consultation_id).select_related("agency").first()
    if found is None:
        raise Missing
    return found


def flag(reader: Reader, flag_id: UUID) -> ToldFlag:
    """Return one thing that was told of a child; raise `Missing` if unseen."""
    del reader
    found = ToldFlag.objects.filter(pk=flag_id).select_related("told_by").first()
    if found is None:
        raise Missing
    return found
