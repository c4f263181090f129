"""Frozen values for the pages of what follows a return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.record.linkage.queries import Hit
from harbour.record.people.queries import ChildHeader, PersonLine
from harbour.work.missing.models import PreventionCheck
from harbour.work.missing.vocabulary import (
    Answer,
    CheckOutcome,
    InterviewService,
    PullFactor,
    PushFactor,
)
from harbour.work.returns import policy
from harbour.work.returns import vocabulary as v
from harbour.work.returns.models import Judgement, Named, Onward, Review
from harbour.work.returns.queries import InterviewFile, PlaceLine
from harbour.work.returns.rules import Pair, unmet

STATE_TAGS = {
    v.ReviewState.WAITING: ui.Colour.BLUE,
    v.ReviewState.RETURNED: ui.Colour.ORANGE,
    v.ReviewState.ANSWERED: ui.Colour.BLUE,
    v.ReviewState.ACCEPTED: ui.Colour.GREEN,
}


@dataclass(frozen=True, kw_only=True)
class InterviewPage:
    """All that the page of an interview shows."""

    name: str
    back: str
    is_held: bool
    state: ui.Tag | None
    buttons: tuple[ui.Button, ...]
    words: str
    would_help: str
    said_on: str
    offer: ui.SummaryList
    account: ui.SummaryList
    additions: ui.Timeline
    reviews: ui.Timeline
    told: ui.Table
    named: ui.Table
    answers: ui.Timeline
    checks: ui.Timeline


def interview_page(reader: Reader, file: InterviewFile) -> InterviewPage:
    """Return the page of an interview for this reader."""
    held = file.interview
    return InterviewPage(
        name=name_of(file.child),
        back=reverse("missing:episode", args=[held.episode_id]),
        is_held=held.held_at is not None,
        state=state_tag(file.state) if held.held_at is not None else None,
        buttons=_buttons(reader, file),
        words=held.child_words,
        would_help=held.would_help,
        said_on=when.moment(held.held_at) if held.held_at else "",
        offer=_offer(file),
        account=_account(file),
        additions=_additions(file),
        reviews=ui.Timeline(
            tuple(_review(each) for each in reversed(file.reviews)),
            empty="Nobody reviewed it yet.",
        ),
        told=_told(file),
        named=_named(file),
        answers=_answers(file),
        checks=ui.Timeline(
            tuple(_check(each) for each in reversed(file.checks)),
            empty="No prevention check is recorded.",
        ),
    )


def state_tag(state: v.ReviewState) -> ui.Tag:
    """Return where a review stands, in a word on its colour."""
    return ui.Tag(str(state.label), STATE_TAGS[state])


def name_of(child: ChildHeader) -> str:
    """Return a child's name with their age."""
    return child.name if child.age is None else f"{child.name}, {child.age}"


def words_of(file: InterviewFile) -> str:
    """Return what the child said, for a page that asks something about it."""
    return file.interview.child_words


def act_page(file: InterviewFile, form: BaseForm, heading: str, **more: Any) -> dict[str, Any]:
    """Return a page that asks one thing about an interview."""
    back = reverse("returns:interview", args=[file.interview.pk])
    return {
        "form": form,
        "heading": heading,
        "who": name_of(file.child),
        "back": back,
        "cancel": back,
        **more,
    }


def told_page(reader: Reader, file: InterviewFile, told: Onward) -> dict[str, Any]:
    """Return the page of what a team was told."""
    return {
        "who": name_of(file.child),
        "told": ui.SummaryList(
            (
                ui.Row("What you need to know", told.what),
                ui.Row("Why", told.why),
                ui.Row("Told by", f"{told.recorded_by.name}, {when.moment(told.recorded_at)}"),
                ui.Row("Told to", told.team.name),
            )
        ),
        "interview": ui.Link(
            "The interview", reverse("returns:interview", args=[told.interview_id])
        )
        if any(reader.may(each) for each in policy.READS)
        else None,
        "button": ui.Button(
            "Acknowledge", reverse("returns:acknowledge", args=[told.pk]), post=True
        )
        if policy.can_acknowledge(reader, told)
        else None,
    }


