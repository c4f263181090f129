"""One discussion: asked for, invited to, held, decided, closed."""

from collections.abc import Callable
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people
from harbour.work.discussions import actions, forms, policy, presenters, queries

FORM = "discussions/act.html"
CHANGED = (
    "Somebody else changed this record while you were writing. Nothing you wrote is lost: look at "
    "what changed, then send this page again."
)


def _posted(request: StaffRequest) -> QueryDict | None:
    return request.POST.copy() if request.method == "POST" else None


def _done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do the deed; what stops it stands on the form, so that nobody types twice."""
    try:
        deed()
    except Refused as refused:
        form.add_error(None, refused.sentence)
    except Conflict as conflict:
        form.add_error(None, CHANGED)
        if isinstance(form.data, QueryDict):
            form.data["seen_version"] = str(conflict.version)
    else:
        return True
    return False


@grants(Permission.PEOPLE_SEARCH)
def discussion(request: StaffRequest, discussion_id: UUID) -> HttpResponse:
    """Show a discussion: why, who, what was said, what follows."""
    reader, at = request.reader, request.received_at
    file = queries.discussion_file(reader, discussion_id, at=at)
    shown = presenters.discussion_page(reader, file, at=at)
    return page(request, "discussions/discussion.html", shown)


@grants(Permission.DISCUSSION_ASK)
@once
def ask(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Ask for a discussion and invite to it."""
    reader, at = request.reader, request.received_at
    child = people.child(reader, person_id, groups=("identity", "case"), at=at)
    policy.check_can_ask(reader, person_id)
    waiting = queries.open_ask_of(reader, person_id)
    answers = waiting if waiting and policy.can_answer_ask(reader, waiting) else None
    form = forms.AskFor(
        _posted(request),
        initial=presenters.ask_as_it_stands(waiting),
        may_come=queries.may_be_invited(reader, person_id),
        hosted=queries.lives_elsewhere(reader, person_id),
    )
    made = []
    if not (
        form.is_valid()
        and _done(
            form,
            lambda: made.append(
                actions.ask(
                    person_id=person_id, wanted=form.wanted, answers=answers, by=reader, at=at
                )
            ),
        )
    ):
        last = queries.last_answer(reader, person_id)
        return page(request, FORM, presenters.ask_form_page(child, form, waiting, last))
    return redirect_to(
        request, "discussions:discussion", made[0].pk, said="The discussion is asked for."
    )


@grants(Permission.DISCUSSION_RUN)
@once
def invite(request: StaffRequest, discussion_id: UUID) -> HttpResponse:
    """Invite one more agency."""
    reader, at = request.reader, request.received_at
    file = queries.discussion_file(reader, discussion_id, at=at)
    policy.check_can_hold(reader, file.discussion)
    there = {each.agency_id for each in file.invitations}
    may_come = queries.may_be_invited(reader, file.discussion.person_id, partners=False)
    form = forms.Invite(
        _posted(request), may_come=[pair for pair in may_come if pair[0].pk not in there]
    )
    if not form.is_valid():
        return page(
            request, FORM, presenters.act_page(file, form, "Invite an agency", submit="Invite")
        )
    agency, capacity = form.chosen
    actions.invite(
        discussion=file.discussion, agency=agency, capacity=capacity.value, by=reader, at=at
    )
    return redirect_to(
        request, "discussions:discussion", discussion_id, said="The agency is invited."
    )


