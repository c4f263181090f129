"""Start a tool, fill it in, judge, look back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants, signed_in
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import pages
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people
from harbour.record.people.queries import ChildHeader
from harbour.work.assessments import actions, forms, policy, presenters, queries, rules
from harbour.work.assessments.models import Assessment
from harbour.work.assessments.vocabulary import Judgement

GROUPS = (Facet.IDENTITY, Facet.ASSESSMENT)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _child(request: StaffRequest, person_id: UUID) -> ChildHeader:
    return people.child(request.reader, person_id, groups=GROUPS, at=request.received_at)


@grants(Permission.ASSESSMENT_COMPLETE)
@once
def start(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Choose one tool or two."""
    child = _child(request, person_id)
    policy.check_can_assess(request.reader, person_id)
    form = forms.Start(_posted(request), versions=queries.newest_versions())
    if not form.is_valid():
        context = {
            "form": form,
            "heading": "Start an assessment",
            "lede": f"About {presenters.child_words(child)}",
            "submit": "Start",
            "back": presenters.back_to(child).href,
        }
        return page(request, "ui/form.html", context)
    [first, *_] = actions.start(
        person_id=person_id,
        versions=queries.versions_named(form.chosen),
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(request, "assessments:fill", first.pk)


@grants(Permission.ASSESSMENT_COMPLETE)
@once
def fill(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Answer what is known; keep a draft, or go on to the judgement."""
    assessment = queries.assessment_to_change(request.reader, assessment_id)
    policy.check_can_edit(request.reader, assessment)
    made = forms.tool_form(assessment.version_used.definition)
    kept: dict[str, Any] = {
        **forms.as_initial(assessment.answers),
        "seen_version": assessment.version,
    }
    form = made(_posted(request), initial=kept)
    if not form.is_valid():
        if request.GET.get("gaps"):
            form = made({**kept, "seen_version": assessment.version})
            form.is_valid()
            form.complain_of_gaps()
        return _fill(request, assessment, form)
    try:
        actions.save_draft(
            assessment=assessment,
            seen_version=form.cleaned_data["seen_version"],
            answers=form.answers,
            by=request.reader,
            at=request.received_at,
        )
    except Conflict as found:
        return _conflict(request, assessment, found, form)
    if "judge" in request.POST:
        return redirect_to(request, "assessments:judge", assessment_id)
    return redirect_to(request, "assessments:fill", assessment_id, said="The draft is saved.")


def _fill(request: StaffRequest, assessment: Assessment, form: forms.ToolForm) -> HttpResponse:
    child = _child(request, assessment.person_id)
    context = presenters.fill_page(child, assessment, form, queries.paired(assessment))
    return page(request, "assessments/fill.html", context)


def _conflict(
    request: StaffRequest, assessment: Assessment, found: Conflict, form: forms.ToolForm
) -> HttpResponse:
    """Show both texts answer by answer."""
    mine, theirs = (forms.as_initial(texts["answers"]) for texts in (found.mine, found.theirs))
    names = sorted(mine.keys() | theirs.keys())
    flat = Conflict(
        theirs={name: theirs.get(name, "") for name in names},
        mine={name: mine.get(name, "") for name in names},
        version=found.version,
    )
    for name, words in forms.labels(assessment.version_used.definition).items():
        if name in form.fields:
            form.fields[name].label = words
    return pages.conflict(request, flat, form)


@grants(Permission.ASSESSMENT_COMPLETE)
@once
def judge(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Show what the answers come to, and ask what a person makes of it."""
    assessment = queries.assessment_to_change(request.reader, assessment_id)
    policy.check_can_edit(request.reader, assessment)
    definition = assessment.version_used.definition
    if rules.missing(definition, assessment.answers):
        return HttpResponseRedirect(f"{reverse('assessments:fill', args=(assessment_id,))}?gaps=1")
    form = forms.Judge(_posted(request), initial={"seen_version": assessment.version})
    if not form.is_valid():
        child = _child(request, assessment.person_id)
        score = rules.score(
            definition,
            assessment.answers,
            age=queries.age_at(assessment, at=request.received_at),
        )
        context = presenters.judge_page(child, assessment, score, form)
        return page(request, "assessments/judge.html", context)
    actions.complete(
        assessment=assessment,
        seen_version=form.cleaned_data["seen_version"],
        judgement=Judgement(form.cleaned_data["judgement"]),
        reason=form.cleaned_data["reason"],
        by=request.reader,
        at=request.received_at,
    )
    return redirect_to(
        request, "assessments:assessment", assessment_id, said="The assessment is complete."
    )


@signed_in("A record like any other part of a child's: the database shows it or does not.")
def assessment(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Show an assessment."""
    found = queries.assessment(request.reader, assessment_id, at=request.received_at)
    child = _child(request, found.person_id)
    context = presenters.view_page(
        child,
        found,
        queries.paired(found),
        may_edit=policy.can_edit(request.reader, found),
    )
    return page(request, "assessments/assessment.html", context)
