"""Both halves of the board: who is missing now, and whose interview is due."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import override
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui import components as ui
from harbour.foundation.ui import when
from harbour.foundation.ui.components import ClockState as Shape
from harbour.foundation.ui.components import Colour
from harbour.record.people.queries import PersonLine
from harbour.work.missing import rules
from harbour.work.missing.queries import InterviewDue, MissingNow
from harbour.work.missing.vocabulary import (
    Answer,
    ClockState,
    EpisodeKind,
    InterviewService,
    MissingFrom,
    PoliceRisk,
    Population,
    Precision,
)

# How many interviews a board shows before it is asked for all, and how the address asks.
NEAREST = 50
ALL = "all=yes"
RISK_COLOURS = {
    PoliceRisk.HIGH: Colour.RED,
    PoliceRisk.MEDIUM: Colour.ORANGE,
    PoliceRisk.LOW: Colour.BLUE,
    PoliceRisk.VERY_LOW: Colour.GREY,
}


@dataclass(frozen=True)
class InterviewClock(ui.Clock):
    """The 72 hours, in the words of the board."""

    absent: str = ClockState.NO_TIME.label

    @property
    @override
    def word(self) -> str:
        if self.state is Shape.DUE_SOON:
            return str(ClockState.DUE_SOON.label)
        return super().word


@dataclass(frozen=True, kw_only=True)
class MissingCard:
    """A child who is missing, as the board shows them."""

    key: str
    name: str
    about: str
    href: str
    tags: tuple[ui.Tag, ...]
    length: str
    since: str
    logged: str
    owner: str
    owner_tag: ui.Tag | None
    buttons: tuple[ui.Button | ui.Link, ...]


@dataclass(frozen=True, kw_only=True)
class InterviewCard:
    """An interview that is due, as the board shows it."""

    key: str
    name: str
    about: str
    href: str
    clock: InterviewClock
    returned: str
    standing: str
    buttons: tuple[ui.Button | ui.Link, ...]


@dataclass(frozen=True, kw_only=True)
class Halves:
    """Both halves of the board, and a mark that changes when they do."""

    missing: tuple[MissingCard, ...]
    turned_18: tuple[MissingCard, ...]
    interviews: tuple[InterviewCard, ...]
    overdue: int
    due_soon: int
    on_track: int
    no_time: int
    due_count: int
    all_href: str
    older: int
    older_href: str
    at: str
    mark: str
    poll: str
    narrowed: bool

    @property
    def missing_count(self) -> int:
        """Return how many children are missing now."""
        return len(self.missing)


def halves(
    reader: Reader,
    missing: tuple[MissingNow, ...],
    due: tuple[InterviewDue, ...],
    *,
    older: int,
    query: str,
    at: datetime,
) -> Halves:
    """Return both halves; `query` is the board's filter as it stands in the address.

    Every interview due is counted; the nearest are shown, and all of them where the address asks.
    """
    cards = [(each, _missing_card(reader, each, at)) for each in missing]
    interviews = tuple(_interview_card(reader, each, at) for each in shown_of(due, query))
    states = [each.state for each in due]
    mark = _mark(cards, interviews)
    return Halves(
        missing=tuple(card for each, card in cards if each.adult_on is None),
        turned_18=tuple(card for each, card in cards if each.adult_on is not None),
        interviews=interviews,
        overdue=states.count(ClockState.OVERDUE),
        due_soon=states.count(ClockState.DUE_SOON),
        on_track=states.count(ClockState.ON_TRACK),
        no_time=states.count(ClockState.NO_TIME),
        due_count=len(due),
        all_href=f"{reverse('missing:board')}?{'&'.join(each for each in (query, ALL) if each)}",
        older=older,
        older_href=f"{reverse('missing:older')}{f'?{query}' if query else ''}",
        at=when.clock_time(at),
        mark=mark,
        poll=_poll(query, mark),
        narrowed=query not in {"", ALL},
    )


def shown_of(due: tuple[InterviewDue, ...], query: str) -> tuple[InterviewDue, ...]:
    """Return the interviews that the board shows: the nearest, or all where the address asks."""
    return due if ALL in query else due[:NEAREST]


def _mark(
    cards: list[tuple[MissingNow, MissingCard]], interviews: tuple[InterviewCard, ...]
) -> str:
    """Return a mark of all that the halves show: durations change it, and so does every deed."""
    shown = repr([card for _, card in cards]) + repr(
        [(each.clock.word, each.clock.sentence, each.standing, each.key) for each in interviews]
    )
    return hashlib.sha256(shown.encode()).hexdigest()[:24]


def _poll(query: str, mark: str) -> str:
    parts = [query, f"seen={mark}"] if query else [f"seen={mark}"]
    return f"{reverse('missing:halves')}?{'&'.join(parts)}"


def child_words(child: PersonLine) -> str:
    """Return a child's name with their age."""
    return child.name if child.age is None else f"{child.name}, {child.age}"


def moment_words(value: datetime | None, precision: str) -> str:
    """Return a moment as exactly as it is known."""
    if value is None:
        return "time not recorded"
    return when.day(value) if precision == Precision.DAY else when.moment(value)


def risk_tag(risk: str) -> ui.Tag:
    """Return the police's grade as a tag."""
    if not risk:
        return ui.Tag("Not graded by police")
    grade = PoliceRisk(risk)
    short = "Very low risk" if grade is PoliceRisk.VERY_LOW else f"{grade.label} risk"
    return ui.Tag(short, RISK_COLOURS[grade])


