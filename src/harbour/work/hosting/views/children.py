"""Children placed across a border: the two lists, and what is known and agreed of one child."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import conflict, once, page, redirect_to
from harbour.record.people import policy as people_policy
from harbour.record.people import queries as people
from harbour.record.people.queries import ChildHeader
from harbour.work.hosting import actions, forms, policy, presenters, queries
from harbour.work.hosting.views.forms import form_page, posted

BY_NAME = listing.Order(keys={"name": ("name",)}, default="name")


@grants(Permission.HOSTING)
def hosted(request: StaffRequest) -> HttpResponse:
    """List other authorities' children placed here, with what their authority has not told."""
    found = queries.hosted(request.reader, at=request.received_at)
    gaps_only = request.GET.get("show") == "gaps"
    wanted = listing.wanted(request.GET, BY_NAME)
    shown = listing.paged([each for each in found if each.gaps or not gaps_only], wanted)
    context = presenters.hosted_page(shown, gaps_only=gaps_only, at=request.received_at)
    return page(request, "hosting/across.html", context)


@grants(Permission.HOSTING)
def elsewhere(request: StaffRequest) -> HttpResponse:
    """List own children placed in other areas: whether the area was told, who holds interviews."""
    found = queries.elsewhere(request.reader, at=request.received_at)
    shown = listing.paged(found, listing.wanted(request.GET, BY_NAME))
    context = presenters.elsewhere_page(shown, at=request.received_at)
    return page(request, "hosting/across.html", context)


def _child(request: StaffRequest, person_id: UUID) -> ChildHeader:
    groups = ("identity", "placement", "case", "missing")
    return people.child(request.reader, person_id, groups=groups, at=request.received_at)


@grants(Permission.HOSTING)
def child(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show what was told, agreed and notified of a child placed across a border."""
    header = _child(request, person_id)
    found = queries.file_of(request.reader, person_id, at=request.received_at)
    context = presenters.child_page(header, found, at=request.received_at)
    return page(request, "hosting/child.html", context)


@grants(Permission.HOSTING)
@once
def told(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Keep what another authority told of the child."""
    header = _child(request, person_id)
    people_policy.check_can_write(request.reader, person_id, Facet.CASE)
    form = forms.ToldForm(
        posted(request),
        tellers=agencies.authorities(),
        initial={"told_by": header.responsible.pk if header.responsible else None},
    )
    if form.is_valid():
        try:
            actions.keep_told(
                person_id=person_id, by=request.reader, at=request.received_at, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("told_on", refused.sentence)
        else:
            return redirect_to(request, "hosting:child", person_id, said="It is kept as told.")
    back = reverse("hosting:child", args=[person_id])
    return form_page(request, form, f"What was told of {header.name}", back)


@grants(Permission.HOSTING)
@require_POST
@once
def end_told(request: StaffRequest, flag_id: UUID) -> HttpResponse:
    """Say that who told it has taken it back."""
    found = queries.flag(request.reader, flag_id)
    people.child(request.reader, found.person_id, groups=("case",), at=request.received_at)
    actions.end_told(flag=found, by=request.reader, at=request.received_at)
    return redirect_to(request, "hosting:child", found.person_id, said="It is taken back.")


@grants(Permission.HOSTING)
@once
def offer(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Offer the authority that placed the child a local consultation."""
    header = _child(request, person_id)
    people_policy.check_can_write(request.reader, person_id, Facet.CASE)
    first = {"agency": header.responsible.pk if header.responsible else None}
    form = forms.OfferForm(posted(request), initial=first)
    if form.is_valid():
        try:
            actions.offer_consultation(
                person_id=person_id, by=request.reader, at=request.received_at, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("offered_on", refused.sentence)
        else:
            return redirect_to(request, "hosting:child", person_id, said="The offer is recorded.")
    back = reverse("hosting:child", args=[person_id])
    return form_page(request, form, f"A local consultation about {header.name}", back)


@grants(Permission.HOSTING)
@once
def consultation(request: StaffRequest, consultation_id: UUID) -> HttpResponse:
    """Keep what became of an offered consultation."""
    found = queries.consultation(request.reader, consultation_id)
    header = _child(request, found.person_id)
    people_policy.check_can_write(request.reader, found.person_id, Facet.CASE)
    form = forms.ConsultationForm(posted(request), initial=forms.ConsultationForm.initial_of(found))
    back = reverse("hosting:child", args=[found.person_id])
    if not form.is_valid():
        heading = f"Consultation with {found.agency.name}: {header.name}"
        return form_page(request, form, heading, back)
    try:
        actions.answer_consultation(
            consultation=found, by=request.reader, at=request.received_at, **form.cleaned_data
        )
    except Conflict as raised:
        return conflict(request, raised, form, keep_theirs=back)
    return redirect_to(request, "hosting:child", found.person_id, said="It is recorded.")


@grants(Permission.HOSTING)
@once
def arrange(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Agree who holds the child's return interviews."""
    header = _child(request, person_id)
    policy.check_can_keep(request.reader)
    people_policy.check_can_write(request.reader, person_id, Facet.MISSING)
    form = forms.ArrangeForm(posted(request))
    if form.is_valid():
        actions.arrange_interviews(
            person_id=person_id, by=request.reader, at=request.received_at, **form.cleaned_data
        )
        return redirect_to(request, "hosting:child", person_id, said="It is agreed.")
    back = reverse("hosting:child", args=[person_id])
    return form_page(request, form, f"Return interviews of {header.name}", back)
