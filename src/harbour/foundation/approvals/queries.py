"""Read proposals: one's own, and those that wait for a second person."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import rules
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.kernel.refusals import Missing


def waiting(reader: Reader, *, at: datetime) -> QuerySet[Proposal]:
    """Return what waits for this reader to decide, the soonest to run out first."""
    found = Proposal.objects.filter(decision="", expires_at__gt=at)
    found = found.filter(approver__in=[each.value for each in reader.permissions])
    found = found.exclude(proposed_by=reader.user_id)
    return found.select_related("proposed_by").order_by("expires_at")


def proposed_by(reader: Reader) -> QuerySet[Proposal]:
    """Return what this reader proposed, the latest first."""
    found = Proposal.objects.filter(proposed_by=reader.user_id)
    return found.select_related("proposed_by", "decided_by")


def decided(reader: Reader) -> QuerySet[Proposal]:
    """Return what is decided or ran out, of what the reader may see, the latest first."""
    del reader
    found = Proposal.objects.exclude(decision="").select_related("proposed_by", "decided_by")
    return found.order_by("-decided_at")


def open_about(reader: Reader, *, code: str, about_id: UUID, at: datetime) -> Proposal | None:
    """Return the open proposal of this deed about this row, if the reader may see one."""
    del reader
    return Proposal.objects.filter(
        code=code, about_id=about_id, decision="", expires_at__gt=at
    ).first()


def proposal(reader: Reader, proposal_id: UUID) -> Proposal:
    """Return one proposal; raise `Missing` if unseen."""
    del reader
    found = Proposal.objects.filter(pk=proposal_id).select_related("proposed_by", "decided_by")
    row = found.first()
    if row is None:
        raise Missing
    return row


def title(proposal: Proposal) -> str:
    """Return what would be done, in the words of the room that registered the deed."""
    try:
        return rules.deed(proposal.code).title
    except KeyError:
        return "A deed this release does not know"
