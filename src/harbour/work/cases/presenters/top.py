"""The top of every page about a child: who they are, where tonight, four facts, the parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet, Permission
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.record.attachments.vocabulary import PARTS
from harbour.record.emergency import queries as emergency
from harbour.record.emergency.presenters import OpenAccess, open_access
from harbour.record.people.queries import ChildHeader
from harbour.work.cases.queries import AllocationLine, Child, GradingLine, harm_words
from harbour.work.cases.vocabulary import HarmStatus, HarmWhen
from harbour.work.referrals.vocabulary import Concern

# Below this many days to 18 the page counts them: plans for adult life must be made now.
COUNT_DAYS_TO_18_BELOW = 100


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A part of a child's record with a page of its own."""

    text: str
    url: str
    needs: frozenset[Facet]


TABS = (
    Tab(text="Overview", url="cases:child", needs=frozenset({Facet.IDENTITY})),
    Tab(
        text="Chronology",
        url="cases:chronology",
        needs=frozenset(Facet) - {Facet.IDENTITY, Facet.CONTACT, Facet.MEETING},
    ),
    Tab(
        text="People and places",
        url="cases:people_places",
        needs=frozenset({Facet.CONTACT, Facet.PLACEMENT}),
    ),
    Tab(text="Missing", url="cases:missing_tab", needs=frozenset({Facet.MISSING})),
    Tab(text="Assessments", url="cases:assessments", needs=frozenset({Facet.ASSESSMENT})),
    Tab(text="Plan", url="cases:plan", needs=frozenset({Facet.CASE})),
    Tab(text="Discussions", url="cases:discussions", needs=frozenset({Facet.CASE})),
    Tab(text="Documents", url="cases:documents", needs=frozenset(PARTS)),
    Tab(text="Sharing", url="cases:sharing", needs=frozenset({Facet.SHARING})),
)


def tab(url: str) -> Tab:
    """Return the part of a record with this url name."""
    return next(each for each in TABS if each.url == url)


@dataclass(frozen=True, kw_only=True)
class Top:
    """What stands above the part of the record that is shown."""

    name: str
    also_known_as: str
    who: str
    days_to_18: ui.Tag | None
    authorities: str
    whereabouts: str
    where: str
    missing: ui.Banner | None
    emergency: OpenAccess | None
    buttons: ui.Buttons | None
    band: ui.FactBand | None
    tabs: ui.SubNavigation


def top(reader: Reader, child: Child, *, here: str) -> Top:
    """Return the top of a page; `here` is the url name of the part that is shown."""
    header = child.header
    facts = band(child)
    return Top(
        name=header.name,
        also_known_as=", ".join(header.also),
        who=who(header),
        days_to_18=_days_to_18(header),
        authorities=_authorities(header),
        whereabouts="Should be" if is_missing(child) else "Tonight",
        where=where(child),
        missing=_missing_banner(child),
        emergency=_emergency(reader, child),
        buttons=_buttons(reader, child),
        band=ui.FactBand(facts) if facts else None,
        tabs=tabs(child, here=here),
    )


def tabs(child: Child, *, here: str) -> ui.SubNavigation:
    """Return the parts that the reader may open; one that is closed leaves no gap."""
    return ui.SubNavigation(
        tuple(
            ui.Place(tab.text, reverse(tab.url, args=[child.id]), current=tab.url == here)
            for tab in TABS
            if tab.needs & child.parts.reads
        )
    )


def who(header: ChildHeader) -> str:
    """Return age and sex in words."""
    age = f"{header.age} years old" if header.age is not None else "Age not known"
    sex = header.sex.lower()
    return f"{age}, {sex}" if sex in {"male", "female"} else age


def _days_to_18(header: ChildHeader) -> ui.Tag | None:
    days = header.days_to_18
    if days is None or not 0 < days < COUNT_DAYS_TO_18_BELOW:
        return None
    return ui.Tag(f"18 in {days} {'day' if days == 1 else 'days'}", ui.Colour.YELLOW)


def _authorities(header: ChildHeader) -> str:
    parts = [f"{header.responsible.name} is responsible"] if header.responsible else []
    if header.host is not None and header.host != header.responsible:
        parts.append(f"living in the area of {header.host.name}")
    return ", ".join(parts)


def is_missing(child: Child) -> bool:
    """Say whether the child is missing now, as far as the reader may know it."""
    return child.missing is not None and child.missing.missing_since is not None


def where(child: Child) -> str:
    """Return who is with the child tonight, as far as the reader may know it."""
    if child.placed_with:
        return f"At {child.placed_with}"
    if child.is_placed:
        return "In a placement whose home is not named"
    if child.address:
        return f"At home, {child.address}"
    if child.reads(Facet.CONTACT) or child.reads(Facet.PLACEMENT):
        return "Not recorded"
    return ""


