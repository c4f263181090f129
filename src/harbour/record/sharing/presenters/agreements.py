"""What agencies agreed, as pages show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import day
from harbour.record.sharing import policy
from harbour.record.sharing.models import Agreement
from harbour.record.sharing.presenters.words import facets_text
from harbour.record.sharing.vocabulary import AgreementState, Gateway, Purpose

COLOURS = {
    AgreementState.IN_FORCE: ui.Colour.GREEN,
    AgreementState.SUSPENDED: ui.Colour.ORANGE,
    AgreementState.ENDED: ui.Colour.GREY,
}


@dataclass(frozen=True, kw_only=True)
class AgreementPage:
    """One agreement as it stands, and how it came to stand so."""

    heading: str
    state: ui.Tag
    newer: str
    terms: ui.SummaryList
    buttons: ui.Buttons | None
    versions: ui.Timeline
    back: str


def state_tag(one: Agreement, today: date) -> ui.Tag:
    """Return whether shares can rest on an agreement today."""
    if one.state == AgreementState.IN_FORCE and one.ends_on is not None and one.ends_on < today:
        return ui.Tag("Over", ui.Colour.GREY)
    if one.state == AgreementState.IN_FORCE and one.starts_on > today:
        return ui.Tag(f"From {day(one.starts_on)}", ui.Colour.BLUE)
    state = AgreementState(one.state)
    return ui.Tag(state.label, COLOURS[state])


def agreements_table(
    found: Iterable[Agreement], parties: Mapping[UUID, Agency], *, today: date
) -> ui.Table:
    """Return every agreement in its newest version."""
    return ui.Table(
        caption="Agreements",
        columns=(
            ui.Column("Agreement"),
            ui.Column("Between"),
            ui.Column("For"),
            ui.Column("State"),
            ui.Column("Review by"),
        ),
        rows=tuple(
            (
                ui.Lines(
                    (
                        ui.Link(each.title, reverse("sharing:agreement", args=[each.pk])),
                        each.reference,
                    )
                ),
                _names(each, parties),
                ui.Lines(tuple(Purpose(code).label for code in each.purposes)),
                state_tag(each, today),
                ui.Lines((day(each.review_on), each.owner.name)),
            )
            for each in found
        ),
        empty="No agreement is kept yet. Without one each share is a decision for 28 days at most.",
        noun=("agreement", "agreements"),
    )


def _names(one: Agreement, parties: Mapping[UUID, Agency]) -> ui.Lines:
    return ui.Lines(tuple(sorted(parties[each].name for each in one.parties if each in parties)))


def agreement_page(
    reader: Reader,
    one: Agreement,
    versions: list[Agreement],
    parties: Mapping[UUID, Agency],
    *,
    today: date,
) -> AgreementPage:
    """Return one version of an agreement, with its successors and forerunners."""
    newest = versions[0]
    ends = day(one.ends_on) if one.ends_on else "No end of its own"
    return AgreementPage(
        heading=one.title,
        state=state_tag(newest, today),
        newer="" if newest.pk == one.pk else reverse("sharing:agreement", args=[newest.pk]),
        terms=ui.SummaryList(
            (
                ui.Row("Signed text", one.reference),
                ui.Row("Between", _names(one, parties)),
                ui.Row("For", ui.Lines(tuple(Purpose(each).label for each in one.purposes))),
                ui.Row(
                    "Powers and duties",
                    ui.Lines(tuple(Gateway(each).label for each in one.gateways)),
                ),
                ui.Row("Covers", facets_text(one.facets)),
                ui.Row("First day", day(one.starts_on)),
                ui.Row("Last day", ends),
                ui.Row("Review by", day(one.review_on)),
                ui.Row("Answers for it", f"{one.owner.name}, {one.owner.job}"),
            )
        ),
        buttons=_buttons(reader, newest) if newest.pk == one.pk else None,
        versions=ui.Timeline(tuple(_version(each) for each in versions)),
        back=reverse("sharing:agreements"),
    )


def _buttons(reader: Reader, one: Agreement) -> ui.Buttons | None:
    if not policy.can_keep(reader) or one.state == AgreementState.ENDED:
        return None
    return ui.Buttons(
        (
            ui.Button("Change the terms", reverse("sharing:change_agreement", args=[one.pk])),
            ui.Button(
                "Suspend or end it",
                reverse("sharing:move_agreement", args=[one.pk]),
                kind="secondary",
            ),
        )
    )


def _version(each: Agreement) -> ui.Event:
    state = AgreementState(each.state)
    return ui.Event(
        title=f"Version {each.number}: {state.label.lower()}",
        at=each.recorded_at,
        by=each.recorded_by.name,
        text=each.state_reason,
        href=reverse("sharing:agreement", args=[each.pk]),
    )


def initial(one: Agreement) -> dict[str, Any]:
    """Return the terms of an agreement as its form begins with them."""
    return {
        "title": one.title,
        "reference": one.reference,
        "parties": [str(each) for each in one.parties],
        "purposes": one.purposes,
        "gateways": one.gateways,
        "facets": one.facets,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "review_on": one.review_on,
        "owner": str(one.owner_id),
    }
