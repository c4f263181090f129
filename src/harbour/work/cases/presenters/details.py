"""One decision, one allocation, one note; the other parts of a record; and pages with a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.access.queries import Introduced
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.record.attachments.presenters import DocumentsPanel, documents_panel
from harbour.record.emergency import presenters as emergency
from harbour.record.people.presenters import PeopleAndPlaces, people_and_places
from harbour.record.providers.presenters import placement_card
from harbour.record.restrictions.presenters import RestrictionsPanel, restrictions_panel
from harbour.record.sharing.presenters import SharingPanel, sharing_panel
from harbour.work.assessments.queries import AssessmentLine
from harbour.work.cases.presenters.overview import acknowledge_button, may_offer
from harbour.work.cases.presenters.planning import allocation_state
from harbour.work.cases.presenters.top import Top, concern_words, top, who
from harbour.work.cases.queries import (
    AllocationLine,
    Child,
    GradingLine,
    NoteLine,
    harm_words,
)
from harbour.work.cases.vocabulary import AllocationState
from harbour.work.discussions.models import Ask
from harbour.work.discussions.presenters import DiscussionsPanel, waiting_banner
from harbour.work.hosting.presenters import record_link
from harbour.work.missing import queries as missing
from harbour.work.missing.presenters.profile import STATE_TAGS
from harbour.work.missing.queries import EpisodeLine
from harbour.work.missing.vocabulary import EpisodeKind, PoliceRisk
from harbour.work.returns.presenters import Around


def about(child: Child) -> str:
    """Return whom a form is about: name and age."""
    return f"About {child.header.name}, {who(child.header)}."


def form_page(
    child: Child, form: BaseForm, *, heading: str, back: str = "cases:plan", **more: object
) -> Mapping[str, Any]:
    """Return a page with a form about a child; its way back is a part of the record."""
    address = reverse(back, args=[child.id])
    return {
        "form": form,
        "heading": heading,
        "lede": about(child),
        "back": address,
        "cancel": address,
        **more,
    }


# A decision


@dataclass(frozen=True, kw_only=True)
class GradingPage:
    """One decision on harm and risk."""

    back: str
    heading: str
    about: str
    facts: ui.SummaryList
    dissent: ui.Views | None


def grading_page(child: Child, line: GradingLine) -> GradingPage:
    """Return one decision with its reasons and who saw it differently."""
    rows = [
        ui.Row("Harm", harm_words(line)),
        ui.Row("Risk", line.label),
        ui.Row("Concern", concern_words(line.concerns) or None),
        ui.Row("Why", line.rationale),
        ui.Row("Decided", f"{when.moment(line.decided_at)}, {line.decided_by}"),
    ]
    if line.outside_meeting_reason:
        rows.append(ui.Row("Why outside a meeting", line.outside_meeting_reason))
    if line.unallocated_reason:
        rows.append(ui.Row("Why nobody was allocated", line.unallocated_reason))
    if line.review_on is not None:
        rows.append(ui.Row("Review by", when.day(line.review_on)))
    views = tuple(
        ui.View(each.agency, ui.Lines((each.view, each.reason)), differs=True)
        for each in line.dissent
    )
    return GradingPage(
        back=reverse("cases:child", args=[child.id]),
        heading=f"Graded {line.label.lower()}",
        about=about(child),
        facts=ui.SummaryList(tuple(rows)),
        dissent=ui.Views(views) if views else None,
    )


# An allocation


@dataclass(frozen=True, kw_only=True)
class AllocationPage:
    """An offer, for the person it was made to and for those who follow it."""

    back: str
    heading: str
    about: str
    clock: ui.Clock | None
    facts: ui.SummaryList
    buttons: ui.Buttons | None


def allocation_page(reader: Reader, child: Child, line: AllocationLine) -> AllocationPage:
    """Return one allocation, with the answer that the reader may give."""
    mine = line.worker_id == reader.user_id and line.state is AllocationState.OFFERED
    waits = line.state is AllocationState.OFFERED
    role = line.role.label.lower()
    return AllocationPage(
        back=reverse("cases:child", args=[child.id]),
        heading=f"You are offered as {role}" if mine else f"{line.worker_name}, {role}",
        about=about(child),
        clock=(
            ui.Clock(due=line.acknowledge_by, now=child.at, soon=timedelta(hours=4))
            if waits
            else None
        ),
        facts=ui.SummaryList(tuple(_allocation_rows(child, line))),
        buttons=_allocation_buttons(reader, child, line, mine=mine),
    )


def _allocation_rows(child: Child, line: AllocationLine) -> list[ui.Row]:
    rows = [
        ui.Row("Who", ", ".join(filter(None, (line.worker_name, line.worker_job)))),
        ui.Row("Agency", line.agency_name or None),
        ui.Row("Answer", allocation_state(line)),
        ui.Row("Offered", when.moment(line.offered_at)),
    ]
    if child.grading is not None:
        grade = f"{child.grading.label}. Harm {harm_words(child.grading).lower()}"
        rows += [ui.Row("Risk", grade), ui.Row("Why", child.grading.rationale)]
    if line.declined_reason:
        rows.append(ui.Row("Why declined", line.declined_reason))
    if line.ended_reason:
        rows.append(ui.Row("Why ended", line.ended_reason))
    return rows


def _allocation_buttons(
    reader: Reader, child: Child, line: AllocationLine, *, mine: bool
) -> ui.Buttons | None:
    buttons: list[ui.Button | ui.Link] = []
    if mine:
        buttons.append(acknowledge_button(line))
        decline = reverse("cases:decline", args=[line.id])
        buttons.append(ui.Button("Decline", href=decline, kind="secondary"))
    if line.is_open and may_offer(reader, child):
        end = reverse("cases:end_allocation", args=[line.id])
        buttons.append(ui.Link("End this allocation", end))
    return ui.Buttons(tuple(buttons)) if buttons else None


# A note


@dataclass(frozen=True, kw_only=True)
class NotePage:
    """One note."""

    back: str
    about: str
    facts: ui.SummaryList


def note_page(child: Child, line: NoteLine, author: Introduced | None) -> NotePage:
    """Return one note, with when it was written down and by whom."""
    by = ", ".join(filter(None, (author.name, author.agency_name))) if author else None
    return NotePage(
        back=reverse("cases:chronology", args=[child.id]),
        about=about(child),
        facts=ui.SummaryList(
            (
                ui.Row("When", when.moment(line.at)),
                ui.Row("Note", line.text),
                ui.Row("Written down", when.moment(line.recorded_at)),
                ui.Row("By", by),
            )
        ),
    )


# Kept by other rooms


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """Who a child is, and where and with whom they live."""

    top: Top
    people_and_places: PeopleAndPlaces
    placements: ui.SummaryList | None
    across: ui.Link | None


def people_page(reader: Reader, child: Child) -> PeoplePage:
    """Return the people and places of a child, as their room shows them."""
    return PeoplePage(
        top=top(reader, child, here="cases:people_places"),
        people_and_places=people_and_places(reader, child.id),
        placements=placement_card(reader, child.id),
        across=record_link(reader, child.id, at=child.at),
    )


@dataclass(frozen=True, kw_only=True)
class SharingPage:
    """Who can see a child's record, and why."""

    top: Top
    sharing_panel: SharingPanel
    emergency: ui.Table | None
    restrictions_panel: RestrictionsPanel


