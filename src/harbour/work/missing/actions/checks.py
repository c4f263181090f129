"""Record the police's prevention check, or why none was made."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.work.missing import policy
from harbour.work.missing.actions.traces import audited, write
from harbour.work.missing.models import Episode, PreventionCheck
from harbour.work.missing.vocabulary import CheckOutcome, LogKind


@dataclass(frozen=True, kw_only=True)
class Check:
    """What the police found when they saw the child, or why they did not."""

    outcome: str
    checked_at: datetime | None = None
    officer: str = ""
    found: str = ""
    reason: str = ""


@transaction.atomic
def record_prevention_check(
    *, episode: Episode, check: Check, seen_version: int, by: Reader, at: datetime
) -> PreventionCheck:
    """Record the police's safe and well check. It does not stand for the return home interview.

    The log says that it was made and no more: what the child said at the door may be about the
    place they went missing from.
    """
    policy.check_can_check_prevention(by, episode)
    _check_complete(check, episode, at=at)
    row = PreventionCheck(
        person_id=episode.person_id,
        episode=episode,
        outcome=check.outcome,
        checked_at=check.checked_at,
        officer=check.officer,
        found=check.found,
        reason=check.reason,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    row.save(force_insert=True)
    if check.checked_at is not None:
        update_versioned(episode, seen_version=seen_version, prevention_check_at=check.checked_at)
    words = "Prevention check made." if check.checked_at else "Prevention check not made."
    write(episode, LogKind.PREVENTION, words, happened_at=check.checked_at, by=by, at=at)
    audited("missing.prevention_checked", episode, by=by, at=at, outcome=check.outcome)
    return row


def _check_complete(check: Check, episode: Episode, *, at: datetime) -> None:
    if check.outcome == CheckOutcome.NOT_MADE:
        if not check.reason.strip():
            raise Refused("Say why no check was made.")
        return
    if check.checked_at is None:
        raise Refused("Say when the police saw the child.")
    if check.checked_at > at:
        raise Refused("The check cannot be in the future.")
    if check.checked_at < episode.started_at:
        raise Refused("The check cannot come before the episode.")
