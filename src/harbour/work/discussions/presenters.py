"""Frozen values for the pages of strategy discussions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.record.people.queries import ChildHeader, PersonLine
from harbour.work.discussions import policy
from harbour.work.discussions import vocabulary as v
from harbour.work.discussions.models import Ask, Decision, Discussion, Invitation
from harbour.work.discussions.queries import AskLine, DiscussionFile

HIDDEN = "A child whose record is not shared with you"
STAGE_COLOURS = {
    v.Stage.ASKED: ui.Colour.BLUE,
    v.Stage.HELD: ui.Colour.ORANGE,
    v.Stage.DECIDED: ui.Colour.GREEN,
    v.Stage.DROPPED: ui.Colour.GREY,
}


@dataclass(frozen=True, kw_only=True)
class DiscussionPage:
    """All that the page of a discussion shows."""

    name: str
    back: str
    stage: ui.Tag
    clock: ui.Clock | None
    buttons: tuple[ui.Button, ...]
    asked: ui.SummaryList
    invited: ui.Table
    is_held: bool
    held: ui.SummaryList
    record: str
    decided: ui.Table
    outcome: ui.SummaryList | None


def stage_tag(discussion: Discussion) -> ui.Tag:
    """Return where a discussion stands, in a word on its colour."""
    stage = policy.stage_of(discussion)
    return ui.Tag(str(stage.label), STAGE_COLOURS[stage])


def clock_of(discussion: Discussion, at: datetime) -> ui.Clock:
    """Return the clock until a discussion is held."""
    return ui.Clock(discussion.due_on, at, done_at=discussion.held_at)


def discussion_page(reader: Reader, file: DiscussionFile, *, at: datetime) -> DiscussionPage:
    """Return the page of a discussion for this reader."""
    found = file.discussion
    back = (
        reverse("cases:discussions", args=[found.person_id])
        if file.child
        else reverse("home:my_work")
    )
    dropped = policy.stage_of(found) is v.Stage.DROPPED
    return DiscussionPage(
        name=name_of(file.child),
        back=back,
        stage=stage_tag(found),
        clock=None if dropped else clock_of(found, at),
        buttons=_buttons(reader, file),
        asked=_asked(file),
        invited=_invited(reader, file),
        is_held=found.held_at is not None,
        held=_held(file),
        record=found.record,
        decided=_decided(reader, file, at),
        outcome=_outcome(found),
    )


def name_of(child: PersonLine | None) -> str:
    """Return a child's name with their age, as far as the reader may know it."""
    if child is None:
        return HIDDEN
    return f"{child.name}, {child.age}" if child.age is not None else child.name


def act_page(file: DiscussionFile, form: BaseForm, heading: str, **more: Any) -> dict[str, Any]:
    """Return a page that asks one thing about a discussion."""
    back = reverse("discussions:discussion", args=[file.discussion.pk])
    return {
        "form": form,
        "heading": heading,
        "who": name_of(file.child),
        "back": back,
        "cancel": back,
        **more,
    }


def _buttons(reader: Reader, file: DiscussionFile) -> tuple[ui.Button, ...]:
    found, key = file.discussion, file.discussion.pk
    buttons = []
    for each in file.invitations:
        if each.answered_at is None and policy.can_answer(reader, each, found):
            href = reverse("discussions:answer", args=[each.pk])
            buttons.append(ui.Button(f"Answer for {each.agency.name}", href))
    deeds = (
        (policy.can_hold, "It was held", "discussions:hold", ""),
        (policy.can_hold, "Invite an agency", "discussions:invite", "secondary"),
        (policy.can_decide, "Write down a decision", "discussions:decide", ""),
        (policy.can_decide, "Record what it came to", "discussions:close", "secondary"),
        (policy.can_drop, "It is not held", "discussions:drop", "secondary"),
    )
    for may, text, page, kind in deeds:
        if may(reader, found):
            plain = "secondary" if buttons else kind
            buttons.append(ui.Button(text, reverse(page, args=[key]), kind=plain))
    return tuple(buttons)


