"""Read who is missing now and whose interview is due, across the children the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from harbour.foundation.access.models import Holding
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Remit, Team
from harbour.foundation.kernel import clock
from harbour.record.people import queries as people
from harbour.record.people.models import Standing
from harbour.record.people.queries import PersonLine
from harbour.work.missing import rules
from harbour.work.missing.models import Episode, LogEntry, RepeatRule, ReturnInterview
from harbour.work.missing.vocabulary import ClockState, LogKind


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What a list is narrowed to: one authority's children, one population, one team's work."""

    authority_id: UUID | None = None
    population: str = ""
    # The team of whoever owns the episode, was offered it, or is to hold the interview.
    team_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class MissingNow:
    """A child who is missing now, as a line of the board."""

    episode_id: UUID
    version: int
    child: PersonLine
    kind: str
    population: str
    authority_name: str
    started_at: datetime
    started_precision: str
    police_risk: str
    logged_at: datetime | None
    logged: str
    owner_id: UUID | None
    owner_name: str
    offered_to_id: UUID | None
    offered_to_name: str
    offered_at: datetime | None
    missing_from: str
    out_of_area: bool
    adult_on: date | None
    carried_on: bool
    repeats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InterviewDue:
    """An interview that is still to be offered, answered or held, as a line of the board."""

    interview_id: UUID
    episode_id: UUID
    version: int
    child: PersonLine
    kind: str
    population: str
    authority_name: str
    returned_at: datetime | None
    returned_precision: str
    due_at: datetime | None
    state: ClockState
    offered: str
    accepted: str
    service: str
    interviewer_id: UUID | None
    interviewer_name: str


def teams(reader: Reader) -> tuple[Team, ...]:
    """Return the teams that work for the reader's authorities, by name."""
    today = clock.london_date(clock.now())
    still = Q(ends_on=None) | Q(ends_on__gt=today)
    remits = Remit.objects.filter(still, starts_on__lte=today, authority__in=reader.authority_ids)
    found = Team.objects.filter(pk__in=remits.values("team")).select_related("agency")
    return tuple(found.order_by("name", "pk"))


def _in_team(team_id: UUID) -> QuerySet[Holding, UUID]:
    """Return who works in a team today."""
    today = clock.london_date(clock.now())
    still = Q(ends_on=None) | Q(ends_on__gt=today)
    held = Holding.objects.filter(still, team=team_id, starts_on__lte=today)
    return held.values_list("user", flat=True)


def missing_now(
    reader: Reader, *, at: datetime, narrowed: Narrowed | None = None
) -> tuple[MissingNow, ...]:
    """Return the children who are missing, the longest first.

    Who turned 18 while missing is still missing: `adult_on` says that the episode ended as a
    child's. A list of children is a look at their records: the page writes one ledger row for it.
    """
    heard = LogEntry.objects.filter(episode=OuterRef("pk")).exclude(kind=LogKind.OWNER)
    latest = heard.order_by("-recorded_at", "-at")
    gone = _of_authority(Episode.objects.filter(returned=False), narrowed)
    if narrowed is not None and narrowed.team_id is not None:
        team = _in_team(narrowed.team_id)
        gone = gone.filter(Q(owner__in=team) | Q(offered_to__in=team))
    found = list(
        gone.select_related("owner", "offered_to", "authority", "person")
        .annotate(
            logged_at=Subquery(latest.values("at")[:1]),
            logged=Subquery(latest.values("text")[:1]),
            carried_on=Exists(LogEntry.objects.filter(episode=OuterRef("pk"), kind=LogKind.ADULT)),
        )
        .order_by("started_at", "pk")
    )
    lines = people.lines(reader, {each.person_id for each in found})
    again = repeated(reader, {each.person_id for each in found}, at=at)
    return tuple(
        _missing_now(each, lines[each.person_id], again.get(each.person_id, ()), at)
        for each in found
        if each.person_id in lines
    )


def _missing_now(
    episode: Episode, child: PersonLine, repeated: tuple[str, ...], at: datetime
) -> MissingNow:
    grown = rules.adult_from(episode.person.born_on, episode.person.born_precision)
    today = clock.london_date(at)
    is_child = rules.is_open(returned=False, adult_from=grown, on=today)
    return MissingNow(
        episode_id=episode.pk,
        version=episode.version,
        child=child,
        kind=episode.kind,
        population=episode.population,
        authority_name=episode.authority.name,
        started_at=episode.started_at,
        started_precision=episode.started_precision,
        police_risk=episode.police_risk,
        logged_at=getattr(episode, "logged_at", None),
        logged=getattr(episode, "logged", None) or "",
        owner_id=episode.owner_id,
        owner_name=episode.owner.name if episode.owner else "",
        offered_to_id=episode.offered_to_id,
        offered_to_name=episode.offered_to.name if episode.offered_to else "",
        offered_at=episode.offered_at,
        missing_from=episode.missing_from,
        out_of_area=episode.out_of_area,
        adult_on=None if is_child else grown,
        carried_on=getattr(episode, "carried_on", False),
        repeats=repeated,
    )


def interviews_due(
    reader: Reader, *, at: datetime, narrowed: Narrowed | None = None
) -> tuple[InterviewDue, ...]:
    """Return the interviews of the last quarter still to be settled, the nearest breach first.

    Those without a return time have no countdown and stand last.
    """
    recent = Q(waiting_since__gte=at - rules.BOARD_REACH)
    return _interviews(reader, _outstanding(narrowed, recent & _stands()), at=at)


