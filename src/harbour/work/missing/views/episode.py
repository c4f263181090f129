"""One episode, and what is done about it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.work.missing import actions, forms, policy, presenters, queries
from harbour.work.missing.views.attempts import done, posted

FORM = "missing/act.html"


# Those a child's missing episodes were shared with read them too: the database knows which.
@grants(*policy.SEES_EPISODES, Permission.PEOPLE_SEARCH)
def episode(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Show all of an episode."""
    file = queries.episode_file(request.reader, episode_id, at=request.received_at)
    form = forms.Log(at=request.received_at)
    shown = presenters.episode_page(request.reader, file, form, at=request.received_at)
    return page(request, "missing/episode.html", shown)


@require_GET
@grants(*policy.SEES_EPISODES, Permission.PEOPLE_SEARCH)
def changed(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Answer an open page with what is new of the episode, or with nothing.

    Only what is shown anew is written down as a look. Who may not see the episode any more has the
    page opened again, and is told there.
    """
    reader, at = request.reader, request.received_at
    try:
        found = queries.episode(reader, episode_id)
    except Missing:
        return HttpResponse(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    if request.GET.get("seen") == queries.mark_of(reader, found, at=at):
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})
    file = queries.episode_file(reader, episode_id, at=at)
    shown = presenters.episode_page(reader, file, forms.Log(at=at), at=at, renewed=True)
    return page(request, "missing/pushed.html", shown)


@grants(Permission.MISSING_REPORT)
def sheet(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Show the sheet for the night."""
    file = queries.sheet(request.reader, episode_id, at=request.received_at)
    today = clock.london_date(request.received_at)
    return page(request, "missing/sheet.html", presenters.sheet_page(file, today=today))


@grants(*policy.SEES_EPISODES[:4])
@once
def log(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Add a line to the log."""
    file = queries.episode_file(request.reader, episode_id, at=request.received_at)
    policy.check_can_log(request.reader, file.episode)
    form = forms.Log(posted(request), at=request.received_at)
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.add_log(
                episode=file.episode,
                by=request.reader,
                at=request.received_at,
                **form.cleaned_data,
            ),
        )
    ):
        shown = presenters.act_page(file, form, "Add to the log", submit="Add to the log")
        return page(request, FORM, shown)
    return redirect_to(request, "missing:episode", episode_id, said="Added to the log.")


@grants(Permission.MISSING_REPORT)
@once
def risk(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Record the police's grade."""
    file = queries.episode_file(request.reader, episode_id, at=request.received_at)
    policy.check_can_set_risk(request.reader, file.episode)
    form = forms.RiskGrade(posted(request), initial={"seen_version": file.episode.version})
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.set_police_risk(
                episode=file.episode,
                risk=form.risk,
                seen_version=form.cleaned_data["seen_version"],
                by=request.reader,
                at=request.received_at,
            ),
        )
    ):
        shown = presenters.act_page(file, form, "Police risk grade", submit="Record the grade")
        return page(request, FORM, shown)
    return redirect_to(request, "missing:episode", episode_id, said="The grade is recorded.")


@grants(Permission.MISSING_RETURN)
@once
def record_return(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Record that the child is back."""
    file = queries.episode_file(request.reader, episode_id, at=request.received_at)
    policy.check_can_record_return(request.reader, file.episode)
    form = forms.RecordReturn(
        posted(request),
        initial={"seen_version": file.episode.version},
        started_at=file.episode.started_at,
        at=request.received_at,
    )
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.record_return(
                episode=file.episode,
                back=form.back,
                seen_version=form.cleaned_data["seen_version"],
                by=request.reader,
                at=request.received_at,
            ),
        )
    ):
        shown = presenters.act_page(file, form, "Record the return", submit="Record the return")
        return page(request, FORM, shown)
    said = "The return is recorded. A return home interview is due."
    return redirect_to(request, "missing:episode", episode_id, said=said)


@grants(Permission.MISSING_RETURN)
@once
def prevention(request: StaffRequest, episode_id: UUID) -> HttpResponse:
    """Record the police's prevention check."""
    file = queries.episode_file(request.reader, episode_id, at=request.received_at)
    policy.check_can_check_prevention(request.reader, file.episode)
    form = forms.Prevention(
        posted(request), initial={"seen_version": file.episode.version}, at=request.received_at
    )
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.record_prevention_check(
                episode=file.episode,
                check=form.check,
                seen_version=form.cleaned_data["seen_version"],
                by=request.reader,
                at=request.received_at,
            ),
        )
    ):
        shown = presenters.act_page(
            file,
            form,
            "Police prevention check",
            lede="The check does not stand for the return home interview.",
            submit="Record the check",
        )
        return page(request, FORM, shown)
    return redirect_to(request, "missing:episode", episode_id, said="The check is recorded.")
