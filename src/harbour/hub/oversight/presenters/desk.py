"""The desk: what waits, in the order in which it presses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from harbour.foundation.approvals.models import Proposal
from harbour.foundation.approvals.queries import title
from harbour.foundation.audit.breadth.models import Alert
from harbour.foundation.audit.queries import WitnessState
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import moment
from harbour.hub.oversight.presenters.breadth import in_words
from harbour.hub.oversight.presenters.ledger import check_sentence, is_late
from harbour.hub.oversight.presenters.two_people import about
from harbour.hub.oversight.queries import Health
from harbour.record.emergency.models import BreakGlass
from harbour.record.people.queries import PersonLine

LISTED = 5


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What the rooms had to say."""

    proposals: Sequence[Proposal]
    alerts: Sequence[Alert]
    glass: Sequence[BreakGlass]
    refused: int
    health: Health
    witnesses: Sequence[WitnessState]


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """The records officer's first page."""

    facts: ui.FactBand
    waiting: ui.ActionList
    places: tuple[ui.Card, ...]


def desk_page(waiting: Waiting, names: Mapping[UUID, PersonLine], *, at: datetime) -> DeskPage:
    """Return what waits, the state of the ledger, and where else to look."""
    return DeskPage(
        facts=ui.FactBand(
            (
                _number("Wait for a second person", len(waiting.proposals), "oversight:two_people"),
                _number("Unusual breadth", len(waiting.alerts), "oversight:alerts"),
                _number("Emergency access to review", len(waiting.glass), "emergency:queue"),
                _refused(waiting.refused),
                _ledger(waiting.health),
                _witnesses(waiting.witnesses),
            )
        ),
        waiting=ui.ActionList(
            (
                *(_alert(each) for each in waiting.alerts[:LISTED]),
                *(_glass(each, names, at) for each in waiting.glass[:LISTED]),
                *(_proposal(each, names, at) for each in waiting.proposals[:LISTED]),
            ),
            empty="Nothing waits for you.",
        ),
        places=_places(waiting.health),
    )


def _number(label: str, number: int, page: str) -> ui.Fact:
    return ui.Fact(
        label,
        ui.Link(f"{number:,}", reverse(page), about=label.lower()),
        colour=ui.Colour.YELLOW if number else "",
    )


def _refused(number: int) -> ui.Fact:
    label = "Refused today"
    href = f"{reverse('oversight:ledger')}?act={Act.DENY.value}"
    return ui.Fact(label, ui.Link(f"{number:,}", href, about=label.lower()))


def _ledger(health: Health) -> ui.Fact:
    if health.check is not None and health.check.faults:
        return ui.Fact("Ledger", "Does not hold", check_sentence(health.check), ui.Colour.RED)
    if is_late(health):
        return ui.Fact("Ledger", "Not sealed", f"{health.waiting:,} wait", ui.Colour.ORANGE)
    sealed = moment(health.sealed_at) if health.sealed_at else "Nothing written yet"
    return ui.Fact("Ledger", "Holds", f"Sealed {sealed}", ui.Colour.GREEN)


def _witnesses(states: Sequence[WitnessState]) -> ui.Fact:
    behind = sum(each.behind for each in states)
    link = ui.Link(f"{len(states)}", reverse("witnesses:list"), about="witnesses")
    if not states:
        return ui.Fact("Witnesses", link, "Nobody outside keeps the roots", ui.Colour.ORANGE)
    if behind:
        return ui.Fact("Witnesses", link, f"{behind} behind", ui.Colour.ORANGE)
    return ui.Fact("Witnesses", link, "All up to date", ui.Colour.GREEN)


def _alert(alert: Alert) -> ui.Action:
    return ui.Action(
        alert.user_name,
        detail=[in_words(alert), moment(alert.raised_at)],
        button=ui.Button(
            "Look into", reverse("oversight:alert", args=[alert.pk]), about=alert.user_name
        ),
        tags=(ui.Tag("Unusual breadth", ui.Colour.ORANGE),),
    )


def _glass(glass: BreakGlass, names: Mapping[UUID, PersonLine], at: datetime) -> ui.Action:
    child = names.get(glass.person_id)
    return ui.Action(
        glass.recorded_by.name,
        detail=[child.name if child else "A record", moment(glass.recorded_at)],
        clock=ui.Clock(glass.review_due_at, at),
        button=ui.Button(
            "Look into", reverse("emergency:one", args=[glass.pk]), about=glass.recorded_by.name
        ),
        tags=(ui.Tag("Emergency access", ui.Colour.RED),),
    )


def _proposal(proposal: Proposal, names: Mapping[UUID, PersonLine], at: datetime) -> ui.Action:
    return ui.Action(
        title(proposal),
        detail=[about(proposal, names), f"Proposed by {proposal.proposed_by.name}"],
        clock=ui.Clock(proposal.expires_at, at),
        button=ui.Button(
            "Decide",
            reverse("oversight:proposal", args=[proposal.pk]),
            kind="secondary",
            about=proposal.summary,
        ),
    )


def _places(health: Health) -> tuple[ui.Card, ...]:
    return (
        ui.Card(
            "Who looked",
            [
                "At one child's record: find the child, and follow the link there.",
                ui.Link("Find a child", reverse("linkage:find")),
                ui.Link("The whole ledger, by person, agency and day", reverse("oversight:ledger")),
            ],
            heading_level=3,
        ),
        ui.Card(
            "The ledger itself",
            [
                check_sentence(health.check),
                f"{health.waiting:,} entries wait for the next seal.",
                ui.Link("Witnesses outside the hub", reverse("witnesses:list")),
            ],
            heading_level=3,
        ),
    )
