"""What is so after a return: where a review stands, which names are the same, who was together."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from harbour.work.missing.rules import Span, overlaps
from harbour.work.returns.vocabulary import Criterion, ReviewOutcome, ReviewState, Together

# Words that people put before a place or leave out.
FILLER = frozenset({"the", "a", "an", "at", "in", "on", "by", "near", "my", "his", "her", "their"})
# One word says too little to take two people for one another; a place may have one word.
LEAST_LETTERS = 3


def name_key(text: str) -> str:
    """Return what two spellings of one name share: letters and digits, no filler, in order."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(each if each.isalnum() else " " for each in plain if each not in "'\u2019.")
    words = [word for word in letters.split() if word not in FILLER]
    key = " ".join(words)
    return key if len(key) >= LEAST_LETTERS else ""


def review_state(
    *, reviews: Sequence[tuple[datetime, str]], added_at: Iterable[datetime]
) -> ReviewState:
    """Return where a held interview stands: the last review counts, and what was added since."""
    if not reviews:
        return ReviewState.WAITING
    at, outcome = max(reviews)
    if outcome == ReviewOutcome.ACCEPTED:
        return ReviewState.ACCEPTED
    return ReviewState.ANSWERED if any(each > at for each in added_at) else ReviewState.RETURNED


def unmet(met: Iterable[str]) -> tuple[Criterion, ...]:
    """Return the criteria of a good interview that a review did not find."""
    found = set(met)
    return tuple(each for each in Criterion if each not in found)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """One episode of a child, with what is known of where they were and with whom."""

    episode_id: UUID
    person_id: UUID
    span: Span
    places: frozenset[UUID] = frozenset()
    named_places: frozenset[str] = frozenset()
    companions: frozenset[UUID] = frozenset()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two children who were missing together, how often, and what says so."""

    children: tuple[UUID, UUID]
    episodes: tuple[tuple[UUID, UUID], ...]
    why: frozenset[Together]
    last_at: datetime


def together(absences: Sequence[Absence], names: Mapping[UUID, Iterable[str]]) -> tuple[Pair, ...]:
    """Return the pairs of children whose episodes overlap and whom something puts together.

    That two children are missing at one time says nothing; a shared place, or that one stands in
    the other's report, does. `names` are the keys of each child's names. The most often together
    come first.
    """
    found: dict[tuple[UUID, UUID], list[tuple[Absence, Absence, frozenset[Together]]]] = {}
    for one, other in _at_once(absences):
        why = _links(one, other, names)
        if why:
            found.setdefault((one.person_id, other.person_id), []).append((one, other, why))
    pairs = [
        Pair(
            children=children,
            episodes=tuple((one.episode_id, other.episode_id) for one, other, _ in shared),
            why=frozenset().union(*(why for *_, why in shared)),
            last_at=max(max(one.span.starts_at, other.span.starts_at) for one, other, _ in shared),
        )
        for children, shared in found.items()
    ]
    return tuple(sorted(pairs, key=lambda each: (len(each.episodes), each.last_at), reverse=True))


def _at_once(absences: Iterable[Absence]) -> Iterator[tuple[Absence, Absence]]:
    """Yield the episodes of different children that share a moment, the children in one order.

    A sweep over the beginnings: each episode is compared with those that are not over yet.
    """
    running: list[Absence] = []
    for each in sorted(absences, key=lambda one: one.span.starts_at):
        running = [one for one in running if overlaps(one.span, each.span)]
        for one in running:
            if one.person_id != each.person_id:
                first, second = sorted((one, each), key=lambda child: child.person_id)
                yield first, second
        running.append(each)


def _links(
    one: Absence, other: Absence, names: Mapping[UUID, Iterable[str]]
) -> frozenset[Together]:
    why = set()
    if one.places & other.places:
        why.add(Together.SAME_PLACE)
    if one.named_places & other.named_places:
        why.add(Together.SAME_WORDS)
    if other.person_id in one.companions or one.person_id in other.companions:
        why.add(Together.NAMED)
    if _says(one.said, names.get(other.person_id, ())) or _says(
        other.said, names.get(one.person_id, ())
    ):
        why.add(Together.SAID)
    return frozenset(why)


def _says(said: Iterable[str], names: Iterable[str]) -> bool:
    """Say whether one of these full names stands in one of these texts, word for word."""
    texts = [f" {name_key(each)} " for each in said]
    return any(" " in name and f" {name} " in text for name in names for text in texts)
