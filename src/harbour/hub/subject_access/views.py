"""Answer requests: take them, keep their clocks, decide what goes out, release the rest."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.documents import pdf
from harbour.foundation.entrance.proof import recently_proved, recently_proved_to_send
from harbour.foundation.ui import listing
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.subject_access import actions, forms, policy, presenters, queries, rules
from harbour.hub.subject_access.models import AccessRequest
from harbour.hub.subject_access.vocabulary import MARKS, Decision, Ground
from harbour.record.people import queries as people

ORDER = listing.Order(default="place", keys={"place": ("source", "source_id", "part", "start")})
Act = Callable[[AccessRequest, str], object]


@grants(Permission.SUBJECT_ACCESS)
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """Show the requests with their clocks."""
    rows = queries.desk(request.reader)
    names = people.lines(request.reader, {each.person_id for each in rows})
    people.audit_list(
        request.reader, "subject_access.desk_seen", names, ["identity"], request.received_at
    )
    table = presenters.desk_table(rows, names, at=request.received_at)
    return page(request, "subject_access/desk.html", {"requests": table})


@grants(Permission.SUBJECT_ACCESS)
@once
def take(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Take a request about one person."""
    child = people.child(request.reader, person_id, at=request.received_at)
    form = forms.RequestForm(request.POST) if request.method == "POST" else forms.RequestForm()
    if not form.is_valid():
        back = reverse("cases:child", args=[person_id])
        heading = f"Somebody asks for what is held of {child.name}"
        return _form(request, form, heading=heading, submit="Take the request", back=back)
    row = actions.take(
        person_id=person_id,
        asked=actions.Asked(**form.cleaned_data),
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "subject_access:request", row.pk, said="The request is taken.")


