"""Write down that a child is missing, what is done, and that the child is back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.work.missing import policy, rules
from harbour.work.missing.actions.traces import audited, graded, tell, write
from harbour.work.missing.models import Episode, LogEntry, ReturnInterview, RiskGrade
from harbour.work.missing.vocabulary import (
    EpisodeKind,
    LogKind,
    MissingFrom,
    PoliceRisk,
    Precision,
    ReturnMethod,
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is said when a child is reported missing."""

    person_id: UUID
    started_at: datetime
    kind: str = EpisodeKind.MISSING
    missing_from: str = MissingFrom.HOME
    started_precision: str = Precision.MINUTE
    out_of_area: bool = False
    last_seen: str = ""
    wearing: str = ""
    with_whom: str = ""
    means: str = ""
    told: str = ""
    done: str = ""
    reported_at: datetime | None = None
    police_reference: str = ""
    police_risk: str = ""
    risk_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """The police's grade of an episode, why, and who set it."""

    grade: str
    reason: str
    set_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Return:
    """What is said when a child is back: the moment, or only the day, or neither."""

    returned_at: datetime | None = None
    returned_on: date | None = None
    how: str = ReturnMethod.NOT_KNOWN
    found_where: str = ""
    found_with: str = ""
    harm: str = ""


@transaction.atomic
def report_missing(*, report: Report, by: Reader, at: datetime) -> Episode:
    """Open an episode, with its population, its first log entry and the police's first grade."""
    policy.check_can_report(by, report.person_id)
    policy.check_begins_in_the_past(started_at=report.started_at, at=at)
    others = Episode.objects.filter(person=report.person_id, overlaps=False)
    policy.check_shares_no_time(by, others, started_at=report.started_at)
    episode = _opened(report, by=by, at=at)
    write(episode, LogKind.REPORT, report.done or "Reported missing.", by=by, at=at)
    if report.police_risk:
        reason = report.risk_reason or "Told with the report."
        graded(episode, report.police_risk, reason=reason, set_by="", by=by, at=at)
    audited(
        "missing.reported",
        episode,
        act=Act.COLLECT,
        by=by,
        at=at,
        kind=episode.kind,
        population=episode.population,
    )
    tell(episode, "A child was reported missing.", by=by, at=at)
    return episode


def _opened(report: Report, *, by: Reader, at: datetime) -> Episode:
    responsible, host, looked_after = _basis(report.person_id, clock.london_date(report.started_at))
    partners = Agency.objects.filter(kind=AgencyKind.AUTHORITY, partner=True)
    episode = Episode(
        person_id=report.person_id,
        kind=report.kind,
        missing_from=report.missing_from,
        population=rules.population(
            responsible=responsible,
            host=host,
            looked_after=looked_after,
            partners=frozenset(partners.values_list("pk", flat=True)),
        ),
        authority_id=host or responsible,
        responsible_id=responsible,
        out_of_area=report.out_of_area,
        started_at=report.started_at,
        started_precision=report.started_precision,
        reported_at=report.reported_at,
        last_seen=report.last_seen,
        wearing=report.wearing,
        with_whom=report.with_whom,
        means=report.means,
        told=report.told,
        police_reference=report.police_reference,
        police_risk=report.police_risk,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            episode.save(force_insert=True)
    except IntegrityError as broken:
        if "missing_one_open_episode" not in str(broken):
            raise
        raise Refused(
            "Somebody else reported this child missing a moment ago. Open the board and add "
            "to that episode."
        ) from None
    return episode


def _basis(person_id: UUID, day: date) -> tuple[UUID, UUID | None, bool]:
    """Return who is responsible, who hosts, and whether the child was looked after on a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT responsible, host, looked_after FROM harbour_sec.missing_basis(%s, %s)",
            [person_id, day],
        )
        row = cursor.fetchone()
    if row is None:
        raise Missing
    responsible, host, looked_after = row
    if responsible is None:
        raise Refused(
            "No authority is recorded as responsible for this child on that day. Record it on the "
            "child's page first, so that the episode counts where it belongs."
        )
    return responsible, host, looked_after


@transaction.atomic
def add_log(
    *, episode: Episode, text: str, happened_at: datetime | None = None, by: Reader, at: datetime
) -> LogEntry:
    """Add to the log what was done or heard; entries never change, so nobody's words are lost."""
    policy.check_can_log(by, episode)
    if happened_at is not None and happened_at > at:
        raise Refused("What is written in the log cannot lie in the future.")
    entry = write(episode, LogKind.NOTE, text, happened_at=happened_at, by=by, at=at)
    audited("missing.logged", episode, by=by, at=at)
    return entry


@transaction.atomic
def set_police_risk(
    *, episode: Episode, risk: Risk, seen_version: int, by: Reader, at: datetime
) -> RiskGrade:
    """Record the police's grade; the earlier ones stay as history."""
    policy.check_can_set_risk(by, episode)
    update_versioned(episode, seen_version=seen_version, police_risk=risk.grade)
    row = graded(episode, risk.grade, reason=risk.reason, set_by=risk.set_by, by=by, at=at)
    words = f"{PoliceRisk(risk.grade).label}: {risk.reason}"
    write(episode, LogKind.RISK, words, by=by, at=at)
    audited("missing.risk_set", episode, by=by, at=at, grade=risk.grade)
    return row


@transaction.atomic
def record_return(
    *, episode: Episode, back: Return, seen_version: int, by: Reader, at: datetime
) -> ReturnInterview:
    """Record that the child is back; start the interview's clock if the time is known."""
    policy.check_can_record_return(by, episode)
    returned_at, precision = _moment_of(episode, back)
    if returned_at is not None:
        policy.check_return_follows_absence(
            started_at=episode.started_at, returned_at=returned_at, at=at
        )
    update_versioned(
        episode,
        seen_version=seen_version,
        returned=True,
        returned_at=returned_at,
        returned_precision=precision,
        return_recorded_at=at,
        return_recorded_by_id=by.user_id,
        returned_how=back.how,
        found_where=back.found_where,
        found_with=back.found_with,
        harm=back.harm,
    )
    interview = _interview_of(episode, by=by, at=at)
    write(episode, LogKind.RETURN, f"The child is back. {_how(back.how)}.", by=by, at=at)
    audited("missing.returned", episode, by=by, at=at, timed=interview.due_at is not None)
    tell(episode, "A child who was missing is back.", by=by, at=at)
    return interview


def _moment_of(episode: Episode, back: Return) -> tuple[datetime | None, str]:
    """Return when the child came back and how exactly that is known."""
    if back.returned_at is not None:
        return back.returned_at, Precision.MINUTE
    if back.returned_on is None:
        return None, ""
    if back.returned_on < clock.london_date(episode.started_at):
        raise Refused("The child cannot have returned before going missing.")
    first = rules.first_moment_of(back.returned_on, not_before=episode.started_at)
    return first, Precision.DAY


def _interview_of(episode: Episode, *, by: Reader, at: datetime) -> ReturnInterview:
    timed = episode.returned_at if episode.returned_precision == Precision.MINUTE else None
    interview = ReturnInterview(
        person_id=episode.person_id,
        episode=episode,
        due_at=None if timed is None else rules.return_interview_due(returned_at=timed),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    interview.save(force_insert=True)
    return interview


def _how(how: str) -> str:
    return ReturnMethod(how or ReturnMethod.NOT_KNOWN).label
