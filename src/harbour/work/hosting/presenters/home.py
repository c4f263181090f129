"""The provider's desk, as one page that a phone shows well."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.work.hosting import rules
from harbour.work.hosting.models import Chase, Notification, PackSent
from harbour.work.hosting.presenters.across import named
from harbour.work.hosting.presenters.notifications import state_tag, title
from harbour.work.hosting.queries import HomeDesk, Living
from harbour.work.hosting.vocabulary import ChaseKind, Direction, Duty
from harbour.work.missing.presenters.profile import STATE_TAGS
from harbour.work.missing.rules import ProfileState
from harbour.work.missing.vocabulary import InterviewService


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """A home's desk."""

    heading: str
    register: str
    waits: ui.ActionList
    waiting: int
    children: ui.ActionList
    living: int
    notify: ui.Button | None
    notified: ui.Table | None
    links: tuple[ui.Link, ...]


def home_page(
    name: str, found: HomeDesk | None, pack: PackSent | None, *, at: datetime
) -> HomePage:
    """Return a home's desk: what waits first, then the children, then what was notified."""
    waits = (*_waits(found, at), *_pack(pack)) if found else ()
    children = tuple(_living(each) for each in found.children) if found else ()
    return HomePage(
        heading=name,
        register=""
        if found
        else "Your home does not stand in the register yet. Ask the hub's "
        "coordinator to add it; until then nothing can be notified here.",
        waits=ui.ActionList(waits, empty="Nothing waits for you."),
        waiting=len(waits),
        children=ui.ActionList(
            children,
            empty="No child is recorded as living with you. Notify an arrival; the hub records it.",
        ),
        living=len(children),
        notify=ui.Button("A child has arrived", reverse("hosting:arrival")) if found else None,
        notified=_notified(found.notified) if found and found.notified else None,
        links=(
            ui.Link("Directory of contacts", reverse("providers:contacts")),
            ui.Link("Tell of a worry about a child", reverse("referrals:new")),
        ),
    )


def _waits(found: HomeDesk, at: datetime) -> list[ui.Action]:
    waits = [
        ui.Action(
            "Notify the arrival",
            detail=named(each.child),
            clock=ui.Clock(rules.due_on(Duty.REG_41, each.placement.starts_on), at),
            button=ui.Button(
                "Notify",
                reverse("hosting:arrived", args=[each.placement.pk]),
                about=named(each.child),
            ),
        )
        for each in found.children
        if each.arrival_due
    ]
    waits += [
        ui.Action(
            "Add what is missing",
            detail=[title(each), f"Not stated: {'; '.join(lacks)}"],
            button=ui.Button("Add", reverse("hosting:complete", args=[each.pk]), about=title(each)),
        )
        for each, lacks in found.incomplete
    ]
    waits += [
        ui.Action(
            "Write the missing profile"
            if each.profile is ProfileState.NONE
            else "Bring the missing profile up to date",
            detail=named(each.child),
            tags=(STATE_TAGS[each.profile],),
            button=ui.Button(
                "Open",
                reverse("missing:keep_profile", args=[each.child.id]),
                kind="secondary",
                about=named(each.child),
            ),
        )
        for each in found.children
        if each.profile is not ProfileState.READY
    ]
    return [*(_asked(each) for each in found.chases), *waits]


def _asked(chase: Chase) -> ui.Action:
    return ui.Action(
        f"The hub asked: {ChaseKind(chase.kind).label.lower()}",
        detail=[
            f"{when.moment(chase.recorded_at)}, {chase.recorded_by.name}, {chase.authority.name}",
            chase.words,
        ],
    )


def _pack(sent: PackSent | None) -> list[ui.Action]:
    if sent is None or sent.acknowledged_at is not None:
        return []
    return [
        ui.Action(
            f"Read and acknowledge the looked-after pack, version {sent.pack.number}",
            detail=sent.pack.changed,
            button=ui.Button("Read", reverse("hosting:pack", args=[sent.pack_id])),
        )
    ]


def _living(living: Living) -> ui.Action:
    child, fact = living.child, living.fact
    about = named(child)
    who = living.arrangement
    lines: list[ui.Content] = [
        f"With you since {when.day(living.placement.starts_on)}",
        f"Return interviews: {InterviewService(who.interviewer).label}"
        if who
        else "Return interviews: not agreed yet",
        ui.Link("Missing profile", reverse("missing:profile", args=[child.id]), about=about),
        ui.Link("Has left", reverse("hosting:left", args=[living.placement.pk]), about=about),
    ]
    if fact is not None and fact.missing_since is not None and fact.episode_id is not None:
        gone = reverse("missing:return", args=[fact.episode_id])
        return ui.Action(
            about,
            detail=[f"Since {when.moment(fact.missing_since)}", *lines],
            href=reverse("missing:episode", args=[fact.episode_id]),
            tags=(ui.Tag("Missing", "red"),),
            button=ui.Button("Record return", gone, about=about),
        )
    report = reverse("missing:report_child", args=[child.id])
    return ui.Action(
        about,
        detail=lines,
        href=reverse("cases:child", args=[child.id]),
        tags=(STATE_TAGS[living.profile],),
        button=ui.Button("Report missing", report, kind="warning", about=about),
    )


def _notified(rows: tuple[Notification, ...]) -> ui.Table:
    return ui.Table(
        caption="What you notified",
        columns=(
            ui.Column("Child"), ui.Column("What"), ui.Column("When"), ui.Column("State"),
        ),
        rows=tuple(
            (
                ui.Link(title(each), reverse("hosting:notification", args=[each.pk])),
                Direction(each.direction).label,
                when.day(each.happened_on),
                state_tag(each),
            )
            for each in rows
        ),
        empty="",
        noun=("notification", "notifications"),
    )  # fmt: skip