def _asked(file: DiscussionFile) -> ui.SummaryList:
    found = file.discussion
    rows = [
        ui.Row("Rests on", v.Basis(found.basis).label),
        ui.Row("Why", found.reason),
        ui.Row("Asked for by", f"{found.recorded_by.name}, {when.moment(found.recorded_at)}"),
    ]
    if file.ask is not None:
        counted = f"{_rule(file.ask)}: {file.ask.counted} episodes"
        rows.insert(1, ui.Row("Asked for by the rule", counted))
    return ui.SummaryList(tuple(rows))


def _rule(ask: Ask) -> str:
    return f"{ask.rule.episodes} in {ask.rule.days} days"


def _invited(reader: Reader, file: DiscussionFile) -> ui.Table:
    del reader
    return ui.Table(
        caption="Agencies invited",
        columns=(ui.Column("Agency"), ui.Column("Answer"), ui.Column("There")),
        rows=[
            (
                ui.Lines((each.agency.name, str(v.Capacity(each.capacity).label))),
                _answer(each),
                _attended(each),
            )
            for each in file.invitations
        ],
        empty="Nobody is invited.",
        noun=("agency", "agencies"),
    )


def _answer(each: Invitation) -> ui.Content:
    if not each.answer:
        asked = each.attended is None
        return ui.Tag("Not answered", ui.Colour.YELLOW) if asked else "Did not answer"
    return ui.Lines((str(v.InvitationAnswer(each.answer).label), each.note))


def _attended(each: Invitation) -> ui.Content:
    if each.attended is None:
        return "Not held yet"
    return each.who if each.attended else ui.Tag("Not there", ui.Colour.ORANGE)


def _held(file: DiscussionFile) -> ui.SummaryList:
    found = file.discussion
    rows = [
        ui.Row("Held", when.moment(found.held_at) if found.held_at else None),
        ui.Row("How", str(v.Manner(found.manner).label) if found.manner else ""),
        ui.Row("Recorded by", found.held_by.name if found.held_by else ""),
        ui.Row("Held without all three because", found.without_reason),
    ]
    return ui.SummaryList(tuple(row for row in rows if row.value))


def _decided(reader: Reader, file: DiscussionFile, at: datetime) -> ui.Table:
    return ui.Table(
        caption="What was decided",
        columns=(ui.Column("Decision"), ui.Column("Who"), ui.Column("Until"), ui.Column("Done")),
        rows=[
            (
                each.text,
                each.owner.name if each.owner else "Nobody: nothing to do",
                ui.Clock(each.due_on, at, done_at=each.done_at) if each.due_on else "No day",
                _done(reader, each),
            )
            for each in file.decisions
        ],
        empty="Nothing is written down yet.",
        noun=("decision", "decisions"),
    )


def _done(reader: Reader, each: Decision) -> ui.Content:
    if each.done_at is not None and each.done_by is not None:
        return ui.Lines((f"{each.done_by.name}, {when.day(each.done_at)}", each.evidence))
    if each.owner_id is None:
        return "Nothing to do"
    if policy.can_complete(reader, each):
        return ui.Link(
            "Record as done", reverse("discussions:complete", args=[each.pk]), about=each.text
        )
    return "Not yet"


def _outcome(found: Discussion) -> ui.SummaryList | None:
    if found.closed_at is None:
        return None
    came_to = str(v.Outcome(found.outcome).label) if found.outcome else "It was not held"
    by = found.closed_by.name if found.closed_by else ""
    rows = [
        ui.Row("Came to", came_to),
        ui.Row("Why", found.outcome_reason),
        ui.Row("Closed by", f"{by}, {when.moment(found.closed_at)}"),
    ]
    if found.conference_due_on is not None:
        rows.insert(1, ui.Row("Initial conference due", when.day(found.conference_due_on)))
    return ui.SummaryList(tuple(rows))