@grants(Permission.PEOPLE_SEARCH)
@once
def answer_invitation(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Say for one's agency whether it comes."""
    reader, at = request.reader, request.received_at
    found = queries.invitation(reader, invitation_id)
    policy.check_can_answer(reader, found, found.discussion)
    file = queries.discussion_file(reader, found.discussion_id, at=at)
    form = forms.AnswerInvitation(_posted(request))
    if not form.is_valid():
        heading = f"Answer for {found.agency.name}"
        return page(request, FORM, presenters.act_page(file, form, heading, submit="Answer"))
    actions.answer_invitation(invitation=found, by=reader, at=at, **form.cleaned_data)
    return redirect_to(
        request, "discussions:discussion", found.discussion_id, said="Your answer is recorded."
    )


@grants(Permission.DISCUSSION_RUN)
@once
def hold(request: StaffRequest, discussion_id: UUID) -> HttpResponse:
    """Record that it was held, who was there, and what was said."""
    reader, at = request.reader, request.received_at
    file = queries.discussion_file(reader, discussion_id, at=at)
    policy.check_can_hold(reader, file.discussion)
    form = forms.HoldForm(
        _posted(request),
        initial={"seen_version": file.discussion.version},
        invitations=file.invitations,
        at=at,
    )
    if not (
        form.is_valid()
        and _done(
            form,
            lambda: actions.hold(
                discussion=file.discussion,
                held=form.held,
                seen_version=form.cleaned_data["seen_version"],
                by=reader,
                at=at,
            ),
        )
    ):
        shown = presenters.act_page(file, form, "The discussion was held", submit="Record it")
        return page(request, FORM, shown)
    return redirect_to(
        request,
        "discussions:discussion",
        discussion_id,
        said="It is recorded. Write down what was decided, then what it came to.",
    )


@grants(Permission.DISCUSSION_RUN)
@once
def decide(request: StaffRequest, discussion_id: UUID) -> HttpResponse:
    """Write down what was decided."""
    reader, at = request.reader, request.received_at
    file = queries.discussion_file(reader, discussion_id, at=at)
    policy.check_can_decide(reader, file.discussion)
    form = forms.Decide(_posted(request), owners=queries.possible_owners(reader, file.discussion))
    if not form.is_valid():
        shown = presenters.act_page(file, form, "What was decided?", submit="Write it down")
        return page(request, FORM, shown)
    actions.decide(discussion=file.discussion, by=reader, at=at, **form.decided)
    return redirect_to(
        request, "discussions:discussion", discussion_id, said="The decision is written down."
    )


@grants(Permission.DISCUSSION_RUN)
@once
def close(request: StaffRequest, discussion_id: UUID) -> HttpResponse:
    """Record what it came to."""
    reader, at = request.reader, request.received_at
    file = queries.discussion_file(reader, discussion_id, at=at)
    policy.check_can_decide(reader, file.discussion)
    form = forms.Close(_posted(request), initial={"seen_version": file.discussion.version})
    if not (
        form.is_valid()
        and _done(
            form,
            lambda: actions.close(
                discussion=file.discussion, by=reader, at=at, **form.cleaned_data
            ),
        )
    ):
        shown = presenters.act_page(file, form, "What it came to", submit="Close the discussion")
        return page(request, FORM, shown)
    return redirect_to(
        request, "discussions:discussion", discussion_id, said="The discussion is closed."
    )


@grants(Permission.DISCUSSION_RUN)
@once
def drop(request: StaffRequest, discussion_id: UUID) -> HttpResponse:
    """Record why it is not held."""
    reader, at = request.reader, request.received_at
    file = queries.discussion_file(reader, discussion_id, at=at)
    policy.check_can_drop(reader, file.discussion)
    form = forms.WithReason(_posted(request), initial={"seen_version": file.discussion.version})
    if not (
        form.is_valid()
        and _done(
            form,
            lambda: actions.drop(discussion=file.discussion, by=reader, at=at, **form.cleaned_data),
        )
    ):
        shown = presenters.act_page(file, form, "It is not held", submit="Record the reason")
        return page(request, FORM, shown)
    return redirect_to(
        request, "discussions:discussion", discussion_id, said="The reason is recorded."
    )


@grants(Permission.PEOPLE_SEARCH)
@once
def complete(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Record that what was decided is done."""
    reader, at = request.reader, request.received_at
    found = queries.decision(reader, decision_id)
    policy.check_can_complete(reader, found)
    file = queries.discussion_file(reader, found.discussion_id, at=at)
    form = forms.Done(_posted(request), initial={"seen_version": found.version})
    if not (
        form.is_valid()
        and _done(
            form,
            lambda: actions.complete(decision=found, by=reader, at=at, **form.cleaned_data),
        )
    ):
        shown = presenters.act_page(file, form, "It is done", submit="Record it", lede=found.text)
        return page(request, FORM, shown)
    return redirect_to(
        request, "discussions:discussion", found.discussion_id, said="It is recorded as done."
    )