def _buttons(reader: Reader, file: InterviewFile) -> tuple[ui.Button, ...]:
    held, key = file.interview, file.interview.pk
    buttons = []
    if policy.can_review(reader, held, state=file.state):
        buttons.append(ui.Button("Review", reverse("returns:review", args=[key])))
    if policy.can_add(reader, held):
        href = reverse("returns:add", args=[key])
        kind = "" if file.state is v.ReviewState.RETURNED else "secondary"
        buttons.append(ui.Button("Add to it", href, kind=kind))
    if policy.can_tell_on(reader, held):
        href = reverse("returns:tell_on", args=[key])
        buttons.append(ui.Button("Tell a team", href, kind="secondary"))
    return tuple(buttons)


def _offer(file: InterviewFile) -> ui.SummaryList:
    held = file.interview
    who = held.interviewer.name if held.interviewer else held.chosen_by_child
    rows = [
        ui.Row("Offered", Answer(held.offered).label),
        ui.Row("Why not", held.not_offered_reason),
        ui.Row("Service", InterviewService(held.service).label if held.service else ""),
        ui.Row("The child named", held.chosen_by_child),
        ui.Row("Interviewer", who),
        ui.Row("Why best placed", held.best_placed_reason),
        ui.Row("Accepted", Answer(held.accepted).label),
        ui.Row("Held by", held.held_by.name if held.held_by else ""),
    ]
    return ui.SummaryList(tuple(row for row in rows if row.value))


def _account(file: InterviewFile) -> ui.SummaryList:
    held = file.interview
    rows = (
        ("Went away from", ", ".join(str(PushFactor(each).label) for each in held.push_factors)),
        ("Drawn by", ", ".join(str(PullFactor(each).label) for each in held.pull_factors)),
        ("Where", held.where_text),
        ("With whom", held.who_text),
        ("How they travelled", held.travel_text),
        ("Harm", held.harm_text),
        ("What happens next", held.actions_text),
    )
    return ui.SummaryList(tuple(ui.Row(key, value) for key, value in rows if value))


def _additions(file: InterviewFile) -> ui.Timeline:
    return ui.Timeline(
        tuple(
            ui.Event(
                title=str(v.AdditionKind(each.kind).label),
                at=each.recorded_at,
                by=each.recorded_by.name,
                text=each.text,
            )
            for each in file.additions
        ),
        empty="Nothing is added. The interview itself is never edited: corrections stand here.",
    )


def _review(each: Review) -> ui.Event:
    missing = unmet(each.met)
    lines = [each.note] if each.note else []
    if missing:
        lines.append("Not met: " + "; ".join(str(one.label).lower() for one in missing) + ".")
    else:
        lines.append("Every criterion is met.")
    return ui.Event(
        title=str(v.ReviewOutcome(each.outcome).label),
        at=each.recorded_at,
        by=each.recorded_by.name,
        content=ui.Lines(tuple(lines)),
    )


def _told(file: InterviewFile) -> ui.Table:
    return ui.Table(
        caption="Teams that were told",
        columns=(ui.Column("Team"), ui.Column("What and why"), ui.Column("Taken in")),
        rows=[
            (
                ui.Lines((each.team.name, each.team.agency.name)),
                ui.Lines(
                    (each.what, each.why, f"{each.recorded_by.name}, {when.day(each.recorded_at)}")
                ),
                f"{each.acknowledged_by.name}, {when.moment(each.acknowledged_at)}"
                if each.acknowledged_by and each.acknowledged_at
                else ui.Tag("Not acknowledged", ui.Colour.ORANGE),
            )
            for each in file.told
        ],
        empty="No team was told yet.",
        noun=("team", "teams"),
    )


