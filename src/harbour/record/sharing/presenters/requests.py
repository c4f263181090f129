"""What agencies ask of each other, as pages show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import day, moment
from harbour.record.people.queries import PersonLine
from harbour.record.sharing import policy
from harbour.record.sharing.models import Answer, Request
from harbour.record.sharing.presenters.panel import answer_cell
from harbour.record.sharing.presenters.words import facets_text
from harbour.record.sharing.vocabulary import Outcome, Purpose


@dataclass(frozen=True, kw_only=True)
class SharingPage:
    """Requests that wait, requests of one's own agency, and the way to agreements."""

    waiting: ui.Table | None
    asked: ui.Table | None
    ask: ui.Button | None
    agreements: str
    pagination: ui.Pagination | None


def described(one: Request, children: Mapping[UUID, PersonLine]) -> str:
    """Return which child is meant, as far as it was said."""
    if one.person_id is not None:
        known = children.get(one.person_id)
        return known.name if known else "A child whom you may not see now"
    name = " ".join(part for part in (one.given, one.family) if part)
    return f"{name}, born {day(one.born_on)}" if one.born_on else name


def waiting_table(requests: Iterable[Request], children: Mapping[UUID, PersonLine]) -> ui.Table:
    """Return what the reader's partnership has not answered yet."""
    return ui.Table(
        caption="Waiting for your answer",
        columns=(
            ui.Column("Child"),
            ui.Column("Who asks"),
            ui.Column("For what"),
            ui.Column("Since"),
        ),
        rows=tuple(
            (
                ui.Link(described(each, children), reverse("sharing:request", args=[each.pk])),
                each.agency.name,
                ui.Lines((Purpose(each.purpose).label, facets_text(each.facets))),
                moment(each.recorded_at),
            )
            for each in requests
        ),
        empty="No request waits for an answer.",
        noun=("request", "requests"),
    )


def asked_table(
    requests: Iterable[Request],
    answers: Mapping[UUID, Answer],
    children: Mapping[UUID, PersonLine],
    *,
    total: int,
) -> ui.Table:
    """Return what the reader's own agency asked."""
    return ui.Table(
        caption="Asked by your agency",
        columns=(ui.Column("Child"), ui.Column("Whom"), ui.Column("When"), ui.Column("Answer")),
        rows=tuple(
            (
                described(each, children),
                each.authority.name,
                ui.Lines((moment(each.recorded_at), each.recorded_by.name)),
                answer_cell(each, answers.get(each.pk)),
            )
            for each in requests
        ),
        empty="Your agency has asked for nothing yet.",
        total=total,
        noun=("request", "requests"),
    )


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """One request: what was asked and said, and to those who answer, which child may be meant."""

    heading: str
    asked: ui.SummaryList
    answers: ui.Timeline
    may_answer: bool
    children: tuple["Candidate", ...]
    nobody: str
    back: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A child who may be meant, with the two answers."""

    who: ui.Link
    share: ui.Button
    decline: ui.Button


def request_page(
    reader: Reader, one: Request, said: list[Answer], likely: list[PersonLine]
) -> RequestPage:
    """Return a request as its two sides see it: who asked sees the answer and nothing behind it."""
    may_answer = policy.can_answer(reader, authority_id=one.authority_id, answered=bool(said))
    known = {each.id: each for each in likely}
    return RequestPage(
        heading=f"{one.agency.name} asks {one.authority.name}",
        asked=ui.SummaryList(
            (
                ui.Row("Child", described(one, known)),
                ui.Row("Parts of the record", facets_text(one.facets)),
                ui.Row("What for", Purpose(one.purpose).label),
                ui.Row("What they need to know", one.what),
                ui.Row("Why", one.reason),
                ui.Row("Asked", f"{moment(one.recorded_at)}, {one.recorded_by.name}"),
            )
        ),
        answers=ui.Timeline(
            tuple(
                ui.Event(
                    title=Outcome(each.outcome).label,
                    at=each.recorded_at,
                    by=each.recorded_by.name,
                    text=each.words,
                )
                for each in said
            ),
            empty="It waits for an answer.",
            heading_level=3,
        ),
        may_answer=may_answer,
        children=tuple(_candidate(one, each) for each in likely) if may_answer else (),
        nobody=reverse("sharing:nobody", args=[one.pk]),
        back=reverse("sharing:home"),
    )


def _candidate(one: Request, child: PersonLine) -> Candidate:
    age = f", {child.age}" if child.age is not None else ""
    return Candidate(
        who=ui.Link(f"{child.name}{age}", reverse("cases:child", args=[child.id])),
        share=ui.Button(
            "Share", reverse("sharing:answer_share", args=[one.pk, child.id]), about=child.name
        ),
        decline=ui.Button(
            "Do not share",
            reverse("sharing:answer_decline", args=[one.pk, child.id]),
            kind="secondary",
            about=child.name,
        ),
    )
