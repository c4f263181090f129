"""The directory of contacts, and which areas adjoin."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from harbour.foundation.access.guards import StaffRequest, grants, signed_in
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.ui import listing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.providers import actions, forms, policy, presenters, queries

BY_AGENCY = listing.Order(
    keys={
        "agency": ("agency__name", "purpose"),
        "purpose": ("purpose", "agency__name"),
        "checked": ("checked_on",),
    },
    default="agency",
)


@signed_in("whom to ring at an agency is for everybody who works here; no child stands in it")
def contacts(request: StaffRequest) -> HttpResponse:
    """List whom to ring or write to at each agency."""
    reader = request.reader
    form = forms.DirectoryFilter(request.GET or None)
    by = form.narrowing
    wanted = listing.wanted(request.GET, BY_AGENCY)
    found = queries.contacts(reader, words=by.words, purpose=by.purpose, past=by.past)
    shown = listing.paged(found.order_by(*wanted.order_by), wanted)
    context = presenters.directory_page(
        form,
        shown,
        wanted,
        keeps={
            each.agency_id
            for each in shown.items
            if policy.can_keep_contacts(reader, each.agency_id)
        },
        may_add=_agencies(request).exists(),
        today=london_date(request.received_at),
    )
    return page(request, "providers/contacts.html", context)


def _agencies(request: StaffRequest) -> QuerySet[Agency]:
    """Return the agencies whose contacts this person may keep."""
    found = Agency.objects.order_by("name")
    if policy.can_keep(request.reader):
        return found
    return found.filter(pk__in=request.reader.agency_ids)


@signed_in("each agency keeps its own contacts; the policy says whose else")
@once
def add_contact(request: StaffRequest) -> HttpResponse:
    """Add whom to ring or write to at an agency."""
    form = forms.ContactForm(
        request.POST if request.method == "POST" else None,
        agencies=_agencies(request),
        initial={"agency": request.GET.get("agency", "")},
    )
    back = reverse("providers:contacts")
    if not form.is_valid():
        context = presenters.FormPage(form=form, heading="Add a contact", back=back, cancel=back)
        return page(request, "providers/form.html", context)
    actions.add_contact(by=request.reader, at=request.received_at, **form.cleaned_data)
    return redirect_to(request, "providers:contacts", said="The contact is added.")


@require_POST
@signed_in("each agency keeps its own contacts; the policy says whose else")
@once
def confirm_contact(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Say that a contact is still right."""
    found = queries.contact(request.reader, contact_id)
    actions.confirm_contact(contact=found, by=request.reader, at=request.received_at)
    return redirect_to(request, "providers:contacts", said="The contact is still right.")


@require_POST
@signed_in("each agency keeps its own contacts; the policy says whose else")
@once
def end_contact(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Say that a contact holds no more."""
    found = queries.contact(request.reader, contact_id)
    actions.end_contact(contact=found, by=request.reader, at=request.received_at)
    return redirect_to(request, "providers:contacts", said="The contact has ended.")


@grants(Permission.MISSING_REPORT)
def areas(request: StaffRequest) -> HttpResponse:
    """List which authorities adjoin which."""
    known = list(agencies.authorities())
    near = queries.adjoining_of(request.reader, [each.pk for each in known])
    return page(request, "providers/areas.html", presenters.areas_page(known, near))


@grants(Permission.MISSING_REPORT)
@once
def area(request: StaffRequest, authority_id: UUID) -> HttpResponse:
    """Say which authorities adjoin one."""
    reader = request.reader
    policy.check_can_keep(reader)
    authority = agencies.authorities().filter(pk=authority_id).first()
    if authority is None:
        raise Missing
    near = queries.adjoining(reader, authority_id)
    form = forms.AdjoiningForm(
        request.POST if request.method == "POST" else None,
        others=agencies.authorities().exclude(pk=authority_id),
        initial={"neighbours": [str(each) for each in near]},
    )
    back = reverse("providers:areas")
    if not form.is_valid():
        context = presenters.FormPage(form=form, heading=authority.name, back=back, cancel=back)
        return page(request, "providers/form.html", context)
    actions.keep_adjoining(
        authority=authority,
        neighbours={UUID(each) for each in form.cleaned_data["neighbours"]},
        by=reader,
        at=request.received_at,
    )
    return redirect_to(request, "providers:areas", said="It is recorded.")
