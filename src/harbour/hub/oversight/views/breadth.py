"""Unusual breadth: who opens many records, and the answer of who leads them."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.audit.breadth import actions
from harbour.foundation.audit.breadth import queries as breadth
from harbour.foundation.audit.vocabulary import Answer
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.oversight import queries
from harbour.hub.oversight.forms import AnswerForm
from harbour.hub.oversight.presenters import breadth as presenters
from harbour.record.people import queries as people

ORDER = listing.Order(default="at", descending=True, keys={"at": ("raised_at",)})


@grants(Permission.AUDIT_READ, Permission.APPROVE)
@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """List who opened unusually many records."""
    wanted = listing.wanted(request.GET, ORDER)
    shown = listing.paged(breadth.alerts(request.reader), wanted)
    table = presenters.alerts_table(shown.items, total=shown.total)
    return page(request, "oversight/alerts.html", {"table": table, "pagination": shown.pagination})


@grants(Permission.AUDIT_READ, Permission.APPROVE)
@require_http_methods(["GET", "POST"])
@once
def alert(request: StaffRequest, alert_id: UUID) -> HttpResponse:
    """Show one alert, and answer it."""
    reader, at = request.reader, request.received_at
    row = breadth.alert(reader, alert_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = Answer(form.cleaned_data["answer"])
        actions.answer(alert=row, answer=chosen, note=form.cleaned_data["note"], by=reader, at=at)
        return redirect_to(request, "oversight:alerts", said="Your answer is kept.")
    opened = queries.opened_before(reader, row, at=at)
    names = people.lines(reader, opened)
    return page(request, "oversight/alert.html", presenters.alert_page(row, opened, names, form))
