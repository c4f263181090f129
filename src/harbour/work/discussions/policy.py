"""Who asks for a discussion, runs it, answers for an agency; what the stage allows."""

from uuid import UUID

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.record.people import queries as people
from harbour.work.discussions import rules
from harbour.work.discussions.models import Ask, Decision, Discussion, Invitation
from harbour.work.discussions.vocabulary import Stage


def stage_of(discussion: Discussion) -> Stage:
    """Return the stage of a stored discussion."""
    return rules.stage(held_at=discussion.held_at, closed_at=discussion.closed_at)


def check_can_ask(reader: Reader, person_id: UUID) -> None:
    """Refuse unless the reader asks for discussions and writes this child's case."""
    access.check_may(reader, Permission.DISCUSSION_ASK)
    _check_writes(reader, person_id)


def check_can_run(reader: Reader, discussion: Discussion) -> None:
    """Refuse unless the reader runs discussions, writes this case, and it is not closed."""
    access.check_may(reader, Permission.DISCUSSION_RUN)
    _check_writes(reader, discussion.person_id)
    if discussion.closed_at is not None:
        raise Refused("This discussion is closed. What was decided stays as it was decided.")


def check_can_hold(reader: Reader, discussion: Discussion) -> None:
    """Refuse to record a second time that a discussion was held."""
    check_can_run(reader, discussion)
    if discussion.held_at is not None:
        raise Refused("It is recorded already that this discussion was held.")


def check_can_decide(reader: Reader, discussion: Discussion) -> None:
    """Refuse decisions and an outcome before the discussion was held."""
    check_can_run(reader, discussion)
    if discussion.held_at is None:
        raise Refused("Record first that the discussion was held, and who was there.")


def check_can_drop(reader: Reader, discussion: Discussion) -> None:
    """Refuse to drop a discussion that was held: it has an outcome."""
    check_can_run(reader, discussion)
    if discussion.held_at is not None:
        raise Refused("This discussion was held: record what it came to.")


def check_can_answer(reader: Reader, invitation: Invitation, discussion: Discussion) -> None:
    """Refuse who is not of the invited agency, and an answer after it was held."""
    if invitation.agency_id not in reader.agency_ids:
        raise Refused("Only somebody of the invited agency answers for it.")
    if stage_of(discussion) is not Stage.ASKED:
        raise Refused("This discussion was held or dropped: there is nothing to answer.")


def check_can_complete(reader: Reader, decision: Decision) -> None:
    """Refuse unless the reader owns what was decided or runs discussions, and it is not done."""
    if decision.done_at is not None:
        raise Refused("This is done already.")
    if decision.owner_id != reader.user_id:
        access.check_may(reader, Permission.DISCUSSION_RUN)
        _check_writes(reader, decision.person_id)


def check_can_answer_ask(reader: Reader, ask: Ask) -> None:
    """Refuse unless the reader runs discussions, writes this case, and the ask stands open."""
    access.check_may(reader, Permission.DISCUSSION_RUN)
    _check_writes(reader, ask.person_id)
    if ask.answered_at is not None:
        raise Refused("Somebody has answered this already.")


can_ask = permits(check_can_ask)
can_run = permits(check_can_run)
can_hold = permits(check_can_hold)
can_decide = permits(check_can_decide)
can_drop = permits(check_can_drop)
can_answer = permits(check_can_answer)
can_complete = permits(check_can_complete)
can_answer_ask = permits(check_can_answer_ask)


def _check_writes(reader: Reader, person_id: UUID) -> None:
    if not people.may_write(reader, person_id, Facet.CASE):
        raise Refused("You can read this child's case, but your role does not add to it.")
