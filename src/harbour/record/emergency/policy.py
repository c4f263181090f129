"""Who may break glass and who reviews it, and what state and hour allow."""

from collections.abc import Sequence
from datetime import datetime

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.foundation.ui.when import moment
from harbour.record.emergency.models import BreakGlass
from harbour.record.emergency.vocabulary import ATTEMPTS_AN_HOUR, SHORTEST_REASON

SHORTEST_NOTE = 10


def check_can_break(reader: Reader, *, shut: bool) -> None:
    """Refuse unless the reader's role breaks glass, and offices are shut."""
    access.check_may(reader, Permission.BREAK_GLASS)
    if not shut:
        raise Refused(
            "Emergency access is for nights, weekends and bank holidays. Ring the child's "
            "authority: its offices are open until 17:00."
        )


def check_nothing_waits(waiting: BreakGlass | None, leads: Sequence[str]) -> None:
    """Refuse while an earlier emergency access of the same person is not reviewed."""
    if waiting is None:
        return
    whom = " or ".join(leads) or "the records officer"
    raise Refused(
        f"Your emergency access of {moment(waiting.recorded_at)} has not been reviewed, so you "
        f"cannot open another record this way. Ring {whom}. If a child is in danger now, ring 999."
    )


def check_attempts(made: int) -> None:
    """Refuse a sixth attempt within an hour."""
    if made >= ATTEMPTS_AN_HOUR:
        raise Refused(
            f"You have tried {ATTEMPTS_AN_HOUR} times within the hour. Ring the authority's duty "
            "line. If a child is in danger now, ring 999."
        )


def check_reason(reason: str) -> None:
    """Refuse a reason too short to be understood tomorrow."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(
            f"Say in at least {SHORTEST_REASON} letters what is happening and why it cannot wait."
        )


def check_can_review(reader: Reader, found: BreakGlass, note: str, *, at: datetime) -> None:
    """Refuse a review by who broke the glass, while it is open, or without words."""
    access.check_may(reader, Permission.EMERGENCY_REVIEW)
    if found.recorded_by_id == reader.user_id:
        raise Refused("Somebody else reviews your emergency access.")
    if found.ended_at is None and found.ends_at > at:
        raise Refused(f"It is open until {moment(found.ends_at)}. Review it when it is over.")
    if len(note.strip()) < SHORTEST_NOTE:
        raise Refused("Say in a sentence what you found.")


can_review = permits(check_can_review)