def _named(file: InterviewFile) -> ui.Table:
    return ui.Table(
        caption="Places and people named",
        columns=(ui.Column("As it was named"), ui.Column("What"), ui.Column("Analyst")),
        rows=[
            (
                each.text,
                ui.Lines((str(v.NamedKind(each.kind).label), str(v.Origin(each.origin).label))),
                _judged(each),
            )
            for each in file.named
        ],
        empty="No place or person was named.",
        noun=("name", "names"),
    )


def _judged(named: Named) -> ui.Content:
    judged: Judgement | None = getattr(named, "judgement", None)
    if judged is None:
        return ui.Tag("Waits for the analyst: not a fact", ui.Colour.YELLOW)
    by = f"{judged.recorded_by.name}: {judged.reason}"
    if judged.outcome == v.JudgementOutcome.REFUSED:
        return ui.Lines((ui.Tag("Refused", ui.Colour.GREY), by))
    what = str(judged.place) if judged.place else "Association"
    strength = str(v.Strength(judged.strength).label).lower()
    return ui.Lines((ui.Tag("Accepted", ui.Colour.GREEN), f"{what}, {strength}", by))


def _answers(file: InterviewFile) -> ui.Timeline:
    return ui.Timeline(
        tuple(
            ui.Event(
                title=f"Accepted: {Answer(each.accepted).label.lower()}",
                at=each.recorded_at,
                by=each.recorded_by.name,
                content=ui.Lines(
                    tuple(
                        f"{label}: {text}"
                        for label, text in (
                            ("Why declined", each.declined_reason),
                            ("Carer's account", each.carer_account),
                        )
                        if text
                    )
                ),
            )
            for each in reversed(file.answers)
        ),
        empty="No answer is recorded.",
    )


def _check(each: PreventionCheck) -> ui.Event:
    return ui.Event(
        title=str(CheckOutcome(each.outcome).label),
        at=each.checked_at or each.recorded_at,
        by=each.officer or each.recorded_by.name,
        text=each.found or each.reason,
    )


def queue_page(
    shown: Paged[Named], wanted: Wanted, lines: Mapping[UUID, PersonLine]
) -> dict[str, Any]:
    """Return the analyst's queue."""
    return {
        "table": ui.Table(
            caption="Names that wait",
            columns=(
                ui.Column("As it was named"),
                ui.Column("By or about"),
                ui.Column("Since", sort="at"),
            ),
            rows=[_waiting(each, lines) for each in shown.items],
            empty="No name waits. What children name in return interviews appears here.",
            total=shown.total,
            wanted=wanted,
            noun=("name", "names"),
        ),
        "pagination": shown.pagination,
        "together": ui.Link(
            "Missing together, and places that return", reverse("returns:together")
        ),
    }


def _waiting(each: Named, lines: Mapping[UUID, PersonLine]) -> tuple[ui.Content, ...]:
    child = lines.get(each.person_id)
    link = ui.Link(each.text, reverse("returns:judge", args=[each.pk]), about="judge")
    kind = str(v.NamedKind(each.kind).label)
    who = _with_age(child) if child else "A child"
    origin = str(v.Origin(each.origin).label)
    return ui.Lines((link, kind)), ui.Lines((who, origin)), when.moment(each.recorded_at)


def _with_age(child: PersonLine) -> str:
    return f"{child.name}, {child.age}" if child.age is not None else child.name


def judge_page(named: Named, child: ChildHeader, form: BaseForm) -> dict[str, Any]:
    """Return the page on which the analyst judges a name."""
    is_place = named.kind == v.NamedKind.PLACE
    back = reverse("returns:named")
    return {
        "form": form,
        "heading": "Is this a place?" if is_place else "Who is this?",
        "who": name_of(child),
        "words": named.text,
        "words_title": f"{v.Origin(named.origin).label}, {when.moment(named.recorded_at)}",
        "submit": "Record the judgement",
        "back": back,
        "cancel": back,
    }


def offered(hits: Sequence[Hit], lines: Mapping[UUID, PersonLine]) -> list[tuple[str, str]]:
    """Return who may be meant, as choices with why."""
    return [
        (str(each.person_id), f"{_with_age(lines[each.person_id])}: {'; '.join(each.why)}")
        for each in hits
        if each.person_id in lines
    ]


