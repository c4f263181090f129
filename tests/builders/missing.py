"""Small builders of episodes, returns and interviews."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.work.missing import actions
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.missing.vocabulary import Answer, InterviewService

# The fixtures of tests/conftest.py, as types.
type ActingAs = Callable[[User], AbstractContextManager[Reader]]
type Unbound = Callable[[], AbstractContextManager[None]]
type ClientFor = Callable[[User], Client]


def hours_ago(hours: float) -> datetime:
    """Return a moment before now, to the minute."""
    return clock.now().replace(second=0, microsecond=0) - timedelta(hours=hours)


def an_episode(by: Reader, person_id: UUID, *, hours: float = 5, **said: Any) -> Episode:
    """Report a child missing who was last seen some hours ago."""
    known: dict[str, Any] = {"last_seen": "At the bus station", "police_risk": "medium"}
    report = actions.Report(person_id=person_id, started_at=hours_ago(hours), **(known | said))
    return actions.report_missing(report=report, by=by, at=clock.now())


def a_return(
    by: Reader, episode: Episode, *, hours: float | None = 1, **said: Any
) -> ReturnInterview:
    """Record a return some hours ago; with `hours=None` the time is not recorded."""
    returned_at = None if hours is None else hours_ago(hours)
    back = actions.Return(**({"returned_at": returned_at} | said))
    return actions.record_return(
        episode=episode, back=back, seen_version=episode.version, by=by, at=clock.now()
    )


def a_sheet(by: Reader, episode: Episode, *, document: bytes = b"a document") -> tuple[Any, str]:
    """Send a document about the child to an invented officer; return the row and passphrase."""
    sending = actions.Sending(given_to="PC 4411, Middleshire Police", reason="Looking", hours=2)
    return actions.send_sheet(
        episode=episode, sending=sending, document=document, by=by, at=clock.now()
    )


def an_offer(
    by: Reader, interview: ReturnInterview, *, interviewer: User | None = None, **said: Any
) -> ReturnInterview:
    """Offer the interview through the Listening Support Service."""
    known: dict[str, Any] = {
        "offered": Answer.YES,
        "service": InterviewService.LISTENING_SUPPORT,
        "best_placed_reason": "The child knows the service and asked for it.",
        "interviewer": interviewer,
    }
    actions.offer_interview(
        interview=interview,
        offer=actions.Offer(**(known | said)),
        seen_version=interview.version,
        by=by,
        at=clock.now(),
    )
    return interview


def a_conversation(**said: Any) -> actions.Conversation:
    """Return what a child said."""
    known: dict[str, Any] = {
        "held_at": clock.now(),
        "child_words": "I just needed to get out for a bit.",
        "push_factors": ("argument",),
        "pull_factors": ("friends",),
    }
    return actions.Conversation(**(known | said))
