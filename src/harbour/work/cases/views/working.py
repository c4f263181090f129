"""The plan, the stage, what is seen, what the child said, and notes."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed

from harbour.foundation.access.guards import StaffRequest, grants
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui import forms as ui
from harbour.foundation.ui.pages import conflict, once, page, redirect_to
from harbour.work.cases import actions, forms, policy, queries
from harbour.work.cases.models import PlanAction
from harbour.work.cases.presenters import details


def _succeeds(form: ui.Form, deed: Callable[[], object]) -> bool:
    """Do a deed; where it is refused, put the sentence on the form."""
    try:
        deed()
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


def _owners(request: StaffRequest, child: queries.Child) -> tuple[queries.Candidate, ...]:
    responsible = child.header.responsible
    return queries.plan_owners(
        request.reader, child.id, authority_id=responsible.pk if responsible else None
    )


@grants(Permission.PLAN_EDIT)
@once
def add_action(request: StaffRequest, person_id: UUID) -> HttpResponse:
    child = queries.child(request.reader, person_id, at=request.received_at)
    policy.check_can_plan(request.reader, person_id)
    form = forms.PlanForm(
        request.POST or None,
        owners=_owners(request, child),
        initial={"owner_id": request.reader.user_id},
    )
    if form.is_valid():
        actions.add_plan_action(
            person_id=person_id, planned=form.planned, by=request.reader, at=request.received_at
        )
        return redirect_to(request, "cases:plan", person_id, said="The action is in the plan.")
    return page(
        request, "ui/form.html", details.form_page(child, form, heading="Add an action to the plan")
    )


@grants(Permission.PLAN_EDIT)
@once
def change_action(request: StaffRequest, action_id: UUID) -> HttpResponse:
    row = queries.plan_action(request.reader, action_id)
    child = queries.child(request.reader, row.person_id, at=request.received_at)
    policy.check_can_change(request.reader, row)
    form = forms.PlanForm(
        request.POST or None, owners=_owners(request, child), initial=_as_filled_in(row)
    )
    if form.is_valid():
        try:
            actions.change_plan_action(
                action=row,
                planned=form.planned,
                seen_version=form.cleaned_data["seen_version"] or row.version,
                by=request.reader,
                at=request.received_at,
            )
        except Conflict as found:
            return conflict(request, found, form)
        return redirect_to(request, "cases:plan", row.person_id, said="The action is changed.")
    return page(request, "ui/form.html", details.form_page(child, form, heading="Change an action"))


def _as_filled_in(row: PlanAction) -> dict[str, object]:
    return {
        "kind": row.kind,
        "text": row.text,
        "owner_id": row.owner_id,
        "due_on": row.due_on,
        "seen_version": row.version,
    }


@grants(Permission.PLAN_EDIT)
@once
def complete_action(request: StaffRequest, action_id: UUID) -> HttpResponse:
    row = queries.plan_action(request.reader, action_id)
    child = queries.child(request.reader, row.person_id, at=request.received_at)
    policy.check_can_change(request.reader, row)
    form = forms.Done(request.POST or None, initial={"seen_version": row.version})
    if form.is_valid():
        actions.complete_plan_action(
            action=row, by=request.reader, at=request.received_at, **form.cleaned_data
        )
        return redirect_to(
            request, "cases:plan", row.person_id, said="The action is done. You can undo this."
        )
    return page(
        request,
        "ui/form.html",
        details.form_page(
            child,
            form,
            heading="Mark an action as done",
            lede=f"{details.about(child)} The action: {row.text}",
            submit="Mark as done",
        ),
    )


@grants(Permission.PLAN_EDIT)
@once
def reopen_action(request: StaffRequest, action_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = queries.plan_action(request.reader, action_id)
    form = forms.SeenVersion(request.POST)
    seen = form.cleaned_data["seen_version"] if form.is_valid() else row.version
    actions.reopen_plan_action(
        action=row, seen_version=seen, by=request.reader, at=request.received_at
    )
    return redirect_to(request, "cases:plan", row.person_id, said="The action is open again.")


@grants(Permission.PEOPLE_SEARCH)
@once
def enter_stage(request: StaffRequest, person_id: UUID) -> HttpResponse:
    child = queries.child(request.reader, person_id, at=request.received_at)
    policy.check_can_write_case(request.reader, person_id)
    form = forms.StageForm(
        request.POST or None,
        present=queries.current_stage(request.reader, person_id),
        initial={"entered_on": london_date(request.received_at)},
    )
    if form.is_valid() and _succeeds(
        form,
        lambda: actions.enter_stage(
            person_id=person_id, by=request.reader, at=request.received_at, **form.cleaned_data
        ),
    ):
        return redirect_to(request, "cases:plan", person_id, said="The stage is recorded.")
    return page(request, "ui/form.html", details.form_page(child, form, heading="Enter a stage"))


@grants(Permission.PEOPLE_SEARCH)
@once
def tag_model(request: StaffRequest, person_id: UUID) -> HttpResponse:
    child = queries.child(request.reader, person_id, at=request.received_at)
    policy.check_can_write_case(request.reader, person_id)
    form = forms.ModelForm(request.POST or None)
    if form.is_valid() and _succeeds(
        form,
        lambda: actions.tag_model(
            person_id=person_id, by=request.reader, at=request.received_at, **form.cleaned_data
        ),
    ):
        return redirect_to(request, "cases:plan", person_id, said="What is seen is recorded.")
    return page(
        request, "ui/form.html", details.form_page(child, form, heading="What is seen in this case")
    )


@grants(Permission.PEOPLE_SEARCH)
@once
def end_model(request: StaffRequest, tag_id: UUID) -> HttpResponse:
    row = queries.model_tag(request.reader, tag_id)
    child = queries.child(request.reader, row.person_id, at=request.received_at)
    policy.check_can_write_case(request.reader, row.person_id)
    form = forms.EndModelForm(request.POST or None)
    if form.is_valid() and _succeeds(
        form,
        lambda: actions.end_model(
            tag=row, by=request.reader, at=request.received_at, **form.cleaned_data
        ),
    ):
        return redirect_to(request, "cases:plan", row.person_id, said="The end is recorded.")
    return page(
        request,
        "ui/form.html",
        details.form_page(
            child,
            form,
            heading="No longer seen",
            lede=f"{details.about(child)} {row.get_model_display()}.",
        ),
    )


@grants(Permission.PEOPLE_SEARCH)
@once
def add_voice(request: StaffRequest, person_id: UUID) -> HttpResponse:
    child = queries.child(request.reader, person_id, at=request.received_at)
    policy.check_can_write_case(request.reader, person_id)
    form = forms.VoiceForm(
        request.POST or None, initial={"said_on": london_date(request.received_at)}
    )
    if form.is_valid() and _succeeds(
        form,
        lambda: actions.record_child_voice(
            person_id=person_id, by=request.reader, at=request.received_at, **form.cleaned_data
        ),
    ):
        return redirect_to(request, "cases:child", person_id, said="The words are kept.")
    return page(
        request,
        "ui/form.html",
        details.form_page(child, form, heading="What the child said", back="cases:child"),
    )


@grants(Permission.PEOPLE_SEARCH)
@once
def add_note(request: StaffRequest, person_id: UUID) -> HttpResponse:
    child = queries.child(request.reader, person_id, at=request.received_at)
    policy.check_can_write_case(request.reader, person_id)
    form = forms.NoteForm(request.POST or None, initial={"noted_at": request.received_at})
    if form.is_valid() and _succeeds(
        form,
        lambda: actions.add_note(
            person_id=person_id, by=request.reader, at=request.received_at, **form.cleaned_data
        ),
    ):
        return redirect_to(request, "cases:chronology", person_id, said="The note is added.")
    return page(
        request,
        "ui/form.html",
        details.form_page(child, form, heading="Add a note", back="cases:child"),
    )
