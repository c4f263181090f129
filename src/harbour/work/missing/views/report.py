"""Report a child missing: five short pages, each kept as it is sent."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.refusals import Missing
from harbour.foundation.ui.pages import once, page, redirect_to
from harbour.record.people import queries as people
from harbour.work.missing import actions, forms, policy, presenters, queries
from harbour.work.missing.forms import STEPS
from harbour.work.missing.models import Episode, ReportDraft
from harbour.work.missing.views.attempts import done

NAMES = tuple(STEPS)
PAGES = len(NAMES) + 1


@grants(Permission.MISSING_REPORT)
def report(request: StaffRequest) -> HttpResponse:
    """Find the child. What is typed is searched for and never kept."""
    form = forms.FindChild(request.POST or None)
    found = None
    if form.is_valid():
        said = form.cleaned_data
        found = queries.find_children(
            request.reader, letters=said["letters"], age=said["age"], at=request.received_at
        )
    context = {
        "form": form,
        "pages": PAGES,
        "found": found,
        "drafts": queries.drafts(request.reader, at=request.received_at),
    }
    return page(request, "missing/report_child.html", context)


@grants(Permission.MISSING_REPORT)
def report_child(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Ask whether this is the child, for those who come from the child's own page."""
    child = people.child(
        request.reader, person_id, groups=("identity", "missing"), at=request.received_at
    )
    fact = queries.current(request.reader, [person_id], at=request.received_at).get(person_id)
    context = {"child": child, "fact": fact, "pages": PAGES}
    return page(request, "missing/report_this_child.html", context)


@grants(Permission.MISSING_REPORT)
@once
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a report about the child that was picked, or go on with the one begun before."""
    person_id = _uuid(request.POST.get("person", ""))
    begun = queries.drafts(request.reader, at=request.received_at)
    draft = next((each for each in begun if each.person_id == person_id), None)
    if draft is None:
        draft = actions.begin_draft(person_id=person_id, by=request.reader, at=request.received_at)
    return redirect_to(request, "missing:report_step", draft.pk, _next_step(draft))


@grants(Permission.MISSING_REPORT)
@once
def report_step(request: StaffRequest, draft_id: UUID, step: str) -> HttpResponse:
    """Ask one page, keep it, and go on; the last one sends the report."""
    draft = queries.draft(request.reader, draft_id, at=request.received_at)
    if step not in STEPS:
        raise Missing
    form = STEPS[step][0](_typed(request, draft, step), at=request.received_at)
    sent = request.method == "POST"
    if not (sent and form.is_valid() and _begins_well(request, draft, form)):
        return _step_page(request, draft, step, form)
    actions.keep_step(
        draft=draft,
        step=step,
        answers=_answers(request.POST, form),
        by=request.reader,
        at=request.received_at,
    )
    if step != NAMES[-1]:
        return redirect_to(request, "missing:report_step", draft.pk, _following(step))
    return _send(request, draft, form)


def _send(request: StaffRequest, draft: ReportDraft, form: forms.Step) -> HttpResponse:
    steps = _filled(request, draft)
    for name, each in steps.items():
        if not each.is_valid():
            return redirect_to(request, "missing:report_step", draft.pk, name)
    told = forms.report_of(draft.person_id, steps)
    made: list[Episode] = []

    def deed() -> None:
        made.append(actions.report_missing(report=told, by=request.reader, at=request.received_at))

    if not done(form, deed):
        return _step_page(request, draft, NAMES[-1], form)
    actions.drop_draft(draft=draft, by=request.reader, at=request.received_at)
    said = "The child is reported missing and stands on the board. Print this sheet if you need it."
    return redirect_to(request, "missing:sheet", made[0].pk, said=said)


@grants(Permission.MISSING_REPORT)
@once
def discard(request: StaffRequest, draft_id: UUID) -> HttpResponse:
    """Forget a report that was begun."""
    draft = queries.draft(request.reader, draft_id, at=request.received_at)
    if request.method == "POST":
        actions.drop_draft(draft=draft, by=request.reader, at=request.received_at)
    return redirect_to(request, "missing:report", said="The report you had begun is forgotten.")


def _begins_well(request: StaffRequest, draft: ReportDraft, form: forms.Step) -> bool:
    started_at = form.cleaned_data.get("started_at")
    if started_at is None:
        return True
    return done(
        form,
        lambda: policy.check_shares_no_time(
            request.reader,
            queries.episodes_of(request.reader, draft.person_id),
            started_at=started_at,
        ),
        field="started_at",
    )


def _step_page(
    request: StaffRequest, draft: ReportDraft, step: str, form: forms.Step
) -> HttpResponse:
    child = people.child(
        request.reader, draft.person_id, groups=("identity",), at=request.received_at
    )
    number = NAMES.index(step) + 2
    context = {
        "form": form,
        "heading": STEPS[step][1],
        "step": number,
        "steps": PAGES,
        "who": presenters.name_of(child),
        "back": _back(draft, step),
        "submit": "Report this child missing" if step == NAMES[-1] else "Save and continue",
        "so_far": _so_far(request, draft) if step == NAMES[-1] else (),
        "draft": draft.pk,
    }
    return page(request, "missing/report_step.html", context)


def _so_far(request: StaffRequest, draft: ReportDraft) -> tuple[object, ...]:
    filled = _filled(request, draft)
    earlier = {
        name: (STEPS[name][1], form)
        for name, form in filled.items()
        if name != NAMES[-1] and form.is_valid()
    }
    return presenters.answers_so_far(draft.pk, earlier)


def _filled(request: StaffRequest, draft: ReportDraft) -> Mapping[str, forms.Step]:
    return {
        name: kind(_query(draft.answers.get(name, {})), at=request.received_at)
        for name, (kind, _) in STEPS.items()
    }


def _typed(request: StaffRequest, draft: ReportDraft, step: str) -> QueryDict | None:
    if request.method == "POST":
        return request.POST.copy()
    kept = draft.answers.get(step)
    return _query(kept) if kept else None


def _query(answers: Mapping[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in answers.items():
        query.setlist(name, values)
    return query


def _answers(query: QueryDict, form: forms.Step) -> dict[str, list[str]]:
    """Return what was typed into the fields of this step; anything else that was sent is left."""
    offered = {form.add_prefix(name) for name in form.fields}
    return {
        name: [str(each) for each in values]
        for name, values in query.lists()
        if name in offered or any(name.startswith(f"{each}_") for each in offered)
    }


def _back(draft: ReportDraft, step: str) -> str:
    place = NAMES.index(step)
    if place == 0:
        return reverse("missing:report")
    return reverse("missing:report_step", args=[draft.pk, NAMES[place - 1]])


def _next_step(draft: ReportDraft) -> str:
    return next((name for name in NAMES if name not in draft.answers), NAMES[-1])


def _following(step: str) -> str:
    return NAMES[NAMES.index(step) + 1]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing from None
