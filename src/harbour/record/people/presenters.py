"""The record of a person as pages show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.versions import Conflict
from harbour.foundation.ui.components import Content, Lines, Link, Row, SummaryList, Tag
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.when import day
from harbour.record.people import policy, queries, rules
from harbour.record.people import vocabulary as v
from harbour.record.people.models import (
    Address,
    AuthorityTie,
    CareStatus,
    Dated,
    Identifier,
    Name,
    Phone,
    Relation,
    Schooling,
)

# Where a form leads back to: the tab of the child's page, or the record's own page.
FROM_CHILD = "?from=child"
FROM_RECORD = ""


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """A person's record on a page of its own: for people who have no child's page too."""

    heading: str
    people_and_places: "PeopleAndPlaces"
    back: str


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form about a person."""

    form: Form
    heading: str
    cancel: str
    back: str
    lede: str = ""
    submit: str = "Save"


@dataclass(frozen=True, kw_only=True)
class PeopleAndPlaces:
    """Everything the reader may see of who somebody is, and where and with whom they live."""

    parts: tuple[SummaryList, ...]


def people_and_places(
    reader: Reader, person_id: UUID, *, within: str = FROM_CHILD
) -> PeopleAndPlaces:
    """Return the parts of a person's record that this reader may see.

    What may not be seen leaves no gap: its card is not there. The page writes the look.
    """
    may_edit = policy.can_edit(reader)
    writable = {each for each in CARD_FACETS if may_edit and _writes(reader, person_id, each)}
    readable = {each for each in CARD_FACETS if queries.may_read(reader, person_id, each)}
    parts = [_identity(reader, person_id, within if "identity" in writable else None)]
    parts += [
        _card(reader, person_id, card, within if card.facet in writable else None)
        for card in CARDS
        if card.facet in readable
    ]
    return PeopleAndPlaces(parts=tuple(parts))


def _writes(reader: Reader, person_id: UUID, facet: str) -> bool:
    return queries.may_write(reader, person_id, facet)


# Who somebody is


def born_text(born_on: date | None, precision: str) -> str:
    """Return a date of birth in words, as far as it is known."""
    if born_on is None:
        return "Not recorded"
    texts = {
        v.DatePrecision.MONTH: f"{born_on:%B %Y}",
        v.DatePrecision.YEAR: f"{born_on:%Y}",
        v.DatePrecision.ESTIMATED: f"About {born_on:%Y}, estimated from an age",
    }
    return texts.get(v.DatePrecision(precision), f"{born_on.day} {born_on:%B %Y}")


def _identity(reader: Reader, person_id: UUID, within: str | None) -> SummaryList:
    person = queries.person(reader, person_id)
    ethnicity = v.Ethnicity(person.ethnicity).label
    source = v.EthnicitySource(person.ethnicity_source).label
    rows: tuple[tuple[str, Content], ...] = (
        ("Date of birth", born_text(person.born_on, person.born_precision)),
        ("Sex", v.Sex(person.sex).label),
        ("Ethnicity", Lines((ethnicity, source))),
        ("Languages", ", ".join(person.languages) or None),
        ("Disabilities", ", ".join(person.disabilities) or None),
        ("Education, health and care plan", v.KnownOrNot(person.ehc_plan).label),
    )
    return SummaryList(
        rows=tuple(Row(key, value) for key, value in rows),
        title="Who this is",
        actions=() if within is None else (_change_link(person_id, within),),
    )


def conflict_in_words(found: Conflict) -> Conflict:
    """Return a conflict with both texts as a person reads and the form understands them."""
    return Conflict(theirs=_spoken(found.theirs), mine=_spoken(found.mine), version=found.version)


def _spoken(values: dict[str, Any]) -> dict[str, str]:
    born_on, precision = values["born_on"], values["born_precision"]
    exact = precision in (v.DatePrecision.DAY, v.DatePrecision.ESTIMATED)
    month = exact or precision == v.DatePrecision.MONTH
    return {
        "born_day": str(born_on.day) if born_on and exact else "",
        "born_month": str(born_on.month) if born_on and month else "",
        "born_year": str(born_on.year) if born_on else "",
        "sex": v.Sex(values["sex"]).label,
        "ethnicity": v.Ethnicity(values["ethnicity"]).label,
        "ethnicity_source": v.EthnicitySource(values["ethnicity_source"]).label,
        "languages": ", ".join(values["languages"]),
        "disabilities": ", ".join(values["disabilities"]),
        "ehc_plan": v.KnownOrNot(values["ehc_plan"]).label,
    }


# Dated facts, a card for each kind


@dataclass(frozen=True, kw_only=True)
class CardKind:
    """A kind of fact: where it stands in the record, and how one of it reads."""

    slug: str
    title: str
    model: type[Dated]
    facet: str
    key: Callable[[Any], str]
    value: Callable[[Any], Content]
    related: tuple[str, ...] = ()


