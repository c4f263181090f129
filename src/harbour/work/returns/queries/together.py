"""Read who keeps being missing together and which places keep returning.

Every row is read through its policy: a child whom the reader may not see is not counted, not named,
and leaves no gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.record.people import queries as people
from harbour.record.people.rules import full_name
from harbour.work.missing import policy as missing
from harbour.work.missing.models import Episode
from harbour.work.returns import rules
from harbour.work.returns.models import Named
from harbour.work.returns.rules import Absence, Pair
from harbour.work.returns.vocabulary import JudgementOutcome, NamedKind, Strength

# How far back the lists look. Longer ago says little of tonight.
REACH = timedelta(days=180)
# A place named once is in its episode; from twice on it returns.
RETURNS_FROM = 2


@dataclass(kw_only=True)
class _Place:
    name: str = ""
    place_id: UUID | None = None
    strength: str = ""
    episodes: set[UUID] = field(default_factory=set)
    children: set[UUID] = field(default_factory=set)
    last_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """A place that keeps returning: looked into or only named, in how many episodes of whom."""

    name: str
    place_id: UUID | None
    strength: str
    episodes: int
    children: tuple[UUID, ...]
    last_at: datetime


def pairs(reader: Reader, *, at: datetime) -> tuple[Pair, ...]:
    """Return the children of the last half-year who were missing together."""
    recent = Episode.objects.filter(started_at__gte=at - REACH)
    return _pairs(reader, recent)


def companions_of(reader: Reader, person_id: UUID, *, at: datetime) -> tuple[Pair, ...]:
    """Return with whom one child was missing together in the last half-year."""
    own = list(Episode.objects.filter(person=person_id, started_at__gte=at - REACH))
    if not own:
        return ()
    meets = Q(pk__in=[])
    for each in own:
        until = each.returned_at or (each.started_at if each.returned else at)
        meets |= Q(started_at__lte=until) & (
            Q(returned_at__gte=each.started_at)
            | Q(returned=False)
            | Q(returned_at=None, started_at__gte=each.started_at)
        )
    others = Episode.objects.filter(meets, started_at__gte=at - REACH - REACH)
    found = _pairs(reader, others | Episode.objects.filter(pk__in=[each.pk for each in own]))
    return tuple(each for each in found if person_id in each.children)


def _pairs(reader: Reader, episodes: QuerySet[Episode]) -> tuple[Pair, ...]:
    found = list(episodes)
    named = _named(each.pk for each in found)
    names = {
        person_id: [rules.name_key(full_name(each.given, each.family)) for each in written]
        for person_id, written in people.names_of(
            reader, {each.person_id for each in found}
        ).items()
    }
    absences = [_absence(each, named.get(each.pk, [])) for each in found]
    return rules.together(absences, names)


def _named(episode_ids: Iterable[UUID]) -> dict[UUID, list[Named]]:
    found: dict[UUID, list[Named]] = {}
    rows = Named.objects.filter(episode__in=list(episode_ids)).select_related("judgement")
    for each in rows:
        if not _refused(each):
            found.setdefault(each.episode_id, []).append(each)
    return found


def _refused(named: Named) -> bool:
    return hasattr(named, "judgement") and named.judgement.outcome == JudgementOutcome.REFUSED


def _absence(episode: Episode, named: list[Named]) -> Absence:
    judged = [each.judgement for each in named if hasattr(each, "judgement")]
    people_named = [each.text for each in named if each.kind == NamedKind.PERSON]
    return Absence(
        episode_id=episode.pk,
        person_id=episode.person_id,
        span=missing.span_of(episode),
        places=frozenset(each.place_id for each in judged if each.place_id is not None),
        named_places=frozenset(
            each.key for each in named if each.kind == NamedKind.PLACE and each.key
        ),
        companions=frozenset(each.other_id for each in judged if each.other_id is not None),
        said=(episode.with_whom, episode.found_with, *people_named),
    )


def places(reader: Reader, *, at: datetime) -> tuple[PlaceLine, ...]:
    """Return the places named in more than one episode of the last half-year, the most first."""
    del reader
    recent = Named.objects.filter(kind=NamedKind.PLACE, episode__started_at__gte=at - REACH)
    return _places(recent)


def places_of(reader: Reader, person_id: UUID, *, at: datetime) -> tuple[PlaceLine, ...]:
    """Return the places that return in one child's episodes."""
    del reader
    recent = Named.objects.filter(
        kind=NamedKind.PLACE, person=person_id, episode__started_at__gte=at - REACH
    )
    return _places(recent)


def _places(rows: QuerySet[Named]) -> tuple[PlaceLine, ...]:
    found = [
        each
        for each in rows.select_related("judgement__place", "episode").order_by("recorded_at")
        if not _refused(each)
    ]
    # Words that the analyst once accepted as a place stand for that place wherever they recur.
    known = {
        each.key: each.judgement.place_id
        for each in found
        if each.key and hasattr(each, "judgement") and each.judgement.place_id
    }
    grouped: dict[UUID | str, _Place] = {}
    for each in found:
        judged = each.judgement if hasattr(each, "judgement") else None
        place_id = (judged.place_id if judged else None) or known.get(each.key)
        group = place_id or each.key
        if group:
            _count(grouped.setdefault(group, _Place(place_id=place_id)), each)
    lines = [
        PlaceLine(
            name=each.name,
            place_id=each.place_id,
            strength=each.strength,
            episodes=len(each.episodes),
            children=tuple(sorted(each.children)),
            last_at=each.last_at,
        )
        for each in grouped.values()
        if len(each.episodes) >= RETURNS_FROM and each.last_at is not None
    ]
    return tuple(sorted(lines, key=lambda each: (-each.episodes, -each.last_at.timestamp())))


def _count(place: _Place, named: Named) -> None:
    judged = named.judgement if hasattr(named, "judgement") else None
    if judged is not None and judged.place is not None:
        place.name = str(judged.place)
        place.strength = str(Strength(judged.strength).label)
    place.name = place.name or named.text
    place.episodes.add(named.episode_id)
    place.children.add(named.person_id)
    begun = named.episode.started_at
    place.last_at = max(place.last_at or begun, begun)
