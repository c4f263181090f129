"""The pack, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.record.providers.models import Contact
from harbour.record.providers.presenters import contacts_table
from harbour.work.hosting.models import Pack, PackSent


@dataclass(frozen=True, kw_only=True)
class PacksPage:
    """Every version of the pack."""

    heading: str
    back: str
    issue: ui.Button
    versions: ui.Table
    given: ui.Table


def packs_page(versions: Sequence[Pack], given: Sequence[PackSent]) -> PacksPage:
    """Return the versions, and who has acknowledged the newest."""
    done = sum(each.acknowledged_at is not None for each in given)
    return PacksPage(
        heading="The looked-after pack",
        back=reverse("hosting:desk"),
        issue=ui.Button("Issue the next version", reverse("hosting:issue_pack"), kind="secondary"),
        versions=ui.Table(
            caption="Versions",
            columns=(ui.Column("Version"), ui.Column("Issued"), ui.Column("What is new")),
            rows=tuple(
                (
                    ui.Link(f"Version {each.number}", reverse("hosting:pack", args=[each.pk])),
                    f"{when.moment(each.recorded_at)}, {each.recorded_by.name}",
                    each.changed or None,
                )
                for each in versions
            ),
            empty="No pack was issued yet.",
            noun=("version", "versions"),
        ),
        given=ui.Table(
            caption=f"Given the newest version: {done} of {len(given)} have acknowledged it",
            columns=(ui.Column("To"), ui.Column("Given"), ui.Column("Acknowledged")),
            rows=tuple(
                (each.agency.name, when.moment(each.recorded_at), acknowledgement(each))
                for each in given
            ),
            empty="Nobody was given a pack yet.",
        ),
    )


def acknowledgement(sent: PackSent) -> ui.Content:
    """Return who acknowledged a version, and when."""
    if sent.acknowledged_at is None or sent.acknowledged_by is None:
        return ui.Tag("Not acknowledged", "orange")
    return f"{when.moment(sent.acknowledged_at)}, {sent.acknowledged_by.name}"


@dataclass(frozen=True, kw_only=True)
class PackPage:
    """One version of the pack."""

    heading: str
    paragraphs: tuple[str, ...]
    issued: str
    changed: str
    contacts: ui.Table
    acknowledge: ui.Button | None
    acknowledged: str


def pack_page(
    found: Pack, contacts: Sequence[Contact], own: PackSent | None, *, today: date
) -> PackPage:
    """Return one version to read; who was given it acknowledges it below."""
    waits = own is not None and own.acknowledged_at is None
    return PackPage(
        heading=f"Looked-after pack, version {found.number}",
        paragraphs=tuple(part for part in found.text.split("\n") if part.strip()),
        issued=f"Issued {when.moment(found.recorded_at)} by {found.recorded_by.name}.",
        changed=found.changed,
        contacts=contacts_table(contacts, caption="Whom to ring or write to", today=today),
        acknowledge=ui.Button(
            "We have received and read it",
            reverse("hosting:acknowledge_pack", args=[own.pk]),
            post=True,
        )
        if own is not None and waits
        else None,
        acknowledged="Your agency has acknowledged this version." if own and not waits else "",
    )
