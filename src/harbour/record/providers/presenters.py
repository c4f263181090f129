"""The register of homes as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from harbour.foundation.ui.components import (
    Column,
    Content,
    FilterPanel,
    Lines,
    Pagination,
    Table,
    Tag,
)
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.record.providers.forms import HomesFilter
from harbour.record.providers.models import Home

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
    name: Content = home.agency.name
    if home.closed_on is not None:
        name = Lines((home.agency.name, Tag("Closed", "grey")))
    contact = tuple(each for each in (home.manager, home.phone) if each)
    return (
        name,
        home.authority.name,
        home.urn or None,
        home.places,
        children,
        Lines(contact) if contact else None,
    )
