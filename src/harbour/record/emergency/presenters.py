"""Emergency access as pages show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import clock_time, moment
from harbour.record.emergency import queries, rules
from harbour.record.emergency.models import BreakGlass, Review
from harbour.record.emergency.queries import Look
from harbour.record.emergency.vocabulary import Verdict
from harbour.record.people import queries as people
from harbour.record.people.queries import PersonLine

COLOURS = {
    Verdict.JUSTIFIED: ui.Colour.GREEN,
    Verdict.NOT_JUSTIFIED: ui.Colour.RED,
    Verdict.FOLLOW_UP: ui.Colour.ORANGE,
}
UNSEEN = "A child whom you may not see"


@dataclass(frozen=True, kw_only=True)
class OpenAccess:
    """The banner on a child's page while the reader's emergency access to it is open."""

    banner: ui.Banner
    end: ui.Button


def open_access(found: BreakGlass, *, at: datetime) -> OpenAccess:
    """Return how long the record is still open, and the button that ends it."""
    left = rules.minutes_left(found.ends_at, at)
    minutes = "1 minute" if left == 1 else f"{left} minutes"
    return OpenAccess(
        banner=ui.Banner(
            text=f"Open to you until {clock_time(found.ends_at)}, for {minutes} more. A team "
            "manager was told and reads every look.",
            tone=ui.Tone.URGENT,
            title="Emergency access",
            id="emergency-access",
        ),
        end=ui.Button(
            "End it now", reverse("emergency:end", args=[found.pk]), kind="secondary", post=True
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was read of one emergency access."""

    found: BreakGlass
    child: PersonLine | None
    told: Sequence[str]
    looks: Sequence[Look]
    reviews: Sequence[Review]


@dataclass(frozen=True, kw_only=True)
class AccessPage:
    """One emergency access: who, whom, why, what was looked at, and what the review found."""

    heading: str
    facts: ui.SummaryList
    looks: ui.Table | None
    reviews: ui.Timeline
    end: ui.Button | None
    back: str


def access_page(reader: Reader, seen: Seen, *, at: datetime) -> AccessPage:
    """Return everything a lead needs to judge one emergency access."""
    found, child, told = seen.found, seen.child, seen.told
    who = f"{found.recorded_by.name}, {found.recorded_by.job}"
    name = ui.Link(child.name, reverse("cases:child", args=[child.id])) if child else UNSEEN
    own = found.recorded_by_id == reader.user_id
    return AccessPage(
        heading=f"Emergency access of {found.recorded_by.name}",
        facts=ui.SummaryList(
            (
                ui.Row("Who", who),
                ui.Row("Child", name),
                ui.Row("Authority", found.authority.name),
                ui.Row("Why", found.reason),
                ui.Row("Opened", moment(found.recorded_at)),
                ui.Row("Closed", _closed(found, at)),
                ui.Row("Told", ui.Lines(tuple(told)) if told else "Nobody could be told"),
                ui.Row("To be reviewed by", moment(found.review_due_at)),
            )
        ),
        looks=None if own else looks_table(seen.looks),
        reviews=ui.Timeline(
            tuple(
                ui.Event(
                    title=Verdict(each.verdict).label,
                    at=each.recorded_at,
                    by=each.recorded_by.name,
                    text=each.note,
                )
                for each in seen.reviews
            ),
            empty="Nobody has reviewed it yet.",
        ),
        end=open_access(found, at=at).end if own and is_open(found, at) else None,
        back=reverse("home:my_work"),
    )


def is_open(found: BreakGlass, at: datetime) -> bool:
    """Say whether an emergency access is open."""
    return found.ended_at is None and found.ends_at > at


def _closed(found: BreakGlass, at: datetime) -> ui.Content:
    if found.ended_at is not None:
        return f"{moment(found.ended_at)}, ended early"
    return f"Open until {moment(found.ends_at)}" if is_open(found, at) else moment(found.ends_at)


def looks_table(looks: Sequence[Look]) -> ui.Table:
    """Return every ledger row written under an emergency access."""
    return ui.Table(
        caption="What was looked at and written",
        columns=(ui.Column("When"), ui.Column("What"), ui.Column("Parts of the record")),
        rows=tuple(
            (
                moment(each.at),
                f"{each.act.label.capitalize()}: {each.event.replace('.', ': ').replace('_', ' ')}",
                ", ".join(each.groups) or "None named",
            )
            for each in looks
        ),
        empty="Nothing was looked at.",
        noun=("row", "rows"),
    )


def history(reader: Reader, person_id: UUID) -> ui.Table | None:
    """Return who saw one child's record by emergency access, for those who see how it is shared."""
    found = queries.of_child(reader, person_id)
    if not found or not people.may_read(reader, person_id, Facet.SHARING):
        return None
    reviews = queries.reviews_of(each.pk for each in found)
    return ui.Table(
        caption="Emergency access",
        columns=(ui.Column("Who"), ui.Column("Why"), ui.Column("Opened"), ui.Column("Review")),
        rows=tuple(
            (
                f"{each.recorded_by.name}, {each.recorded_by.job}",
                each.reason,
                moment(each.recorded_at),
                _state(each, reviews.get(each.pk, [])),
            )
            for each in found
        ),
        empty="Nobody has used emergency access.",
        noun=("emergency access", "emergency accesses"),
    )


def queue_table(
    found: Iterable[BreakGlass],
    reviews: Mapping[UUID, list[Review]],
    children: Mapping[UUID, PersonLine],
) -> ui.Table:
    """Return emergency accesses, those not reviewed standing out."""
    return ui.Table(
        caption="Emergency access",
        columns=(ui.Column("Who"), ui.Column("Child"), ui.Column("Opened"), ui.Column("Review")),
        rows=tuple(
            (
                ui.Link(
                    each.recorded_by.name,
                    reverse("emergency:one", args=[each.pk]),
                    about=f"emergency access of {moment(each.recorded_at)}",
                ),
                children[each.person_id].name if each.person_id in children else UNSEEN,
                moment(each.recorded_at),
                _state(each, reviews.get(each.pk, [])),
            )
            for each in found
        ),
        empty="Nobody has used emergency access.",
        noun=("emergency access", "emergency accesses"),
    )


def _state(each: BreakGlass, reviews: list[Review]) -> ui.Content:
    if not reviews:
        return ui.Lines((ui.Tag("To review", ui.Colour.ORANGE), f"By {moment(each.review_due_at)}"))
    verdict = Verdict(reviews[-1].verdict)
    return ui.Tag(verdict.label, COLOURS[verdict])
