"""Notifications, listed and one by one, as pages show them."""

from dataclasses import dataclass

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.work.hosting import queries, rules
from harbour.work.hosting.models import Notification
from harbour.work.hosting.vocabulary import CareOrder, Channel, Direction, Duty, Said, State

TAGS = {
    State.INCOMPLETE: ui.Tag("Incomplete", "orange"),
    State.COMPLETE: ui.Tag("Complete", "blue"),
    State.TAKEN_IN: ui.Tag("Taken in", "green"),
}


def state_tag(found: Notification) -> ui.Tag:
    """Return where a notification stands."""
    lacks = queries.lacks(found)
    return TAGS[rules.state(lacks=lacks, taken_in=found.taken_in_at is not None)]


def title(found: Notification) -> str:
    """Return who a notification is about, as it names them."""
    return f"{found.given} {found.family}".strip() or "A child who is not named"


def timing(found: Notification) -> ui.Content:
    """Return whether a notification came in time."""
    due = rules.due_on(Duty(found.duty), found.happened_on, emergency=found.emergency)
    if found.received_on <= due:
        return ui.Tag("In time", "green")
    return ui.Tag(f"Late: was due {when.day(due)}", "red")


@dataclass(frozen=True, kw_only=True)
class NotificationsPage:
    """Notifications."""

    heading: str
    back: str
    shows: ui.SubNavigation
    table: ui.Table
    pagination: ui.Pagination
    receive: ui.Link


def notifications_page(
    shown: Paged[Notification], wanted: Wanted, *, everything: bool, may_keep: bool
) -> NotificationsPage:
    """Return notifications, those that wait first."""
    here = reverse("hosting:notifications")
    return NotificationsPage(
        heading="Arrivals and departures",
        back=reverse("hosting:desk") if may_keep else "",
        receive=ui.Link("Record a notification", reverse("hosting:receive")),
        shows=ui.SubNavigation(
            (
                ui.Place("Waiting to be taken in", here, current=not everything),
                ui.Place("All", f"{here}?show=all", current=everything),
            ),
            label="Which notifications",
        ),
        table=ui.Table(
            caption="Notifications",
            columns=(
                ui.Column("Child"),
                ui.Column("What"),
                ui.Column("From"),
                ui.Column("Happened", sort="happened"),
                ui.Column("Came", sort="received"),
                ui.Column("State"),
            ),
            rows=tuple(_row(each) for each in shown.items),
            empty="No notification waits. One that a home sends, or that you record, stands here.",
            total=shown.total,
            wanted=wanted,
            noun=("notification", "notifications"),
        ),
        pagination=shown.pagination,
    )


def _row(found: Notification) -> tuple[ui.Content, ...]:
    lacks = queries.lacks(found)
    return (
        ui.Link(title(found), reverse("hosting:notification", args=[found.pk])),
        Direction(found.direction).label,
        found.sender.name,
        when.day(found.happened_on),
        ui.Lines((when.day(found.received_on), timing(found))),
        ui.Lines((state_tag(found), f"Not stated: {'; '.join(lacks)}" if lacks else "")),
    )


@dataclass(frozen=True, kw_only=True)
class NotificationPage:
    """One notification."""

    heading: str
    back: str
    warning: str
    facts: ui.SummaryList
    buttons: ui.Buttons


def notification_page(
    found: Notification, *, may_complete: bool, may_take_in: bool, back: str
) -> NotificationPage:
    """Return what a notification states, with what it lacks named at the top."""
    lacks = queries.lacks(found)
    buttons: list[ui.Button | ui.Link] = []
    if may_take_in:
        buttons.append(ui.Button("Take it in", reverse("hosting:take_in", args=[found.pk])))
    if may_complete:
        words = "Add what is missing" if lacks else "Change what it states"
        kind = "" if lacks and not may_take_in else "secondary"
        buttons.append(ui.Button(words, reverse("hosting:complete", args=[found.pk]), kind=kind))
    if found.person_id is not None and may_take_in:
        buttons.append(ui.Link("Open the record", reverse("hosting:child", args=[found.person_id])))
    return NotificationPage(
        heading=f"{Direction(found.direction).label}: {title(found)}",
        back=back,
        warning=f"Not stated: {'; '.join(lacks)}." if lacks else "",
        facts=ui.SummaryList(tuple(ui.Row(key, value) for key, value in _facts(found))),
        buttons=ui.Buttons(tuple(buttons)),
    )


def _facts(found: Notification) -> tuple[tuple[str, ui.Content], ...]:
    happened = "Arrived" if found.direction == Direction.ARRIVAL else "Left"
    facts: list[tuple[str, ui.Content]] = [
        ("State", state_tag(found)),
        ("Under", Duty(found.duty).label),
        ("From", found.sender.name),
        ("How it came", f"{Channel(found.channel).label}, {when.day(found.received_on)}"),
        ("In time", timing(found)),
        (happened, when.day(found.happened_on)),
        ("Home", found.home.agency.name if found.home else None),
        ("In the area of", found.host.name),
        ("Date of birth", when.day(found.born_on) if found.born_on else None),
        ("Placing authority", found.placing.name if found.placing else None),
        ("Whom to ring there", found.placing_contact or None),
        ("Independent reviewing officer", found.reviewer_contact or None),
    ]
    if found.duty == Duty.REG_41:
        plan = Said(found.ehc_plan).label
        if found.ehc_authority is not None:
            plan = f"{plan}, {found.ehc_authority.name}"
        facts += [
            ("Section 20 or 21", Said(found.accommodated).label),
            ("Section 31", CareOrder(found.care_order).label),
            ("EHC plan", plan),
        ]
    else:
        facts += [
            ("Needs, and why it suits", "Given" if found.needs_given else "Not given"),
            ("Care plan", "Given" if found.care_plan_given else "Not given"),
        ]
    if found.going_to:
        facts.append(("Goes to", found.going_to))
    return tuple(facts)


@dataclass(frozen=True, kw_only=True)
class TakeInPage:
    """Which child a notification is about."""

    heading: str
    back: str
    cancel: str
    form: BaseForm
    facts: ui.SummaryList
    empty: str
    register: ui.Link | None
    submit: str = "Take it in"


def take_in_page(found: Notification, form: BaseForm, *, is_empty: bool) -> TakeInPage:
    """Return the question which child a notification is about."""
    back = reverse("hosting:notification", args=[found.pk])
    arrives = found.direction == Direction.ARRIVAL
    return TakeInPage(
        heading=f"{Direction(found.direction).label}: {title(found)}",
        back=back,
        cancel=back,
        form=form,
        facts=ui.SummaryList(tuple(ui.Row(key, value) for key, value in _facts(found))),
        empty=(
            "No child you may see answers to this name. Register the child, then take it in."
            if arrives
            else "No child you may see is recorded as living there."
        )
        if is_empty
        else "",
        register=ui.Link("Register the child", reverse("linkage:find")) if arrives else None,
    )
