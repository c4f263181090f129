"""The front door's lists and the phone form, as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.components import Colour
from harbour.foundation.ui.listing import Paged, Wanted
from harbour.work.referrals import rules
from harbour.work.referrals.forms.desk import Call, CallChild, Filter
from harbour.work.referrals.models import DescribedChild, Referral
from harbour.work.referrals.queries import Counts, InboxLine, SentLine, fired_sentence
from harbour.work.referrals.vocabulary import Decision, LocalSource, Source


@dataclass(frozen=True)
class ListPage:
    """A list at the front door."""

    heading: str
    tabs: ui.SubNavigation
    buttons: ui.Buttons | None
    filter: ui.FilterPanel | None
    table: ui.Table
    pagination: ui.Pagination


def tabs(current: str, counted: Counts | None) -> ui.SubNavigation:
    """Return the parts of the front door, each with how much there is."""
    new = f"To be screened ({counted.new})" if counted else "Concerns"
    if counted and counted.late:
        new = f"To be screened ({counted.new}, {counted.late} overdue)"
    watched = f"In watch ({counted.watched})" if counted else "In watch"
    places = (("inbox", new), ("watch", watched), ("sent", "Sent by me"))
    return ui.SubNavigation(
        tuple(
            ui.Place(text, reverse(f"referrals:{name}"), current=name == current)
            for name, text in places
        ),
        label="Parts of the front door",
    )


def buttons(reader: Reader) -> ui.Buttons:
    """Return the two ways for staff to bring a concern."""
    shown: list[ui.Button | ui.Link] = []
    if access.may(reader, Permission.REFERRAL_SCREEN):
        shown.append(ui.Button("Record a phone call", href=reverse("referrals:call")))
    shown.append(ui.Button("Send a concern", href=reverse("referrals:new"), kind="secondary"))
    return ui.Buttons(tuple(shown))


@dataclass(frozen=True)
class Shown:
    """One page of a list of concerns, as it was loaded."""

    lines: Sequence[InboxLine]
    paged: Paged[Referral]
    wanted: Wanted
    counted: Counts


def inbox_page(reader: Reader, shown: Shown, form: Filter, *, now: datetime) -> ListPage:
    """Return the concerns of the reader's authorities, the most urgent first."""
    several = "authority" in form.fields
    columns = (
        ui.Column("Concern"),
        ui.Column("Decide by", sort="due"),
        ui.Column("Received", sort="received"),
        ui.Column("Child"),
        ui.Column("About"),
        ui.Column("From"),
        *((ui.Column("Authority"),) if several else ()),
    )
    rows = [_inbox_row(each, now=now, several=several) for each in shown.lines]
    return ListPage(
        heading="Front door",
        tabs=tabs("inbox", shown.counted),
        buttons=buttons(reader),
        filter=ui.FilterPanel(form, keep=shown.wanted.carried, clear=reverse("referrals:inbox")),
        table=ui.Table(
            caption="Concerns",
            columns=columns,
            rows=rows,
            empty="No concern fits. New concerns about children of your authorities appear here "
            "the moment they are sent, the one to be decided first at the top.",
            total=shown.paged.total,
            wanted=shown.wanted,
            noun=("concern", "concerns"),
        ),
        pagination=shown.paged.pagination,
    )


def _inbox_row(line: InboxLine, *, now: datetime, several: bool) -> tuple[ui.Content, ...]:
    return (
        (ui.Link(line.reference, reverse("referrals:detail", args=(line.id,))), *tags(line)),
        ui.Clock(line.due_on, now, done_at=line.decided_at),
        line.received_at,
        children_words(line.children, len(line.linked)),
        rules.concern_labels(line.concerns),
        source_words(line.source, line.local_source),
        *((line.authority_name,) if several else ()),
    )


def tags(line: InboxLine) -> tuple[ui.Content, ...]:
    """Return what a person must see of a concern before opening it."""
    found: list[ui.Content] = []
    if line.immediate_danger and not line.decision:
        found.append(ui.Tag("Danger now", Colour.RED))
    if line.decision and line.decision != Decision.NO_FURTHER_ACTION:
        found.append(ui.Tag(str(Decision(line.decision).label), Colour.GREY))
    if line.fired_reason:
        found.append(ui.Tag("Resurfaced", Colour.ORANGE))
        found.append(fired_sentence(line.fired_kind, line.fired_reason))
    elif line.watched:
        found.append(ui.Tag("In watch", Colour.BLUE))
    elif line.decision == Decision.NO_FURTHER_ACTION:
        found.append(ui.Tag("No further action, watch ended", Colour.GREY))
    return tuple(found)


