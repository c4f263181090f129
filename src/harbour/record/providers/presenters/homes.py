"""The register of homes and a home, as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.ui.components import (
    Column,
    Content,
    Event,
    FilterPanel,
    Lines,
    Link,
    Pagination,
    Row,
    SummaryList,
    Table,
    Tag,
    Timeline,
)
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.foundation.ui.when import day
from harbour.record.people.queries import PersonLine
from harbour.record.providers.forms import HomesFilter
from harbour.record.providers.models import Contact, Home, HomeChange, Placement
from harbour.record.providers.presenters.contacts import contacts_table
from harbour.record.providers.vocabulary import Distance, ProviderKind

COLUMNS = (
    Column("Home", sort="name"),
    Column("Sort", sort="kind"),
    Column("Where it stands", sort="authority"),
    Column("URN", sort="urn"),
    Column("Places", sort="places", numeric=True),
    Column("Children you may see there", numeric=True),
    Column("Manager and telephone"),
)


# The columns of an entry, as a person would say them.
FIELDS = {
    "kind": "Sort of provider",
    "urn": "Ofsted URN",
    "places": "Places",
    "manager": "Registered manager",
    "phone": "Telephone",
    "opened_on": "Opened",
    "closed_on": "Closed",
}


@dataclass(frozen=True, kw_only=True)
class HomesPage:
    """The register."""

    heading: str
    filter: FilterPanel
    table: Table
    pagination: Pagination
    links: tuple[Link, ...]


def homes_page(
    form: HomesFilter,
    shown: Paged[Home],
    wanted: Wanted,
    children: Mapping[UUID, int],
    *,
    may_keep: bool,
) -> HomesPage:
    """Return the register's page."""
    carried = f"{reverse('providers:export')}{wanted.href()}"
    links = [
        Link("Directory of contacts", reverse("providers:contacts")),
        Link("Download these homes as CSV", carried),
    ]
    if may_keep:
        links.insert(0, Link("Add a home or other provider", reverse("providers:add_home")))
        links.append(Link("Which areas adjoin", reverse("providers:areas")))
    return HomesPage(
        heading="Children's homes",
        links=tuple(links),
        filter=FilterPanel(form, keep=wanted.carried, clear="?"),
        table=Table(
            caption="Homes in the register",
            columns=COLUMNS,
            rows=tuple(_row(each, children.get(each.pk, 0)) for each in shown.items),
            empty="No home of the register answers to this. Clear the filter to see all of them.",
            total=shown.total,
            wanted=wanted,
            noun=("home", "homes"),
        ),
        pagination=shown.pagination,
    )


def _row(home: Home, children: int) -> tuple[Content, ...]:
    name: Content = Link(home.agency.name, reverse("providers:home", args=[home.pk]))
    if home.closed_on is not None:
        name = Lines((name, Tag("Closed", "grey")))
    contact = tuple(each for each in (home.manager, home.phone) if each)
    return (
        name,
        ProviderKind(home.kind).label,
        home.authority.name,
        home.urn or None,
        home.places,
        children,
        Lines(contact) if contact else None,
    )


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form of this room."""

    form: BaseForm
    heading: str
    back: str
    cancel: str
    lede: str = ""
    submit: str = "Save"


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """One home."""

    heading: str
    back: str
    entry: SummaryList
    children: Table
    contacts: Table
    add_contact: Link | None
    history: Timeline


@dataclass(frozen=True, kw_only=True)
class AtHome:
    """What a home's page tells of."""

    home: Home
    children: Sequence[tuple[Placement, PersonLine]]
    far: Mapping[UUID, Distance]
    contacts: Sequence[Contact]
    changes: Sequence[HomeChange]


def home_page(found: AtHome, *, may_keep: bool, keeps_contacts: bool, today: date) -> HomePage:
    """Return a home's page: its entry, its contacts, its history, and the children seen there."""
    home = found.home
    rows: tuple[tuple[str, Content], ...] = (
        ("Sort of provider", ProviderKind(home.kind).label),
        ("Where it stands", home.authority.name),
        ("Ofsted URN", home.urn or None),
        ("Places", home.places),
        ("Registered manager", home.manager or None),
        ("Telephone", home.phone or None),
        ("Opened", day(home.opened_on) if home.opened_on else None),
        ("Closed", day(home.closed_on) if home.closed_on else "Open"),
    )
    address = reverse("providers:change_home", args=[home.pk])
    change = Link("Change", address, about="this home's entry")
    return HomePage(
        heading=home.agency.name,
        back=reverse("providers:homes"),
        entry=SummaryList(
            rows=tuple(Row(key, value) for key, value in rows),
            title="In the register",
            actions=(change,) if may_keep else (),
        ),
        children=_children(found),
        contacts=contacts_table(
            found.contacts,
            caption="Contacts",
            today=today,
            keeps={home.agency_id} if keeps_contacts else set(),
        ),
        add_contact=Link(
            "Add a contact", f"{reverse('providers:add_contact')}?agency={home.agency_id}"
        )
        if keeps_contacts
        else None,
        history=_history(found.changes),
    )


def _children(found: AtHome) -> Table:
    return Table(
        caption="Children who live there and whom you may see",
        columns=(
            Column("Child"), Column("Responsible authority"), Column("How far"), Column("Since"),
        ),
        rows=tuple(
            (
                Link(_named(line), reverse("cases:child", args=[line.id])),
                line.responsible_name or None,
                found.far[placement.pk].value,
                day(placement.starts_on),
            )
            for placement, line in found.children
        ),
        empty="No child you may see lives there.",
        noun=("child", "children"),
    )  # fmt: skip


def _history(changes: Sequence[HomeChange]) -> Timeline:
    return Timeline(
        tuple(
            Event(
                title=f"{FIELDS.get(each.field, each.field)}: {_said(each.field, each.after)}",
                at=each.recorded_at,
                by=each.recorded_by.name,
                text=f"Before: {_said(each.field, each.before)}",
            )
            for each in changes
        ),
        empty="Nothing was changed since it was entered.",
    )


def _said(field: str, text: str) -> str:
    if field == "kind" and text in ProviderKind.values:
        return ProviderKind(text).label
    return text or "nothing"


def _named(line: PersonLine) -> str:
    return line.name if line.age is None else f"{line.name}, {line.age}"
