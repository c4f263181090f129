"""Children placed across a border, as lists and one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.listing import Paged
from harbour.record.people.queries import ChildHeader, PersonLine
from harbour.record.providers.presenters import authorities_of, distance_tag, place_words
from harbour.work.hosting import policy, queries, rules
from harbour.work.hosting.models import Arrangement, Consultation, Notification, ToldFlag
from harbour.work.hosting.presenters.desk import chases
from harbour.work.hosting.presenters.notifications import state_tag, title
from harbour.work.hosting.queries import Across, HostingFile
from harbour.work.hosting.vocabulary import (
    Channel,
    ConsultationAnswer,
    Direction,
    Duty,
    FlagKind,
    Gap,
)
from harbour.work.missing.vocabulary import InterviewService


def record_link(reader: Reader, person_id: UUID, *, at: datetime) -> ui.Link | None:
    """Return the way from a child's record to what is agreed across the border, if there is one."""
    if not (policy.can_keep(reader) and queries.is_across(reader, person_id, at=at)):
        return None
    words = "Placed across a border: what was told, agreed and notified"
    return ui.Link(words, reverse("hosting:child", args=[person_id]))


def named(line: PersonLine) -> str:
    """Return a child's name and age."""
    return line.name if line.age is None else f"{line.name}, {line.age}"


@dataclass(frozen=True, kw_only=True)
class AcrossPage:
    """A list of children placed across a border."""

    heading: str
    lede: str
    back: str
    shows: ui.SubNavigation
    table: ui.Table
    pagination: ui.Pagination


def hosted_page(shown: Paged[Across], *, gaps_only: bool, at: datetime) -> AcrossPage:
    """Return other authorities' children placed here."""
    here = reverse("hosting:hosted")
    today = clock.london_date(at)
    return AcrossPage(
        heading="Children hosted here",
        lede="Placed in your areas by other authorities: what theirs has told you, how old that "
        "is, who holds return interviews, and what they have not told.",
        back=reverse("hosting:desk"),
        shows=ui.SubNavigation(
            (
                ui.Place("All", here, current=not gaps_only),
                ui.Place("With something not told", f"{here}?show=gaps", current=gaps_only),
            ),
            label="Which children",
        ),
        table=ui.Table(
            caption="Children hosted here",
            columns=(
                ui.Column("Child"),
                ui.Column("Lives"),
                ui.Column("Told by the home authority"),
                ui.Column("Return interviews"),
                ui.Column("Not told or not agreed"),
            ),
            rows=tuple(_hosted(each, today) for each in shown.items),
            empty="No child of another authority whom you may see is placed in your areas.",
            total=shown.total,
            noun=("child", "children"),
        ),
        pagination=shown.pagination,
    )


def elsewhere_page(shown: Paged[Across], *, at: datetime) -> AcrossPage:
    """Return own children placed in other areas: the same, seen from the other side."""
    del at
    return AcrossPage(
        heading="Our children elsewhere",
        lede="Placed in other areas: whether that area was told, what you told it, and who holds "
        "return interviews.",
        back=reverse("hosting:desk"),
        shows=ui.SubNavigation(()),
        table=ui.Table(
            caption="Our children elsewhere",
            columns=(
                ui.Column("Child"),
                ui.Column("Lives"),
                ui.Column("The area was told"),
                ui.Column("Return interviews"),
            ),
            rows=tuple(_elsewhere(each) for each in shown.items),
            empty="No child of your authorities whom you may see is placed in another area.",
            total=shown.total,
            noun=("child", "children"),
        ),
        pagination=shown.pagination,
    )


def _hosted(each: Across, today: date) -> tuple[ui.Content, ...]:
    return (
        ui.Link(named(each.child), reverse("hosting:child", args=[each.child.id])),
        _lives(each),
        ui.Lines(tuple(_flag_words(flag, today) for flag in each.flags)) if each.flags else None,
        _interviews(each.arrangement),
        ui.Lines(tuple(gap.value for gap in each.gaps))
        if each.gaps
        else ui.Tag("Nothing", "green"),
    )


def _elsewhere(each: Across) -> tuple[ui.Content, ...]:
    told = Gap.PLACING not in each.gaps
    return (
        ui.Link(named(each.child), reverse("hosting:child", args=[each.child.id])),
        _lives(each),
        ui.Tag("Notified", "green") if told else ui.Tag("Not notified", "red"),
        _interviews(each.arrangement),
    )


def _lives(each: Across) -> ui.Content:
    lines: list[ui.Content] = [place_words(each.placement), *authorities_of(each.placement)]
    lines.append(distance_tag(each.distance))
    return ui.Lines(tuple(line for line in lines if line))


def _interviews(arrangement: Arrangement | None) -> ui.Content:
    if arrangement is None:
        return ui.Tag("Not agreed", "orange")
    return InterviewService(arrangement.interviewer).label


def _flag_words(flag: ToldFlag, today: date) -> str:
    return f"{FlagKind(flag.kind).label}, told {age_words(flag.told_on, today)}"


def age_words(told_on: date, today: date) -> str:
    """Return how long ago something was told."""
    days = (today - told_on).days
    if days < 1:
        return "today"
    if days < 60:
        return "yesterday" if days == 1 else f"{days} days ago"
    return f"{days // 30} months ago"