def _flagged(text: str, flag: str) -> Content:
    return Lines((text, Tag("Check this", "orange"), flag)) if flag else text


CARDS: tuple[CardKind, ...] = (
    CardKind(
        slug="name",
        title="Names",
        model=Name,
        facet="identity",
        key=lambda row: v.NameKind(row.kind).label,
        value=lambda row: rules.full_name(row.given, row.family),
    ),
    CardKind(
        slug="identifier",
        title="Numbers",
        model=Identifier,
        facet="identity",
        key=lambda row: v.IdentifierScheme(row.scheme).label,
        value=lambda row: _flagged(row.value, row.flag),
    ),
    CardKind(
        slug="authority",
        title="Authorities",
        model=AuthorityTie,
        facet="identity",
        key=lambda row: v.AuthorityTieKind(row.kind).label,
        value=lambda row: row.authority.name,
        related=("authority",),
    ),
    CardKind(
        slug="address",
        title="Addresses",
        model=Address,
        facet="contact",
        key=lambda row: {"home": "Home", "stays": "Stays there at times"}.get(row.kind, "Other"),
        value=lambda row: _flagged(str(row.place), row.place.postcode_flag),
        related=("place",),
    ),
    CardKind(
        slug="phone",
        title="Telephones",
        model=Phone,
        facet="contact",
        key=lambda _row: "Telephone",
        value=lambda row: _flagged(row.number, row.flag),
    ),
    CardKind(
        slug="school",
        title="Schools",
        model=Schooling,
        facet="contact",
        key=lambda _row: "On roll at",
        value=lambda row: row.school.name if row.school else row.school_name,
        related=("school",),
    ),
    CardKind(
        slug="care",
        title="Care status",
        model=CareStatus,
        facet="placement",
        key=lambda _row: "Legal status",
        value=lambda row: legal_status_text(row.legal_status),
    ),
    CardKind(
        slug="relation",
        title="Family and others",
        model=Relation,
        facet="contact",
        key=lambda row: v.RelationKind(row.kind).label,
        value=lambda _row: None,
    ),
)
CARD_FACETS = tuple(dict.fromkeys(("identity", *(card.facet for card in CARDS))))
KINDS = {card.slug: card for card in CARDS}


def legal_status_text(code: str) -> str:
    """Return a legal status in words; a code that no list knows as it is."""
    return v.LegalStatus(code).label if code in v.LegalStatus.values else code


def _card(reader: Reader, person_id: UUID, card: CardKind, within: str | None) -> SummaryList:
    rows = list(queries.facts(reader, card.model, person_id, *card.related))
    values = _relation_values(reader, rows) if card.model is Relation else {}
    return SummaryList(
        rows=tuple(
            Row(
                card.key(row),
                _with_dates(values.get(row.pk, card.value(row)), row),
                (_end_link(person_id, card, row, within),)
                if within is not None and row.ends_on is None
                else (),
            )
            for row in rows
        )
        or (Row(card.title, None),),
        title=card.title,
        actions=() if within is None else (_add_link(person_id, card, within),),
    )


def _with_dates(value: Content, row: Dated) -> Content:
    return Lines((value, *_dates(row))) if _dates(row) else value


def _dates(row: Dated) -> tuple[str, ...]:
    since = f"Since {day(row.starts_on)}" if row.starts_on else ""
    until = f"Until {day(row.ends_on)}" if row.ends_on else ""
    source = f"Said by: {row.source}" if row.source else ""
    return tuple(each for each in (since, until, source) if each)


def _change_link(person_id: UUID, within: str) -> Link:
    href = reverse("people:identity", args=[person_id])
    return Link("Change", f"{href}{within}", about="who this is")


def _add_link(person_id: UUID, card: CardKind, within: str) -> Link:
    name = "linkage:relate" if card.model is Relation else "people:add"
    args = [person_id] if card.model is Relation else [person_id, card.slug]
    return Link("Add", f"{reverse(name, args=args)}{within}", about=card.title.lower())


def _end_link(person_id: UUID, card: CardKind, row: Dated, within: str) -> Link:
    about = f"{card.key(row).lower()} in {card.title.lower()}"
    href = reverse("people:end", args=[person_id, card.slug, row.pk])
    return Link("End", f"{href}{within}", about=about)


def _relation_values(reader: Reader, rows: Sequence[Any]) -> dict[UUID, Content]:
    """Return who the others are; of somebody the reader may not see, only what they are."""
    lines = queries.lines(reader, [row.other_id for row in rows], on=clock.london_date(clock.now()))
    shown: dict[UUID, Content] = {}
    for row in rows:
        line = lines.get(row.other_id)
        if line is None:
            shown[row.pk] = "Somebody whose own record you may not see"
        else:
            age = f", {line.age}" if line.age is not None else ""
            shown[row.pk] = f"{line.name}{age}"
    return shown