def children_words(children: Sequence[DescribedChild], linked: int) -> ui.Content:
    """Return the children as they were described, and how many of them are found."""
    words: list[ui.Content] = [described_name(each) for each in children]
    if linked:
        words.append(ui.Tag(f"{linked} linked", Colour.GREEN))
    return tuple(words)


def described_name(child: DescribedChild) -> str:
    """Return a described child in a few words, with the age as it was said."""
    name = " ".join(part for part in (child.given, child.family) if part) or child.known_as
    age = f", {child.age_said}" if child.age_said else ""
    born = f", born {child.born_on.year}" if child.born_on and not child.age_said else ""
    return f"{name or 'Name not known'}{age}{born}"


def source_words(source: str, local_source: str) -> str:
    """Return who a concern came from: the local name where there is one."""
    if local_source:
        return str(LocalSource(local_source).label)
    return str(Source(source).label)


def watch_page(reader: Reader, shown: Shown) -> ListPage:
    """Return the concerns in watch, those that resurfaced first."""
    rows = [
        (
            ui.Link(each.reference, reverse("referrals:detail", args=(each.id,))),
            _watch_words(each),
            each.decided_at,
            children_words(each.children, len(each.linked)),
            rules.concern_labels(each.concerns),
            each.authority_name,
        )
        for each in shown.lines
    ]
    return ListPage(
        heading="Front door",
        tabs=tabs("watch", shown.counted),
        buttons=buttons(reader),
        filter=None,
        table=ui.Table(
            caption="Concerns in watch",
            columns=(
                ui.Column("Concern"),
                ui.Column("Watch", sort="fired"),
                ui.Column("Decided", sort="decided"),
                ui.Column("Child"),
                ui.Column("About"),
                ui.Column("Authority"),
            ),
            rows=rows,
            empty="No concern is in watch. A concern decided with no further action stays here, "
            "and says why it resurfaced when anything new touches what it named.",
            total=shown.paged.total,
            wanted=shown.wanted,
            noun=("concern", "concerns"),
        ),
        pagination=shown.paged.pagination,
    )


def _watch_words(line: InboxLine) -> ui.Content:
    if not line.fired_reason:
        return ui.Tag("In watch", Colour.BLUE)
    because = fired_sentence(line.fired_kind, line.fired_reason)
    return (ui.Tag("Resurfaced", Colour.ORANGE), because, line.fired_at)


def sent_page(
    reader: Reader, lines: Sequence[SentLine], shown: Paged[Referral], wanted: Wanted
) -> ListPage:
    """Return what became of the reader's own concerns, as far as a sender may know."""
    rows = [
        (
            each.reference,
            each.received_at,
            each.authority_name,
            ui.Tag("Looked at", Colour.GREEN) if each.screened else ui.Tag("Received", Colour.BLUE),
            each.feedback_text or "Nothing yet",
        )
        for each in lines
    ]
    front_door = access.may(reader, Permission.REFERRAL_SCREEN)
    return ListPage(
        heading="Concerns you sent",
        tabs=tabs("sent", None) if front_door else ui.SubNavigation(()),
        buttons=buttons(reader),
        filter=None,
        table=ui.Table(
            caption="Concerns you sent",
            columns=(
                ui.Column("Reference"),
                ui.Column("Sent", sort="received"),
                ui.Column("To"),
                ui.Column("Now"),
                ui.Column("What we tell you"),
            ),
            rows=rows,
            empty="You sent no concern yet. When you do, its reference stands here, and what we "
            "can tell you.",
            total=shown.total,
            wanted=wanted,
            noun=("concern", "concerns"),
        ),
        pagination=shown.pagination,
    )


@dataclass(frozen=True)
class CallPage:
    """The phone form."""

    form: Call
    children: tuple[tuple[int, CallChild], ...]
    number: int


def call_page(form: Call, children: tuple[CallChild, ...]) -> CallPage:
    """Return the phone form with its children."""
    return CallPage(form, tuple(enumerate(children, start=1)), len(children))
