"""How a child's record is shared, as pages show it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.kernel import clock
from harbour.foundation.ui.components import Button, Column, Content, Lines, Link, Table
from harbour.foundation.ui.when import moment
from harbour.record.people import queries as people
from harbour.record.people.vocabulary import EVERY_FACET
from harbour.record.sharing import policy, queries
from harbour.record.sharing.models import Share
from harbour.record.sharing.queries import Opening
from harbour.record.sharing.vocabulary import Gateway, Purpose

FACETS: dict[str, str] = {
    Facet.IDENTITY: "Who the child is",
    Facet.CONTACT: "Addresses, telephones, school and family",
    Facet.PLACEMENT: "Placements and care status",
    Facet.REFERRAL: "Concerns that were sent",
    Facet.ASSESSMENT: "Assessments",
    Facet.CASE: "Harm, risk grade, plan and notes",
    Facet.MISSING: "Missing episodes and return interviews",
    Facet.MEETING: "What was said at meetings",
    Facet.SHARING: "Who else sees the record",
}
NOT_TOLD = "Your role does not show how this record is shared."


@dataclass(frozen=True, kw_only=True)
class SharingPanel:
    """Who can see a child's record and why, and what was shared before."""

    may_see: bool
    not_told: str
    share: Button | None
    open_to: Table | None
    shares: Table | None


def sharing_panel(reader: Reader, person_id: UUID, *, now: datetime | None = None) -> SharingPanel:
    """Return the sharing part of a child's page; the page that shows it wrote the look."""
    moment_now = now or clock.now()
    if not people.may_read(reader, person_id, Facet.SHARING):
        return SharingPanel(may_see=False, not_told=NOT_TOLD, share=None, open_to=None, shares=None)
    may_share = policy.can_share(reader) and people.may_write(reader, person_id, Facet.SHARING)
    openings = queries.openings(reader, person_id, at=moment_now)
    past = [each for each in queries.shares_of(reader, person_id) if _is_over(each, moment_now)]
    start = Button("Share with an agency", reverse("sharing:share", args=[person_id]))
    return SharingPanel(
        may_see=True,
        not_told="",
        share=start if may_share else None,
        open_to=_open_to(openings, may_share=may_share),
        shares=_past(past) if past else None,
    )


def _is_over(share: Share, now: datetime) -> bool:
    return share.withdrawn_at is not None or (
        share.expires_at is not None and share.expires_at <= now
    )


def facets_text(facets: tuple[str, ...]) -> Content:
    """Return parts of a record in words; everything as one word."""
    if set(facets) >= set(EVERY_FACET):
        return "Everything"
    return Lines(tuple(FACETS[each] for each in FACETS if each in facets))


def _open_to(openings: list[Opening], *, may_share: bool) -> Table:
    return Table(
        caption="Who can see this record",
        columns=(
            Column("Who"),
            Column("Why"),
            Column("What"),
            Column("From and until"),
        ),
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
        why += [Purpose(each.share.purpose).label, Gateway(each.share.gateway).label]
        why += [f"{each.share.reason} ({each.share.recorded_by.name})"]
        if may_share:
            href = reverse("sharing:withdraw", args=[each.share.pk])
            span.append(Link("Withdraw", href, about=f"what is shared with {each.audience}"))
    return each.audience, Lines(tuple(why)), facets_text(each.facets), Lines(tuple(span))


def _past(shares: list[Share]) -> Table:
    return Table(
        caption="Shared before",
        columns=(Column("With"), Column("What"), Column("Ended"), Column("Why it ended")),
        rows=tuple(
            (
                each.agency.name,
                facets_text(tuple(each.facets)),
                moment(each.withdrawn_at or each.expires_at or each.recorded_at),
                each.withdrawn_reason or "It had been shared until then.",
            )
            for each in shares
        ),
        empty="Nothing was shared before.",
        noun=("share", "shares"),
    )
