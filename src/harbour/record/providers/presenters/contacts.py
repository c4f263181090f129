"""The directory of contacts, and which areas adjoin, as pages show them."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.components import (
    Button,
    Buttons,
    Column,
    Content,
    FilterPanel,
    Lines,
    Link,
    Pagination,
    Table,
    Tag,
)
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.foundation.ui.when import day
from harbour.record.providers import rules
from harbour.record.providers.forms import DirectoryFilter
from harbour.record.providers.models import Contact
from harbour.record.providers.vocabulary import ContactPurpose


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """The directory."""

    heading: str
    back: str
    filter: FilterPanel
    table: Table
    pagination: Pagination
    add: Link | None


def directory_page(
    form: DirectoryFilter,
    shown: Paged[Contact],
    wanted: Wanted,
    *,
    keeps: Container[UUID],
    may_add: bool,
    today: date,
) -> DirectoryPage:
    """Return the directory's page."""
    return DirectoryPage(
        heading="Directory of contacts",
        back=reverse("providers:homes"),
        filter=FilterPanel(form, keep=wanted.carried, clear="?"),
        table=contacts_table(
            shown.items,
            caption="Whom to ring or write to",
            today=today,
            keeps=keeps,
            total=shown.total,
            wanted=wanted,
        ),
        pagination=shown.pagination,
        add=Link("Add a contact", reverse("providers:add_contact")) if may_add else None,
    )


def contacts_table(
    contacts: Sequence[Contact],
    *,
    caption: str,
    today: date,
    keeps: Container[UUID] = (),
    total: int | None = None,
    wanted: Wanted | None = None,
) -> Table:
    """Return contacts as a table, each with how old it is."""
    return Table(
        caption=caption,
        columns=(
            Column("Agency", sort="agency" if wanted else ""),
            Column("For what", sort="purpose" if wanted else ""),
            Column("Reached by"),
            Column("Made sure of", sort="checked" if wanted else ""),
        ),
        rows=tuple(_row(each, today, keeps=each.agency_id in keeps) for each in contacts),
        empty="No contact answers to this. A lead or an emergency duty team that is added "
        "stands here.",
        total=total,
        wanted=wanted,
        noun=("contact", "contacts"),
    )


def _row(contact: Contact, today: date, *, keeps: bool) -> tuple[Content, ...]:
    reached = (contact.name, contact.phone, contact.email, contact.hours)
    purpose = ContactPurpose(contact.purpose).label
    return (
        contact.agency.name,
        purpose,
        Lines(tuple(each for each in reached if each)),
        Lines(_age(contact, today, f"{purpose}, {contact.agency.name}", keeps=keeps)),
    )


def _age(contact: Contact, today: date, about: str, *, keeps: bool) -> tuple[Content, ...]:
    if contact.ends_on is not None:
        return (Tag("Ended", "grey"), f"{day(contact.starts_on)} to {day(contact.ends_on)}")
    lines: list[Content] = [day(contact.checked_on)]
    if rules.is_stale(contact.checked_on, today=today):
        lines.insert(0, Tag("Make sure of it", "orange"))
    if keeps:
        buttons = tuple(
            Button(
                words,
                reverse(page, args=[contact.pk]),
                kind="secondary",
                post=True,
                about=about,
            )
            for words, page in (
                ("Still right", "providers:confirm_contact"),
                ("Ended", "providers:end_contact"),
            )
        )
        lines.append(Buttons(buttons))
    return tuple(lines)


@dataclass(frozen=True, kw_only=True)
class AreasPage:
    """Which areas adjoin."""

    heading: str
    back: str
    table: Table


def areas_page(authorities: Sequence[Agency], near: Mapping[UUID, set[UUID]]) -> AreasPage:
    """Return which areas adjoin, an authority a line."""
    names = {each.pk: each.name for each in authorities}
    return AreasPage(
        heading="Which areas adjoin",
        back=reverse("providers:homes"),
        table=Table(
            caption="Authorities and those that adjoin them",
            columns=(Column("Authority"), Column("Adjoined by")),
            rows=tuple(
                (
                    Link(each.name, reverse("providers:area", args=[each.pk])),
                    Lines(tuple(sorted(names[key] for key in near[each.pk] if key in names)))
                    if near[each.pk]
                    else None,
                )
                for each in authorities
            ),
            empty="No local authority is known to the hub.",
            noun=("authority", "authorities"),
        ),
    )
