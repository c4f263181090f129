"""Break glass out of hours, end it, and review it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.emergency import actions, policy, presenters, queries
from harbour.record.emergency.forms import LookForm, ReviewForm
from harbour.record.emergency.vocabulary import ATTEMPTS_AN_HOUR, Outcome, Verdict
from harbour.record.people import queries as people


@grants(Permission.BREAK_GLASS)
def start(request: StaffRequest) -> HttpResponse:
    """Look for exactly one child; say found or not found, and nothing else."""
    reader, at = request.reader, request.received_at
    policy.check_can_break(reader, shut=queries.offices_are_shut(at))
    waiting = queries.mine_unreviewed(reader)
    policy.check_nothing_waits(waiting, queries.leads_named(waiting) if waiting else [])
    form = LookForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        left = ATTEMPTS_AN_HOUR - queries.attempts_made(reader, at=at)
        return page(request, "emergency/start.html", {"form": form, "left": max(0, left)})
    found = actions.look(sought=form.sought, reason=form.cleaned_data["reason"], by=reader, at=at)
    left = ATTEMPTS_AN_HOUR - queries.attempts_made(reader, at=at)
    return page(
        request,
        "emergency/answer.html",
        {
            "answer": Outcome(found.outcome).label,
            "found": found.outcome == Outcome.FOUND,
            "yours": found.outcome == Outcome.OPEN,
            "open": reverse("emergency:open", args=[found.pk]),
            "left": max(0, left),
        },
    )


@grants(Permission.BREAK_GLASS)
@require_POST
@once
def break_glass(request: StaffRequest, attempt_id: UUID) -> HttpResponse:
    """Open the record of the child found a moment ago, for 60 minutes."""
    reader = request.reader
    found = actions.break_glass(
        attempt=queries.attempt(reader, attempt_id), by=reader, at=request.received_at
    )
    return redirect_to(request, "cases:child", found.person_id, said="A team manager was told.")


@grants(Permission.BREAK_GLASS, Permission.EMERGENCY_REVIEW)
@require_safe
def one(request: StaffRequest, break_glass_id: UUID) -> HttpResponse:
    """Show one emergency access with every look made under it."""
    return _one(request, break_glass_id, None)


@grants(Permission.EMERGENCY_REVIEW)
@once
def review(request: StaffRequest, break_glass_id: UUID) -> HttpResponse:
    """Write down whether an emergency access was justified."""
    reader, at = request.reader, request.received_at
    found = queries.one(reader, break_glass_id)
    if not people.may_read(reader, found.person_id, Facet.IDENTITY):
        raise Missing
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _one(request, break_glass_id, form)
    actions.review(
        break_glass=found,
        verdict=Verdict(form.cleaned_data["verdict"]),
        note=form.cleaned_data["note"],
        by=reader,
        at=at,
    )
    return redirect_to(request, "emergency:one", break_glass_id, said="The review is kept.")


def _one(request: StaffRequest, break_glass_id: UUID, form: ReviewForm | None) -> HttpResponse:
    reader, at = request.reader, request.received_at
    found = queries.one(reader, break_glass_id)
    children = people.lines(reader, [found.person_id], on=london_date(at))
    people.audit_list(reader, "emergency.access_seen", children, ("identity",), at)
    seen = presenters.Seen(
        found=found,
        child=children.get(found.person_id),
        told=queries.leads_named(found),
        looks=queries.looks_under(reader, break_glass_id),
        reviews=queries.reviews_of([break_glass_id]).get(break_glass_id, []),
    )
    shown = presenters.access_page(reader, seen, at=at)
    may_review = (
        reader.may(Permission.EMERGENCY_REVIEW)
        and bool(children)
        and found.recorded_by_id != reader.user_id
        and not presenters.is_open(found, at)
    )
    return page(
        request,
        "emergency/one.html",
        {
            "shown": shown,
            "form": (form or ReviewForm()) if may_review else None,
            "action": reverse("emergency:review", args=[break_glass_id]),
        },
    )


@grants(Permission.BREAK_GLASS)
@require_POST
@once
def end(request: StaffRequest, break_glass_id: UUID) -> HttpResponse:
    """End one's own emergency access before its time."""
    found = queries.one(request.reader, break_glass_id)
    actions.end(break_glass=found, by=request.reader, at=request.received_at)
    return redirect_to(request, "home:my_work", said="Emergency access is ended.")


@grants(Permission.EMERGENCY_REVIEW)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """List emergency accesses of the reader's authorities."""
    reader, at = request.reader, request.received_at
    found = list(queries.broken()[:100])
    children = people.lines(reader, [each.person_id for each in found], on=london_date(at))
    people.audit_list(reader, "emergency.queue_seen", children, ("identity",), at)
    reviews = queries.reviews_of(each.pk for each in found)
    return page(
        request, "emergency/queue.html", {"table": presenters.queue_table(found, reviews, children)}
    )
