"""Read one episode, one child's episodes, and the episodes of a window."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from harbour.foundation.access import queries as access
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import queries as people
from harbour.record.people.queries import ChildHeader
from harbour.work.missing import rules
from harbour.work.missing.models import (
    Episode,
    LogEntry,
    Profile,
    ReportDraft,
    ReturnInterview,
    RiskGrade,
    SentSheet,
)
from harbour.work.missing.queries.board import repeated
from harbour.work.missing.queries.profiles import profile
from harbour.work.missing.queries.sheets import sent_sheets
from harbour.work.missing.vocabulary import ClockState, EpisodeKind, LogKind, PoliceRisk

RELATED = (
    "person",
    "owner",
    "offered_to",
    "authority",
    "responsible",
    "recorded_by",
    "return_recorded_by",
)


@dataclass(frozen=True, kw_only=True)
class EpisodeFile:
    """All of one episode, for the pages that show it and the acts that change it."""

    episode: Episode
    child: ChildHeader
    log: tuple[LogEntry, ...]
    grades: tuple[RiskGrade, ...]
    interview: ReturnInterview | None
    repeats: tuple[str, ...]
    profile: Profile | None
    sent: tuple[SentSheet, ...]
    mark: str


@dataclass(frozen=True, kw_only=True)
class EpisodeLine:
    """One episode of a child, as a line of a list."""

    episode_id: UUID
    person_id: UUID
    kind: str
    population: str
    authority_name: str
    started_at: datetime
    started_precision: str
    returned: bool
    returned_at: datetime | None
    returned_precision: str
    police_risk: str
    due_at: datetime | None
    state: ClockState | None
    offered: str
    accepted: str
    held_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class HappenedLine:
    """Something of an episode that belongs in the child's chronology."""

    kind: LogKind
    at: datetime
    title: str
    text: str
    by_id: UUID | None
    episode_id: UUID


@dataclass(frozen=True, kw_only=True)
class MissingFact:
    """What stands in the band of facts under a child's name."""

    person_id: UUID
    missing_since: datetime | None
    episode_id: UUID | None
    latest_started_at: datetime | None
    latest_returned_at: datetime | None
    latest_precision: str
    episodes: int
    repeats: tuple[str, ...]


def episode_file(reader: Reader, episode_id: UUID, *, at: datetime) -> EpisodeFile:
    """Return an episode with everything on it, and write that the reader looked at it.

    Raises `Missing` for an episode that is not there and for one the reader may not see.
    """
    found = episode(reader, episode_id)
    child = people.child(reader, found.person_id, groups=("identity", "missing"), at=at)
    log = LogEntry.objects.filter(episode=found).select_related("recorded_by")
    grades = RiskGrade.objects.filter(episode=found).select_related("recorded_by")
    return EpisodeFile(
        episode=found,
        child=child,
        log=tuple(log.order_by("-at", "-recorded_at")),
        grades=tuple(grades.order_by("-recorded_at")),
        interview=_interviews().filter(episode=found).first(),
        repeats=repeated(reader, [found.person_id], at=at).get(found.person_id, ()),
        profile=profile(reader, found.person_id),
        sent=sent_sheets(reader, found.pk),
        mark=mark_of(reader, found, at=at),
    )


def mark_of(reader: Reader, found: Episode, *, at: datetime) -> str:
    """Return a mark that changes with whatever the page of an episode shows.

    While the child is missing it changes each hour too, and with it how long they are missing.
    """
    counts = {
        "logs": LogEntry.objects.filter(episode=OuterRef("pk")),
        "grades": RiskGrade.objects.filter(episode=OuterRef("pk")),
        "profiles": Profile.objects.filter(person=OuterRef("person")),
        "sent": SentSheet.objects.filter(episode=OuterRef("pk")),
        "closed": SentSheet.objects.filter(episode=OuterRef("pk"), ended_at__isnull=False),
    }
    state = (
        Episode.objects.filter(pk=found.pk)
        .annotate(**{name: _count(rows) for name, rows in counts.items()})
        .annotate(said=Subquery(_interviews().filter(episode=OuterRef("pk")).values("version")[:1]))
        .values_list("version", "said", *counts)
    )
    hours = "" if found.returned else (at - found.started_at) // timedelta(hours=1)
    shown = f"{reader.user_id} {list(state)} {hours}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Subquery(counted.values("n"))


