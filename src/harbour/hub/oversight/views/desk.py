"""The desk: what waits for the records officer."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.audit import queries as ledger
from harbour.foundation.audit.breadth import queries as breadth
from harbour.foundation.kernel import clock
from harbour.foundation.ui.pages import page
from harbour.hub.oversight import queries
from harbour.hub.oversight.presenters import desk as presenters
from harbour.record.emergency import queries as emergency
from harbour.record.people import queries as people


@grants(Permission.AUDIT_READ)
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """Show what waits, and the state of the ledger."""
    reader, at = request.reader, request.received_at
    today = queries.midnight(clock.london_date(at))
    waiting = presenters.Waiting(
        proposals=list(approvals.waiting(reader, at=at)),
        alerts=list(breadth.open_alerts(reader)),
        glass=list(emergency.unreviewed()),
        refused=queries.refused_since(reader, today or at),
        health=queries.health(),
        witnesses=ledger.witness_states(at),
    )
    known = {each.person_id for each in waiting.proposals if each.person_id}
    names = people.lines(reader, known | {each.person_id for each in waiting.glass})
    return page(request, "oversight/desk.html", presenters.desk_page(waiting, names, at=at))
