"""Send the sheet of a missing child to somebody without an account, and open what was sent."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.guards import StaffRequest, grants, open_to_all
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.documents import pdf
from harbour.foundation.kernel import clock
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.work.missing import actions, forms, policy, presenters, queries
from harbour.work.missing.views.attempts import posted

CLOSED = (
    "This link is over, or the passphrase is another one. Ask who told you the passphrase; they "
    "can send a new link."
)


@grants(Permission.MISSING_REPORT)
@once
def send(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Send the sheet: a link, and a passphrase that is shown this once."""
    reader, at = request.reader, request.received_at
    file = queries.episode_file(reader, episode_id, at=at)
    policy.check_can_send(reader, file.episode)
    form = forms.SendSheet(posted(request))
    if not form.is_valid():
        shown = presenters.act_page(
            file,
            form,
            "Send the sheet",
            lede="Whoever has the link and the passphrase reads what the sheet says, photograph "
            "included, until the hours are over or the child is back. Sending it is written down.",
            submit="Make the link",
        )
        return page(request, "missing/act.html", shown)
    frame = pdf.frame(title="Missing child", reader=reader, at=at)
    said = presenters.sheet_words(
        file, queries.picture(reader, file.profile), today=clock.london_date(at)
    )
    row, passphrase = actions.send_sheet(
        episode=file.episode,
        sending=form.sending,
        document=pdf.render("missing/sheet.typ", frame, said),
        by=reader,
        at=at,
    )
    context = {
        "link": request.build_absolute_uri(reverse("missing:open_sheet", args=[row.pk])),
        "passphrase": passphrase,
        "sheet": row,
        "back": reverse("missing:episode", args=[episode_id]),
    }
    return page(request, "missing/sent.html", context)


@grants(Permission.MISSING_REPORT)
@once
def end(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """Close a link before its time."""
    row = queries.sent_sheet(request.reader, disclosure_id)
    if request.method == "POST":
        actions.end_sheet(sheet=row, by=request.reader, at=request.received_at)
    said = "The link is closed." if request.method == "POST" else ""
    return redirect_to(request, "missing:episode", row.episode_id, said=said)


@open_to_all("Whoever looks for a child without an account; a passphrase opens it, for hours.")
def open_sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Ask for the passphrase; the right one answers with the sheet as a file."""
    form = forms.OpenSheet(posted(request))
    if form.is_valid():
        document = _opened(request, sheet_id, form.cleaned_data["passphrase"])
        if document is not None:
            return pdf.answer(document, "missing-child.pdf")
        form.add_error("passphrase", CLOSED)
    context = {
        "form": form,
        "heading": "Sheet of a missing child",
        "lede": "It was sent to you by somebody who looks for the child with you.",
        "submit": "Open the sheet",
    }
    return page(request, "missing/open_sheet.html", context)


def _opened(request: HttpRequest, sheet_id: UUID, passphrase: str) -> bytes | None:
    principal = queries.opener()
    if principal is None:
        return None
    at: datetime = getattr(request, "received_at", None) or clock.now()
    with acting_as(principal.pk, request_id=getattr(request, "request_id", "")) as opener:
        return actions.open_sheet(sheet_id=sheet_id, passphrase=passphrase, by=opener, at=at)
