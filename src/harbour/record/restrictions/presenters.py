"""Restrictions as pages show them, to those who are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.forms import Form
from harbour.record.people import queries as people
from harbour.record.people.models import Address, Dated, Phone
from harbour.record.people.queries import ChildHeader, PersonLine
from harbour.record.restrictions import policy, queries
from harbour.record.restrictions.models import Lookout, Named, Restriction
from harbour.record.restrictions.vocabulary import How, Kind, SealedRow
from harbour.record.sharing.presenters import facets_text

SILENT = "Only those named see this page. Nobody else is told that the record is restricted."


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form about a restriction."""

    form: Form
    heading: str
    submit: str
    back: str
    cancel: str
    lede: str = ""
    submit_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class RestrictionPage:
    """One restriction: what it hides, who is named, and who looked."""

    back: str
    heading: str
    facts: ui.SummaryList
    named: ui.Table
    buttons: ui.Buttons | None
    waiting: ui.Banner | None
    lookouts: ui.Table | None
    read: ui.Button | None
    silent: str = SILENT


@dataclass(frozen=True, kw_only=True)
class MinePage:
    """The restrictions that name the reader."""

    heading: str
    table: ui.Table


@dataclass(frozen=True, kw_only=True)
class RestrictionsPanel:
    """What stands on a child's page, for those named and for those who may restrict."""

    restrictions: ui.Table | None
    restrict: ui.Button | None
    seals: ui.Table | None


def what_is_hidden(restriction: Restriction) -> ui.Content:
    """Return what a restriction closes, in words."""
    if restriction.whole:
        return "The whole record"
    if restriction.facets:
        return facets_text(tuple(restriction.facets))
    return "One address or telephone number"


def restrictions_panel(reader: Reader, person_id: UUID) -> RestrictionsPanel:
    """Return the part of a child's page about restrictions; empty for who neither sees nor may."""
    standing = queries.of_person(reader, person_id)
    may = policy.can_restrict(reader) and people.may_write(reader, person_id, "sharing")
    restrict = reverse("restrictions:restrict", args=[person_id])
    rows = queries.sealable_rows(reader, person_id) if may else []
    return RestrictionsPanel(
        restrictions=_standing(standing) if standing else None,
        restrict=ui.Button("Restrict to named people", restrict, kind="secondary") if may else None,
        seals=_sealable(person_id, rows) if rows else None,
    )


def _standing(rows: Sequence[Restriction]) -> ui.Table:
    return ui.Table(
        caption="For named people only",
        columns=(ui.Column("What"), ui.Column("Why"), ui.Column("Owner"), ui.Column("Review")),
        rows=tuple(
            (
                ui.Lines((what_is_hidden(each), _link(each))),
                Kind(each.kind).label,
                each.owner.name,
                when.day(each.review_on),
            )
            for each in rows
        ),
        empty="Nothing of this record is restricted.",
        noun=("restriction", "restrictions"),
    )


def _link(each: Restriction, about: str = "") -> ui.Link:
    href = reverse("restrictions:restriction", args=[each.pk])
    return ui.Link("Open the restriction", href, about=about)


def _sealable(person_id: UUID, rows: Sequence[tuple[SealedRow, Dated]]) -> ui.Table:
    return ui.Table(
        caption="Addresses and telephone numbers",
        columns=(ui.Column("Which"), ui.Column("Who sees it")),
        rows=tuple((row_words(row), _seal(person_id, kind, row)) for kind, row in rows),
        empty="There is none.",
        noun=("row", "rows"),
    )


def _seal(person_id: UUID, kind: SealedRow, row: Dated) -> ui.Content:
    if cast("Address | Phone", row).seal is not None:
        return "Sealed"
    href = reverse("restrictions:seal", args=[person_id, kind.value, row.pk])
    return ui.Link("Seal", href, about=str(kind.label).lower())


def row_words(row: Dated) -> str:
    """Return an address or a number in one line."""
    if isinstance(row, Phone):
        return row.number
    place = cast("Address", row).place
    parts = (place.name, place.street, place.locality, place.postcode)
    return ", ".join(filter(None, parts)) or "Address"


# One restriction


def restriction_page(
    reader: Reader,
    restriction: Restriction,
    child: ChildHeader,
    *,
    now: datetime,
) -> RestrictionPage:
    """Return one restriction with what this reader may do; lookouts are for its owner."""
    may = policy.can_restrict(reader) and restriction.lifted_at is None
    waiting = queries.proposal_to_lift(reader, restriction.pk, at=now) is not None
    is_owner = restriction.owner_id == reader.user_id
    seen = queries.lookouts(reader, restriction.pk) if is_owner else []
    return RestrictionPage(
        back=reverse("cases:sharing", args=[restriction.person_id]),
        heading=f"Restriction of the record of {child.name}",
        facts=_facts(restriction, clock.london_date(now)),
        named=_named(queries.named_in(reader, restriction.pk), restriction, may=may),
        buttons=_buttons(restriction, waiting=waiting) if may else None,
        waiting=_waiting() if waiting else None,
        lookouts=_lookouts(seen) if is_owner else None,
        read=_read(restriction) if any(each.read_at is None for each in seen) else None,
    )