def episode(reader: Reader, episode_id: UUID) -> Episode:
    """Return the row of an episode for an act that writes its own ledger row."""
    del reader  # the database knows who asks
    found = Episode.objects.select_related(*RELATED).filter(pk=episode_id).first()
    if found is None:
        raise Missing
    return found


def episodes_of(reader: Reader, person_id: UUID) -> QuerySet[Episode]:
    """Return the rows of a child's episodes that no import flagged, for a check of overlap."""
    del reader
    return Episode.objects.filter(person=person_id, overlaps=False)


def interview(reader: Reader, interview_id: UUID) -> ReturnInterview:
    """Return the row of an interview for an act that writes its own ledger row."""
    del reader
    found = _interviews().filter(pk=interview_id).first()
    if found is None:
        raise Missing
    return found


def _interviews() -> QuerySet[ReturnInterview]:
    return ReturnInterview.objects.select_related(
        "episode", "interviewer", "offered_by", "held_by", "answered_by"
    )


def draft(reader: Reader, draft_id: UUID, *, at: datetime) -> ReportDraft:
    """Return the reader's own report that is not sent yet; raise `Missing` for any other."""
    fresh = ReportDraft.objects.filter(begun_at__gte=at - rules.DRAFT_KEPT_FOR)
    found = fresh.filter(pk=draft_id, user=reader.user_id).first()
    if found is None:
        raise Missing
    return found


def drafts(reader: Reader, *, at: datetime) -> tuple[ReportDraft, ...]:
    """Return the reader's own reports that are not sent yet, the newest first."""
    fresh = ReportDraft.objects.filter(begun_at__gte=at - rules.DRAFT_KEPT_FOR)
    return tuple(fresh.filter(user=reader.user_id).order_by("-begun_at"))


def possible_owners(reader: Reader, found: Episode) -> tuple[User, ...]:
    """Return who can be handed an episode: people who report, for the authority responsible."""
    del reader
    holders = access.people_with(Permission.MISSING_REPORT, authority_id=found.responsible_id)
    hosts = access.people_with(Permission.MISSING_REPORT, authority_id=found.authority_id)
    return tuple({user.pk: user for user in (*holders, *hosts)}.values())


def possible_interviewers(reader: Reader) -> tuple[User, ...]:
    """Return who holds return home interviews."""
    del reader
    return tuple(access.people_with(Permission.INTERVIEW_HOLD))


def of_child(reader: Reader, person_id: UUID, *, at: datetime) -> tuple[EpisodeLine, ...]:
    """Return every episode of a child, the newest first; the page writes the look."""
    del reader
    return _lines(Episode.objects.filter(person=person_id).order_by("-started_at"), at=at)


def reported_between(
    reader: Reader, authority_id: UUID, *, since: datetime, until: datetime
) -> tuple[EpisodeLine, ...]:
    """Return the episodes written down from one moment until another (excluded), in order.

    Counted by when the hub was told, so that windows that join leave no episode out.
    """
    del reader
    found = _of(authority_id).filter(recorded_at__gte=since, recorded_at__lt=until)
    return _lines(found.order_by("recorded_at"), at=until)


def returned_between(
    reader: Reader, authority_id: UUID, *, since: datetime, until: datetime
) -> tuple[EpisodeLine, ...]:
    """Return the episodes whose return was written down in such a window."""
    del reader
    back_at = Coalesce("return_recorded_at", "returned_at", "recorded_at")
    found = _of(authority_id).filter(returned=True).alias(back_told_at=back_at)
    found = found.filter(back_told_at__gte=since, back_told_at__lt=until)
    return _lines(found.order_by("back_told_at"), at=until)


def _of(authority_id: UUID) -> QuerySet[Episode]:
    return Episode.objects.filter(Q(responsible=authority_id) | Q(authority=authority_id))


