"""What is due from whom, and one chase, as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.listing import Paged
from harbour.record.providers.vocabulary import ContactPurpose
from harbour.work.hosting.models import Chase
from harbour.work.hosting.queries import Due
from harbour.work.hosting.vocabulary import ChaseHow, ChaseKind

# Who answers for a placement at an agency, before any other contact of it.
ASKED_FIRST = (ContactPurpose.NOTIFICATIONS, ContactPurpose.MANAGER)


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """The coordinator's desk."""

    heading: str
    links: tuple[ui.Link, ...]
    kinds: ui.SubNavigation
    due: ui.ActionList
    total: int
    pagination: ui.Pagination


def desk_page(
    shown: Paged[Due],
    everything: Sequence[Due],
    *,
    kind: str,
    waiting: int,
    reached: Mapping[UUID, str],
    at: datetime,
) -> DeskPage:
    """Return the coordinator's desk: what is due, oldest first, each with one button."""
    here = reverse("hosting:desk")
    counts = {each: sum(one.kind == each for one in everything) for each in ChaseKind}
    places = [ui.Place(f"All ({len(everything)})", here, current=not kind)]
    places += [
        ui.Place(f"{each.label} ({number})", f"{here}?kind={each.value}", current=each == kind)
        for each, number in counts.items()
        if number or each == kind
    ]
    notifications = "1 notification" if waiting == 1 else f"{waiting} notifications"
    return DeskPage(
        heading="Children placed across a border",
        links=(
            ui.Link("Children hosted here", reverse("hosting:hosted")),
            ui.Link("Our children elsewhere", reverse("hosting:elsewhere")),
            ui.Link(f"{notifications} to take in", reverse("hosting:notifications")),
            ui.Link("Record a notification", reverse("hosting:receive")),
            ui.Link("The looked-after pack", reverse("hosting:packs")),
            ui.Link("Directory of contacts", reverse("providers:contacts")),
        ),
        kinds=ui.SubNavigation(tuple(places), label="What is due"),
        due=ui.ActionList(
            tuple(_due(each, reached, at) for each in shown.items),
            empty="Nothing is due. A placement across a border that nobody notified, and what a "
            "notification lacks, stands here.",
        ),
        total=shown.total,
        pagination=shown.pagination,
    )


def _due(due: Due, reached: Mapping[UUID, str], at: datetime) -> ui.Action:
    whom = ", ".join(x for x in (due.agency_name, reached.get(due.agency_id, "")) if x)
    lines: list[ui.Content] = [who(due), f"Ask {whom}"]
    if due.what:
        lines.append(f"{_verb(due)}: {'; '.join(due.what)}")
    lines.append(_chased(due.chases))
    address = reverse("hosting:chase", args=[due.kind, due.about_id])
    return ui.Action(
        ChaseKind(due.kind).label,
        detail=lines,
        clock=ui.Clock(due.due_on, at),
        href=address,
        button=ui.Button(
            "Asked by e-mail",
            address,
            kind="secondary",
            post=True,
            about=f"{due.agency_name}: {who(due)}",
            fields=(("how", ChaseHow.EMAIL.value),),
        ),
    )


def _verb(due: Due) -> str:
    return "Not told" if due.kind == ChaseKind.GAPS else "Not stated"


def who(due: Due) -> str:
    """Return of whom or of what something is due."""
    if due.child is None:
        return due.who
    return due.child.name if due.child.age is None else f"{due.child.name}, {due.child.age}"


def _chased(chases: Sequence[Chase]) -> str:
    if not chases:
        return "Not chased yet"
    last = chases[0]
    times = "once" if len(chases) == 1 else f"{len(chases)} times"
    how = ChaseHow(last.how).label.lower()
    return f"Chased {times}, last {when.moment(last.recorded_at)}, {how}, {last.recorded_by.name}"


@dataclass(frozen=True, kw_only=True)
class ChasePage:
    """One thing that is due, with every time it was chased."""

    heading: str
    back: str
    cancel: str
    submit: str
    form: BaseForm
    facts: ui.SummaryList
    history: ui.Timeline


def chase_page(due: Due, form: BaseForm, *, back: str, at: datetime) -> ChasePage:
    """Return one thing that is due, with the form that records a chase."""
    return ChasePage(
        heading=ChaseKind(due.kind).label,
        back=back,
        cancel=back,
        submit="Record the chase",
        form=form,
        facts=ui.SummaryList(
            (
                ui.Row("About", who(due)),
                ui.Row("Whom to ask", due.agency_name),
                ui.Row("Due", ui.Clock(due.due_on, at)),
                ui.Row(_verb(due), ui.Lines(due.what) if due.what else "All of it"),
            )
        ),
        history=chases(due.chases),
    )


def chases(rows: Sequence[Chase]) -> ui.Timeline:
    """Return each time that somebody was asked."""
    return ui.Timeline(
        tuple(
            ui.Event(
                title=f"{each.agency.name}: {ChaseKind(each.kind).label.lower()}",
                at=each.recorded_at,
                by=f"{each.recorded_by.name}, {ChaseHow(each.how).label.lower()}",
                text=each.words,
            )
            for each in rows
        ),
        empty="Nobody has asked yet.",
    )
