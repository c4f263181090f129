"""The ledger's rows as files."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.audit.models import Entry
from harbour.foundation.documents import pdf
from harbour.foundation.entrance.proof import recently_proved
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.oversight import actions, queries, rules
from harbour.hub.oversight.forms import WhyNames
from harbour.hub.oversight.presenters import files
from harbour.hub.oversight.queries import Narrowing
from harbour.hub.oversight.views.ledger import narrowed
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine


@grants(Permission.AUDIT_READ)
@recently_proved
@require_safe
def subject_csv(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Give every row of one record, as a spreadsheet opens it."""
    _, narrowing = narrowed(request, subject=person_id)
    found = actions.export(
        narrowing=narrowing,
        what="record_exported",
        named=True,
        by=request.reader,
        at=request.received_at,
    )
    return _csv(request, found, people.lines(request.reader, [person_id]), "record")


@grants(Permission.AUDIT_READ)
@recently_proved
@require_safe
def pack_pdf(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Give the pack for the regulator: every look, disclosure and share of one record."""
    narrowing = Narrowing(subject=person_id)
    found = actions.export(
        narrowing=narrowing,
        what="pack_made",
        named=True,
        by=request.reader,
        at=request.received_at,
    )
    known = people.lines(request.reader, [person_id]).get(person_id)
    whose = f"{known.name}, {known.responsible_name}" if known else f"Record {person_id}"
    title = f"Who did what with the record of {whose}"
    frame = pdf.frame(title=title, reader=request.reader, at=request.received_at)
    data = files.pack_data(found, whole=len(queries.rows(narrowing)))
    return pdf.answer(pdf.render("oversight/pack.typ", frame, data), "record-pack.pdf")


@grants(Permission.AUDIT_READ)
@recently_proved
@require_safe
def person_csv(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Give one person's rows; with names only where they are a handful of children."""
    _, narrowing = narrowed(request, actor=user_id)
    named = not rules.needs_two(queries.children_of(narrowing))
    found = actions.export(
        narrowing=narrowing,
        what="person_exported",
        named=named,
        by=request.reader,
        at=request.received_at,
    )
    return _csv(request, found, _names(request, found) if named else {}, "person")


@grants(Permission.AUDIT_READ)
@require_http_methods(["GET", "POST"])
@once
def ask_names(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Ask a second person for the names of many children in one person's rows."""
    _, narrowing = narrowed(request, actor=user_id)
    form = WhyNames(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        back = reverse("oversight:person", args=[user_id])
        return page(
            request,
            "ui/form.html",
            {
                "form": form,
                "heading": "Download with names",
                "lede": "More than a handful of children's names leave the hub only when a second "
                "person has approved it. You can then download them once.",
                "submit": "Ask for it",
                "back": back,
                "cancel": back,
            },
        )
    row = actions.propose_export(
        narrowing=narrowing,
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    said = "Asked. A second person decides within a day; then you download it here."
    return redirect_to(request, "oversight:proposal", row.pk, said=said)


@grants(Permission.AUDIT_READ)
@recently_proved
@require_POST
def export_names(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Give the rows with names that a second person approved, once."""
    row = approvals.proposal(request.reader, proposal_id)
    found = actions.export_names(proposal=row, by=request.reader, at=request.received_at)
    return _csv(request, found, _names(request, found), "names")


def _names(request: StaffRequest, found: list[Entry]) -> dict[UUID, PersonLine]:
    return people.lines(request.reader, {each for row in found for each in row.subjects})


def _csv(
    request: StaffRequest, found: list[Entry], names: dict[UUID, PersonLine], what: str
) -> HttpResponse:
    text = files.as_csv(found, names, reader=request.reader, at=request.received_at)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="ledger-{what}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
