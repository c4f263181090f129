"""What takes two people: the queue, one proposal, the decision."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from harbour.foundation.access.guards import StaffRequest, signed_in
from harbour.foundation.approvals import actions, policy, queries
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.entrance.proof import recently_proved_to_send
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.oversight.forms import DecideForm
from harbour.hub.oversight.presenters import two_people as presenters
from harbour.record.people import queries as people

SHOWN = 50
OWN = "each sees what waits for them as the second person, and what they proposed themselves"


@signed_in(OWN)
@require_safe
def two_people(request: StaffRequest) -> HttpResponse:
    """List what waits for me as the second person, and what I proposed."""
    reader, at = request.reader, request.received_at
    waiting = list(queries.waiting(reader, at=at)[:SHOWN])
    mine = list(queries.proposed_by(reader)[:SHOWN])
    shown = presenters.queue(waiting, mine, _named(request, [*waiting, *mine]), at=at)
    return page(request, "oversight/two_people.html", shown)


@signed_in(OWN)
@recently_proved_to_send
@require_http_methods(["GET", "POST"])
@once
def proposal(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Show exactly what was proposed, and decide it."""
    reader, at = request.reader, request.received_at
    row = queries.proposal(reader, proposal_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if not (request.method == "POST" and form.is_valid()):
        shown = presenters.proposal_page(row, _named(request, [row]), form, reader=reader, at=at)
        return page(request, "oversight/proposal.html", shown)
    policy.check_can_decide(reader, row, at)
    if form.cleaned_data["mark"] != bytes(row.payload_sha256).hex():
        raise Refused("This is not what you were shown. Open the page again and read it.")
    note = form.cleaned_data["note"]
    if form.cleaned_data["decision"] == "approve":
        actions.approve(proposal=row, note=note, by=reader, at=at)
        return redirect_to(request, "oversight:two_people", said="You approved it. It is done.")
    actions.refuse(proposal=row, note=note, by=reader, at=at)
    return redirect_to(request, "oversight:two_people", said="You refused it. Nothing was done.")


@signed_in("only the proposer can take a proposal back")
@require_POST
@once
def withdraw(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Take back one's own proposal."""
    row = queries.proposal(request.reader, proposal_id)
    actions.withdraw(proposal=row, by=request.reader, at=request.received_at)
    return redirect_to(request, "oversight:two_people", said="You took it back.")


def _named(request: StaffRequest, rows: list[Proposal]) -> dict[UUID, people.PersonLine]:
    return people.lines(request.reader, {each.person_id for each in rows if each.person_id})
