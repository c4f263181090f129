"""The plan of a child: what is to be done, what was done, the stage, what is seen, their words."""

from dataclasses import dataclass

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.work.cases.presenters.overview import acknowledge_button, allocation_url, may_offer
from harbour.work.cases.presenters.top import Top, top
from harbour.work.cases.queries import (
    AllocationLine,
    Child,
    ModelLine,
    PlanLine,
    StageLine,
    VoiceLine,
)
from harbour.work.cases.rules import STAGE_ORDER
from harbour.work.cases.vocabulary import AllocationState


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """Everything that is planned, done and seen."""

    top: Top
    open_actions: ui.ActionList
    done_actions: ui.Table
    allocations: ui.Table
    progress: ui.Progress
    stages: ui.Timeline
    models: ui.Table
    voice: tuple[tuple[str, ui.Inset], ...]
    buttons: ui.Buttons | None
    stage_button: ui.Link | None
    model_button: ui.Link | None
    voice_button: ui.Link | None
    offer_button: ui.Link | None


@dataclass(frozen=True, kw_only=True)
class Planning:
    """What the page is made of."""

    plan: tuple[PlanLine, ...]
    allocations: tuple[AllocationLine, ...]
    stages: tuple[StageLine, ...]
    models: tuple[ModelLine, ...]
    voice: tuple[VoiceLine, ...]


def plan_page(reader: Reader, child: Child, found: Planning) -> PlanPage:
    """Return the plan of a child."""
    writes = child.writes(Facet.CASE)
    plans = writes and reader.may(Permission.PLAN_EDIT)
    offers = may_offer(reader, child)
    return PlanPage(
        top=top(reader, child, here="cases:plan"),
        open_actions=ui.ActionList(
            tuple(_open(child, each, plans=plans) for each in found.plan if each.is_open),
            empty="No action is open. Actions that somebody is to do by a day stand here.",
        ),
        done_actions=_done(found.plan, plans=plans),
        allocations=_allocations(reader, found.allocations),
        progress=_progress(found.stages),
        stages=_stages(found.stages),
        models=_models(found.models, writes=writes),
        voice=tuple((_said(each), ui.Inset(each.words)) for each in found.voice),
        buttons=(
            ui.Buttons(
                (ui.Button("Add an action", reverse("cases:add_action", args=[child.id]), key="a"),)
            )
            if plans
            else None
        ),
        stage_button=_link(child, "Enter a stage", "cases:enter_stage", shown=writes),
        model_button=_link(child, "Add what is seen", "cases:tag_model", shown=writes),
        voice_button=_link(child, "Add what the child said", "cases:add_voice", shown=writes),
        offer_button=_link(child, "Allocate somebody", "cases:offer", shown=offers),
    )


def _link(child: Child, text: str, url: str, *, shown: bool) -> ui.Link | None:
    return ui.Link(text, reverse(url, args=[child.id])) if shown else None


def _open(child: Child, line: PlanLine, *, plans: bool) -> ui.Action:
    change = ui.Link("Change", reverse("cases:change_action", args=[line.id]), about=line.text)
    detail: tuple[ui.Content, ...] = (f"{line.kind.label}. For {line.owner_name}.",)
    return ui.Action(
        title=line.text,
        detail=ui.Lines((*detail, change) if plans else detail),
        clock=ui.Clock(due=line.due_on, now=child.at),
        button=(
            ui.Button(
                "Mark as done",
                href=reverse("cases:complete_action", args=[line.id]),
                kind="secondary",
                about=line.text,
            )
            if plans
            else None
        ),
    )


def _done(lines: tuple[PlanLine, ...], *, plans: bool) -> ui.Table:
    columns = (ui.Column("Action"), ui.Column("Done"), ui.Column("What came of it"))
    rows: list[tuple[ui.Content, ...]] = []
    for line in sorted(lines, key=lambda each: str(each.done_at), reverse=True):
        if line.done_at is None:
            continue
        row: tuple[ui.Content, ...] = (
            line.text,
            f"{when.day(line.done_at)}, {line.done_by_name}",
            line.outcome or "Nothing added",
        )
        undo = ui.Button(
            "Undo",
            href=reverse("cases:reopen_action", args=[line.id]),
            post=True,
            kind="secondary",
            about=line.text,
            fields=(("seen_version", str(line.version)),),
        )
        rows.append((*row, undo) if plans else row)
    return ui.Table(
        caption="Done",
        columns=(*columns, ui.Column("Undo", hidden=True)) if plans else columns,
        rows=rows,
        empty="No action is done yet.",
        noun=("action", "actions"),
    )


