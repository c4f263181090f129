"""What takes two people, as the second and the first read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.approvals import policy
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.approvals.queries import title
from harbour.foundation.approvals.vocabulary import Decision
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.when import moment
from harbour.record.people.queries import PersonLine

COLOURS = {
    Decision.APPROVED: ui.Colour.GREEN,
    Decision.REFUSED: ui.Colour.RED,
    Decision.WITHDRAWN: ui.Colour.GREY,
}


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for the reader, and what she asked for."""

    waiting: ui.Table
    mine: ui.Table


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """One proposal: what would be done, why, by whom; and the two ways to decide it."""

    heading: str
    facts: ui.SummaryList
    form: Form | None
    mark: str
    withdraw: ui.Button | None
    use: ui.Button | None
    closed: str


def queue(
    waiting: Iterable[Proposal],
    mine: Iterable[Proposal],
    people: Mapping[UUID, PersonLine],
    *,
    at: datetime,
) -> Queue:
    """Return the two lists."""
    return Queue(
        waiting=ui.Table(
            caption="Waiting for you",
            columns=(
                ui.Column("What"),
                ui.Column("About"),
                ui.Column("Proposed by"),
                ui.Column("Runs out"),
                ui.Column("Decide", hidden=True),
            ),
            rows=[
                (
                    title(each),
                    about(each, people),
                    ui.Lines((each.proposed_by.name, each.proposed_by.job)),
                    ui.Clock(each.expires_at, at),
                    ui.Link("Decide", reverse("oversight:proposal", args=[each.pk]), about=str(n)),
                )
                for n, each in enumerate(waiting, start=1)
            ],
            empty="Nothing waits for you as the second person.",
            noun=("proposal", "proposals"),
        ),
        mine=ui.Table(
            caption="What you proposed",
            columns=(ui.Column("What"), ui.Column("About"), ui.Column("When"), ui.Column("State")),
            rows=[
                (
                    ui.Link(title(each), reverse("oversight:proposal", args=[each.pk])),
                    about(each, people),
                    moment(each.proposed_at),
                    state(each, at=at),
                )
                for each in mine
            ],
            empty="You proposed nothing that takes two people.",
            noun=("proposal", "proposals"),
        ),
    )


def proposal_page(
    proposal: Proposal,
    people: Mapping[UUID, PersonLine],
    form: Form | None,
    *,
    reader: Reader,
    at: datetime,
) -> ProposalPage:
    """Return the page of one proposal, for who decides it or who proposed it."""
    mine = proposal.proposed_by_id == reader.user_id
    is_open = not proposal.decision and at < proposal.expires_at
    return ProposalPage(
        heading=title(proposal),
        facts=_facts(proposal, people, at=at),
        form=form if policy.can_decide(reader, proposal, at) else None,
        mark=bytes(proposal.payload_sha256).hex(),
        withdraw=ui.Button(
            "Take it back",
            reverse("oversight:withdraw", args=[proposal.pk]),
            kind="secondary",
            post=True,
        )
        if mine and is_open
        else None,
        use=_use(proposal) if policy.can_use(reader, proposal, at) else None,
        closed="" if is_open else "This is no longer open.",
    )


def about(proposal: Proposal, people: Mapping[UUID, PersonLine]) -> ui.Content:
    """Return what a proposal is about: the child, where the reader may know of one."""
    if proposal.person_id and proposal.person_id in people:
        return ui.Lines((people[proposal.person_id].name, proposal.summary))
    return proposal.summary


def state(proposal: Proposal, *, at: datetime) -> ui.Tag:
    """Return what became of a proposal in one word."""
    if proposal.decision:
        decision = Decision(proposal.decision)
        used = decision is Decision.APPROVED and proposal.carried_out_at is not None
        return ui.Tag("Done" if used else str(decision.label), COLOURS[decision])
    if at >= proposal.expires_at:
        return ui.Tag("Ran out", ui.Colour.GREY)
    return ui.Tag("Waiting", ui.Colour.YELLOW)


def _facts(
    proposal: Proposal, people: Mapping[UUID, PersonLine], *, at: datetime
) -> ui.SummaryList:
    rows = [
        ui.Row("What would be done", title(proposal)),
        ui.Row("About", about(proposal, people)),
        ui.Row("Why", proposal.reason),
        ui.Row("Proposed by", f"{proposal.proposed_by.name}, {proposal.proposed_by.job}"),
        ui.Row("Proposed", moment(proposal.proposed_at)),
        ui.Row("State", state(proposal, at=at)),
    ]
    if not proposal.decision:
        rows.append(ui.Row("Runs out", ui.Clock(proposal.expires_at, at)))
    if proposal.decided_by and proposal.decided_at:
        rows.append(
            ui.Row("Decided by", f"{proposal.decided_by.name}, {moment(proposal.decided_at)}")
        )
    if proposal.note:
        rows.append(ui.Row("Note", proposal.note))
    rows.append(ui.Row("Mark of exactly this", bytes(proposal.payload_sha256).hex()[:16]))
    return ui.SummaryList(tuple(rows))


def _use(proposal: Proposal) -> ui.Button | None:
    """Return the button that uses a permission, at the address the deed's room gave it."""
    try:
        return ui.Button(
            title(proposal),
            reverse(proposal.code.replace(".", ":"), args=[proposal.pk]),
            post=True,
        )
    except NoReverseMatch:
        return None