def sharing_page(reader: Reader, child: Child) -> SharingPage:
    """Return how a child's record is shared, as its room shows it."""
    return SharingPage(
        top=top(reader, child, here="cases:sharing"),
        sharing_panel=sharing_panel(reader, child.id, now=child.at),
        emergency=emergency.history(reader, child.id),
        restrictions_panel=restrictions_panel(reader, child.id),
    )


@dataclass(frozen=True, kw_only=True)
class DocumentsPage:
    """The documents on a child's record."""

    top: Top
    documents_panel: DocumentsPanel


def documents_page(reader: Reader, child: Child) -> DocumentsPage:
    """Return the documents on a child's record, as their room shows them."""
    return DocumentsPage(
        top=top(reader, child, here="cases:documents"),
        documents_panel=documents_panel(reader, child.id),
    )


@dataclass(frozen=True, kw_only=True)
class AssessmentsPage:
    """The tools completed about a child."""

    top: Top
    assessments: ui.Table
    buttons: ui.Buttons | None


def assessments_page(
    reader: Reader, child: Child, lines: tuple[AssessmentLine, ...]
) -> AssessmentsPage:
    """Return the assessments of a child, newest first: what the tool counts, what people judged."""
    may = reader.may(Permission.ASSESSMENT_COMPLETE) and child.writes(Facet.ASSESSMENT)
    start = ui.Button("Assess the child", reverse("assessments:start", args=[child.id]))
    return AssessmentsPage(
        top=top(reader, child, here="cases:assessments"),
        assessments=ui.Table(
            caption="Assessments",
            columns=(
                ui.Column("Tool"),
                ui.Column("When"),
                ui.Column("What the tool counts"),
                ui.Column("What was judged"),
            ),
            rows=[_assessment(each) for each in lines],
            empty="No assessment is recorded for this child.",
            noun=("assessment", "assessments"),
        ),
        buttons=ui.Buttons((start,)) if may else None,
    )