def current(reader: Reader, person_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, MissingFact]:
    """Return, for each child with any episode, whether they are missing now, and the last."""
    wanted = set(person_ids)
    again = repeated(reader, wanted, at=at)
    facts: dict[UUID, MissingFact] = {}
    by_child: dict[UUID, list[Episode]] = {}
    for each in Episode.objects.filter(person__in=wanted).order_by("-started_at"):
        by_child.setdefault(each.person_id, []).append(each)
    for person_id, episodes in by_child.items():
        still = next((each for each in episodes if not each.returned), None)
        latest = episodes[0]
        facts[person_id] = MissingFact(
            person_id=person_id,
            missing_since=still.started_at if still else None,
            episode_id=(still or latest).pk,
            latest_started_at=latest.started_at,
            latest_returned_at=latest.returned_at,
            latest_precision=latest.started_precision,
            episodes=len(episodes),
            repeats=again.get(person_id, ()),
        )
    return facts


# How an episode's beginning reads in a chronology.
BEGINNINGS = {
    EpisodeKind.MISSING: "Went missing",
    EpisodeKind.AWAY: "Went away without authorisation",
}


def chronology(reader: Reader, person_id: UUID) -> tuple[HappenedLine, ...]:
    """Return what happened in a child's episodes, the newest first, for the child's chronology."""
    del reader
    happened = [
        line for each in Episode.objects.filter(person=person_id) for line in _happened(each)
    ]
    interviews = ReturnInterview.objects.filter(person=person_id).exclude(held_at=None)
    happened += [_held(each) for each in interviews]
    return tuple(sorted(happened, key=lambda line: line.at, reverse=True))


def _happened(found: Episode) -> list[HappenedLine]:
    risk = f"Police risk: {PoliceRisk(found.police_risk).label}" if found.police_risk else ""
    lines = [
        HappenedLine(
            kind=LogKind.REPORT,
            at=found.started_at,
            title=BEGINNINGS[EpisodeKind(found.kind)],
            text=risk,
            by_id=found.recorded_by_id,
            episode_id=found.pk,
        )
    ]
    back_at = found.returned_at or found.return_recorded_at
    if found.returned and back_at is not None:
        known = found.returned_at is not None
        lines.append(
            HappenedLine(
                kind=LogKind.RETURN,
                at=back_at,
                title="Came back" if known else "Came back, return time not recorded",
                text=found.found_where,
                by_id=found.return_recorded_by_id or found.recorded_by_id,
                episode_id=found.pk,
            )
        )
    return lines


def _held(found: ReturnInterview) -> HappenedLine:
    return HappenedLine(
        kind=LogKind.INTERVIEW,
        at=found.held_at or found.recorded_at,
        title=f"{LogKind.INTERVIEW.label} held",
        text=found.child_words,
        by_id=found.held_by_id,
        episode_id=found.episode_id,
    )


def _lines(found: QuerySet[Episode], *, at: datetime) -> tuple[EpisodeLine, ...]:
    episodes = list(found.select_related("authority"))
    interviews = {
        each.episode_id: each for each in ReturnInterview.objects.filter(episode__in=episodes)
    }
    return tuple(_line(each, interviews.get(each.pk), at) for each in episodes)


def _line(found: Episode, about: ReturnInterview | None, at: datetime) -> EpisodeLine:
    outstanding = about is not None and rules.interview_is_outstanding(
        offered=about.offered, accepted=about.accepted, held=about.held_at is not None
    )
    due_at = about.due_at if about else None
    return EpisodeLine(
        episode_id=found.pk,
        person_id=found.person_id,
        kind=found.kind,
        population=found.population,
        authority_name=found.authority.name,
        started_at=found.started_at,
        started_precision=found.started_precision,
        returned=found.returned,
        returned_at=found.returned_at,
        returned_precision=found.returned_precision,
        police_risk=found.police_risk,
        due_at=due_at,
        state=rules.clock_state(due_at=due_at, at=at) if outstanding else None,
        offered=about.offered if about else "",
        accepted=about.accepted if about else "",
        held_at=about.held_at if about else None,
    )
