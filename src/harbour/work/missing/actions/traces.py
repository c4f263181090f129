"""What every deed of this room leaves: a line in the log, a row in the ledger, news upwards."""

from datetime import datetime

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import events
from harbour.work.missing.models import Episode, LogEntry, ReportDraft, ReturnInterview, RiskGrade
from harbour.work.missing.vocabulary import EPISODE_TOUCHED


def write(
    episode: Episode, kind: str, text: str, *, happened_at: datetime | None = None, by: Reader,
    at: datetime,
) -> LogEntry:  # fmt: skip
    """Add an entry to the episode's log."""
    entry = LogEntry(
        person_id=episode.person_id,
        episode=episode,
        kind=kind,
        at=happened_at or at,
        text=text,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    entry.save(force_insert=True)
    return entry


def graded(
    episode: Episode, grade: str, *, reason: str, set_by: str, by: Reader, at: datetime
) -> RiskGrade:
    """Add a grade to the episode's history."""
    row = RiskGrade(
        person_id=episode.person_id,
        episode=episode,
        grade=grade,
        reason=reason,
        set_by=set_by,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    return row


def audited(
    event: str, row: Episode | ReturnInterview | ReportDraft, *, act: Act = Act.ALTER, by: Reader,
    at: datetime, **detail: str | bool | None,
) -> None:  # fmt: skip
    """Write the deed to the ledger: codes, never content."""
    audit.record(
        act,
        event,
        subjects=[row.person_id],
        groups=("missing",),
        about=row,
        by=by,
        at=at,
        detail=detail,
    )


def tell(episode: Episode, reason: str, *, by: Reader, at: datetime) -> None:
    """Send the news up the house."""
    events.publish(
        events.Touched(
            children=(episode.person_id,),
            source=EPISODE_TOUCHED,
            source_id=episode.pk,
            reason=reason,
            at=at,
            by_id=by.user_id,
        )
    )