def _assessment(line: AssessmentLine) -> tuple[ui.Content, ...]:
    link = ui.Link(line.tool_title, reverse("assessments:assessment", args=[line.id]))
    if line.completed_at is None:
        begun = f"Begun {when.day(line.started_at)}, {line.started_by}"
        return link, begun, "Not counted yet", ui.Tag("Draft", ui.Colour.YELLOW)
    score = f"{line.score_label} ({line.score})" if line.score_label else str(line.score)
    return (
        link,
        f"{when.day(line.completed_at)}, {line.completed_by}",
        score,
        ui.Lines((line.judgement_label, line.judgement_reason)),
    )


@dataclass(frozen=True, kw_only=True)
class MissingPage:
    """The times a child was missing, and whether the profile would serve tonight."""

    top: Top
    episodes: ui.Table
    around: Around
    repeats: ui.Banner | None
    profile: ui.Button | None
    profile_state: ui.Tag | None


def missing_page(
    reader: Reader,
    child: Child,
    lines: tuple[EpisodeLine, ...],
    beside: tuple[Around, Ask | None],
) -> MissingPage:
    """Return the episodes of a child, newest first, and the state of the profile."""
    around, waiting = beside
    readable = missing.may_read_now(reader, child.id)
    today = clock.london_date(child.at)
    state = missing.state_of(missing.profile(reader, child.id), today=today)
    return MissingPage(
        top=top(reader, child, here="cases:missing_tab"),
        episodes=ui.Table(
            caption="Times the child was missing or away",
            columns=(
                ui.Column("From"),
                ui.Column("Until"),
                ui.Column("Police risk"),
                ui.Column("Return home interview"),
            ),
            rows=[_episode(child, each) for each in lines],
            empty="No missing episode is recorded for this child.",
            noun=("time", "times"),
        ),
        around=around,
        repeats=waiting_banner(waiting) if waiting else None,
        profile=ui.Button(
            "Missing profile", reverse("missing:profile", args=[child.id]), kind="secondary"
        )
        if readable
        else None,
        profile_state=STATE_TAGS[state] if readable else None,
    )


@dataclass(frozen=True, kw_only=True)
class DiscussionsPage:
    """The strategy discussions about a child."""

    top: Top
    panel: DiscussionsPanel


def discussions_page(reader: Reader, child: Child, panel: DiscussionsPanel) -> DiscussionsPage:
    """Return the strategy discussions about a child, newest first, and what repeats ask for."""
    return DiscussionsPage(top=top(reader, child, here="cases:discussions"), panel=panel)


def _episode(child: Child, line: EpisodeLine) -> tuple[ui.Content, ...]:
    words = EpisodeKind(line.kind).label
    began = _moment_words(line.started_at, line.started_precision)
    return (
        ui.Lines(
            (
                ui.Link(began, episode_url(line.episode_id), about=words),
                words,
            )
        ),
        _until(line, child),
        PoliceRisk(line.police_risk).label if line.police_risk else "Not recorded",
        _interview(line, child),
    )


def episode_url(episode_id: UUID) -> str:
    """Return where an episode is read."""
    return reverse("missing:episode", args=[episode_id])


def _moment_words(moment: Any, precision: str) -> str:
    return when.day(moment) if precision == "day" else when.moment(moment)


def _until(line: EpisodeLine, child: Child) -> ui.Content:
    if not line.returned:
        length = when.length(child.at - line.started_at)
        return ui.Lines((ui.Tag("Missing now", ui.Colour.RED), length))
    if line.returned_at is None:
        return "Back; return time not recorded"
    return _moment_words(line.returned_at, line.returned_precision)


def _interview(line: EpisodeLine, child: Child) -> ui.Content:
    if line.held_at is not None:
        return ui.Clock(due=line.due_at, now=child.at, done_at=line.held_at)
    if not line.returned:
        return "After the return"
    if line.state is not None:
        return ui.Clock(due=line.due_at, now=child.at, absent="Return time not recorded")
    return "Declined" if line.accepted == "no" else "None to hold"
