"""Read what happened since the reader last looked, to her own or her authorities' children."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Reach
from harbour.hub.home import rules
from harbour.hub.home.models import Look
from harbour.hub.home.rules import Change
from harbour.hub.home.vocabulary import ChangeKind
from harbour.hub.meetings import queries as meetings
from harbour.hub.meetings.vocabulary import Outcome
from harbour.record.people import queries as people
from harbour.work.cases import queries as cases
from harbour.work.missing import queries as missing
from harbour.work.missing.queries import EpisodeLine
from harbour.work.referrals import queries as referrals


def look_since(reader: Reader, *, at: datetime) -> datetime:
    """Return since when changes are new to the reader."""
    known = Look.objects.filter(user=reader.user_id).first()
    return rules.since(
        since_at=known.since_at if known else None,
        seen_at=known.seen_at if known else None,
        at=at,
    )


def changes(reader: Reader, *, since: datetime, at: datetime) -> tuple[Change, ...]:
    """Return what happened since, the newest first, each once."""
    found = {
        (each.kind, each.source_id): each
        for each in (
            *_episodes(reader, since, at),
            *_decided(reader, since, at),
            *_resurfaced(reader, since, at),
            *_shared(reader, since, at),
        )
    }
    return tuple(sorted(found.values(), key=lambda each: each.at, reverse=True))


def _reads(reader: Reader, facet: Facet, reach: Reach) -> bool:
    return any(role.reach is reach and facet in role.reads for role in reader.roles)


def _episodes(reader: Reader, since: datetime, at: datetime) -> Iterator[Change]:
    if _reads(reader, Facet.MISSING, Reach.AUTHORITY):
        for authority_id in sorted(reader.authority_ids):
            for each in missing.reported_between(reader, authority_id, since=since, until=at):
                yield _went(each)
            for each in missing.returned_between(reader, authority_id, since=since, until=at):
                yield _came_back(each)
    elif _reads(reader, Facet.MISSING, Reach.AGENCY):
        for person_id in _own_children(reader):
            for each in missing.of_child(reader, person_id, at=at):
                if each.started_at >= since:
                    yield _went(each)
                if each.returned_at is not None and each.returned_at >= since:
                    yield _came_back(each)


def _own_children(reader: Reader) -> list[UUID]:
    return sorted({each.person_id for each in cases.my_allocations(reader)})


def _went(each: EpisodeLine) -> Change:
    return Change(
        kind=ChangeKind.MISSING,
        at=each.started_at,
        what="Reported missing",
        person_id=each.person_id,
        source_id=each.episode_id,
    )


def _came_back(each: EpisodeLine) -> Change:
    return Change(
        kind=ChangeKind.RETURNED,
        at=each.returned_at or each.started_at,
        what="Back" if each.returned_at else "Back, return time not recorded",
        person_id=each.person_id,
        source_id=each.episode_id,
    )


def _decided(reader: Reader, since: datetime, at: datetime) -> Iterator[Change]:
    if _reads(reader, Facet.MEETING, Reach.AUTHORITY):
        labels = {each.code: each.label for each in cases.grades()}
        for item in meetings.decided_between(reader, reader.authority_ids, since=since, until=at):
            grade = labels.get(item.grading.grade, item.grading.grade) if item.grading else ""
            yield Change(
                kind=ChangeKind.DECIDED,
                at=item.decided_at or at,
                what=f"Graded {grade.lower()}" if grade else Outcome(item.decision).label,
                person_id=item.person_id,
                source_id=item.pk,
            )
    elif _reads(reader, Facet.CASE, Reach.AGENCY):
        for each in cases.current_gradings(reader, _own_children(reader)).values():
            if each.decided_at >= since:
                yield Change(
                    kind=ChangeKind.DECIDED,
                    at=each.decided_at,
                    what=f"Graded {each.label.lower()}",
                    person_id=each.person_id,
                    source_id=each.id,
                )


def _resurfaced(reader: Reader, since: datetime, at: datetime) -> Iterator[Change]:
    if not _reads(reader, Facet.REFERRAL, Reach.AUTHORITY):
        return
    for authority_id in sorted(reader.authority_ids):
        for each in referrals.resurfaced(authority_id, since, at):
            for person_id in each.concern.person_ids or (None,):
                yield Change(
                    kind=ChangeKind.RESURFACED,
                    at=each.fired_at,
                    what=each.reasons[0],
                    person_id=person_id,
                    source_id=each.concern.id,
                )


def _shared(reader: Reader, since: datetime, at: datetime) -> Iterator[Change]:
    for person_id, shared_at in people.shared_with(reader, at=at).items():
        if shared_at >= since:
            yield Change(
                kind=ChangeKind.SHARED,
                at=shared_at,
                what="Shared with your agency",
                person_id=person_id,
                source_id=person_id,
            )
