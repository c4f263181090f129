"""Small builders of held interviews and of what follows them."""

from typing import Any
from uuid import UUID

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.work.missing import actions as missing
from harbour.work.missing.models import Episode, ReturnInterview
from harbour.work.returns import actions
from harbour.work.returns.models import Onward, Review
from harbour.work.returns.vocabulary import Criterion, ReviewOutcome
from tests.builders.missing import a_conversation, a_return, an_episode, an_offer

ALL_MET = tuple(each.value for each in Criterion)


def an_interview(
    by: Reader, person_id: UUID, *, interviewer: User | None = None, hours: float = 30
) -> ReturnInterview:
    """Report a child missing, record the return, and offer the interview."""
    episode = an_episode(by, person_id, hours=hours)
    made = a_return(by, episode, hours=hours - 2)
    return an_offer(by, made, interviewer=interviewer)


def a_held_interview(by: Reader, interview: ReturnInterview, **said: Any) -> ReturnInterview:
    """Write an interview up."""
    fresh = ReturnInterview.objects.select_related("episode").get(pk=interview.pk)
    missing.hold_interview(
        interview=fresh,
        said=a_conversation(**said),
        seen_version=fresh.version,
        by=by,
        at=clock.now(),
    )
    return fresh


def a_review(by: Reader, interview: ReturnInterview, **said: Any) -> Review:
    """Accept an interview that has everything."""
    known: dict[str, Any] = {"outcome": ReviewOutcome.ACCEPTED, "met": ALL_MET}
    return actions.review(interview=interview, by=by, at=clock.now(), **(known | said))


def an_onward(by: Reader, interview: ReturnInterview, team: Any, **said: Any) -> Onward:
    """Tell a team of an interview."""
    known = {"what": "A flat above a shop was named.", "why": "They work on that street."}
    return actions.tell_on(interview=interview, team=team, by=by, at=clock.now(), **(known | said))


def an_absence(
    by: Reader, person_id: UUID, *, where: str = "", whom: str = "", hours: float = 30
) -> Episode:
    """Report a child missing and back, found at a place and with somebody."""
    episode = an_episode(by, person_id, hours=hours)
    a_return(by, episode, hours=hours - 5, found_where=where, found_with=whom)
    return episode