# Asks


def ask_as_it_stands(waiting: Ask | None) -> dict[str, Any]:
    """Return what the form begins with: what the rule says, where one asks."""
    if waiting is None:
        return {}
    reason = f"{waiting.counted} missing episodes: the rule is {_rule(waiting)}."
    return {"basis": v.Basis.REPEATS, "reason": reason}


def ask_form_page(
    child: ChildHeader, form: BaseForm, waiting: Ask | None, last: Ask | None
) -> dict[str, Any]:
    """Return the page that asks for a discussion."""
    back = reverse("cases:discussions", args=[child.id])
    return {
        "form": form,
        "heading": "Ask for a strategy discussion",
        "who": child.name if child.age is None else f"{child.name}, {child.age}",
        "back": back,
        "cancel": back,
        "submit": "Ask for it and invite",
        "last": last_time(last) if waiting or last else None,
    }


def ask_page(child: ChildHeader, ask: Ask, last: Ask | None, form: BaseForm) -> dict[str, Any]:
    """Return the page that answers an ask."""
    back = reverse("discussions:desk")
    return {
        "form": form,
        "heading": f"{ask.counted} missing episodes: {_rule(ask)}",
        "who": child.name if child.age is None else f"{child.name}, {child.age}",
        "since": when.moment(ask.recorded_at),
        "last": last_time(last),
        "ask": ui.Button(
            "Ask for a strategy discussion", reverse("discussions:ask", args=[ask.person_id])
        ),
        "episode": ui.Link("The latest episode", reverse("missing:episode", args=[ask.episode_id])),
        "submit": "Record the reason instead",
        "submit_kind": "secondary",
        "back": back,
        "cancel": back,
    }


def last_time(last: Ask | None) -> ui.SummaryList:
    """Return what was done about the last ask of this child."""
    if last is None or last.answered_at is None:
        return ui.SummaryList((ui.Row("Last time", "The rule was not met before."),))
    by = f"{last.answered_by.name if last.answered_by else ''}, {when.day(last.answered_at)}"
    if last.discussion is None:
        return ui.SummaryList((ui.Row("Last time", "No discussion"), ui.Row("Why", last.reason),
                               ui.Row("By", by)))  # fmt: skip
    found = last.discussion
    stage = policy.stage_of(found)
    came_to = str(v.Outcome(found.outcome).label) if found.outcome else str(stage.label)
    href = reverse("discussions:discussion", args=[found.pk])
    return ui.SummaryList(
        (
            ui.Row("Last time", ui.Link("A strategy discussion was asked for", href)),
            ui.Row("Came to", came_to),
            ui.Row("By", by),
        )
    )


def desk_page(
    reader: Reader,
    asks: Sequence[AskLine],
    shown: Paged[Discussion],
    lines: Mapping[UUID, PersonLine],
    *,
    wanted: Wanted,
    at: datetime,
) -> dict[str, Any]:
    """Return the desk: what repeats ask for, and the open discussions by their day."""
    return {
        "asks": ui.Table(
            caption="Repeats that ask for a discussion",
            columns=(
                ui.Column("Child"),
                ui.Column("Rule"),
                ui.Column("Since"),
                ui.Column("Last time"),
                ui.Column("Answer"),
            ),
            rows=[_ask_row(reader, each, lines) for each in asks],
            empty="No rule about repeated missing episodes asks for anything now.",
            noun=("ask", "asks"),
        ),
        "table": ui.Table(
            caption="Open discussions",
            columns=(
                ui.Column("Child"),
                ui.Column("Rests on"),
                ui.Column("Stands"),
                ui.Column("To be held by", sort="due"),
            ),
            rows=[
                (
                    ui.Link(
                        name_of(lines.get(each.person_id)),
                        reverse("discussions:discussion", args=[each.pk]),
                    ),
                    str(v.Basis(each.basis).label),
                    stage_tag(each),
                    clock_of(each, at),
                )
                for each in shown.items
            ],
            empty="No discussion is open. It is asked for on a child's page.",
            total=shown.total,
            wanted=wanted,
            noun=("discussion", "discussions"),
        ),
        "pagination": shown.pagination,
    }


