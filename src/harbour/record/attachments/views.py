"""Add, look at, download, replace and remove documents."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.attachments import actions, policy, presenters, queries
from harbour.record.attachments.forms import FileForm, KeepForm, RemoveForm
from harbour.record.attachments.models import Attachment
from harbour.record.attachments.vocabulary import Kind
from harbour.record.people import queries as people

# What stands in a file is shown by the program that opens it, never by this site.
NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"


@grants(Permission.DOCUMENT_KEEP)
@once
def add(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Take in a document."""
    reader = request.reader
    parts = policy.writable_parts(reader, person_id)
    child = people.child(reader, person_id, at=request.received_at)
    if not parts:
        raise Refused("You may not add documents to this child's record.")
    kinds = policy.kinds_for(parts)
    form = (
        KeepForm(request.POST, request.FILES, kinds=kinds)
        if request.method == "POST"
        else KeepForm(kinds=kinds)
    )
    if not form.is_valid():
        return _again(
            request, person_id, form, heading="Add a document", lede=child.name, submit="Add"
        )
    actions.keep(person_id=person_id, sent=form.sent, by=reader, at=request.received_at)
    return redirect_to(request, "cases:documents", person_id, said="The document is added.")


@grants(Permission.PEOPLE_SEARCH)
@require_safe
def file(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Show what is known of a document."""
    row = queries.attachment(request.reader, attachment_id)
    name = _child_of(request, row)
    return page(
        request,
        "attachments/file.html",
        presenters.file_page(request.reader, row, child_name=name),
    )


@grants(Permission.PEOPLE_SEARCH)
@require_safe
def download(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Hand a document over as a file, never as a page."""
    found = queries.opened(request.reader, attachment_id, at=request.received_at)
    kind = found.attachment.file_type
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    response = HttpResponse(found.data, content_type=f"{kind}{charset}")
    name = presenters.download_name(found.attachment)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@grants(Permission.DOCUMENT_KEEP)
@once
def replace(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Put a newer version in a document's place."""
    row = queries.attachment(request.reader, attachment_id)
    policy.check_can_replace(request.reader, row)
    name = _child_of(request, row)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_valid():
        heading = f"Replace: {Kind(row.kind).label}"
        return _again(request, row.person_id, form, heading=heading, lede=name, submit="Replace")
    newer = actions.replace(
        attachment=row,
        sent=form.sent_as(Kind(row.kind)),
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "attachments:file", newer.pk, said="The new version is there.")


@grants(Permission.DOCUMENT_KEEP)
@once
def remove(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Close a document to everybody, with a reason."""
    row = queries.attachment(request.reader, attachment_id)
    policy.check_can_replace(request.reader, row)
    _child_of(request, row)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        heading = f"Remove: {Kind(row.kind).label}"
        lede = "Nobody will be able to open it any more. That it was here, and why it went, stays."
        return _again(request, row.person_id, form, heading=heading, lede=lede, submit="Remove")
    actions.remove(
        attachment=row,
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "cases:documents", row.person_id, said="The document is removed.")


def _child_of(request: StaffRequest, row: Attachment) -> str:
    """Write the look at the child's record and return the child's name."""
    seen = people.child(request.reader, row.person_id, groups=[row.facet], at=request.received_at)
    return seen.name


# What a form of a document needs beside itself.
def _again(
    request: StaffRequest, person_id: UUID, form: Form, *, heading: str, lede: str, submit: str
) -> HttpResponse:
    if isinstance(form, FileForm) and form.infected:
        actions.note_infected(person_id=person_id, by=request.reader, at=request.received_at)
    home = reverse("cases:documents", args=[person_id])
    context = {
        "form": form,
        "heading": heading,
        "lede": lede,
        "submit": submit,
        "submit_kind": "warning" if submit == "Remove" else "",
        "back": home,
        "cancel": home,
    }
    return page(request, "attachments/form.html", context)
