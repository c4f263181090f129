"""Who may send, screen and answer a concern, and what its state allows."""

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused, permits
from harbour.work.referrals.models import Referral
from harbour.work.referrals.vocabulary import Decision, Status


def check_can_send(reader: Reader) -> None:
    """Refuse unless the reader's role passes concerns on; the public form's principal does."""
    if not reader.may(Permission.REFERRAL_SEND):
        access.check_may(reader, Permission.REFERRAL_RECORD)


def check_can_read_concerns(reader: Reader) -> None:
    """Refuse those who only send: they follow what they sent, and see no decision's reason."""
    if not any(Facet.REFERRAL in role.reads for role in reader.roles):
        raise Refused("Your role follows the concerns it sent, and reads no others.")


def check_can_work(reader: Reader, referral: Referral) -> None:
    """Refuse unless the reader screens for the authority that received the concern."""
    access.check_may(reader, Permission.REFERRAL_SCREEN)
    if referral.authority_id not in reader.authority_ids:
        raise Refused("Another authority's front door received this concern and decides on it.")


def check_can_decide(reader: Reader, referral: Referral) -> None:
    """Refuse unless the reader works the concern and nobody has decided on it yet."""
    check_can_work(reader, referral)
    if referral.status != Status.NEW:
        raise Refused("This concern was already screened. A decision is not overwritten.")


def check_decision_has_grounds(*, decision: str, reason: str, linked: int) -> None:
    """Refuse a decision without a reason, and a child nobody has found at the daily meeting."""
    if not reason.strip():
        raise Refused("Say why you decide this. The reason is part of the decision.")
    if decision == Decision.DAILY_MEETING and not linked:
        raise Refused(
            "The daily meeting looks at a child's record. Link at least one child to this concern, "
            "or register the child first."
        )


def check_can_unlink(reader: Reader, referral: Referral, *, linked: int) -> None:
    """Refuse to take the only child from a concern that went to the daily meeting."""
    check_can_work(reader, referral)
    if referral.decision == Decision.DAILY_MEETING and linked <= 1:
        raise Refused(
            "This concern went to the daily meeting with this child alone. Link the right child "
            "first, then take this link away."
        )


def check_can_pass_on(reader: Reader, referral: Referral, *, linked: int) -> None:
    """Refuse to hand on what was decided, or what speaks of a child of this authority's record."""
    check_can_decide(reader, referral)
    if linked:
        raise Refused(
            "This concern is linked to a child. Take the link away first if it belongs to another "
            "authority; otherwise decide on it here."
        )


def check_can_answer(reader: Reader, referral: Referral) -> None:
    """Refuse feedback before there is a decision, and feedback twice."""
    check_can_work(reader, referral)
    if referral.status == Status.NEW:
        raise Refused("Decide first: the referrer is told that somebody looked, not what is known.")
    if referral.feedback_at is not None:
        raise Refused("The referrer was already told, and what was said is recorded.")


def check_can_stop_watching(reader: Reader, referral: Referral, *, watching: bool) -> None:
    """Refuse to stop a watch that is not kept."""
    check_can_work(reader, referral)
    if not watching:
        raise Refused("This concern is not in watch.")


can_send = permits(check_can_send)
can_read_concerns = permits(check_can_read_concerns)
can_work = permits(check_can_work)
can_decide = permits(check_can_decide)
can_unlink = permits(check_can_unlink)
can_pass_on = permits(check_can_pass_on)
can_answer = permits(check_can_answer)
can_stop_watching = permits(check_can_stop_watching)