def together_page(
    pairs: Sequence[Pair], places: Sequence[PlaceLine], lines: Mapping[UUID, PersonLine]
) -> dict[str, Any]:
    """Return the page of children who go missing together and of places that return."""
    return {
        "pairs": pairs_table(pairs, lines),
        "places": places_table(places, lines),
    }


@dataclass(frozen=True, kw_only=True)
class Around:
    """With whom a child goes missing, and which places keep returning."""

    companions: ui.Table
    places: ui.Table


def around(
    person_id: UUID,
    pairs: Sequence[Pair],
    places: Sequence[PlaceLine],
    lines: Mapping[UUID, PersonLine],
) -> Around:
    """Return what stands around one child's episodes, for the child's own page."""
    rows = [
        (
            _child(other, lines),
            len(pair.episodes),
            ui.Lines(tuple(str(each.label) for each in v.Together if each in pair.why)),
            when.day(pair.last_at),
        )
        for pair in pairs
        for other in pair.children
        if other != person_id and other in lines
    ]
    return Around(
        companions=ui.Table(
            caption="Missing together with",
            columns=(
                ui.Column("Child"),
                ui.Column("Times", numeric=True),
                ui.Column("What says so"),
                ui.Column("Last"),
            ),
            rows=rows,
            empty="Nothing puts this child together with another who was missing at the time.",
            noun=("child", "children"),
        ),
        places=ui.Table(
            caption="Places that keep returning",
            columns=(
                ui.Column("Place"),
                ui.Column("Episodes", numeric=True),
                ui.Column("Last"),
            ),
            rows=[
                (ui.Lines((each.name, _standing(each))), each.episodes, when.day(each.last_at))
                for each in places
            ],
            empty="No place was named in more than one of this child's episodes.",
            noun=("place", "places"),
        ),
    )


def pairs_table(pairs: Sequence[Pair], lines: Mapping[UUID, PersonLine]) -> ui.Table:
    """Return the children who were missing together, the most often first."""
    return ui.Table(
        caption="Children who go missing together",
        columns=(
            ui.Column("Children"),
            ui.Column("Times", numeric=True),
            ui.Column("What says so"),
            ui.Column("Last"),
        ),
        rows=[
            (
                ui.Lines(tuple(_child(each, lines) for each in pair.children)),
                len(pair.episodes),
                ui.Lines(tuple(str(each.label) for each in v.Together if each in pair.why)),
                when.day(pair.last_at),
            )
            for pair in pairs
            if all(each in lines for each in pair.children)
        ],
        empty="No two children whom you may see were missing together in the last six months.",
        noun=("pair", "pairs"),
    )


def places_table(places: Sequence[PlaceLine], lines: Mapping[UUID, PersonLine]) -> ui.Table:
    """Return the places named in more than one episode, the most often first."""
    return ui.Table(
        caption="Places that keep returning",
        columns=(
            ui.Column("Place"),
            ui.Column("Episodes", numeric=True),
            ui.Column("Children"),
            ui.Column("Last"),
        ),
        rows=[
            (
                ui.Lines((each.name, _standing(each))),
                each.episodes,
                ui.Lines(tuple(_child(one, lines) for one in each.children if one in lines)),
                when.day(each.last_at),
            )
            for each in places
        ],
        empty="No place was named in more than one episode in the last six months.",
        noun=("place", "places"),
    )


def _standing(place: PlaceLine) -> ui.Tag:
    if place.place_id is None:
        return ui.Tag("Named, not looked into", ui.Colour.YELLOW)
    return ui.Tag(place.strength or "Accepted", ui.Colour.GREEN)


def _child(person_id: UUID, lines: Mapping[UUID, PersonLine]) -> ui.Link:
    return ui.Link(_with_age(lines[person_id]), reverse("cases:missing_tab", args=[person_id]))
