"""The register of homes, a home, and where a child lives, as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.ui.components import (
    Column,
    Content,
    FilterPanel,
    Lines,
    Link,
    Pagination,
    Row,
    SummaryList,
    Table,
    Tag,
)
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.foundation.ui.when import day
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine
from harbour.record.providers import policy, queries
from harbour.record.providers import vocabulary as v
from harbour.record.providers.forms import HomesFilter
from harbour.record.providers.models import Home, Placement

COLUMNS = (
    Column("Home", sort="name"),
    Column("Where it stands", sort="authority"),
    Column("URN", sort="urn"),
    Column("Places", sort="places", numeric=True),
    Column("Children you may see there", numeric=True),
    Column("Manager and telephone"),
)


@dataclass(frozen=True, kw_only=True)
class HomesPage:
    """The register."""

    heading: str
    filter: FilterPanel
    table: Table
    pagination: Pagination


def homes_page(
    form: HomesFilter, shown: Paged[Home], wanted: Wanted, children: Mapping[UUID, int]
) -> HomesPage:
    """Return the register's page."""
    return HomesPage(
        heading="Children's homes",
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


def home_page(
    home: Home, children: Sequence[tuple[Placement, PersonLine]], *, may_keep: bool
) -> HomePage:
    """Return a home's page: its entry, and the children the reader may see who live there."""
    rows: tuple[tuple[str, Content], ...] = (
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
        children=Table(
            caption="Children who live there and whom you may see",
            columns=(Column("Child"), Column("Responsible authority"), Column("Since")),
            rows=tuple(
                (
                    Link(_named(line), reverse("cases:child", args=[line.id])),
                    line.responsible_name or None,
                    day(placement.starts_on),
                )
                for placement, line in children
            ),
            empty="No child you may see lives there.",
            noun=("child", "children"),
        ),
    )


def _named(line: PersonLine) -> str:
    return line.name if line.age is None else f"{line.name}, {line.age}"


def present_place(placement: Placement | None) -> str:
    """Return in a sentence where a child lives now."""
    if placement is None:
        return "Where the child lives now is not recorded."
    return f"Now: {place_words(placement)}, since {day(placement.starts_on)}."


def place_words(placement: Placement) -> str:
    """Return a placement in words: the home, or what sort of place it is."""
    sort = v.PLACEMENT_TYPES.get(placement.placement_type, "")
    if placement.home is not None:
        return placement.home.agency.name
    return sort or "A placement that is not described"


def placement_card(reader: Reader, person_id: UUID) -> SummaryList | None:
    """Return where a child lived and lives, the latest first; nothing to one who may not know."""
    if not people.may_read(reader, person_id, Facet.PLACEMENT.value):
        return None
    writes = policy.can_keep(reader) and people.may_write(reader, person_id, Facet.PLACEMENT.value)
    found = list(queries.placements(reader, person_id))
    rows: Iterable[Row] = (_lived(each, ends=writes) for each in found)
    nowhere = (Row("Now", "Not recorded"),)
    move = Link("Record where the child lives", reverse("providers:place", args=[person_id]))
    return SummaryList(
        rows=tuple(rows) or nowhere,
        title="Where the child is placed",
        actions=(move,) if writes else (),
    )


def _lived(placement: Placement, *, ends: bool) -> Row:
    until = day(placement.ends_on) if placement.ends_on else "now"
    host = placement.host.name if placement.host else ""
    lines: list[Content] = [place_words(placement)]
    sort = v.PLACEMENT_TYPES.get(placement.placement_type, "")
    if sort and placement.home is not None:
        lines.append(sort)
    if host:
        lines.append(f"In the area of {host}")
    end = Link(
        "End",
        reverse("providers:end", args=[placement.pk]),
        about=f"the placement at {place_words(placement)}",
    )
    return Row(
        f"{day(placement.starts_on)} to {until}",
        Lines(tuple(lines)),
        (end,) if ends and placement.ends_on is None else (),
    )