@dataclass(frozen=True, kw_only=True)
class ChildPage:
    """What is known and agreed of one child placed across a border."""

    heading: str
    back: str
    gaps: tuple[str, ...]
    place: ui.SummaryList | None
    flags: ui.Table
    tell: ui.Link
    consultations: ui.Table
    offer: ui.Link
    arrangement: ui.SummaryList
    notifications: ui.Table
    chases: ui.Timeline
    record: ui.Link
    discussions: ui.Link


def child_page(child: ChildHeader, found: HostingFile, *, at: datetime) -> ChildPage:
    """Return the page of one child: what is missing first."""
    today = clock.london_date(at)
    here = [child.id]
    return ChildPage(
        heading=child.name if child.age is None else f"{child.name}, {child.age}",
        back=reverse("hosting:desk"),
        gaps=tuple(gap.value for gap in found.across.gaps) if found.across else (),
        place=ui.SummaryList((ui.Row("Lives", _lives(found.across)),)) if found.across else None,
        flags=_flags(found.flags, today),
        tell=ui.Link("Keep what was told", reverse("hosting:told", args=here)),
        consultations=_consultations(found.consultations),
        offer=ui.Link("Offer a local consultation", reverse("hosting:offer", args=here)),
        arrangement=_arrangement(child, found.arrangements),
        notifications=_notifications(found.notifications),
        chases=chases(found.chases),
        record=ui.Link("Open the child's record", reverse("cases:child", args=here)),
        discussions=ui.Link(
            "Strategy discussions, and who is invited", reverse("cases:discussions", args=here)
        ),
    )


def _flags(flags: Iterable[ToldFlag], today: date) -> ui.Table:
    return ui.Table(
        caption="What other authorities told",
        columns=(
            ui.Column("What"), ui.Column("By whom and how"), ui.Column("How old"), ui.Column("Now"),
        ),
        rows=tuple(
            (
                ui.Lines((FlagKind(each.kind).label, each.words)),
                f"{each.told_by.name}, {Channel(each.channel).label.lower()}",
                ui.Lines(_told(each, today)),
                _flag_state(each),
            )
            for each in flags
        ),
        empty="Nothing was told. Ask the home authority whether there is a risk: an answer that "
        "there is none stands here too.",
    )  # fmt: skip


def _told(flag: ToldFlag, today: date) -> tuple[ui.Content, ...]:
    lines: list[ui.Content] = [f"Told {when.day(flag.told_on)}, {age_words(flag.told_on, today)}"]
    if flag.since_on:
        lines.append(f"There since {when.day(flag.since_on)}")
    if flag.ended_on is None and rules.is_stale(flag.told_on, today=today):
        lines.insert(0, ui.Tag("Ask whether it still holds", "orange"))
    return tuple(lines)


def _flag_state(flag: ToldFlag) -> ui.Content:
    if flag.ended_on is not None:
        return f"Taken back {when.day(flag.ended_on)}"
    return ui.Button(
        "Taken back",
        reverse("hosting:end_told", args=[flag.pk]),
        kind="secondary",
        post=True,
        about=FlagKind(flag.kind).label,
    )


def _consultations(rows: Iterable[Consultation]) -> ui.Table:
    return ui.Table(
        caption="Local consultations",
        columns=(ui.Column("With"), ui.Column("Offered"), ui.Column("What became of it")),
        rows=tuple(
            (
                ui.Link(each.agency.name, reverse("hosting:consultation", args=[each.pk])),
                when.day(each.offered_on),
                ui.Lines(
                    (
                        ConsultationAnswer(each.answer).label,
                        when.day(each.held_on) if each.held_on else "",
                        each.words,
                    )
                ),
            )
            for each in rows
        ),
        empty="No consultation was offered.",
    )


def _arrangement(child: ChildHeader, rows: tuple[Arrangement, ...]) -> ui.SummaryList:
    change = ui.Link("Agree who holds them", reverse("hosting:arrange", args=[child.id]))
    newest = rows[0] if rows else None
    facts = [ui.Row("Held by", _interviews(newest))]
    if newest is not None:
        with_whom = newest.agreed_with.name if newest.agreed_with else "Not agreed with anybody yet"
        facts += [
            ui.Row("Because", newest.reason),
            ui.Row("Agreed with", with_whom),
            ui.Row("Recorded", f"{when.moment(newest.recorded_at)}, {newest.recorded_by.name}"),
        ]
    return ui.SummaryList(tuple(facts), title="Return interviews", actions=(change,))


def _notifications(rows: Iterable[Notification]) -> ui.Table:
    return ui.Table(
        caption="Notifications",
        columns=(ui.Column("What"), ui.Column("From"), ui.Column("When"), ui.Column("State")),
        rows=tuple(
            (
                ui.Link(
                    f"{Direction(each.direction).label}: {title(each)}",
                    reverse("hosting:notification", args=[each.pk]),
                ),
                f"{each.sender.name}. {Duty(each.duty).label}",
                when.day(each.happened_on),
                state_tag(each),
            )
            for each in rows
        ),
        empty="Nobody has notified this placement.",
    )