def _allocations(reader: Reader, lines: tuple[AllocationLine, ...]) -> ui.Table:
    return ui.Table(
        caption="Who is allocated",
        columns=(
            ui.Column("Who"),
            ui.Column("As"),
            ui.Column("Answer"),
            ui.Column("Next", hidden=True),
        ),
        rows=[_allocation(reader, each) for each in lines],
        empty="Nobody was offered to this child yet.",
        noun=("person", "people"),
    )


STATE_COLOURS = {
    AllocationState.OFFERED: ui.Colour.ORANGE,
    AllocationState.ACKNOWLEDGED: ui.Colour.GREEN,
    AllocationState.DECLINED: ui.Colour.RED,
    AllocationState.ENDED: ui.Colour.GREY,
}


def _allocation(reader: Reader, line: AllocationLine) -> tuple[ui.Content, ...]:
    mine = line.worker_id == reader.user_id and line.state is AllocationState.OFFERED
    return (
        ui.Lines((line.worker_name, ", ".join(filter(None, (line.worker_job, line.agency_name))))),
        line.role.label,
        allocation_state(line),
        (
            acknowledge_button(line)
            if mine
            else ui.Link("Open", allocation_url(line.id), about=f"{line.worker_name}'s allocation")
        ),
    )


def allocation_state(line: AllocationLine) -> ui.Lines:
    """Return where an allocation stands, in a word and with its day."""
    tag = ui.Tag(line.state.label, STATE_COLOURS[line.state])
    if line.state is AllocationState.ENDED and line.ended_at is not None:
        return ui.Lines((tag, when.day(line.ended_at)))
    if line.answered_at is not None:
        return ui.Lines((tag, when.moment(line.answered_at)))
    return ui.Lines((tag, f"due {when.moment(line.acknowledge_by)}"))


def _progress(lines: tuple[StageLine, ...]) -> ui.Progress:
    present = STAGE_ORDER.index(lines[-1].stage) if lines else -1
    entered = {line.stage for line in lines}
    return ui.Progress(
        tuple(
            ui.Stage(
                stage.label,
                ui.StageState.NOW
                if number == present
                else ui.StageState.DONE
                if stage in entered and number < present
                else ui.StageState.TO_COME,
            )
            for number, stage in enumerate(STAGE_ORDER)
        ),
        label="From first concern to recovery",
    )


def _stages(lines: tuple[StageLine, ...]) -> ui.Timeline:
    return ui.Timeline(
        tuple(
            ui.Event(title=line.stage.label, at=line.entered_on, text=line.note)
            for line in reversed(lines)
        ),
        empty="No stage is recorded yet.",
    )


def _models(lines: tuple[ModelLine, ...], *, writes: bool) -> ui.Table:
    columns = (ui.Column("Model"), ui.Column("First seen"), ui.Column("Last seen"))
    rows: list[tuple[ui.Content, ...]] = []
    for line in lines:
        row: tuple[ui.Content, ...] = (
            line.model.label,
            when.day(line.starts_on),
            when.day(line.ends_on) if line.ends_on else "Still seen",
        )
        end = (
            ui.Link("End", reverse("cases:end_model", args=[line.id]), about=line.model.label)
            if line.ends_on is None
            else ""
        )
        rows.append((*row, end) if writes else row)
    return ui.Table(
        caption="Seen in this case",
        columns=(*columns, ui.Column("End", hidden=True)) if writes else columns,
        rows=rows,
        empty="No model of exploitation is recorded.",
        noun=("model", "models"),
    )


def _said(line: VoiceLine) -> str:
    return when.day(line.said_on) + (f", to {line.said_to}" if line.said_to else "")
