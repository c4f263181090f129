"""A chronology as a timeline, each entry with the page of its source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.work.cases.forms import ChronologyFilter
from harbour.work.cases.presenters.top import Top, top
from harbour.work.cases.queries import Child, Entry
from harbour.work.cases.vocabulary import EntryKind


@dataclass(frozen=True, kw_only=True)
class Month:
    """The entries of a month."""

    label: str
    timeline: ui.Timeline


@dataclass(frozen=True, kw_only=True)
class ChronologyPage:
    """A child's chronology, one page of it."""

    top: Top
    filters: ui.Help
    count: str
    months: tuple[Month, ...]
    empty: str
    pagination: ui.Pagination


def chronology_page(
    reader: Reader,
    child: Child,
    form: ChronologyFilter,
    shown: Paged[Entry],
    wanted: Wanted,
) -> ChronologyPage:
    """Return one page of a chronology, month by month."""
    here = reverse("cases:chronology", args=[child.id])
    narrowed = form.is_bound
    panel = ui.FilterPanel(
        form,
        clear=here if narrowed else "",
        title="Show only",
        submit="Show",
        keep=wanted.carried[1:],
    )
    return ChronologyPage(
        top=top(reader, child, here="cases:chronology"),
        filters=ui.Help("Show only some of it", panel, open=narrowed),
        count=f"{shown.total:,} {'entry' if shown.total == 1 else 'entries'}",
        months=months(child.id, shown.items),
        empty=(
            "No entry is of this kind and agency."
            if narrowed
            else "What is recorded about the child will stand here, newest first."
        ),
        pagination=shown.pagination,
    )


def asked_for(address: QueryDict) -> tuple[frozenset[EntryKind], str]:
    """Return the kinds and the agency an address narrows to; the unknown narrows nothing."""
    kinds = {kind for kind in EntryKind if kind.value in address.getlist("kind")}
    agency = address.get("agency", "")
    return frozenset(kinds), agency if agency.isalnum() else ""


def months(person_id: UUID, entries: Iterable[Entry]) -> tuple[Month, ...]:
    """Return entries under the months they happened in."""
    return tuple(
        Month(label=label, timeline=ui.Timeline(tuple(event(person_id, each) for each in those)))
        for label, those in groupby(entries, key=_month)
    )


def _month(entry: Entry) -> str:
    return f"{day_of(entry):%B %Y}"


def day_of(entry: Entry) -> date:
    """Return the day of an entry in England."""
    return london_date(entry.at) if isinstance(entry.at, datetime) else entry.at


def event(person_id: UUID, entry: Entry) -> ui.Event:
    """Return an entry as it stands on a timeline."""
    by = ", ".join(part for part in (entry.by_name, entry.agency_name) if part)
    return ui.Event(
        title=entry.title,
        at=entry.at,
        by=by,
        text=_shortened(entry.text),
        href=SOURCES[entry.kind](person_id, entry.source_id),
        tags=(TAGS[entry.kind],) if entry.kind in TAGS else (),
    )


# What a timeline shows of a long text; the source shows all of it.
SHOWN_OF_A_TEXT = 600


def _shortened(text: str) -> str:
    if len(text) <= SHOWN_OF_A_TEXT:
        return text
    return f"{text[:SHOWN_OF_A_TEXT].rsplit(' ', 1)[0]} …"


# The kinds that an eye should find while it runs down the line; the titles name the others.
TAGS = {
    EntryKind.CONCERN: ui.Tag("Concern", ui.Colour.BLUE),
    EntryKind.ASSESSMENT: ui.Tag("Assessment", ui.Colour.BLUE),
    EntryKind.GRADING: ui.Tag("Grading", ui.Colour.PURPLE),
    EntryKind.MISSING: ui.Tag("Missing", ui.Colour.RED),
    EntryKind.INTERVIEW: ui.Tag("Interview", ui.Colour.ORANGE),
    EntryKind.VOICE: ui.Tag("Child's words", ui.Colour.TEAL),
}


def _own(url: str) -> Callable[[UUID, UUID], str]:
    return lambda _, source_id: reverse(url, args=[source_id])


def _on_tab(url: str) -> Callable[[UUID, UUID], str]:
    return lambda person_id, _: reverse(url, args=[person_id])


SOURCES: dict[EntryKind, Callable[[UUID, UUID], str]] = {
    EntryKind.CONCERN: _own("referrals:detail"),
    EntryKind.ASSESSMENT: _own("assessments:assessment"),
    EntryKind.GRADING: _own("cases:grading"),
    EntryKind.ALLOCATION: _own("cases:allocation"),
    EntryKind.PLAN: _on_tab("cases:plan"),
    EntryKind.STAGE: _on_tab("cases:plan"),
    EntryKind.MODEL: _on_tab("cases:plan"),
    EntryKind.VOICE: _on_tab("cases:plan"),
    EntryKind.MISSING: _own("missing:episode"),
    EntryKind.INTERVIEW: _own("missing:episode"),
    EntryKind.NOTE: _own("cases:note"),
    EntryKind.PLACEMENT: _on_tab("cases:people_places"),
    EntryKind.SHARE: _on_tab("cases:sharing"),
}
