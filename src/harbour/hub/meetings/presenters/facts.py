"""A child in a few words: the band of four facts, the last grade, who is responsible."""

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.hub.meetings.forms import harm_label
from harbour.hub.meetings.queries import InTheRoom
from harbour.work.cases.queries import GradingLine
from harbour.work.cases.vocabulary import AllocationState

GRADE_COLOURS = {"high": ui.Colour.RED, "medium": ui.Colour.ORANGE, "low": ui.Colour.GREEN}
HARM_COLOURS = {
    "confirmed": ui.Colour.RED,
    "suspected": ui.Colour.ORANGE,
    "none_known": ui.Colour.GREEN,
}


def with_age(name: str, age: int | None) -> str:
    """Return a child's name and age."""
    return f"{name}, {age}" if age is not None else f"{name}, age not known"


def lede_of(room: InTheRoom) -> str:
    child = room.child
    parts = [f"Responsible: {child.responsible.name}"] if child.responsible else []
    if child.host and child.host != child.responsible:
        parts.append(f"Host: {child.host.name}")
    if child.days_to_18 is not None and 0 <= child.days_to_18 < 100:
        parts.append(f"{child.days_to_18} days to 18")
    return ". ".join(parts)


def fact_band(room: InTheRoom) -> ui.FactBand:
    """Return harm, grade, missing and who is allocated."""
    return ui.FactBand((_harm(room), _grade(room), _missing(room), _allocated(room)))


def _harm(room: InTheRoom) -> ui.Fact:
    if room.grading is None:
        return ui.Fact("Harm", "Not yet decided", "No meeting has looked at harm.")
    harm = room.grading.harm
    return ui.Fact(
        "Harm",
        harm_label(harm, room.grading.harm_when),
        f"Decided {when.day(room.grading.decided_at)}",
        HARM_COLOURS[harm],
    )


def _grade(room: InTheRoom) -> ui.Fact:
    if room.grading is None:
        return ui.Fact("Risk grade", "Not yet graded")
    detail = f"Decided {when.day(room.grading.decided_at)}"
    if room.grading.review_on:
        detail += f", review by {when.day(room.grading.review_on)}"
    colour = GRADE_COLOURS.get(room.grading.grade, ui.Colour.GREY)
    return ui.Fact("Risk grade", room.grading.label, detail, colour)


def _missing(room: InTheRoom) -> ui.Fact:
    fact = room.missing
    if fact is None:
        return ui.Fact("Missing", "No episode", "", ui.Colour.GREEN)
    count = f"{fact.episodes} {'episode' if fact.episodes == 1 else 'episodes'} in all"
    if fact.missing_since:
        return ui.Fact(
            "Missing", f"Missing since {when.moment(fact.missing_since)}", count, ui.Colour.RED
        )
    last = fact.latest_returned_at or fact.latest_started_at
    return ui.Fact(
        "Missing", "Not missing", f"Last back {when.day(last)}, {count}" if last else count
    )


def _allocated(room: InTheRoom) -> ui.Fact:
    taken = [each for each in room.allocations if each.is_acknowledged]
    waiting = [each for each in room.allocations if each.state is AllocationState.OFFERED]
    value: ui.Content = (
        [f"{each.worker_name} ({each.role.label.lower()})" for each in taken]
        if taken
        else "Nobody allocated"
    )
    detail = [
        f"{each.worker_name} ({each.role.label.lower()}): not acknowledged" for each in waiting
    ]
    colour = ui.Colour.ORANGE if waiting or not taken else ui.Colour.GREEN
    return ui.Fact("Allocated", value, detail, colour)


def last_grade(earlier: GradingLine | None) -> str:
    """Return the grade before this meeting's, with its reason."""
    if earlier is None:
        return "This child was not graded before."
    harm = harm_label(earlier.harm, earlier.harm_when).lower()
    return (
        f"Last graded {earlier.label.lower()} on {when.day(earlier.decided_at)}, harm {harm}. "
        f"{earlier.rationale}"
    )
