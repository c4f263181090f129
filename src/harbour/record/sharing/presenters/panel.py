"""How a child's record is shared: the tab of the child's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.kernel import clock
from harbour.foundation.ui.components import (
    Button,
    Buttons,
    Colour,
    Column,
    Content,
    Lines,
    Link,
    Table,
    Tag,
)
from harbour.foundation.ui.when import day, moment
from harbour.record.people import queries as people
from harbour.record.sharing import policy, queries
from harbour.record.sharing.models import Answer, Decline, Request, Share
from harbour.record.sharing.presenters.words import facets_text
from harbour.record.sharing.queries import Opening
from harbour.record.sharing.vocabulary import Gateway, Outcome, Purpose

NOT_TOLD = "Your role does not show how this record is shared."


@dataclass(frozen=True, kw_only=True)
class SharingPanel:
    """Who can see a child's record and why, what was asked, refused, and shared before."""

    may_see: bool
    not_told: str
    buttons: Buttons | None = None
    open_to: Table | None = None
    requests: Table | None = None
    declines: Table | None = None
    shares: Table | None = None


def sharing_panel(reader: Reader, person_id: UUID, *, now: datetime | None = None) -> SharingPanel:
    """Return the sharing part of a child's page; the page that shows it wrote the look."""
    at = now or clock.now()
    if not people.may_read(reader, person_id, Facet.SHARING):
        return SharingPanel(may_see=False, not_told=NOT_TOLD)
    may_share = policy.can_share(reader) and people.may_write(reader, person_id, Facet.SHARING)
    past = [each for each in queries.shares_of(reader, person_id) if is_over(each, at)]
    declines = queries.declines_of(reader, person_id)
    requests = queries.about_child(reader, person_id)
    return SharingPanel(
        may_see=True,
        not_told="",
        buttons=_buttons(person_id, may_share=may_share),
        open_to=_open_to(queries.openings(reader, person_id, at=at), may_share=may_share),
        requests=requests_table(requests, queries.answers(each.pk for each in requests))
        if requests
        else None,
        declines=declines_table(declines, may_share=may_share) if declines else None,
        shares=past_table(past) if past else None,
    )


def is_over(share: Share, now: datetime) -> bool:
    """Say whether a share was withdrawn or has expired."""
    return share.withdrawn_at is not None or (
        share.expires_at is not None and share.expires_at <= now
    )


def _buttons(person_id: UUID, *, may_share: bool) -> Buttons:
    printed = Link("Disclosure record to print", reverse("sharing:record", args=[person_id]))
    if not may_share:
        return Buttons((printed,))
    return Buttons(
        (
            Button("Share with an agency", reverse("sharing:share", args=[person_id])),
            Button(
                "Record that it is not shared",
                reverse("sharing:decline", args=[person_id]),
                kind="secondary",
            ),
            printed,
        )
    )


def _open_to(openings: list[Opening], *, may_share: bool) -> Table:
    return Table(
        caption="Who can see this record",
        columns=(Column("Who"), Column("Why"), Column("What"), Column("From and until")),
        rows=tuple(_opening(each, may_share=may_share) for each in openings),
        empty="Nobody can see this record any more.",
        noun=("audience", "audiences"),
    )


def _opening(each: Opening, *, may_share: bool) -> tuple[Content, ...]:
    why: list[Content] = [each.basis.label]
    span: list[Content] = [f"From {moment(each.starts_at)}"]
    span += [f"Until {moment(each.ends_at)}"] if each.ends_at else []
    span += [] if each.writes else ["For reading only"]
    if each.share is not None:
        why += _grounds(each.share)
        if may_share:
            about = f"what is shared with {each.audience}"
            span.append(Link("Extend", reverse("sharing:extend", args=[each.share.pk]), about))
            span.append(Link("Withdraw", reverse("sharing:withdraw", args=[each.share.pk]), about))
    return each.audience, Lines(tuple(why)), facets_text(each.facets), Lines(tuple(span))