def _missing_banner(child: Child) -> ui.Banner | None:
    fact = child.missing
    if fact is None or fact.missing_since is None:
        return None
    return ui.Banner(
        text=f"Missing since {when.moment(fact.missing_since)}, "
        f"for {when.length(child.at - fact.missing_since)}.",
        tone=ui.Tone.URGENT,
        title="Missing now",
        link=ui.Link(
            "Open the missing episode", reverse("missing:episode", args=[fact.episode_id])
        ),
        id="missing-now",
    )


def _emergency(reader: Reader, child: Child) -> OpenAccess | None:
    found = emergency.open_now(reader, child.id, at=child.at)
    return open_access(found, at=child.at) if found else None


def _buttons(reader: Reader, child: Child) -> ui.Buttons | None:
    """Return the one act that cannot wait: that the child is missing."""
    if (
        is_missing(child)
        or not child.writes(Facet.MISSING)
        or not reader.may(Permission.MISSING_REPORT)
    ):
        return None
    url = reverse("missing:report_child", args=[child.id])
    return ui.Buttons((ui.Button("Report missing", href=url, kind="warning"),))


# The band of four facts


def band(child: Child) -> tuple[ui.Fact, ...]:
    """Return harm, risk, missing and who is allocated, as far as the reader may know them."""
    facts: list[ui.Fact] = []
    if child.reads(Facet.CASE):
        facts += [_harm(child.grading), _risk(child)]
    if child.reads(Facet.MISSING):
        facts.append(_missing(child))
    if child.reads(Facet.CASE):
        facts.append(_allocated(child))
    return tuple(facts)


def _harm(grading: GradingLine | None) -> ui.Fact:
    if grading is None:
        return ui.Fact("Harm", "Not decided", "No grading is recorded.", ui.Colour.GREY)
    return ui.Fact(
        "Harm", harm_words(grading), concern_words(grading.concerns), _harm_colour(grading)
    )


def _harm_colour(grading: GradingLine) -> ui.Colour:
    if grading.harm is HarmStatus.NONE_KNOWN:
        return ui.Colour.GREEN
    if grading.harm is HarmStatus.CONFIRMED and grading.harm_when is HarmWhen.CURRENT:
        return ui.Colour.RED
    return ui.Colour.ORANGE


def concern_words(codes: Sequence[str]) -> str:
    """Return the concerns of a grading in words."""
    known = dict(Concern.choices)
    return ", ".join(str(known.get(code, code)) for code in codes)


RANK_COLOURS = {3: ui.Colour.RED, 2: ui.Colour.ORANGE, 1: ui.Colour.BLUE}


def _risk(child: Child) -> ui.Fact:
    grading = child.grading
    if grading is None:
        return ui.Fact("Risk", "Not graded", "", ui.Colour.GREY)
    where = "in the daily meeting" if grading.meeting_id else "outside a meeting"
    lines = [f"Graded {when.day(grading.decided_at)} {where}"]
    if grading.review_on is not None:
        lines.append(f"Review by {when.day(grading.review_on)}")
    return ui.Fact(
        "Risk",
        grading.label,
        ui.Lines(tuple(lines)),
        RANK_COLOURS.get(grading.rank, ui.Colour.GREY),
    )


def _missing(child: Child) -> ui.Fact:
    fact = child.missing
    if fact is None or fact.latest_started_at is None:
        return ui.Fact("Missing", "Not missing", "No episode is recorded.", ui.Colour.GREEN)
    lines = list(fact.repeats)
    if fact.missing_since is not None:
        lines.insert(0, f"Since {when.moment(fact.missing_since)}")
        return ui.Fact("Missing", "Missing now", ui.Lines(tuple(lines)), ui.Colour.RED)
    lines.insert(0, f"Last: {when.day(fact.latest_started_at)}")
    colour = ui.Colour.ORANGE if fact.repeats else ui.Colour.GREEN
    return ui.Fact("Missing", "Not missing", ui.Lines(tuple(lines)), colour)


def _allocated(child: Child) -> ui.Fact:
    allocated = [each for each in child.allocations if each.is_acknowledged]
    waiting = [each for each in child.allocations if not each.is_acknowledged]
    if not child.allocations:
        reason = child.grading.unallocated_reason if child.grading else ""
        colour = ui.Colour.RED if reason else ui.Colour.GREY
        return ui.Fact("Allocated", "Nobody", reason, colour)
    names = [f"{each.worker_name}, {each.role.label.lower()}" for each in allocated]
    lines = [_waiting(each, child) for each in waiting]
    late = any(each.acknowledge_by < child.at for each in waiting)
    colour = ui.Colour.RED if late else ui.Colour.ORANGE if waiting else ui.Colour.GREEN
    if not allocated:
        return ui.Fact("Allocated", "Nobody yet", ui.Lines(tuple(lines)), colour)
    told = [] if waiting else ["Acknowledged"]
    return ui.Fact("Allocated", ui.Lines(tuple(names)), ui.Lines((*told, *lines)), colour)


def _waiting(line: AllocationLine, child: Child) -> str:
    late = " and is late" if line.acknowledge_by < child.at else ""
    return f"{line.worker_name}, {line.role.label.lower()}, has not acknowledged{late}"
