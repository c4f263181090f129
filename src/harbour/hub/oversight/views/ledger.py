"""The ledger: the whole, of one record, of one person."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from harbour.foundation.access import queries as access
from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import page
from harbour.hub.oversight import forms, queries
from harbour.hub.oversight.presenters import ledger as presenters
from harbour.hub.oversight.queries import Narrowing, midnight
from harbour.record.people import queries as people

ORDER = listing.Order(default="at", descending=True, keys={"at": ("at",)})
# Without a filter: the whole ledger of a large hub has millions of rows.
LATELY = timedelta(days=7)


@grants(Permission.AUDIT_READ)
@require_safe
def ledger(request: StaffRequest) -> HttpResponse:
    """Show who did what, newest first."""
    return _ledger(request, heading="Who looked at what, and why")


@grants(Permission.AUDIT_READ)
@require_safe
def subject(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show who looked at one child's record, with what reason."""
    ways = ui.Buttons(
        (
            ui.Link("Download as CSV", _to("subject_csv", person_id)),
            ui.Link("Pack for the regulator (PDF)", _to("pack_pdf", person_id)),
        )
    )
    return _ledger(request, heading="Who looked at this record", subject=person_id, ways=ways)


@grants(Permission.AUDIT_READ)
@require_safe
def person(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Show what one member of staff looked at."""
    user = access.user_named(user_id)
    ways = ui.Buttons(
        (
            ui.Link("Download as CSV", _to("person_csv", user_id)),
            ui.Link("Download with names", _to("ask_names", user_id)),
        )
    )
    heading = f"What {user.name if user else 'this person'} did"
    return _ledger(request, heading=heading, actor=user_id, ways=ways)


def narrowed(request: StaffRequest, **of: UUID | None) -> tuple[forms.LedgerFilter, Narrowing]:
    """Return the filter as it was sent, and what it narrows to."""
    form = forms.LedgerFilter(
        request.GET or None, agencies=queries.agencies(), staff=queries.staff()
    )
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    since, until = midnight(chosen.get("since")), chosen.get("until")
    actor, agency = chosen.get("who"), chosen.get("agency")
    wanted: dict[str, Any] = {
        "actor": UUID(actor) if actor else None,
        "agency": UUID(agency) if agency else None,
        "act": chosen.get("act", ""),
        "since": since,
        "until": midnight(until + timedelta(days=1)) if until else None,
    }
    return form, Narrowing(**(wanted | {name: each for name, each in of.items() if each}))


def _to(name: str, of: UUID) -> str:
    return reverse(f"oversight:{name}", args=[of])


def _ledger(
    request: StaffRequest,
    *,
    heading: str,
    subject: UUID | None = None,
    actor: UUID | None = None,
    ways: ui.Buttons | None = None,
) -> HttpResponse:
    form, narrowing = narrowed(request, subject=subject, actor=actor)
    lately = narrowing.is_open
    if lately:
        begin = clock.london_date(request.received_at - LATELY)
        narrowing = Narrowing(since=midnight(begin))
    wanted = listing.wanted(request.GET, ORDER)
    shown = listing.paged(
        queries.entries(request.reader, narrowing, at=request.received_at), wanted
    )
    entries: list[Entry] = list(shown.items)
    names = people.lines(request.reader, {each for entry in entries for each in entry.subjects[:5]})
    return page(
        request,
        "oversight/ledger.html",
        {
            "heading": heading,
            "lately": lately,
            "narrowed": subject is not None or actor is not None,
            "health": presenters.health_sentence(queries.health()),
            "filter": ui.FilterPanel(form, keep=wanted.kept),
            "ways": ways,
            "table": presenters.ledger_table(entries, names, total=shown.total, wanted=wanted),
            "pagination": shown.pagination,
        },
    )
