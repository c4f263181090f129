"""The retention desk: what is due, what is held, what is gone."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.entrance.proof import recently_proved_to_send
from harbour.foundation.kernel import clock
from harbour.foundation.ui import listing
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.hub.retention import actions, forms, presenters, queries
from harbour.hub.retention.vocabulary import Deed, Scope
from harbour.record.people import queries as people

ORDER = listing.Order(default="due", keys={"due": ("due_on", "pk")})
PROPOSED = "Proposed. Somebody else has to approve it within a day."


@grants(Permission.RETENTION)
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """Show what waits, what is held and what is gone."""
    reader, at = request.reader, request.received_at
    shown = listing.paged(queries.due(reader), listing.wanted(request.GET, ORDER))
    rows, holds = list(shown.items), queries.holds(reader, on=clock.london_date(at))
    ids = {each.person_id for each in rows} | {each.person_id for each in holds if each.person_id}
    names = people.lines(reader, ids)
    people.audit_list(reader, "retention.desk_seen", names, ["identity"], at)
    gone = queries.tombstones(reader)
    return page(
        request,
        "retention/desk.html",
        {
            "due": presenters.due_table(rows, names, total=shown.total),
            "pagination": shown.pagination,
            "holds": presenters.hold_table(holds, names),
            "gone": presenters.tombstone_table(list(gone[:25]), total=gone.count()),
        },
    )


@grants(Permission.RETENTION)
@require_safe
def schedule(request: StaffRequest) -> HttpResponse:
    """Show the schedule with its laws."""
    table = presenters.schedule_table(queries.schedule())
    return page(request, "retention/schedule.html", {"schedule": table})


@grants(Permission.RETENTION)
@require_safe
def child(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show how long one record is kept, and why."""
    reader, at = request.reader, request.received_at
    header = people.child(reader, person_id, at=at)
    on = clock.london_date(at)
    holds = [each for each in queries.holds(reader, on=on) if each.person_id == person_id]
    context = presenters.child_page(
        header.name,
        person_id,
        queries.ends(reader, person_id, on=on),
        queries.schedule(),
        holds,
        on=on,
    )
    return page(request, "retention/child.html", context)


@grants(Permission.RETENTION)
@recently_proved_to_send
@once
def propose(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Propose that a record goes, or is kept longer."""
    header = people.child(request.reader, person_id, at=request.received_at)
    form = _bound(request, forms.ProposeForm)
    if not form.is_valid():
        lede = f"About {header.name}. Nothing happens until a second person has approved it."
        back = reverse("retention:child", args=[person_id])
        return _form(request, form, heading="Propose", lede=lede, back=back)
    actions.propose(
        deed=Deed(form.cleaned_data["deed"]),
        person_id=person_id,
        keep_until=form.cleaned_data.get("keep_until"),
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "retention:child", person_id, said=PROPOSED)


@grants(Permission.RETENTION)
@once
def hold(request: StaffRequest) -> HttpResponse:
    """Place a hold over many records."""
    rules = list(queries.schedule().values())
    form = _bound(request, lambda *given: forms.HoldForm(*given, rules=rules))
    if not form.is_valid():
        lede = "No record that it covers is disposed of while it stands."
        return _form(request, form, heading="Place a legal hold", lede=lede)
    covered = actions.Covered(
        scope=Scope(form.cleaned_data["scope"]),
        rule=form.cleaned_data.get("rule") or None,
        ends_on=form.cleaned_data["ends_on"],
    )
    reason = form.cleaned_data["reason"]
    actions.place_hold(covered=covered, reason=reason, by=request.reader, at=request.received_at)
    return redirect_to(request, "retention:desk", said="The hold stands.")


@grants(Permission.RETENTION)
@once
def hold_child(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Place a hold over one record."""
    header = people.child(request.reader, person_id, at=request.received_at)
    form = _bound(request, forms.ChildHoldForm)
    back = reverse("retention:child", args=[person_id])
    if not form.is_valid():
        lede = f"The record of {header.name} is not disposed of while it stands."
        return _form(request, form, heading="Place a legal hold", lede=lede, back=back)
    covered = actions.Covered(
        scope=Scope.PERSON, person_id=person_id, ends_on=form.cleaned_data["ends_on"]
    )
    reason = form.cleaned_data["reason"]
    actions.place_hold(covered=covered, reason=reason, by=request.reader, at=request.received_at)
    return redirect_to(request, "retention:child", person_id, said="The hold stands.")


@grants(Permission.RETENTION)
@recently_proved_to_send
@once
def lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """Propose that a hold is lifted."""
    row = queries.hold(request.reader, hold_id)
    form = _bound(request, forms.ReasonForm)
    if not form.is_valid():
        lede = f"It stands because: {row.reason}"
        return _form(request, form, heading="Propose to lift a legal hold", lede=lede)
    reason = form.cleaned_data["reason"]
    actions.propose_lift(hold=row, reason=reason, by=request.reader, at=request.received_at)
    return redirect_to(request, "retention:desk", said=PROPOSED)


def _bound[F: Form](request: StaffRequest, make: Callable[..., F]) -> F:
    return make(request.POST) if request.method == "POST" else make()


def _form(
    request: StaffRequest, form: Form, *, heading: str, lede: str, back: str = ""
) -> HttpResponse:
    home = back or reverse("retention:desk")
    context = {"form": form, "heading": heading, "lede": lede, "back": home, "cancel": home}
    return page(request, "retention/form.html", context | {"submit": heading})
