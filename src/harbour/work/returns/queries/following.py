"""Read what followed an interview."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Team
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.record.people import queries as people
from harbour.record.people.queries import ChildHeader
from harbour.record.people.vocabulary import AuthorityTieKind
from harbour.work.missing import queries as missing
from harbour.work.missing.models import InterviewAnswer, PreventionCheck, ReturnInterview
from harbour.work.returns import rules
from harbour.work.returns.models import Addition, Named, Onward, Review
from harbour.work.returns.vocabulary import ReviewState

# Interviews held before this are not put before anybody for review: an import brings years of them.
REVIEW_REACH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class InterviewFile:
    """All of one interview and of what followed it."""

    interview: ReturnInterview
    child: ChildHeader
    state: ReviewState
    additions: tuple[Addition, ...]
    reviews: tuple[Review, ...]
    told: tuple[Onward, ...]
    named: tuple[Named, ...]
    answers: tuple[InterviewAnswer, ...]
    checks: tuple[PreventionCheck, ...]


def interview_file(reader: Reader, interview_id: UUID, *, at: datetime) -> InterviewFile:
    """Return an interview with all that followed, and write that the reader looked at it.

    Raises `Missing` for one that is not there and for one that is closed to the reader.
    """
    found = missing.interview(reader, interview_id)
    child = people.child(reader, found.person_id, groups=("identity", "missing"), at=at)
    additions = tuple(Addition.objects.filter(interview=found).select_related("recorded_by"))
    reviews = tuple(Review.objects.filter(interview=found).select_related("recorded_by"))
    named = Named.objects.filter(Q(interview=found) | Q(episode=found.episode_id))
    return InterviewFile(
        interview=found,
        child=child,
        state=_state(additions, reviews),
        additions=additions,
        reviews=reviews,
        told=tuple(
            Onward.objects.filter(interview=found).select_related(
                "team__agency", "recorded_by", "acknowledged_by"
            )
        ),
        named=tuple(named.select_related("judgement__place", "judgement__recorded_by")),
        answers=tuple(
            InterviewAnswer.objects.filter(interview=found).select_related("recorded_by")
        ),
        checks=tuple(
            PreventionCheck.objects.filter(episode=found.episode_id).select_related("recorded_by")
        ),
    )


def state_of(reader: Reader, interview: ReturnInterview) -> ReviewState:
    """Return where one held interview stands with its review."""
    return states_of(reader, [interview.pk])[interview.pk]


def states_of(reader: Reader, interview_ids: Iterable[UUID]) -> dict[UUID, ReviewState]:
    """Return where each of these held interviews stands with its review."""
    del reader
    wanted = list(interview_ids)
    added: dict[UUID, list[Addition]] = {}
    for each in Addition.objects.filter(interview__in=wanted):
        added.setdefault(each.interview_id, []).append(each)
    reviewed: dict[UUID, list[Review]] = {}
    for one in Review.objects.filter(interview__in=wanted):
        reviewed.setdefault(one.interview_id, []).append(one)
    return {key: _state(added.get(key, ()), reviewed.get(key, ())) for key in wanted}


def _state(additions: Iterable[Addition], reviews: Iterable[Review]) -> ReviewState:
    return rules.review_state(
        reviews=[(each.recorded_at, each.outcome) for each in reviews],
        added_at=[each.recorded_at for each in additions],
    )


def to_review(reader: Reader, *, at: datetime) -> tuple[ReturnInterview, ...]:
    """Return the interviews that wait for a second person, of whom the reader may be one."""
    recent = _held(at).exclude(held_by=reader.user_id)
    return _in_state(reader, recent, ReviewState.WAITING, ReviewState.ANSWERED)


def returned_to(reader: Reader, *, at: datetime) -> tuple[ReturnInterview, ...]:
    """Return the interviews that the reader held and that were returned to her for more."""
    return _in_state(reader, _held(at).filter(held_by=reader.user_id), ReviewState.RETURNED)


def _held(at: datetime) -> QuerySet[ReturnInterview]:
    return ReturnInterview.objects.filter(held_at__gte=at - REVIEW_REACH)


def _in_state(
    reader: Reader, held: QuerySet[ReturnInterview], *wanted: ReviewState
) -> tuple[ReturnInterview, ...]:
    found = list(held.order_by("held_at", "pk"))
    states = states_of(reader, [each.pk for each in found])
    return tuple(each for each in found if states[each.pk] in wanted)


def told(reader: Reader, told_id: UUID) -> Onward:
    """Return what a team was told, for an act that writes its own ledger row."""
    del reader
    found = (
        Onward.objects.select_related("team", "interview", "recorded_by").filter(pk=told_id).first()
    )
    if found is None:
        raise Missing
    return found


def to_acknowledge(reader: Reader) -> tuple[Onward, ...]:
    """Return what the reader's teams were told and nobody took in yet."""
    waiting = Onward.objects.filter(acknowledged_at=None, team__in=reader.team_ids)
    return tuple(waiting.select_related("team", "recorded_by"))


def teams_for(reader: Reader, interview: ReturnInterview) -> tuple[Team, ...]:
    """Return the teams that work for the authorities of this child, by agency and name."""
    del reader
    today = clock.london_date(clock.now())
    ties = (AuthorityTieKind.RESPONSIBLE, AuthorityTieKind.HOST)
    found = [people.authority_of(interview.person_id, kind, on=today) for kind in ties]
    open_now = Q(remits__starts_on__lte=today) & (
        Q(remits__ends_on=None) | Q(remits__ends_on__gt=today)
    )
    teams = Team.objects.filter(open_now, remits__authority__in=[each for each in found if each])
    return tuple(teams.select_related("agency").distinct().order_by("agency__name", "name"))
