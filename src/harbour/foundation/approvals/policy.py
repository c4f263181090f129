"""Who may decide a proposal, and which proposals can still be decided."""

from datetime import datetime

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import rules
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.approvals.vocabulary import SHORTEST_REASON, Decision
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused, permits


def check_reason(reason: str) -> None:
    """Refuse a proposal that does not say why."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say in a sentence why this is needed.")


def check_open(proposal: Proposal, at: datetime) -> None:
    """Refuse what is decided already or ran out."""
    if proposal.decision:
        raise Refused(f"This was {proposal.get_decision_display().lower()} already.")
    if at >= proposal.expires_at:
        raise Refused("This proposal ran out after a day. It has to be proposed again.")


def check_can_decide(reader: Reader, proposal: Proposal, at: datetime) -> None:
    """Refuse the proposer, who lacks the right, and what is not open or not as proposed."""
    if proposal.proposed_by_id == reader.user_id:
        raise Refused("You proposed this. Somebody else decides it.")
    deed = rules.deed(proposal.code)
    if deed.right != proposal.approver:
        raise Refused("This proposal names another right than its deed needs.")
    access.check_may(reader, deed.right)
    check_open(proposal, at)
    if not proposal.proposed_by.works_on(clock.london_date(at)):
        raise Refused("The person who proposed this does not work here any more.")
    if rules.digest(proposal.payload) != bytes(proposal.payload_sha256):
        raise Refused("This is not what was proposed. Refuse it and tell the records officer.")


def check_can_withdraw(reader: Reader, proposal: Proposal, at: datetime) -> None:
    """Refuse everybody but the proposer, and what is decided."""
    if proposal.proposed_by_id != reader.user_id:
        raise Refused("Only the person who proposed this can take it back.")
    check_open(proposal, at)


def check_can_use(reader: Reader, proposal: Proposal, at: datetime) -> None:
    """Refuse everybody but the proposer, what is not approved, was used, or ran out."""
    if proposal.proposed_by_id != reader.user_id:
        raise Refused("Only the person who proposed this can use the approval.")
    if proposal.decision != Decision.APPROVED:
        raise Refused("A second person has not approved this yet.")
    if proposal.carried_out_at is not None:
        raise Refused("This approval was used already. It counts once.")
    if at >= proposal.expires_at:
        raise Refused("This approval ran out a day after it was asked for.")


can_decide = permits(check_can_decide)
can_use = permits(check_can_use)