def _grounds(share: Share) -> list[Content]:
    agreement = share.agreement
    rests_on: Content = "A decision for this child alone"
    if agreement is not None:
        rests_on = Link(agreement.title, reverse("sharing:agreement", args=[agreement.pk]))
    return [
        Purpose(share.purpose).label,
        Gateway(share.gateway).label,
        rests_on,
        f"{share.reason} ({share.recorded_by.name})",
    ]


def past_table(shares: list[Share]) -> Table:
    """Return what was shared once, with when and why it ended."""
    return Table(
        caption="Shared before",
        columns=(
            Column("With"),
            Column("What"),
            Column("What for, and why"),
            Column("From"),
            Column("Ended"),
        ),
        rows=tuple(
            (
                each.agency.name,
                facets_text(each.facets),
                Lines(tuple(_grounds(each))),
                moment(each.recorded_at),
                Lines(
                    (
                        moment(each.withdrawn_at or each.expires_at or each.recorded_at),
                        each.withdrawn_reason or "It had been shared until then.",
                    )
                ),
            )
            for each in shares
        ),
        empty="Nothing was shared before.",
        noun=("share", "shares"),
    )


def declines_table(declines: list[Decline], *, may_share: bool) -> Table:
    """Return what was not shared, with whom, why, and when that is looked at again."""
    return Table(
        caption="Not shared",
        columns=(Column("With"), Column("What"), Column("Why not"), Column("Decided")),
        rows=tuple(_decline(each, declines, may_share=may_share) for each in declines),
        empty="Nobody was refused.",
        noun=("refusal", "refusals"),
    )


def _decline(each: Decline, declines: list[Decline], *, may_share: bool) -> tuple[Content, ...]:
    newer = any(one.reconsiders_id == each.pk for one in declines)
    decided: list[Content] = [f"{moment(each.recorded_at)}, {each.recorded_by.name}"]
    if newer or queries.is_reconsidered(each.pk):
        decided.append(Tag("Reconsidered", Colour.GREY))
    else:
        decided.append(f"To be looked at again by {day(each.review_on)}")
        if may_share:
            decided.append(
                Link(
                    "Reconsider",
                    reverse("sharing:reconsider", args=[each.pk]),
                    f"what is not shared with {each.agency.name}",
                )
            )
    why = (Purpose(each.purpose).label, f"Considered: {Gateway(each.gateway).label}", each.reason)
    return each.agency.name, facets_text(each.facets), Lines(why), Lines(tuple(decided))


def requests_table(requests: list[Request], answers: Mapping[UUID, Answer]) -> Table:
    """Return who asked for what and how it was answered."""
    return Table(
        caption="Asked for",
        columns=(Column("Who asked"), Column("For what"), Column("Why"), Column("Answer")),
        rows=tuple(
            (
                Lines((each.agency.name, f"{each.recorded_by.name}, {moment(each.recorded_at)}")),
                Lines((facets_text(each.facets), each.what)),
                Lines((Purpose(each.purpose).label, each.reason)),
                answer_cell(each, answers.get(each.pk)),
            )
            for each in requests
        ),
        empty="Nobody asked for this record.",
        noun=("request", "requests"),
    )


def answer_cell(request: Request, answer: Answer | None) -> Content:
    """Return how a request was answered, or that it waits, with the way there."""
    href = reverse("sharing:request", args=[request.pk])
    about = f"the request of {request.agency.name}"
    if answer is None:
        return Lines((Tag("Waits for an answer", Colour.ORANGE), Link("Open", href, about)))
    colour = Colour.GREEN if answer.outcome == Outcome.SHARED else Colour.GREY
    return Lines(
        (
            Tag(Outcome(answer.outcome).label, colour),
            moment(answer.recorded_at),
            Link("Open", href, about),
        )
    )
