"""Change what is known of an episode; two who write at once are shown both texts."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui.pages import conflict, once, page, redirect_to
from harbour.work.missing import actions, forms, policy, presenters, queries
from harbour.work.missing.views.attempts import done, posted
from harbour.work.missing.vocabulary import LogKind

FORM = "missing/act.html"


@grants(Permission.MISSING_REPORT)
@once
def amend(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Bring up to date what is known: clothes, company, means, who was told."""
    reader, at = request.reader, request.received_at
    file = queries.episode_file(reader, episode_id, at=at)
    policy.check_can_amend(reader, file.episode)
    form = forms.Amend(posted(request), episode=file.episode, at=at)
    try:
        if form.is_valid() and done(
            form,
            lambda: form.keep(episode=file.episode, by=reader, at=at),
            conflicts=False,
        ):
            return redirect_to(request, "missing:episode", episode_id, said="Brought up to date.")
    except Conflict as found:
        return _both_texts(request, file, form, found)
    shown = presenters.act_page(
        file,
        form,
        "Change what is known",
        lede="What stood here before stays in the log.",
        submit="Save",
    )
    return page(request, FORM, shown)


def _both_texts(
    request: StaffRequest, file: queries.EpisodeFile, form: forms.Amend, found: Conflict
) -> HttpResponse:
    theirs = next((each for each in file.log if each.kind == LogKind.DETAILS), None)
    return conflict(
        request,
        found,
        form,
        theirs_by=theirs.recorded_by.name if theirs else "a colleague",
        theirs_at=theirs.recorded_at if theirs else None,
        keep_theirs=reverse("missing:episode", args=[file.episode.pk]),
    )


@grants(Permission.MISSING_REPORT)
@once
def reclassify(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Say that the episode is of another kind."""
    reader, at = request.reader, request.received_at
    file = queries.episode_file(reader, episode_id, at=at)
    policy.check_can_amend(reader, file.episode)
    form = forms.Reclassify(posted(request), initial=forms.Reclassify.initial_of(file.episode))
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.reclassify(
                episode=file.episode,
                said=form.said,
                seen_version=form.cleaned_data["seen_version"],
                by=reader,
                at=at,
            ),
        )
    ):
        shown = presenters.act_page(
            file,
            form,
            "Kind of episode",
            lede="Missing and away without authorisation are counted apart, and never mixed.",
            submit="Record the kind",
        )
        return page(request, FORM, shown)
    return redirect_to(request, "missing:episode", episode_id, said="The kind is recorded.")


@grants(Permission.MISSING_REPORT)
@once
def carry_on(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Write down who goes on looking for somebody who turned 18."""
    reader, at = request.reader, request.received_at
    file = queries.episode_file(reader, episode_id, at=at)
    policy.check_can_carry_on(reader, file.episode, at=at)
    form = forms.CarryOn(posted(request))
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.carry_on(
                episode=file.episode, text=form.cleaned_data["text"], by=reader, at=at
            ),
        )
    ):
        shown = presenters.act_page(
            file,
            form,
            "Turned 18 while missing",
            lede="The person may still be missing. A child's episode ends on the 18th birthday, "
            "and looking for them does not.",
            submit="Write it down",
        )
        return page(request, FORM, shown)
    return redirect_to(request, "missing:episode", episode_id, said="It is written in the log.")