@grants(Permission.SUBJECT_ACCESS)
@require_safe
def request(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Show one request."""
    reader, at = request.reader, request.received_at
    row = queries.request(reader, access_id)
    child = people.child(reader, row.person_id, at=at)
    context = presenters.request_page(
        child.name,
        row,
        proposal=queries.open_proposal(reader, row, at=at),
        release=queries.release_of(row),
        by_hand=queries.not_in_text(reader, row.person_id),
        at=at,
    )
    return page(request, "subject_access/request.html", context)


@grants(Permission.SUBJECT_ACCESS)
@once
def review(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Decide the proposals, a page at a time."""
    row = _whole(request, access_id)
    if request.method == "POST":
        return _decided(request, row)
    wanted = listing.wanted(request.GET, ORDER)
    found = queries.proposed(row)
    if request.GET.get("which") == "open":
        found = found.filter(decision="")
    shown = listing.paged(found, wanted)
    held = queries.passages(request.reader, row.person_id)
    return page(
        request,
        "subject_access/review.html",
        {
            "request_id": row.pk,
            "proposals": presenters.proposals(shown.items, held),
            "waiting": row.redactions.filter(decision="").count(),
            "total": shown.total,
            "pagination": shown.pagination,
            "open_only": request.GET.get("which") == "open",
        },
    )


def _decided(request: StaffRequest, row: AccessRequest) -> HttpResponse:
    chosen = request.POST.getlist("redaction")
    word = Decision.REJECTED if request.POST.get("decision") == "rejected" else Decision.ACCEPTED
    ids = set(row.redactions.values_list("pk", flat=True))
    number = actions.decide(
        request=row,
        redaction_ids=[each for each in ids if str(each) in chosen],
        decision=word,
        by=request.reader,
        at=request.received_at,
    )
    said = f"{number} {'proposal is' if number == 1 else 'proposals are'} decided."
    return redirect_to(request, "subject_access:review", row.pk, said=said)


@grants(Permission.SUBJECT_ACCESS)
@require_safe
def text(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Show what is left, as it would be released."""
    row = _whole(request, access_id)
    held = queries.passages(request.reader, row.person_id)
    found = rules.parts(held, queries.proposed(row), MARKS)
    context = {"request_id": row.pk, "headings": presenters.text_table(found)}
    return page(request, "subject_access/text.html", context)


@grants(Permission.SUBJECT_ACCESS)
@once
def take_out(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Take words out wherever they stand."""
    row = _whole(request, access_id)
    form = forms.TakeOutForm(request.POST) if request.method == "POST" else forms.TakeOutForm()
    if not form.is_valid():
        back = reverse("subject_access:review", args=[row.pk])
        return _form(request, form, heading="Take words out", submit="Take them out", back=back)
    number = actions.take_out(
        request=row,
        words=form.cleaned_data["words"],
        ground=Ground(form.cleaned_data["ground"]),
        by=request.reader,
        at=request.received_at,
    )
    said = f"Taken out in {number} {'place' if number == 1 else 'places'}."
    return redirect_to(request, "subject_access:review", row.pk, said=said)


@grants(Permission.SUBJECT_ACCESS)
@recently_proved_to_send
@once
def propose(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Propose the release."""

    def act(row: AccessRequest, reason: str) -> object:
        return actions.propose_release(
            request=row, reason=reason, by=request.reader, at=request.received_at
        )

    said = "Proposed. Somebody else has to check it within a day."
    return _reasoned(request, access_id, act, heading="Propose the release", said=said)


@grants(Permission.SUBJECT_ACCESS)
@once
def stop(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Stop the clock."""

    def act(row: AccessRequest, reason: str) -> object:
        return actions.stop_clock(
            request=row, reason=reason, by=request.reader, at=request.received_at
        )

    return _reasoned(
        request, access_id, act, heading="Stop the clock", said="The clock stands still."
    )


@grants(Permission.SUBJECT_ACCESS)
@once
@require_POST
def go_on(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Let the clock go on."""
    row = queries.request(request.reader, access_id)
    actions.go_on(request=row, by=request.reader, at=request.received_at)
    return redirect_to(request, "subject_access:request", row.pk, said="The clock runs again.")


@grants(Permission.SUBJECT_ACCESS)
@once
def extend(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Take two months more."""

    def act(row: AccessRequest, reason: str) -> None:
        actions.extend(request=row, reason=reason, by=request.reader, at=request.received_at)

    said = "Two months more. Tell the asker, with the reason, within the first month."
    return _reasoned(request, access_id, act, heading="Take two months more", said=said)


@grants(Permission.SUBJECT_ACCESS)
@once
def close(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Close a request without a release."""

    def act(row: AccessRequest, reason: str) -> None:
        actions.close(request=row, reason=reason, by=request.reader, at=request.received_at)

    return _reasoned(
        request, access_id, act, heading="Close without a release", said="It is closed."
    )


@grants(Permission.SUBJECT_ACCESS)
@recently_proved
@require_safe
def download(request: StaffRequest, access_id: UUID) -> HttpResponse:
    """Hand over the document that was released."""
    row = queries.request(request.reader, access_id)
    document = queries.released(request.reader, row, at=request.received_at)
    return pdf.answer(document, f"copy-of-record-{row.received_on:%Y-%m-%d}.pdf")


def _whole(request: StaffRequest, access_id: UUID) -> AccessRequest:
    """Return a request for one who reads the whole record, and write the look."""
    row = queries.request(request.reader, access_id)
    policy.check_sees_everything(request.reader, row)
    groups = [each.value for each in Facet]
    people.child(request.reader, row.person_id, groups=groups, at=request.received_at)
    return row


def _reasoned(
    request: StaffRequest, access_id: UUID, act: Act, *, heading: str, said: str
) -> HttpResponse:
    row = queries.request(request.reader, access_id)
    policy.check_open(row)
    form = forms.ReasonForm(request.POST) if request.method == "POST" else forms.ReasonForm()
    if not form.is_valid():
        back = reverse("subject_access:request", args=[row.pk])
        return _form(request, form, heading=heading, submit=heading, back=back)
    act(row, form.cleaned_data["reason"])
    return redirect_to(request, "subject_access:request", row.pk, said=said)


def _form(
    request: StaffRequest, form: Form, *, heading: str, submit: str, back: str
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "back": back, "cancel": back}
    return page(request, "subject_access/form.html", context)
