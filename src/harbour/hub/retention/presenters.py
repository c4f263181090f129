"""The retention desk as a person reads it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.roles import role
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import day, moment
from harbour.hub.retention.models import Due, Hold, Rule, Tombstone
from harbour.hub.retention.queries import Ends
from harbour.hub.retention.rules import SCHEDULE
from harbour.hub.retention.vocabulary import Deed, Scope
from harbour.record.people.queries import PersonLine

PERIODS = {each.code: each.said for each in SCHEDULE}
NO_CLOCK = "Not known: the birth date is missing. The record stays until somebody decides."


def due_table(rows: list[Due], names: dict[UUID, PersonLine], *, total: int) -> ui.Table:
    """Return the records whose time is over."""
    return ui.Table(
        caption="Records whose time is over",
        columns=(ui.Column("Whose record"), ui.Column("Rule"), ui.Column("Since")),
        rows=tuple(
            (
                ui.Link(
                    names[each.person_id].name if each.person_id in names else "A record",
                    reverse("retention:child", args=[each.person_id]),
                ),
                each.rule.covers,
                day(each.due_on),
            )
            for each in rows
        ),
        empty="No record is due. The schedule is looked through every night.",
        total=total,
        noun=("record", "records"),
    )


def hold_table(rows: list[Hold], names: dict[UUID, PersonLine]) -> ui.Table:
    """Return the holds that stand."""
    return ui.Table(
        caption="Legal holds",
        columns=(ui.Column("What it covers"), ui.Column("Why"), ui.Column("From and until")),
        rows=tuple((_covers(each, names), each.reason, _span(each)) for each in rows),
        empty="No hold stands. Records go when their time is over and two people agree.",
        noun=("hold", "holds"),
    )


def _covers(row: Hold, names: dict[UUID, PersonLine]) -> ui.Content:
    if row.person_id is not None:
        name = names[row.person_id].name if row.person_id in names else "One record"
        return ui.Link(name, reverse("retention:child", args=[row.person_id]))
    return row.rule.covers if row.rule is not None else str(Scope(row.scope).label)


def _span(row: Hold) -> ui.Content:
    until = f"Until {day(row.ends_on)}" if row.ends_on else "Until two people lift it"
    lift = reverse("retention:lift", args=[row.pk])
    return ui.Lines(
        (
            f"{moment(row.recorded_at)}, {row.recorded_by.name}",
            until,
            ui.Link("Propose to lift it", lift, about="the hold"),
        )
    )


def tombstone_table(rows: list[Tombstone], *, total: int) -> ui.Table:
    """Return what is gone."""
    return ui.Table(
        caption="What is gone",
        columns=(
            ui.Column("When"),
            ui.Column("What"),
            ui.Column("Rule"),
            ui.Column("Who"),
            ui.Column("Rows", numeric=True),
        ),
        rows=tuple(
            (
                moment(each.disposed_at),
                ui.Lines((str(Deed(each.deed).label), f"Record {each.person_ref}")),
                PERIODS.get(each.rule, "Before its time"),
                ui.Lines(
                    (
                        f"Proposed by {each.proposed_by.name}",
                        f"Approved by {each.disposed_by.name}",
                    )
                ),
                sum(each.rows.values()),
            )
            for each in rows
        ),
        empty="Nothing was disposed of yet.",
        total=total,
        noun=("record", "records"),
    )


def schedule_table(rules: dict[str, Rule]) -> ui.Table:
    """Return the schedule."""
    return ui.Table(
        caption="The schedule",
        columns=(
            ui.Column("What"),
            ui.Column("How long"),
            ui.Column("Law or schedule"),
            ui.Column("Who answers for it"),
        ),
        rows=tuple(
            (each.covers, PERIODS.get(each.code), each.source, role(each.owner).title)
            for each in rules.values()
        ),
        empty="No schedule is published.",
        noun=("rule", "rules"),
    )


@dataclass(frozen=True, kw_only=True)
class ChildPage:
    """How long one record is kept, and why."""

    heading: str
    facts: ui.SummaryList
    clocks: ui.Table
    held: ui.Warning | None
    buttons: ui.Buttons
    holds: ui.Table | None


def child_page(
    name: str, person_id: UUID, ends: Ends, rules: dict[str, Rule], holds: list[Hold], *, on: date
) -> ChildPage:
    """Return the clocks of one record."""
    return ChildPage(
        heading=f"How long the record of {name} is kept",
        facts=_facts(ends, rules, on=on),
        clocks=_clocks(ends, rules),
        held=ui.Warning("A legal hold stands over this record. It cannot be disposed of.")
        if ends.held
        else None,
        buttons=ui.Buttons(
            (
                ui.Button("Propose", reverse("retention:propose", args=[person_id])),
                ui.Button(
                    "Place a hold",
                    reverse("retention:hold_child", args=[person_id]),
                    kind="secondary",
                ),
            )
        ),
        holds=hold_table(holds, {}) if holds else None,
    )


def _facts(ends: Ends, rules: dict[str, Rule], *, on: date) -> ui.SummaryList:
    rows = [ui.Row("Rule", rules[ends.rule].covers if ends.rule else NO_CLOCK)]
    if ends.due_on is not None:
        word = "Its time is over since" if ends.due_on <= on else "Kept until"
        rows.append(ui.Row(word, day(ends.due_on)))
    if ends.keep_until is not None:
        rows.append(ui.Row("Two people decided to keep it until", day(ends.keep_until)))
    return ui.SummaryList(tuple(rows))


def _clocks(ends: Ends, rules: dict[str, Rule]) -> ui.Table:
    return ui.Table(
        caption="Every rule that applies; the longest wins",
        columns=(ui.Column("Rule"), ui.Column("How long"), ui.Column("Ends")),
        rows=tuple(
            (rules[code].covers, PERIODS.get(code), day(due_on)) for code, due_on in ends.clocks
        ),
        empty=NO_CLOCK,
        noun=("rule", "rules"),
    )
