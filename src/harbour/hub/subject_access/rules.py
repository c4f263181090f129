"""The clock of a request, which words to propose for taking out, and what is left without them.

Clock: UK GDPR art 12(3); ICO, Right of access: one month from receipt to the corresponding date,
the last day of a month that has no such date, the next working day where that one is none.
"""

import calendar
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from harbour.foundation.kernel.working_days import is_working_day

EXTENDED_BY = 2
SHORTEST_NAME = 3
APOSTROPHES = "'\u2019"
INVISIBLE = {0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
PHONE = re.compile(r"(?<![\w])(?:\+|00)?\(?\d(?:[\s().\-]{0,2}\d){8,14}(?!\w)")
MAIL = re.compile(r"(?<![\w.+\-'])[\w.+\-']+@[\w\-]+(?:\.[\w\-]+)+")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
POLICE = re.compile(
    r"\b(?:intelligence|informants?|CHIS|covert|surveillance|source (?:says|said|states|report)|"
    r"confidential source|undercover|operation [A-Z]\w+)\b",
    re.IGNORECASE,
)
COUNSEL = re.compile(
    r"\b(?:legal advice|legally privileged|solicitor advised|counsel(?:'s)? advice|"
    r"advice from (?:our )?(?:solicitor|counsel|legal))\b",
    re.IGNORECASE,
)
# Given names that are also words: alone they are taken for the word, beside a family name not.
ALSO_WORDS = frozenset({"will", "may", "grace", "hope", "faith", "joy", "mark", "rose", "summer"})


# The clock


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """The clock stood still from one day until another (excluded), or still does."""

    from_on: date
    until_on: date | None


def months_later(day: date, months: int) -> date:
    """Return the corresponding date so many months on, or the last of a month without one."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_on(began_on: date, *, extended: bool, stops: Iterable[Stopped] = ()) -> date | None:
    """Return the day by which a request is answered; nothing while its clock stands still."""
    stops = list(stops)
    if any(each.until_on is None for each in stops):
        return None
    day = months_later(began_on, 1 + (EXTENDED_BY if extended else 0))
    day += sum((each.until_on - each.from_on for each in stops if each.until_on), timedelta(0))
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


# Which words


@dataclass(frozen=True, kw_only=True)
class Span:
    """Words from one place of a text to another, and why they should go."""

    start: int
    end: int
    ground: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """What tells the child from others: their names, the child's own names, numbers, postcodes."""

    others: tuple[tuple[str, str], ...] = ()
    own_names: frozenset[str] = frozenset()
    own_numbers: frozenset[str] = frozenset()
    own_postcodes: frozenset[str] = frozenset()


def visible(text: str) -> str:
    """Return a text without letters that nobody sees, which could hide a name from a search."""
    return "".join(each for each in text if ord(each) not in INVISIBLE)


def folded(text: str) -> str:
    """Return a text in lower case without accents, letter for letter as long as it was."""
    return "".join(_plain(each) for each in text)


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base if len(base) == 1 else letter


def proposals(text: str, known: Known) -> tuple[Span, ...]:
    """Return the words of a text that should go, each with its ground, none inside another."""
    plain = folded(text)
    found = [*_named(plain, known), *_reached(text, known)]
    for pattern, ground in ((POLICE, "crime"), (COUNSEL, "privilege")):
        found += [
            Span(start=each.start(), end=each.end(), ground=ground)
            for each in SENTENCE.finditer(text)
            if pattern.search(each[0])
        ]
    return merged(found)


def _named(plain: str, known: Known) -> list[Span]:
    pattern = _pattern_of(known)
    if pattern is None:
        return []
    return [
        Span(start=each.start(), end=each.end(), ground="third_party")
        for each in pattern.finditer(plain)
    ]


@lru_cache(maxsize=8)
def _pattern_of(known: Known) -> re.Pattern[str] | None:
    wanted: set[str] = set()
    for given, family in known.others:
        whole = folded(f"{given} {family}").split()
        if len(whole) > 1 and not known.own_names.issuperset(whole):
            wanted |= {_joined(whole), _joined([whole[-1], *whole[:-1]])}
        wanted |= {_joined([each]) for each in whole if _tells(each, known)}
    if not wanted:
        return None
    ordered = sorted(wanted, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)")


def _tells(word: str, known: Known) -> bool:
    """Say whether a name alone points at somebody else, and is no word and not the child's own."""
    return len(word) >= SHORTEST_NAME and word not in known.own_names and word not in ALSO_WORDS


def _joined(words: Sequence[str]) -> str:
    return r"[\s,.\-]{1,3}".join(_letters(each) for each in words)


def _letters(word: str) -> str:
    return f"[{APOSTROPHES}]?".join(re.escape(each) for each in word if each not in APOSTROPHES)


def _reached(text: str, known: Known) -> list[Span]:
    """Return numbers, mail addresses and postcodes that are not the child's own."""
    found = [
        Span(start=each.start(), end=each.end(), ground="third_party")
        for each in PHONE.finditer(text)
        if digits(each[0]) not in known.own_numbers
    ]
    found += [
        Span(start=each.start(), end=each.end(), ground="third_party")
        for each in MAIL.finditer(text)
    ]
    found += [
        Span(start=each.start(), end=each.end(), ground="third_party")
        for each in POSTCODE.finditer(text)
        if each[0].replace(" ", "").upper() not in known.own_postcodes
    ]
    return found


def digits(number: str) -> str:
    """Return the last ten digits of a number: the same however the country is written."""
    return re.sub(r"\D", "", number)[-10:]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch one another as one, with the first one's ground."""
    found: list[Span] = []
    for each in sorted(spans, key=lambda span: (span.start, -span.end)):
        if found and each.start < found[-1].end:
            last = found[-1]
            end = max(last.end, each.end)
            found[-1] = Span(start=last.start, end=end, ground=last.ground)
        else:
            found.append(each)
    return tuple(found)


def occurrences(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return where some words stand in a text, whatever the case, accents and breaks."""
    parts = folded(visible(words)).split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(re.escape(each) for each in parts))
    return tuple((each.start(), each.end()) for each in pattern.finditer(folded(text)))


# What is left


def without(text: str, spans: Iterable[Span], marks: dict[str, str]) -> str:
    """Return a text with a mark in the place of each span."""
    left, place = "", 0
    for each in merged(spans):
        left += text[place : each.start] + marks[each.ground]
        place = each.end
    return left + text[place:]


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text, by which a decision knows the words it was made for."""
    return hashlib.sha256(text.encode()).hexdigest()


# The bundle


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One answer of one row: where it stands, what it is called, what it says."""

    source: str
    source_id: UUID
    part: str
    heading: str
    label: str
    text: str
    written: str
    at: datetime | None
    # The whole of it is about somebody else, or must not go: the ground, where that is known.
    ground: str = ""

    @property
    def sha256(self) -> str:
        """Return the fingerprint of its words."""
        return fingerprint(self.text)


class Judged(Protocol):
    """A decision about some words, as far as the bundle must know it."""

    source_id: UUID
    part: str
    text_sha256: str
    start: int
    end: int
    ground: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the bundle: one answer of one row, without what was taken out."""

    heading: str
    row: str
    label: str
    text: str
    written: str
    at: str
    grounds: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Return the fingerprint of everything that the part says."""
        said = (self.heading, self.label, self.text, self.written, self.at)
        return fingerprint("\x1f".join(said))


def parts(
    held: Iterable[Passage], judged: Iterable[Judged], marks: dict[str, str]
) -> tuple[Part, ...]:
    """Return what may go out: every passage without the words that somebody accepted to take out.

    A decision made for other words than the passage has now counts for nothing.
    """
    accepted: dict[tuple[UUID, str, str], list[Span]] = {}
    for one in judged:
        if one.decision == "accepted":
            span = Span(start=one.start, end=one.end, ground=one.ground)
            accepted.setdefault((one.source_id, one.part, one.text_sha256), []).append(span)
    found = []
    for each in held:
        spans = merged(accepted.get((each.source_id, each.part, each.sha256), ()))
        found.append(
            Part(
                heading=each.heading,
                row=str(each.source_id),
                label=each.label,
                text=without(each.text, spans, marks),
                written=each.written,
                at=each.at.date().isoformat() if each.at else "",
                grounds=tuple(span.ground for span in spans),
            )
        )
    return tuple(found)


def manifest(found: Iterable[Part]) -> list[str]:
    """Return the fingerprint of each part, in order."""
    return [each.sha256 for each in found]


def digest(found: Iterable[Part]) -> str:
    """Return one fingerprint of the whole, to which an approval is bound."""
    return fingerprint("\n".join(manifest(found)))
