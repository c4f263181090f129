"""Read what is due from whom: the coordinator's list of what to chase."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.kernel.working_days import add_working_days
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine
from harbour.record.providers.models import Placement
from harbour.work.hosting import rules
from harbour.work.hosting.models import Chase, Notification, PackSent
from harbour.work.hosting.queries.hosted import hosted
from harbour.work.hosting.queries.notifications import lacks, notifications
from harbour.work.hosting.queries.packs import latest_pack
from harbour.work.hosting.vocabulary import ChaseKind, Direction, Duty, Gap

# What began or ended longer ago than this is history: nobody is chased for it any more.
LOOK_BACK = timedelta(days=183)
# What only the placing authority can tell.
TOLD_BY_PLACING = (Gap.CONTACT, Gap.REVIEWER, Gap.FLAGS, Gap.OLD_FLAGS)
GAPS_WITHIN = 5


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that somebody else owes the hub."""

    kind: ChaseKind
    about_id: UUID
    agency_id: UUID
    agency_name: str
    authority_id: UUID
    due_on: date
    person_id: UUID | None = None
    child: PersonLine | None = None
    who: str = ""
    what: tuple[str, ...] = ()
    chases: tuple[Chase, ...] = ()


def due(reader: Reader, *, at: datetime, kind: str = "") -> tuple[Due, ...]:
    """Return what is due and not there, the latest first, each with how often it was chased."""
    today = clock.london_date(at)
    found = [
        each
        for each in (
            *_placements(reader, today),
            *_incomplete(reader),
            *_gaps(reader, at),
            *_packs(reader),
        )
        if not kind or each.kind == kind
    ]
    lines = people.lines(reader, [each.person_id for each in found if each.person_id], on=today)
    chased: dict[tuple[UUID, str], list[Chase]] = defaultdict(list)
    rows = Chase.objects.filter(about_id__in=[each.about_id for each in found])
    for row in rows.select_related("recorded_by", "agency"):
        chased[row.about_id, row.kind].append(row)
    shown = [
        replace(
            each,
            child=lines.get(each.person_id) if each.person_id else None,
            chases=tuple(chased[each.about_id, each.kind]),
        )
        for each in found
    ]
    ids = [each.person_id for each in shown if each.person_id]
    people.audit_list(reader, "hosting.due_listed", ids, ("identity", "placement"), at)
    return tuple(sorted(shown, key=lambda each: (each.due_on, each.kind, str(each.about_id))))


def find_due(reader: Reader, kind: str, about_id: UUID, *, at: datetime) -> Due:
    """Return one thing that is due; raise `Missing` if it is not, or no longer."""
    for each in due(reader, at=at, kind=kind):
        if each.about_id == about_id:
            return each
    raise Missing


def _placements(reader: Reader, today: date) -> Iterator[Due]:
    since = today - LOOK_BACK
    found = list(
        Placement.objects.filter(
            Q(starts_on__gte=since) | Q(ends_on__gte=since),
            host__in=reader.authority_ids,
            starts_on__lte=today,
        )
        .exclude(host=F("responsible"))
        .select_related("home__agency", "responsible", "placing")
    )
    there: set[tuple[UUID, str, str]] = set()
    notified = Notification.objects.filter(placement__in=[each.pk for each in found])
    for placement_id, direction, duty in notified.values_list("placement", "direction", "duty"):
        there.add((placement_id, direction, duty))
    for each in found:
        yield from _of_placement(each, since, there)


def _of_placement(
    placement: Placement, since: date, there: set[tuple[UUID, str, str]]
) -> Iterator[Due]:
    home, placing = placement.home, placement.placing or placement.responsible
    wanted = [
        (ChaseKind.ARRIVAL, Direction.ARRIVAL, Duty.REG_41, placement.starts_on),
        (ChaseKind.PLACING, Direction.ARRIVAL, Duty.REG_13, placement.starts_on),
        (ChaseKind.DEPARTURE, Direction.DEPARTURE, Duty.REG_41, placement.ends_on),
    ]
    for kind, direction, duty, day in wanted:
        asked = rules.wants(
            direction=direction, duty=duty, in_home=home is not None, own_area=False
        )
        if day is None or day < since or not asked:
            continue
        if (placement.pk, direction, duty) in there or placement.host_id is None:
            continue
        agency = home.agency if duty is Duty.REG_41 and home is not None else placing
        yield Due(
            kind=kind,
            about_id=placement.pk,
            person_id=placement.person_id,
            agency_id=agency.pk,
            agency_name=agency.name,
            authority_id=placement.host_id,
            due_on=rules.due_on(duty, day),
        )


def _incomplete(reader: Reader) -> Iterator[Due]:
    for each in notifications(reader).filter(host__in=reader.authority_ids):
        missing = lacks(each)
        if missing:
            yield Due(
                kind=ChaseKind.INCOMPLETE,
                about_id=each.pk,
                person_id=each.person_id,
                who=f"{each.given} {each.family}".strip() or "A child who is not named",
                agency_id=each.sender_id,
                agency_name=each.sender.name,
                authority_id=each.host_id,
                due_on=rules.due_on(Duty(each.duty), each.happened_on, emergency=each.emergency),
                what=missing,
            )


def _gaps(reader: Reader, at: datetime) -> Iterator[Due]:
    for each in hosted(reader, at=at):
        open_gaps = tuple(gap.value for gap in each.gaps if gap in TOLD_BY_PLACING)
        placing = each.placement.placing or each.placement.responsible
        if open_gaps and each.placement.host_id is not None:
            yield Due(
                kind=ChaseKind.GAPS,
                about_id=each.child.id,
                person_id=each.child.id,
                agency_id=placing.pk,
                agency_name=placing.name,
                authority_id=each.placement.host_id,
                due_on=add_working_days(each.placement.starts_on, GAPS_WITHIN),
                what=open_gaps,
            )


def _packs(reader: Reader) -> Iterator[Due]:
    latest = latest_pack(reader)
    if latest is None or not reader.authority_ids:
        return
    waiting = PackSent.objects.filter(pack=latest, acknowledged_at=None).select_related("agency")
    for each in waiting:
        yield Due(
            kind=ChaseKind.PACK,
            about_id=each.pk,
            who=f"Version {latest.number}",
            agency_id=each.agency_id,
            agency_name=each.agency.name,
            authority_id=min(reader.authority_ids),
            due_on=add_working_days(
                clock.london_date(each.recorded_at), rules.PACK_ACKNOWLEDGED_WITHIN
            ),
        )
