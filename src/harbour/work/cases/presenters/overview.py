"""The first page of a child: is the child safe, what to do next, what the child wants."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.work.cases.presenters.timeline import event
from harbour.work.cases.presenters.top import Top, top
from harbour.work.cases.queries import AllocationLine, Child, Overview, PlanLine
from harbour.work.cases.rules import STAGE_ORDER
from harbour.work.cases.vocabulary import Stage

# How long before its day a review or a plan action is shown among what to do.
SHOW_REVIEW = timedelta(days=14)
SHOW_PLAN = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class OverviewPage:
    """Everything that the first page shows."""

    top: Top
    to_do: str
    now: ui.ActionList
    voice: ui.Inset | None
    voice_said: str
    add: tuple[ui.Link, ...]
    grading: ui.SummaryList | None
    stage: ui.SummaryList | None
    lately: ui.Timeline
    all_of_it: ui.Link | None
    reads_case: bool


def overview_page(reader: Reader, child: Child, shown: Overview) -> OverviewPage:
    """Return the first page of a child's record."""
    voice = shown.voice[0] if shown.voice else None
    todo = sorted(steps(reader, child, shown), key=_order)
    said_to = f", to {voice.said_to}" if voice and voice.said_to else ""
    return OverviewPage(
        top=top(reader, child, here="cases:child"),
        to_do=_in_short(child, todo),
        now=ui.ActionList(
            tuple(each.action for each in todo),
            empty="Nothing is due on this record. The plan and the chronology show what was done.",
        ),
        voice=ui.Inset(voice.words) if voice else None,
        voice_said=f"{when.day(voice.said_on)}{said_to}" if voice else "",
        add=_add_links(reader, child),
        grading=_grading(child),
        stage=_stage(child, shown),
        lately=ui.Timeline(
            tuple(event(child.id, each) for each in shown.lately),
            empty="Nothing is recorded that you may see.",
        ),
        all_of_it=(
            ui.Link("The whole chronology", reverse("cases:chronology", args=[child.id]))
            if shown.lately
            else None
        ),
        reads_case=child.reads(Facet.CASE),
    )