def _facts(restriction: Restriction, today: date) -> ui.SummaryList:
    overdue = restriction.lifted_at is None and restriction.review_on <= today
    review: ui.Content = when.day(restriction.review_on)
    rows = [
        ui.Row("What is hidden", what_is_hidden(restriction)),
        ui.Row("Why", ui.Lines((Kind(restriction.kind).label, restriction.reason))),
        ui.Row("Owner", f"{restriction.owner.name}, {restriction.owner.job}"),
        ui.Row(
            "Since",
            f"{when.moment(restriction.recorded_at)}, by {restriction.recorded_by.name}",
        ),
        ui.Row(
            "Review",
            ui.Lines((review, ui.Tag("Due", ui.Colour.ORANGE))) if overdue else review,
        ),
    ]
    if restriction.lifted_at is not None and restriction.lifted_by is not None:
        lifted = f"{when.moment(restriction.lifted_at)}, approved by {restriction.lifted_by.name}"
        rows.append(ui.Row("Lifted", ui.Lines((lifted, restriction.lifted_reason))))
    return ui.SummaryList(tuple(rows))


def _named(rows: Sequence[Named], restriction: Restriction, *, may: bool) -> ui.Table:
    return ui.Table(
        caption="Who is named",
        columns=(ui.Column("Who"), ui.Column("From and until"), ui.Column("", hidden=True)),
        rows=tuple(_named_row(each, restriction, may=may) for each in rows),
        empty="Nobody is named.",
        noun=("person", "people"),
    )


def _named_row(each: Named, restriction: Restriction, *, may: bool) -> tuple[ui.Content, ...]:
    span: list[ui.Content] = [
        f"From {when.moment(each.recorded_at)}, by {each.recorded_by.name}",
    ]
    if each.ended_at is not None and each.ended_by is not None:
        span += [f"Until {when.moment(each.ended_at)}, by {each.ended_by.name}", each.ended_reason]
    act: ui.Content = "Owner" if each.user_id == restriction.owner_id else ""
    if may and not act and each.ended_at is None:
        href = reverse("restrictions:unname", args=[each.pk])
        act = ui.Link("Take out", href, about=each.user.name)
    return f"{each.user.name}, {each.user.job}", ui.Lines(tuple(span)), act


def _buttons(restriction: Restriction, *, waiting: bool) -> ui.Buttons:
    def leads(name: str) -> str:
        return reverse(f"restrictions:{name}", args=[restriction.pk])

    buttons = [
        ui.Button("Name another person", leads("name")),
        ui.Button("Record a review", leads("review"), kind="secondary"),
    ]
    if not waiting:
        buttons.append(ui.Button("Propose to lift it", leads("lift"), kind="secondary"))
    return ui.Buttons(tuple(buttons))


def _waiting() -> ui.Banner:
    return ui.Banner(
        "Lifting it is proposed. It waits for somebody else who is named and may restrict records; "
        "the proposal runs out a day after it was made.",
        title="Waiting for a second person",
    )


def _lookouts(rows: Sequence[Lookout]) -> ui.Table:
    return ui.Table(
        caption="Who looked for it and is not named",
        columns=(ui.Column("When"), ui.Column("Who"), ui.Column("How")),
        rows=tuple(
            (
                ui.Lines((when.moment(each.at), ui.Tag("New", ui.Colour.BLUE)))
                if each.read_at is None
                else when.moment(each.at),
                f"{each.by.name}, {each.by.job}",
                How(each.how).label,
            )
            for each in rows
        ),
        empty="Nobody did.",
        noun=("time", "times"),
    )


def _read(restriction: Restriction) -> ui.Button:
    href = reverse("restrictions:read", args=[restriction.pk])
    return ui.Button("I have read these", href, post=True, kind="secondary")


# The list


def mine_page(
    reader: Reader, rows: Sequence[Restriction], people_seen: Mapping[UUID, PersonLine]
) -> MinePage:
    """Return the restrictions that name the reader, with what she has to read of each."""
    return MinePage(
        heading="Records for named people only",
        table=ui.Table(
            caption="Restrictions that name you",
            columns=(
                ui.Column("Child"),
                ui.Column("What is hidden"),
                ui.Column("Owner"),
                ui.Column("Review"),
                ui.Column("Looked for", numeric=True),
            ),
            rows=tuple(_mine_row(reader, each, people_seen) for each in rows),
            empty="No restriction names you.",
            noun=("restriction", "restrictions"),
        ),
    )


def _mine_row(
    reader: Reader, each: Restriction, people_seen: Mapping[UUID, PersonLine]
) -> tuple[ui.Content, ...]:
    line = people_seen.get(each.person_id)
    name = line.name if line else "A child your role does not show"
    new = int(getattr(each, "new", 0))
    href = reverse("restrictions:restriction", args=[each.pk])
    owns = each.owner_id == reader.user_id
    return (
        ui.Link(name, href),
        what_is_hidden(each),
        "You" if owns else each.owner.name,
        when.day(each.review_on),
        (f"{new} new" if new else "0 new") if owns else "",
    )
