"""The missing profile: read, kept, printed."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, permits
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.attachments import actions as attachments
from harbour.record.people import queries as people
from harbour.record.people.queries import ChildHeader
from harbour.work.missing import actions, forms, policy, queries
from harbour.work.missing.presenters import profile as shown
from harbour.work.missing.views.attempts import done, posted


def _child(request: StaffRequest, person_id: UUID) -> ChildHeader:
    """Open a child for the profile's sake; one whose profile is closed now is not there."""
    if not queries.may_read_now(request.reader, person_id):
        raise Missing
    groups = ("identity", "missing")
    return people.child(request.reader, person_id, groups=groups, at=request.received_at)


@grants(*policy.SEES_EPISODES, Permission.PEOPLE_SEARCH)
def profile(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show a child's missing profile."""
    child = _child(request, person_id)
    context = shown.profile_page(
        child,
        queries.profiles(request.reader, person_id),
        may_keep=permits(policy.check_can_keep_profile)(request.reader, person_id),
        today=clock.london_date(request.received_at),
        back=reverse("cases:missing_tab", args=[person_id]),
    )
    return page(request, "missing/profile.html", context)


@grants(Permission.MISSING_REPORT)
@once
def keep_profile(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Write a child's missing profile anew."""
    reader, at = request.reader, request.received_at
    policy.check_can_keep_profile(reader, person_id)
    child = _child(request, person_id)
    form = forms.ProfileForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        photographs=queries.photographs(reader, person_id),
        at=at,
        initial=forms.ProfileForm.initial_of(queries.profile(reader, person_id)),
    )

    @transaction.atomic
    def deed() -> None:
        known = form.known
        if form.sent_photo is not None:
            known["photo"] = attachments.keep(
                person_id=person_id, sent=form.sent_photo, by=reader, at=at
            )
        actions.keep_profile(
            person_id=person_id,
            seen_number=form.cleaned_data["seen_version"],
            by=reader,
            at=at,
            **known,
        )

    if form.is_valid() and done(form, deed):
        return redirect_to(request, "missing:profile", person_id, said="The profile is kept.")
    if form.infected:
        attachments.note_infected(person_id=person_id, by=reader, at=at)
    back = reverse("missing:profile", args=[person_id])
    context = {
        "form": form,
        "heading": f"Missing profile: {child.name}",
        "lede": "For whoever looks for the child tonight. The police see it when the child is "
        "missing, and not before. Write what you know; leave the rest empty.",
        "submit": "Keep the profile",
        "back": back,
        "cancel": back,
    }
    return page(request, "missing/keep_profile.html", context)


@grants(*policy.SEES_EPISODES, Permission.PEOPLE_SEARCH)
def print_profile(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Show the profile as one page for the night, and write that it was made to be printed."""
    child = _child(request, person_id)
    found = queries.profile(request.reader, person_id)
    if found is None:
        raise Missing
    queries.printed(request.reader, found, at=request.received_at)
    context = shown.profile_page(
        child,
        [found],
        may_keep=False,
        today=clock.london_date(request.received_at),
        back=reverse("missing:profile", args=[person_id]),
    )
    return page(request, "missing/print_profile.html", context)