def _ask_row(
    reader: Reader, each: AskLine, lines: Mapping[UUID, PersonLine]
) -> tuple[ui.Content, ...]:
    child = lines.get(each.ask.person_id)
    who = name_of(child)
    answer: ui.Content = "Open"
    if policy.can_answer_ask(reader, each.ask):
        href = reverse("discussions:answer_ask", args=[each.ask.pk])
        answer = ui.Link("Answer", href, about=who)
    return (
        ui.Link(who, reverse("cases:missing_tab", args=[each.ask.person_id])),
        ui.Lines((_rule(each.ask), f"{each.ask.counted} episodes")),
        when.moment(each.ask.recorded_at),
        last_words(each.last),
        answer,
    )


def last_words(last: Ask | None) -> str:
    """Return in a line what was done about the last ask."""
    if last is None or last.answered_at is None:
        return "Not met before"
    day = when.day(last.answered_at)
    if last.discussion is None:
        return f"{day}: no discussion. {last.reason}"
    found = last.discussion
    what = str(v.Outcome(found.outcome).label) if found.outcome else "discussion asked for"
    return f"{day}: {what[0].lower()}{what[1:]}"


# The child's own page


@dataclass(frozen=True, kw_only=True)
class DiscussionsPanel:
    """The discussions about a child, and what repeats ask for."""

    waiting: ui.Banner | None
    last: ui.SummaryList | None
    table: ui.Table
    ask: ui.Button | None


def discussions_panel(
    reader: Reader,
    person_id: UUID,
    found: Sequence[Discussion],
    asks: tuple[Ask | None, Ask | None],
    *,
    at: datetime,
) -> DiscussionsPanel:
    """Return the discussions about a child; `asks` are the open ask and the last answered one."""
    waiting, last = asks
    return DiscussionsPanel(
        waiting=waiting_banner(waiting) if waiting else None,
        last=last_time(last) if waiting or last else None,
        table=ui.Table(
            caption="Strategy discussions",
            columns=(
                ui.Column("Asked for"),
                ui.Column("Rests on"),
                ui.Column("Stands"),
                ui.Column("Held"),
                ui.Column("Came to"),
            ),
            rows=[_of_child(each, at) for each in found],
            empty="No strategy discussion was asked for about this child.",
            noun=("discussion", "discussions"),
        ),
        ask=ui.Button("Ask for a strategy discussion", reverse("discussions:ask", args=[person_id]))
        if policy.can_ask(reader, person_id)
        else None,
    )


def waiting_banner(waiting: Ask) -> ui.Banner:
    """Return that a rule asks for a discussion."""
    return ui.Banner(
        f"{waiting.counted} missing episodes: the rule is {_rule(waiting)}. It asks for a strategy "
        f"discussion since {when.moment(waiting.recorded_at)}.",
        title="A strategy discussion is asked for",
        link=ui.Link("Answer", reverse("discussions:answer_ask", args=[waiting.pk])),
        id="repeats",
    )


def _of_child(each: Discussion, at: datetime) -> tuple[ui.Content, ...]:
    href = reverse("discussions:discussion", args=[each.pk])
    dropped = policy.stage_of(each) is v.Stage.DROPPED
    return (
        ui.Link(when.day(each.recorded_at), href, about="strategy discussion"),
        str(v.Basis(each.basis).label),
        stage_tag(each),
        "Not held" if dropped else clock_of(each, at),
        str(v.Outcome(each.outcome).label) if each.outcome else each.outcome_reason or "Open",
    )