# What to do now: first what cannot wait, then what is late (people before tasks), then the rest.
AT_ONCE, NOBODY_YET, OVERDUE, LATER = range(4)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A thing to do, and how urgent it is: later ranks wait for earlier ones."""

    rank: int
    due: datetime
    action: ui.Action


def _order(step: Step) -> tuple[int, datetime]:
    return step.rank, step.due


def _step(child: Child, due: datetime | date, action: ui.Action) -> Step:
    limit = when.end_of(due)
    return Step(rank=OVERDUE if limit < child.at else LATER, due=limit, action=action)


def _in_short(child: Child, todo: list[Step]) -> str:
    if not todo:
        return ""
    late = sum(1 for each in todo if each.due < child.at)
    things = f"{len(todo)} {'thing' if len(todo) == 1 else 'things'} to do"
    return f"{things}, {late} late" if late else things


def steps(reader: Reader, child: Child, shown: Overview) -> list[Step]:
    """Return what is to be done on this record, whoever is to do it."""
    found = _missing_step(child)
    found += [
        _allocation_step(reader, child, each)
        for each in child.allocations
        if not each.is_acknowledged
    ]
    found += _interview_steps(reader, child, shown)
    found += _concern_steps(child, shown)
    found += [
        _plan_step(reader, child, each)
        for each in shown.plan
        if each.due_on <= london_date(child.at) + SHOW_PLAN
    ]
    found += _review_step(child)
    return found


def _missing_step(child: Child) -> list[Step]:
    fact = child.missing
    if fact is None or fact.missing_since is None:
        return []
    url = reverse("missing:episode", args=[fact.episode_id])
    action = ui.Action(
        title="Find the child",
        detail="Log what is done, hand over, record the return.",
        button=ui.Button("Open the episode", href=url),
    )
    return [Step(rank=AT_ONCE, due=child.at, action=action)]


def _allocation_step(reader: Reader, child: Child, line: AllocationLine) -> Step:
    clock = ui.Clock(due=line.acknowledge_by, now=child.at, soon=timedelta(hours=4))
    role = line.role.label.lower()
    if line.worker_id == reader.user_id:
        action = ui.Action(
            title=f"You are offered as {role}",
            detail=ui.Link("Read the offer or decline", allocation_url(line.id)),
            clock=clock,
            button=acknowledge_button(line),
        )
        return Step(rank=AT_ONCE, due=line.acknowledge_by, action=action)
    late = line.acknowledge_by < child.at
    another = ui.Button(
        "Allocate another", href=reverse("cases:offer", args=[child.id]), kind="secondary"
    )
    action = ui.Action(
        title=f"{line.worker_name} has not acknowledged as {role}",
        href=allocation_url(line.id),
        clock=clock,
        button=another if late and may_offer(reader, child) else None,
    )
    return Step(rank=NOBODY_YET if late else LATER, due=line.acknowledge_by, action=action)


def may_offer(reader: Reader, child: Child) -> bool:
    """Say whether the reader allocates workers to this child."""
    decides = reader.may(Permission.ALLOCATION_OFFER) or reader.may(Permission.GRADING_DECIDE)
    return decides and child.writes(Facet.CASE)


def acknowledge_button(line: AllocationLine) -> ui.Button:
    """Return the one press that takes a child on."""
    return ui.Button(
        "Acknowledge",
        href=reverse("cases:acknowledge", args=[line.id]),
        post=True,
        about=f"as {line.role.label.lower()}",
        fields=(("seen_version", str(line.version)),),
    )


def allocation_url(allocation_id: UUID) -> str:
    """Return where an allocation is read and answered."""
    return reverse("cases:allocation", args=[allocation_id])


def _interview_steps(reader: Reader, child: Child, shown: Overview) -> list[Step]:
    found = []
    for each in shown.interviews:
        clock = ui.Clock(due=each.due_at, now=child.at, absent="Return time not recorded")
        action = ui.Action(
            title=_interview_words(reader, offered=each.episode.offered == "yes"),
            detail=f"After the episode of {when.day(each.episode.started_at)}.",
            clock=clock,
            href=reverse("missing:episode", args=[each.episode.episode_id]),
        )
        found.append(_step(child, each.due_at or child.at, action))
    return found


def _interview_words(reader: Reader, *, offered: bool) -> str:
    if offered and reader.may(Permission.INTERVIEW_HOLD):
        return "Hold the return home interview"
    if not offered and reader.may(Permission.INTERVIEW_OFFER):
        return "Offer a return home interview"
    return "A return home interview is due"


def _concern_steps(child: Child, shown: Overview) -> list[Step]:
    return [
        _step(
            child,
            each.due_on,
            ui.Action(
                title=f"Screen the concern: {', '.join(each.concerns)}",
                detail=each.reference,
                clock=ui.Clock(due=each.due_on, now=child.at),
                href=reverse("referrals:detail", args=[each.id]),
            ),
        )
        for each in shown.concerns
    ]


def _plan_step(reader: Reader, child: Child, line: PlanLine) -> Step:
    may = reader.may(Permission.PLAN_EDIT) and child.writes(Facet.CASE)
    button = ui.Button(
        "Mark as done",
        href=reverse("cases:complete_action", args=[line.id]),
        kind="secondary",
        about=line.text,
    )
    action = ui.Action(
        title=line.text,
        detail="For you" if line.owner_id == reader.user_id else f"For {line.owner_name}",
        clock=ui.Clock(due=line.due_on, now=child.at),
        button=button if may else None,
    )
    return _step(child, line.due_on, action)


def _review_step(child: Child) -> list[Step]:
    grading = child.grading
    if grading is None or grading.review_on is None:
        return []
    if grading.review_on > london_date(child.at) + SHOW_REVIEW:
        return []
    action = ui.Action(
        title="Review the grade in the daily meeting",
        detail=f"{grading.label} since {when.day(grading.decided_at)}.",
        clock=ui.Clock(due=grading.review_on, now=child.at),
        href=reverse("cases:grading", args=[grading.id]),
    )
    return [_step(child, grading.review_on, action)]


# Beside it


def _add_links(reader: Reader, child: Child) -> tuple[ui.Link, ...]:
    return (*_working_links(reader, child), *_record_links(reader, child))


def _record_links(reader: Reader, child: Child) -> tuple[ui.Link, ...]:
    """Return the ways to who asks for the record, and to how long it is kept."""
    links: list[ui.Link] = []
    if reader.may(Permission.SUBJECT_ACCESS):
        take = reverse("subject_access:take", args=[child.id])
        links.append(ui.Link("Somebody asks for what is held", take))
    if reader.may(Permission.RETENTION):
        links.append(ui.Link("How long it is kept", reverse("retention:child", args=[child.id])))
    return tuple(links)


def _working_links(reader: Reader, child: Child) -> tuple[ui.Link, ...]:
    if not child.writes(Facet.CASE):
        return ()
    links = [
        ui.Link("Add what the child said", reverse("cases:add_voice", args=[child.id]), key="w"),
        ui.Link("Add a note", reverse("cases:add_note", args=[child.id]), key="n"),
    ]
    if reader.may(Permission.PLAN_EDIT):
        links.append(
            ui.Link("Add an action", reverse("cases:add_action", args=[child.id]), key="a")
        )
    if may_offer(reader, child):
        links.append(ui.Link("Allocate somebody", reverse("cases:offer", args=[child.id])))
    if reader.may(Permission.GRADING_DECIDE):
        links.append(
            ui.Link("Review the grade outside a meeting", reverse("cases:review", args=[child.id]))
        )
    return tuple(links)


def _grading(child: Child) -> ui.SummaryList | None:
    grading = child.grading
    if grading is None:
        return None
    dissent = tuple(f"{each.agency}: {each.view}. {each.reason}" for each in grading.dissent)
    rows = [ui.Row("Why", grading.rationale)]
    if dissent:
        rows.append(ui.Row("Seen differently", ui.Lines(dissent)))
    if grading.unallocated_reason:
        rows.append(ui.Row("Why nobody is allocated", grading.unallocated_reason))
    return ui.SummaryList(
        tuple(rows),
        title=f"Why {grading.label.lower()}",
        actions=(
            ui.Link("Open", reverse("cases:grading", args=[grading.id]), about="the grading"),
        ),
    )


def _stage(child: Child, shown: Overview) -> ui.SummaryList | None:
    if not child.reads(Facet.CASE):
        return None
    seen = tuple(each.model.label for each in shown.models if each.ends_on is None)
    stage = shown.stages[-1] if shown.stages else None
    rows = (
        ui.Row("Stage", stage_words(stage.stage, stage.entered_on) if stage else None),
        ui.Row("Seen in this case", ui.Lines(seen) if seen else None),
    )
    plan = ui.Link("Open", reverse("cases:plan", args=[child.id]), about="the plan")
    return ui.SummaryList(rows, title="The case", actions=(plan,))


def stage_words(stage: Stage, entered_on: date) -> str:
    """Return a stage with how far along it lies and since when."""
    return (
        f"{stage.label} ({STAGE_ORDER.index(stage) + 1} of {len(STAGE_ORDER)}), "
        f"since {when.day(entered_on)}"
    )
