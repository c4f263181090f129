"""Deciding outside a meeting, offering a child to a worker, and the worker's answer."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.work.cases import actions, forms, policy, queries
from harbour.work.cases.presenters import details
from harbour.work.cases.vocabulary import AllocationRole


@grants(Permission.PEOPLE_SEARCH)
def allocation(request: StaffRequest, allocation_id: UUID) -> HttpResponse:
    line = queries.allocation_line(request.reader, allocation_id)
    child = queries.child(
        request.reader, line.person_id, shows=(Facet.CASE,), at=request.received_at
    )
    return page(
        request, "cases/allocation.html", details.allocation_page(request.reader, child, line)
    )


@grants(Permission.ALLOCATION_OFFER, Permission.GRADING_DECIDE)
@once
def offer(request: StaffRequest, person_id: UUID) -> HttpResponse:
    reader = request.reader
    child = queries.child(reader, person_id, at=request.received_at)
    policy.check_can_offer(reader, person_id)
    responsible = child.header.responsible
    candidates = {
        role: queries.candidates(reader, role, authority_id=responsible.pk if responsible else None)
        for role in AllocationRole
    }
    form = forms.OfferForm(request.POST or None, candidates=candidates)
    if form.is_valid():
        try:
            actions.offer_allocation(
                person_id=person_id, offer=form.offer, by=reader, at=request.received_at
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect_to(
                request,
                "cases:child",
                person_id,
                said="The offer is made. Nobody is allocated until they acknowledge.",
            )
    return page(
        request,
        "ui/form.html",
        details.form_page(
            child, form, heading="Allocate somebody", back="cases:child", submit="Offer"
        ),
    )


@grants(Permission.ALLOCATION_ANSWER)
@once
def acknowledge(request: StaffRequest, allocation_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = queries.allocation(request.reader, allocation_id)
    form = forms.SeenVersion(request.POST)
    seen = form.cleaned_data["seen_version"] if form.is_valid() else row.version
    actions.acknowledge(
        allocation=row, seen_version=seen, by=request.reader, at=request.received_at
    )
    return redirect_to(
        request, "cases:child", row.person_id, said="You are allocated to this child."
    )


@grants(Permission.ALLOCATION_ANSWER)
@once
def decline(request: StaffRequest, allocation_id: UUID) -> HttpResponse:
    reader = request.reader
    row = queries.allocation(reader, allocation_id)
    child = queries.child(reader, row.person_id, at=request.received_at)
    policy.check_can_answer(reader, row)
    form = forms.Decline(request.POST or None, initial={"seen_version": row.version})
    if form.is_valid():
        actions.decline(allocation=row, by=reader, at=request.received_at, **form.cleaned_data)
        return redirect_to(request, "home:my_work", said="The offer is declined.")
    return page(
        request,
        "ui/form.html",
        details.form_page(
            child,
            form,
            heading="Decline an allocation",
            back="cases:child",
            submit="Decline",
            submit_kind="warning",
        ),
    )


@grants(Permission.ALLOCATION_OFFER, Permission.GRADING_DECIDE)
@once
def end_allocation(request: StaffRequest, allocation_id: UUID) -> HttpResponse:
    reader = request.reader
    row = queries.allocation(reader, allocation_id)
    child = queries.child(reader, row.person_id, at=request.received_at)
    policy.check_can_end(reader, row)
    form = forms.EndAllocation(request.POST or None, initial={"seen_version": row.version})
    if form.is_valid():
        actions.end_allocation(
            allocation=row, by=reader, at=request.received_at, **form.cleaned_data
        )
        return redirect_to(request, "cases:plan", row.person_id, said="The allocation is ended.")
    return page(
        request,
        "ui/form.html",
        details.form_page(
            child,
            form,
            heading="End an allocation",
            lede=f"{details.about(child)} Allocated: {row.worker.name}.",
            submit="End the allocation",
        ),
    )


@grants(Permission.GRADING_DECIDE)
@once
def review(request: StaffRequest, person_id: UUID) -> HttpResponse:
    reader = request.reader
    child = queries.child(reader, person_id, at=request.received_at)
    policy.check_can_grade(reader, person_id)
    form = forms.ReviewForm(request.POST or None, grades=queries.grades())
    if form.is_valid():
        try:
            actions.record_grading(
                person_id=person_id, decision=form.decision, by=reader, at=request.received_at
            )
        except Refused as refused:
            form.add_error("unallocated_reason", refused.sentence)
        else:
            return redirect_to(request, "cases:child", person_id, said="The grade is recorded.")
    return page(
        request,
        "ui/form.html",
        details.form_page(
            child,
            form,
            heading="Review the grade outside a meeting",
            back="cases:child",
            submit="Record the grade",
        ),
    )