def _missing_card(reader: Reader, each: MissingNow, at: datetime) -> MissingCard:
    tags = [risk_tag(each.police_risk)]
    if each.kind == EpisodeKind.AWAY:
        tags.append(ui.Tag("Away without authorisation", Colour.GREY))
    if each.missing_from == MissingFrom.EDUCATION:
        tags.append(ui.Tag("From education", Colour.GREY))
    if each.out_of_area:
        tags.append(ui.Tag("May be out of area", Colour.GREY))
    if each.adult_on is not None:
        tags.append(ui.Tag(f"Turned 18 on {when.day(each.adult_on)}", Colour.YELLOW))
    tags += [ui.Tag(f"Repeat: {words}", Colour.PURPLE) for words in each.repeats[:1]]
    return MissingCard(
        key=f"m{each.episode_id}",
        name=child_words(each.child),
        about=f"{each.authority_name}. {Population(each.population).label}.",
        href=reverse("missing:episode", args=[each.episode_id]),
        tags=tuple(tags),
        length=when.length(rules.open_for(starts_at=each.started_at, ends_at=None, at=at)),
        since=moment_words(each.started_at, each.started_precision),
        logged=_logged(each, at),
        owner=each.owner_name,
        owner_tag=_owner_tag(each),
        buttons=_missing_buttons(reader, each),
    )


def _logged(each: MissingNow, at: datetime) -> str:
    if each.logged_at is None:
        return "Nothing logged yet."
    text = each.logged if len(each.logged) <= 140 else f"{each.logged[:139]}\u2026"
    return f"{when.distance(each.logged_at, at)}: {text}"


def _owner_tag(each: MissingNow) -> ui.Tag | None:
    if each.offered_to_id is not None:
        return ui.Tag(f"Offered to {each.offered_to_name}, not acknowledged", Colour.ORANGE)
    return ui.Tag("No owner", Colour.RED) if each.owner_id is None else None


def _missing_buttons(reader: Reader, each: MissingNow) -> tuple[ui.Button | ui.Link, ...]:
    if not reader.may(Permission.MISSING_REPORT):
        return ()
    about = f"for {each.child.name}"
    seen = (("seen_version", str(each.version)),)
    buttons: list[ui.Button | ui.Link] = [_link("Log", "missing:log", each.episode_id, about)]
    if reader.may(Permission.MISSING_RETURN):
        buttons.append(_link("Record return", "missing:return", each.episode_id, about))
    if each.offered_to_id == reader.user_id:
        buttons.append(_post("Acknowledge", "missing:acknowledge", each.episode_id, about, seen))
    elif each.owner_id == reader.user_id:
        buttons.append(_link("Hand over", "missing:hand_over", each.episode_id, about))
    else:
        buttons.append(_post("Take over", "missing:take_over", each.episode_id, about, seen))
    return tuple(buttons)


def _link(text: str, name: str, key: UUID, about: str) -> ui.Button:
    return ui.Button(text, reverse(name, args=[key]), kind="secondary", about=about)


def _post(
    text: str, name: str, key: UUID, about: str, fields: tuple[tuple[str, str], ...]
) -> ui.Button:
    return ui.Button(
        text, reverse(name, args=[key]), kind="secondary", post=True, about=about, fields=fields
    )


def _interview_card(reader: Reader, each: InterviewDue, at: datetime) -> InterviewCard:
    return InterviewCard(
        key=f"i{each.interview_id}",
        name=child_words(each.child),
        about=f"{each.authority_name}. {Population(each.population).label}.",
        href=reverse("missing:episode", args=[each.episode_id]),
        clock=InterviewClock(each.due_at, at),
        returned=moment_words(each.returned_at, each.returned_precision),
        standing=_standing(each),
        buttons=_interview_buttons(reader, each),
    )


def _standing(each: InterviewDue) -> str:
    if each.offered != Answer.YES:
        return "Not offered yet"
    service = InterviewService(each.service).label if each.service else "Service not recorded"
    who = f"{each.interviewer_name}, {service}" if each.interviewer_name else service
    if each.accepted == Answer.YES:
        return f"Accepted; to be held by {who}"
    return f"Offered; answer not recorded. {who}"


def _interview_buttons(reader: Reader, each: InterviewDue) -> tuple[ui.Button | ui.Link, ...]:
    about, key = f"for {each.child.name}", each.interview_id
    buttons: list[ui.Button | ui.Link] = []
    offers, holds = reader.may(Permission.INTERVIEW_OFFER), reader.may(Permission.INTERVIEW_HOLD)
    if offers and each.offered != Answer.YES:
        buttons.append(_link("Offer interview", "missing:offer", key, about))
    if (offers or holds) and each.offered == Answer.YES and each.accepted != Answer.YES:
        buttons.append(_link("Record answer", "missing:answer", key, about))
    if holds and each.offered == Answer.YES:
        buttons.append(_link("Write up interview", "missing:hold", key, about))
    return tuple(buttons)


def older_table(due: tuple[InterviewDue, ...]) -> ui.Table:
    """Return the interviews of earlier returns that were never settled."""
    return ui.Table(
        caption="Earlier returns without a settled interview",
        columns=(ui.Column("Child"), ui.Column("Returned"), ui.Column("Interview")),
        rows=[
            (
                ui.Link(
                    child_words(each.child), reverse("missing:episode", args=[each.episode_id])
                ),
                moment_words(each.returned_at, each.returned_precision),
                _standing(each),
            )
            for each in due
        ],
        empty="Every interview of an earlier return is settled: held, declined, or not offered "
        "with its reason.",
        noun=("interview", "interviews"),
    )
