"""The return home interview: offer, answer, write up."""

from uuid import UUID

from django.http import HttpResponse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.work.missing import actions, forms, policy, presenters, queries
from harbour.work.missing.views.attempts import done, posted

FORM = "missing/act.html"


@grants(Permission.INTERVIEW_OFFER)
@once
def offer(request: StaffRequest, interview_id: UUID) -> HttpResponse:
    """Record whether an interview is offered, by whom, and why they are best placed."""
    found = queries.interview(request.reader, interview_id)
    policy.check_can_offer(request.reader, found)
    file = queries.episode_file(request.reader, found.episode_id, at=request.received_at)
    form = forms.OfferInterview(
        posted(request),
        initial=presenters.offer_as_it_stands(found),
        interviewers=queries.possible_interviewers(request.reader),
        started_at=found.episode.started_at,
        at=request.received_at,
    )
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.offer_interview(
                interview=found,
                offer=form.offer,
                seen_version=form.cleaned_data["seen_version"],
                by=request.reader,
                at=request.received_at,
            ),
        )
    ):
        shown = presenters.act_page(
            file, form, "Offer a return home interview", submit="Record the offer"
        )
        return page(request, FORM, shown)
    return redirect_to(request, "missing:episode", found.episode_id, said="The offer is recorded.")


@grants(Permission.INTERVIEW_OFFER, Permission.INTERVIEW_HOLD)
@once
def answer(request: StaffRequest, interview_id: UUID) -> HttpResponse:
    """Record what the child answered."""
    found = queries.interview(request.reader, interview_id)
    policy.check_can_answer(request.reader, found)
    file = queries.episode_file(request.reader, found.episode_id, at=request.received_at)
    form = forms.Answered(posted(request), initial={"seen_version": found.version})
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.record_answer(
                interview=found,
                reply=form.reply,
                seen_version=form.cleaned_data["seen_version"],
                by=request.reader,
                at=request.received_at,
            ),
        )
    ):
        shown = presenters.act_page(
            file, form, "The child's answer to the offer", submit="Record the answer"
        )
        return page(request, FORM, shown)
    return redirect_to(request, "missing:episode", found.episode_id, said="The answer is recorded.")


@grants(Permission.INTERVIEW_HOLD)
@once
def hold(request: StaffRequest, interview_id: UUID) -> HttpResponse:
    """Write up the interview; what the child said stays as it is written here."""
    found = queries.interview(request.reader, interview_id)
    policy.check_can_hold(request.reader, found)
    file = queries.episode_file(request.reader, found.episode_id, at=request.received_at)
    form = forms.Hold(
        posted(request),
        initial={"seen_version": found.version},
        started_at=found.episode.started_at,
        at=request.received_at,
    )
    if not (
        form.is_valid()
        and done(
            form,
            lambda: actions.hold_interview(
                interview=found,
                said=form.said,
                seen_version=form.cleaned_data["seen_version"],
                by=request.reader,
                at=request.received_at,
            ),
        )
    ):
        shown = presenters.act_page(
            file,
            form,
            "Return home interview",
            lede="Before, during and after: what led to it, what happened, what would help.",
            submit="Record the interview",
        )
        return page(request, FORM, shown)
    return redirect_to(
        request, "missing:episode", found.episode_id, said="The interview is recorded."
    )
