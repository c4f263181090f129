"""The pages of a search and of registering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.components import Column, Content, Lines, Link, Table
from harbour.record.linkage import policy
from harbour.record.linkage.forms import Register, Relate, Search
from harbour.record.linkage.queries import Hit
from harbour.record.people.queries import PersonLine

COLUMNS = (Column("Child"), Column("Why found"), Column("Take care"), Column("Authority"))
EMPTY = (
    "Nobody whom you may see answers to this. Children who were not shared with your agency are "
    "never shown here. Try fewer letters, another spelling, or only the date of birth."
)


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """The search and, once asked, who was found."""

    form: Search
    table: Table | None
    may_register: bool
    carried: tuple[tuple[str, str], ...]
    refer: str
    emergency: str


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """The form that opens a record, under the children who may be the same."""

    form: Register
    table: Table | None
    carried: tuple[tuple[str, str], ...]
    heading: str = "Register a child"


@dataclass(frozen=True, kw_only=True)
class RelatePage:
    """The form that says who somebody is to a child."""

    form: Relate
    nobody: bool
    back: str
    cancel: str
    heading: str = "Add family or others"
    submit: str = "Continue"


def hits_table(hits: Sequence[Hit], lines: Mapping[UUID, PersonLine], caption: str) -> Table:
    """Return who was found as a table, the likeliest first."""
    shown = [(each, lines[each.person_id]) for each in hits if each.person_id in lines]
    return Table(
        caption=caption,
        columns=COLUMNS,
        rows=tuple(_row(hit, line) for hit, line in shown),
        empty=EMPTY,
        noun=("child", "children"),
    )


def _row(hit: Hit, line: PersonLine) -> tuple[Content, ...]:
    name = Link(line.name, reverse("cases:child", args=[hit.person_id]))
    who: Content = Lines((name, f"Age {line.age}")) if line.age is not None else name
    care: Content = Lines(tuple(hit.caution)) if hit.caution else "Nothing speaks against it"
    return who, Lines(tuple(hit.why)), care, line.responsible_name or "Not recorded"


def search_page(
    reader: Reader,
    form: Search,
    hits: Sequence[Hit] | None,
    lines: Mapping[UUID, PersonLine],
    carried: Mapping[str, str],
) -> SearchPage:
    """Return the search page; before anything was asked there is no table."""
    return SearchPage(
        form=form,
        table=hits_table(hits, lines, "Children found") if hits is not None else None,
        may_register=hits is not None and policy.can_register(reader),
        carried=tuple(carried.items()),
        refer=reverse("referrals:new"),
        emergency=reverse("emergency:start") if reader.may(Permission.BREAK_GLASS) else "",
    )


def register_page(
    form: Register, hits: Sequence[Hit], lines: Mapping[UUID, PersonLine], searched: str
) -> RegisterPage:
    """Return the registering page."""
    caption = "Children who may be this child"
    return RegisterPage(
        form=form,
        table=hits_table(hits, lines, caption) if hits else None,
        carried=(("searched", searched), ("stage", "register")),
    )


def offered(hits: Sequence[Hit], lines: Mapping[UUID, PersonLine]) -> list[tuple[str, str]]:
    """Return who was found as choices."""
    shown = [(each, lines[each.person_id]) for each in hits if each.person_id in lines]
    return [
        (str(line.id), f"{line.name}{_aged(line)}: {'; '.join(hit.why)}") for hit, line in shown
    ]


def _aged(line: PersonLine) -> str:
    return f", {line.age}" if line.age is not None else ""


def relate_page(form: Relate, person_id: UUID, *, found: Sequence[Hit]) -> RelatePage:
    """Return the page that adds a relation."""
    back = reverse("cases:people_places", args=[person_id])
    nobody = form.is_bound and not form.errors and not found
    return RelatePage(form=form, nobody=nobody, back=back, cancel=back)


def carried_query(data: Mapping[str, str], searched: str) -> dict[str, str]:
    """Return what was typed, to be carried on in the body of the next form and nowhere else."""
    names = ("given", "family", "born_day", "born_month", "born_year", "identifier", "phone")
    return {name: data.get(name, "") for name in names} | {"searched": searched}


def likely_authority(reader: Reader, authorities: Sequence[Agency]) -> str:
    """Return the authority to offer first: the reader's, where her team works for one alone."""
    own = [each for each in authorities if each.pk in reader.authority_ids]
    return str(own[0].pk) if len(own) == 1 else ""
