"""Read what a home's manager needs at hand: her children tonight, and what waits for her."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.people.queries import PersonLine
from harbour.record.providers import queries as providers
from harbour.record.providers.models import Home, Placement
from harbour.work.hosting.models import Arrangement, Chase, Notification
from harbour.work.hosting.queries.due import LOOK_BACK
from harbour.work.hosting.queries.notifications import lacks, sent_by_home
from harbour.work.hosting.vocabulary import ChaseKind, Direction
from harbour.work.missing import queries as missing
from harbour.work.missing.queries import MissingFact
from harbour.work.missing.rules import ProfileState

NOTIFIED_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Living:
    """A child who lives in the home tonight."""

    child: PersonLine
    placement: Placement
    fact: MissingFact | None
    profile: ProfileState
    arrangement: Arrangement | None
    arrival_due: bool


@dataclass(frozen=True, kw_only=True)
class HomeDesk:
    """A home's desk."""

    home: Home
    children: tuple[Living, ...]
    notified: tuple[Notification, ...]
    incomplete: tuple[tuple[Notification, tuple[str, ...]], ...]
    chases: tuple[Chase, ...]


def home_desk(reader: Reader, home: Home, *, at: datetime) -> HomeDesk:
    """Return a home's desk. The look at its children is one row of the ledger."""
    today = clock.london_date(at)
    placed = providers.children_placed_at(reader, home.pk, at=at)
    ids = [line.id for _, line in placed]
    facts = missing.current(reader, ids, at=at)
    sent = list(sent_by_home(reader, home.pk))
    arrived = {each.placement_id for each in sent if each.direction == Direction.ARRIVAL}
    arranged = {
        each.person_id: each
        for each in Arrangement.objects.filter(person__in=ids).order_by("recorded_at")
    }
    across = set(
        Placement.objects.filter(
            pk__in=[each.pk for each, _ in placed], starts_on__gte=today - LOOK_BACK
        )
        .exclude(responsible=F("host"))
        .values_list("pk", flat=True)
    )
    wanting = [(each, lacks(each)) for each in sent]
    return HomeDesk(
        home=home,
        children=tuple(
            Living(
                child=line,
                placement=placement,
                fact=facts.get(line.id),
                profile=missing.state_of(missing.profile(reader, line.id), today=today),
                arrangement=arranged.get(line.id),
                arrival_due=placement.pk in across and placement.pk not in arrived,
            )
            for placement, line in placed
        ),
        notified=tuple(sent[:NOTIFIED_SHOWN]),
        incomplete=tuple((each, missed) for each, missed in wanting if missed),
        chases=_open_chases(reader, wanting, arrived),
    )


def _open_chases(
    reader: Reader,
    wanting: list[tuple[Notification, tuple[str, ...]]],
    arrived: set[UUID | None],
) -> tuple[Chase, ...]:
    """Return what the hub asked of the home and is still open, each thing once."""
    incomplete = {each.pk for each, missed in wanting if missed}
    found: dict[tuple[UUID, str], list[Chase]] = defaultdict(list)
    asked = Chase.objects.filter(agency__in=reader.agency_ids).exclude(kind=ChaseKind.PACK)
    for each in asked.select_related("recorded_by", "authority"):
        done = (each.kind == ChaseKind.INCOMPLETE and each.about_id not in incomplete) or (
            each.kind == ChaseKind.ARRIVAL and each.about_id in arrived
        )
        if not done:
            found[each.about_id, each.kind].append(each)
    return tuple(rows[0] for rows in found.values())
