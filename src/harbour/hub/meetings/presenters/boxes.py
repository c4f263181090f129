"""What the agencies bring, private until opened; and the decision that stands."""

from collections.abc import Sequence

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.hub.meetings import rules
from harbour.hub.meetings.forms import harm_label
from harbour.hub.meetings.models import AgencyView
from harbour.hub.meetings.presenters.facts import GRADE_COLOURS
from harbour.hub.meetings.queries import InTheRoom
from harbour.hub.meetings.vocabulary import Outcome
from harbour.work.cases import queries as cases


def views_of(room: InTheRoom, reader: Reader) -> ui.Views:
    """Return a box an agency: private until opened, then side by side with differences marked."""
    is_open = room.item.revealed_at is not None
    given = [view for view in room.views.values() if view.given_at is not None]
    differing = rules.differing([_compared(view) for view in given]) if is_open else frozenset()
    return ui.Views(
        tuple(
            ui.View(
                each.name,
                box_of(room, each, mine=each.pk == reader.agency_id, is_open=is_open),
                differs=each.pk in differing,
            )
            for each in room.seats
        )
    )


def _compared(view: AgencyView) -> rules.Given:
    return rules.Given(
        agency_id=view.agency_id, harm=view.harm, harm_when=view.harm_when, grade=view.grade
    )


def box_of(room: InTheRoom, agency: Agency, *, mine: bool, is_open: bool) -> ui.Content:
    view = room.views.get(agency.pk)
    if view is not None and (mine or is_open):
        return _said(view, is_open=is_open)
    if agency.pk in room.given:
        return [ui.Tag("View given", ui.Colour.GREEN), "Private until the chair opens all views."]
    if is_open:
        return [ui.Tag("No view", ui.Colour.GREY), "Gave none before the views were opened."]
    return [ui.Tag("Not given yet", ui.Colour.GREY)]


def _said(view: AgencyView, *, is_open: bool) -> ui.Content:
    labels = {each.code: each.label for each in cases.grades()}
    lines: list[ui.Content] = [
        ui.Tag(
            f"{labels.get(view.grade, view.grade)} risk",
            GRADE_COLOURS.get(view.grade, ui.Colour.GREY),
        ),
        f"Harm: {harm_label(view.harm, view.harm_when).lower()}",
        view.information or "No information added.",
    ]
    if view.given_at and view.given_by:
        lines.append(f"{view.given_by.name}, {when.moment(view.given_at)}")
    if not is_open:
        lines.append("Only your agency sees this until the chair opens all views.")
    return lines


def views_note(room: InTheRoom) -> str:
    item = room.item
    if item.revealed_at is None or item.revealed_by is None:
        return "Each agency gives its own view before it sees the others'."
    note = f"Opened by {item.revealed_by.name}, {when.moment(item.revealed_at)}."
    return f"{note} Not waited for: {item.reveal_reason}" if item.reveal_reason else note


def reveal_note(absent: Sequence[AgencyKind]) -> str:
    if not absent:
        return "Police and social care have given their view."
    words = " and ".join(rules.KIND_WORDS[kind] for kind in absent)
    return f"The view of {words} is not given yet. Wait, or write down why you do not."


def standing(room: InTheRoom) -> ui.SummaryList | None:
    """Return the decision that stands, or nothing where the child is not decided."""
    item = room.item
    if item.decided_at is None or item.decided_by is None:
        return None
    rows = [
        ui.Row("Decided", f"{when.moment(item.decided_at)}, written by {item.decided_by.name}"),
        *_decision_rows(room),
    ]
    if room.superseded:
        earlier = [
            f"{when.moment(each.decided_at)}: {Outcome(each.decision).label.lower()}"
            for each in room.superseded
        ]
        rows.append(ui.Row("Replaces", earlier))
    return ui.SummaryList(tuple(rows), title=Outcome(item.decision).label)


def _decision_rows(room: InTheRoom) -> list[ui.Row]:
    item, grading = room.item, room.grading
    if grading is None or item.grading_id != grading.id:
        return [ui.Row("Why", item.decision_reason)]
    rows = [
        ui.Row("Grade", ui.Tag(grading.label, GRADE_COLOURS.get(grading.grade, ui.Colour.GREY))),
        ui.Row("Harm", harm_label(grading.harm, grading.harm_when)),
        ui.Row("Why", grading.rationale),
    ]
    if grading.dissent:
        rows.append(
            ui.Row("Dissent", [f"{each.agency}: {each.reason}" for each in grading.dissent])
        )
    offered = [each for each in room.allocations if each.grading_id == grading.id]
    if offered:
        rows.append(
            ui.Row(
                "Offered",
                [
                    f"{each.worker_name}, {each.role.label.lower()}: {each.state.label.lower()}"
                    for each in offered
                ],
            )
        )
    if grading.unallocated_reason:
        rows.append(ui.Row("Not allocated because", grading.unallocated_reason))
    return rows


def kinds_of(room: InTheRoom) -> frozenset[AgencyKind]:
    """Return the kinds of agency that gave a view; of authorities only the meeting's own counts."""
    return frozenset(
        AgencyKind(each.kind)
        for each in room.seats
        if each.pk in room.given
        and (each.kind != AgencyKind.AUTHORITY or each.pk == room.meeting.authority_id)
    )
