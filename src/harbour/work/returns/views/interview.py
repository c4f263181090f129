"""One interview and what followed it."""

from uuid import UUID

from django.http import HttpResponse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.work.returns import actions, forms, policy, presenters, queries

FORM = "returns/act.html"


@grants(*policy.READS)
def interview(request: StaffRequest, interview_id: UUID) -> HttpResponse:
    """Show an interview as it was said, and what followed it."""
    file = queries.interview_file(request.reader, interview_id, at=request.received_at)
    return page(request, "returns/interview.html", presenters.interview_page(request.reader, file))


@grants(*policy.ADDS)
@once
def add(request: StaffRequest, interview_id: UUID) -> HttpResponse:
    """Add to an interview that is never edited."""
    file = queries.interview_file(request.reader, interview_id, at=request.received_at)
    policy.check_can_add(request.reader, file.interview)
    form = forms.Add(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = presenters.act_page(file, form, "Add to the interview", submit="Add it")
        return page(request, FORM, shown)
    actions.add(
        interview=file.interview, by=request.reader, at=request.received_at, **form.cleaned_data
    )
    return redirect_to(request, "returns:interview", interview_id, said="It is added.")


@grants(Permission.INTERVIEW_REVIEW)
@once
def review(request: StaffRequest, interview_id: UUID) -> HttpResponse:
    """Accept an interview, or return it for more."""
    file = queries.interview_file(request.reader, interview_id, at=request.received_at)
    policy.check_can_review(request.reader, file.interview, state=file.state)
    form = forms.ReviewForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = presenters.act_page(
            file,
            form,
            "Review the interview",
            submit="Record the review",
            words=presenters.words_of(file),
        )
        return page(request, FORM, shown)
    actions.review(
        interview=file.interview, by=request.reader, at=request.received_at, **form.cleaned_data
    )
    return redirect_to(request, "returns:interview", interview_id, said="The review is recorded.")


@grants(Permission.INTERVIEW_OFFER)
@once
def tell_on(request: StaffRequest, interview_id: UUID) -> HttpResponse:
    """Tell a team what it needs to know."""
    file = queries.interview_file(request.reader, interview_id, at=request.received_at)
    policy.check_can_tell_on(request.reader, file.interview)
    form = forms.TellOn(
        request.POST if request.method == "POST" else None,
        teams=queries.teams_for(request.reader, file.interview),
    )
    if not form.is_valid():
        shown = presenters.act_page(
            file,
            form,
            "Tell a team",
            submit="Tell them",
            words=presenters.words_of(file),
            lede="It stands on the work page of everybody in the team until one acknowledges it.",
        )
        return page(request, FORM, shown)
    actions.tell_on(
        interview=file.interview,
        team=form.team_chosen,
        what=form.cleaned_data["what"],
        why=form.cleaned_data["why"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "returns:interview", interview_id, said="The team is told.")


@grants(*policy.READS, Permission.PEOPLE_SEARCH)
@once
def acknowledge(request: StaffRequest, told_id: UUID) -> HttpResponse:
    """Show what the reader's team was told; take it in with one press."""
    told = queries.told(request.reader, told_id)
    file = queries.interview_file(request.reader, told.interview_id, at=request.received_at)
    if request.method != "POST":
        return page(
            request,
            "returns/told.html",
            presenters.told_page(request.reader, file, told),
        )
    actions.acknowledge(told=told, by=request.reader, at=request.received_at)
    return redirect_to(request, "home:my_work", said="Your team has taken it in.")
