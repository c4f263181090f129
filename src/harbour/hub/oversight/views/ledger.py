"""The records officer's desk."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from harbour.foundation.access import queries as access
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import page
from harbour.hub.oversight import forms, queries
from harbour.hub.oversight.presenters import ledger as presenters
from harbour.record.people import queries as people

ORDER = listing.Order(default="at", descending=True, keys={"at": ("at",)})


@grants(Permission.AUDIT_READ)
@require_safe
def ledger(request: StaffRequest) -> HttpResponse:
    """Show who did what, newest first."""
    return _ledger(request, heading="Who looked at what, and why")


@grants(Permission.AUDIT_READ)
@require_safe
def subject(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show who looked at one child's record, with what reason."""
    return _ledger(request, heading="Who looked at this record", subject=person_id)


@grants(Permission.AUDIT_READ)
@require_safe
def person(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Show what one member of staff looked at."""
    user = access.user_named(user_id)
    return _ledger(
        request, heading=f"What {user.name if user else 'this person'} did", actor=user_id
    )


def _ledger(
    request: StaffRequest, *, heading: str, subject: UUID | None = None, actor: UUID | None = None
) -> HttpResponse:
    form = forms.LedgerFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = listing.wanted(request.GET, ORDER)
    found = queries.entries(
        request.reader,
        at=request.received_at,
        subject=subject,
        actor=actor,
        act=chosen.get("act", ""),
        since=chosen.get("since"),
        until=chosen.get("until"),
    )
    shown = listing.paged(found, wanted)
    entries = list(shown.items)
    names = people.lines(request.reader, {each for entry in entries for each in entry.subjects[:5]})
    return page(
        request,
        "oversight/ledger.html",
        {
            "heading": heading,
            "narrowed": subject is not None or actor is not None,
            "health": presenters.health_sentence(queries.health()),
            "filter": ui.FilterPanel(form, keep=wanted.kept),
            "table": presenters.ledger_table(entries, names, total=shown.total, wanted=wanted),
            "pagination": shown.pagination,
        },
    )
