"""Who adds to an interview, reviews it, tells it on, and judges what was named."""

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.people import queries as people
from harbour.work.missing.models import ReturnInterview
from harbour.work.missing.policy import READS_INTERVIEWS
from harbour.work.returns.models import Named, Onward
from harbour.work.returns.vocabulary import ReviewState

# Who opens the pages of this room. Which interviews they see there, the database decides.
READS = READS_INTERVIEWS
ADDS = (Permission.INTERVIEW_OFFER, Permission.INTERVIEW_HOLD)


def check_can_add(reader: Reader, interview: ReturnInterview) -> None:
    """Refuse unless the reader offers or holds interviews and this one was held."""
    if not reader.may(Permission.INTERVIEW_HOLD):
        access.check_may(reader, Permission.INTERVIEW_OFFER)
    _check_held(interview)
    _check_writes(reader, interview)


def check_can_review(reader: Reader, interview: ReturnInterview, *, state: ReviewState) -> None:
    """Refuse who held the interview, and a review of what is accepted or waits for an answer."""
    access.check_may(reader, Permission.INTERVIEW_REVIEW)
    _check_held(interview)
    if interview.held_by_id == reader.user_id:
        raise Refused("You held this interview: somebody else reviews it.")
    if state is ReviewState.ACCEPTED:
        raise Refused("This interview is reviewed and accepted.")
    if state is ReviewState.RETURNED:
        raise Refused("It was returned for more: review it again when something is added.")
    _check_writes(reader, interview)


def check_can_tell_on(reader: Reader, interview: ReturnInterview) -> None:
    """Refuse unless the reader works with interviews, writes this record, and it was held."""
    access.check_may(reader, Permission.INTERVIEW_OFFER)
    _check_held(interview)
    _check_writes(reader, interview)


def check_can_acknowledge(reader: Reader, told: Onward) -> None:
    """Refuse who is not of the team it was told to, and a second acknowledgement."""
    if told.team_id not in reader.team_ids:
        raise Refused("Only somebody of the team it was told to can acknowledge it.")
    if told.acknowledged_at is not None:
        raise Refused("Your team has acknowledged this already.")


def check_can_judge(reader: Reader, named: Named) -> None:
    """Refuse unless the reader is an analyst and nobody judged this name yet."""
    access.check_may(reader, Permission.NAMED_JUDGE)
    if hasattr(named, "judgement"):
        raise Refused("This name is judged already.")


can_add = permits(check_can_add)
can_review = permits(check_can_review)
can_tell_on = permits(check_can_tell_on)
can_acknowledge = permits(check_can_acknowledge)
can_judge = permits(check_can_judge)


def _check_held(interview: ReturnInterview) -> None:
    if interview.held_at is None:
        raise Refused("This interview was not held yet.")


def _check_writes(reader: Reader, interview: ReturnInterview) -> None:
    if not people.may_write(reader, interview.person_id, Facet.MISSING):
        raise Refused("You can read this interview, but your role does not add to it.")