def older_interviews(
    reader: Reader, *, at: datetime, narrowed: Narrowed | None = None
) -> tuple[InterviewDue, ...]:
    """Return the interviews of returns before the last quarter that were never settled."""
    older = Q(waiting_since__lt=at - rules.BOARD_REACH)
    return _interviews(reader, _outstanding(narrowed, older & _stands()), at=at)


def count_older_interviews(
    reader: Reader, *, at: datetime, narrowed: Narrowed | None = None
) -> int:
    """Return how many interviews of earlier returns were never settled."""
    del reader
    older = Q(waiting_since__lt=at - rules.BOARD_REACH)
    return _outstanding(narrowed, older & _stands()).count()


def my_interviews(reader: Reader, *, at: datetime) -> tuple[InterviewDue, ...]:
    """Return the outstanding interviews that the reader is to hold, the nearest breach first."""
    mine = Q(interviewer=reader.user_id)
    return _interviews(reader, _outstanding(None, mine), at=at)


def _stands() -> Q:
    """Return that somebody of the reader's stands with the child.

    The policy asks more than this and asks it of each row. Said once for all of them, it lets the
    database begin with the reader's children instead of with every interview of the nation.
    """
    return Q(person__in=Standing.objects.values("person"))


def _outstanding(narrowed: Narrowed | None, which: Q) -> QuerySet[ReturnInterview]:
    waiting = ReturnInterview.objects.filter(which, waiting_since__isnull=False)
    if narrowed is not None and narrowed.team_id is not None:
        waiting = waiting.filter(interviewer__in=_in_team(narrowed.team_id))
    return _of_authority(waiting, narrowed, "episode__")


def falls_due(reader: Reader, *, since: datetime, until: datetime) -> bool:
    """Say whether something of the reader's fell due in a window, or soon will.

    An offer that waits for her word, or an interview she is to hold whose last day begins or whose
    time is over. Nothing of a child is read: it is asked whether there is anything.
    """
    waited = Episode.objects.filter(
        returned=False,
        offered_to=reader.user_id,
        offered_at__gt=since - rules.OFFER_WAITS,
        offered_at__lte=until - rules.OFFER_WAITS,
    )
    last_day = Q(due_at__gt=since + rules.SOON, due_at__lte=until + rules.SOON)
    over = Q(due_at__gt=since, due_at__lte=until)
    mine = _outstanding(None, Q(interviewer=reader.user_id))
    return waited.exists() or mine.filter(last_day | over).exists()


def _interviews(
    reader: Reader, waiting: QuerySet[ReturnInterview], *, at: datetime
) -> tuple[InterviewDue, ...]:
    found = list(
        waiting.select_related("episode__authority", "interviewer").order_by(
            F("due_at").asc(nulls_last=True), "recorded_at", "pk"
        )
    )
    lines = people.lines(reader, {each.person_id for each in found})
    return tuple(
        _interview(each, lines[each.person_id], at) for each in found if each.person_id in lines
    )


def _interview(interview: ReturnInterview, child: PersonLine, at: datetime) -> InterviewDue:
    episode = interview.episode
    return InterviewDue(
        interview_id=interview.pk,
        episode_id=episode.pk,
        version=interview.version,
        child=child,
        kind=episode.kind,
        population=episode.population,
        authority_name=episode.authority.name,
        returned_at=episode.returned_at,
        returned_precision=episode.returned_precision,
        due_at=interview.due_at,
        state=rules.clock_state(due_at=interview.due_at, at=at),
        offered=interview.offered,
        accepted=interview.accepted,
        service=interview.service,
        interviewer_id=interview.interviewer_id,
        interviewer_name=interview.interviewer.name if interview.interviewer else "",
    )


def repeat_rules(reader: Reader, *, on: date) -> tuple[rules.RepeatRule, ...]:
    """Return the repeat rules in force on a day, the shortest window first."""
    del reader
    in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return tuple(
        rules.RepeatRule(each.episodes, each.days)
        for each in RepeatRule.objects.filter(in_force).order_by("days", "number")
    )


def repeated(
    reader: Reader, person_ids: Iterable[UUID], *, at: datetime
) -> dict[UUID, tuple[str, ...]]:
    """Return which repeat rules each child fulfils; children who fulfil none are left out."""
    configured = repeat_rules(reader, on=clock.london_date(at))
    wanted = set(person_ids)
    if not configured or not wanted:
        return {}
    since = at - timedelta(days=max(rule.days for rule in configured))
    begun: dict[UUID, list[datetime]] = {}
    episodes = Episode.objects.filter(person__in=wanted, started_at__gt=since)
    for person_id, started_at in episodes.values_list("person_id", "started_at"):
        begun.setdefault(person_id, []).append(started_at)
    fired = {
        person_id: tuple(rule.words for rule in rules.repeats(starts, at=at, rules=configured))
        for person_id, starts in begun.items()
    }
    return {person_id: words for person_id, words in fired.items() if words}


def _of_authority[Row: (Episode, ReturnInterview)](
    rows: QuerySet[Row], narrowed: Narrowed | None, prefix: str = ""
) -> QuerySet[Row]:
    if narrowed is None:
        return rows
    if narrowed.authority_id is not None:
        rows = rows.filter(
            Q(**{f"{prefix}responsible": narrowed.authority_id})
            | Q(**{f"{prefix}authority": narrowed.authority_id})
        )
    if narrowed.population:
        rows = rows.filter(**{f"{prefix}population": narrowed.population})
    return rows
