"""Bring in the missing table: when a child was missing, or away without authorisation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from harbour.exchange.ssda903.actions.outcomes import Brought, kept_as_it_was
from harbour.exchange.ssda903.rules.checks import as_written
from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.rows import MissingRow
from harbour.exchange.ssda903.vocabulary import MISSING_EPISODES, SOURCE
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.providers.models import Placement
from harbour.work.missing import actions as missing
from harbour.work.missing import vocabulary as v
from harbour.work.missing.models import Episode


def bring_in(
    rows: Sequence[MissingRow],
    *,
    people: Mapping[str, UUID],
    authority: Agency,
    by: Reader,
    at: datetime,
) -> Brought:
    """Write absences the hub does not have, and returns it did not know of; keep what overlaps.

    The return gives days and no times. An absence that somebody recorded in the hub on the day,
    with its times, is the better account of the same thing and stays as it is.
    """
    stored = _stored(people.values())
    placed = _placements(people.values())
    new: list[Episode] = []
    back: list[Episode] = []
    findings: list[Finding] = []
    for key, row in source_keys(rows).items():
        person = people[row.child]
        same = _same(stored[person], key, row)
        if same is None:
            new.append(_episode(row, key, person, authority, placed[person]))
        elif _take_over_return(same, row):
            back.append(same)
        else:
            findings.extend(_difference(same, row))
    _mark_overlaps(new, stored)
    missing.take_in(new=new, returned=back, by=by, at=at)
    return Brought(
        new=len(new),
        changed=len(back),
        unchanged=len(rows) - len(new) - len(back),
        findings=(*findings, *_area_not_told(rows, people, placed)),
        people=people,
    )


def source_keys(rows: Iterable[MissingRow]) -> dict[str, MissingRow]:
    """Return the rows by what tells one from another for good: child, kind and first day."""
    that_day: dict[tuple[str, str, date], int] = defaultdict(int)
    keys = {}
    for row in sorted(rows, key=lambda row: (row.child, row.starts_on, row.ends_on or date.max)):
        day = (row.child, row.kind, row.starts_on)
        that_day[day] += 1
        keys[f"{SOURCE} {row.child} {row.kind} {row.starts_on} {that_day[day]}"] = row
    return keys


def midnight(day: date) -> datetime:
    """Return the first moment of a day in England: all that a day without a time says."""
    return datetime.combine(day, time.min, tzinfo=clock.LONDON)


def _stored(people: Iterable[UUID]) -> dict[UUID, list[Episode]]:
    stored: dict[UUID, list[Episode]] = defaultdict(list)
    for episode in Episode.objects.filter(person_id__in=set(people)):
        stored[episode.person_id].append(episode)
    return stored


def _placements(people: Iterable[UUID]) -> dict[UUID, list[Placement]]:
    placed: dict[UUID, list[Placement]] = defaultdict(list)
    query = Placement.objects.filter(person_id__in=set(people)).select_related("home")
    for placement in query.order_by("-starts_on"):
        placed[placement.person_id].append(placement)
    return placed


def _same(stored: Iterable[Episode], key: str, row: MissingRow) -> Episode | None:
    """Return the episode that came from this row, or that somebody recorded for the same day."""
    for episode in stored:
        began_on = clock.london_date(episode.started_at)
        by_hand = episode.source_key == "" and (episode.kind, began_on) == (row.kind, row.starts_on)
        if episode.source_key == key or by_hand:
            return episode
    return None


def _episode(
    row: MissingRow,
    key: str,
    person: UUID,
    authority: Agency,
    placed: Iterable[Placement],
) -> Episode:
    host = _host_on(row.starts_on, placed) or authority.pk
    return Episode(
        person_id=person,
        kind=row.kind,
        missing_from=v.MissingFrom.CARE,
        population=_population(authority, host),
        authority_id=host,
        responsible=authority,
        started_at=midnight(row.starts_on),
        started_precision=v.Precision.DAY,
        source_key=key,
        **_return(row),
    )


def _area_not_told(
    rows: Iterable[MissingRow],
    people: Mapping[str, UUID],
    placed: Mapping[UUID, Iterable[Placement]],
) -> Iterable[Finding]:
    """Return one flag for the file: the return has no column for where a child is placed."""
    times = sum(_host_on(row.starts_on, placed.get(people[row.child], ())) is None for row in rows)
    if times:
        yield Finding(
            table=MISSING_EPISODES.name,
            row=0,
            column="",
            value=f"{times} absences",
            problem="Where children were placed is not known: counted as in the authority's area",
            what_to_do="Record the home or the host authority of the placement",
            severity=Severity.FLAGGED,
        )


def _population(authority: Agency, host: UUID) -> v.Population:
    """Return which of the four populations a child of the return, looked after, belongs to."""
    if not authority.partner:
        return v.Population.HOSTED
    return (
        v.Population.LOOKED_AFTER_HERE
        if host == authority.pk
        else v.Population.LOOKED_AFTER_ELSEWHERE
    )


def _host_on(day: date, placed: Iterable[Placement]) -> UUID | None:
    """Return the authority in whose area the child was placed, if a home or a placement says so."""
    for placement in placed:
        if placement.starts_on <= day and (placement.ends_on is None or day <= placement.ends_on):
            return placement.home.authority_id if placement.home else placement.host_id
    return None


def _return(row: MissingRow) -> dict[str, Any]:
    """Return what the row says of the end: the day if it can be one, or that it is not recorded."""
    if row.ends_on is None:
        return {"returned": False, "returned_at": None, "returned_precision": ""}
    if row.ends_on < row.starts_on:
        return {"returned": True, "returned_at": None, "returned_precision": ""}
    return {
        "returned": True,
        "returned_at": midnight(row.ends_on),
        "returned_precision": v.Precision.DAY,
    }


def _take_over_return(episode: Episode, row: MissingRow) -> bool:
    """Write the return of an episode that was open, or whose day the authority has corrected."""
    says = _return(row)
    imported = episode.source_key != "" and episode.returned_precision != v.Precision.MINUTE
    differs = (episode.returned, episode.returned_at) != (says["returned"], says["returned_at"])
    if not says["returned"] or not differs or (episode.returned and not imported):
        return False
    for field, value in says.items():
        setattr(episode, field, value)
    episode.version += 1
    return True


def _difference(episode: Episode, row: MissingRow) -> Iterable[Finding]:
    """Return a flag where the hub's own entry says another day of return."""
    known = clock.london_date(episode.returned_at) if episode.returned_at else None
    if episode.returned and known and known != row.ends_on:
        yield kept_as_it_was(
            MISSING_EPISODES,
            row,
            column="MIS_END",
            value=as_written(row.ends_on),
            problem="The hub has another day of return for this absence",
        )


def _mark_overlaps(new: Iterable[Episode], stored: Mapping[UUID, Iterable[Episode]]) -> None:
    """Mark new episodes that overlap one that counts already: of two, one counts (check 574).

    What is stored counts before what is new, missing before away, the earlier before the later.
    """
    counted = {
        person: [each for each in theirs if not each.overlaps] for person, theirs in stored.items()
    }
    for episode in sorted(new, key=lambda each: (each.kind != v.EpisodeKind.MISSING, _began(each))):
        others = counted.setdefault(episode.person_id, [])
        episode.overlaps = any(_overlap(episode, other) for other in others)
        if not episode.overlaps:
            others.append(episode)


def _overlap(one: Episode, other: Episode) -> bool:
    return _began(one) < _ended(other) and _began(other) < _ended(one)


def _began(episode: Episode) -> date:
    return clock.london_date(episode.started_at)


def _ended(episode: Episode) -> date:
    if episode.returned_at:
        return clock.london_date(episode.returned_at)
    return _began(episode) if episode.returned else date.max
