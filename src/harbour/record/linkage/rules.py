"""Why a person may be the one looked for, and why it may be another. Values only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import product

from rapidfuzz.distance import DamerauLevenshtein

from harbour.record.linkage.vocabulary import FAMILY_VARIANTS, GIVEN_VARIANTS, Field
from harbour.record.people.rules import age_on, name_key

# Two forenames of one family name and birthday, or of one address: twins, brothers, sisters.
SIBLING_YEARS = 12


class How(StrEnum):
    """How a recorded word answers a word that was asked for, the strongest first."""

    SAME = "same"
    VARIANT = "variant"
    SPELLING = "spelling"
    SOUND = "sound"
    START = "start"
    OTHER = "other"


NAME_SCORE = {
    How.SAME: 30, How.VARIANT: 26, How.SPELLING: 22, How.SOUND: 16, How.START: 14, How.OTHER: 0,
}  # fmt: skip
SPOKEN = {
    How.VARIANT: "a form of the name",
    How.SPELLING: "spelt differently",
    How.SOUND: "sounds or is written alike",
    How.START: "begins the same",
}


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is known of the person looked for; any part may be missing."""

    given: str = ""
    family: str = ""
    born_on: date | None = None
    born_precision: str = "day"
    age: int | None = None
    identifier: str = ""
    phone: str = ""
    postcode: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was given to look for."""
        wanted = (self.given, self.family, self.identifier, self.phone, self.postcode)
        return self.born_on is None and not any(each.strip() for each in wanted)

    @property
    def asked(self) -> str:
        """Return which parts were given, never what they say: for the ledger."""
        parts = ("given", "family", "born_on", "age", "identifier", "phone", "postcode")
        return ", ".join(each for each in parts if getattr(self, each) not in ("", None))


@dataclass(frozen=True, kw_only=True)
class Written:
    """A name as it stands in the record."""

    kind: str
    given: str
    family: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A person of the record, as far as a search compares."""

    names: tuple[Written, ...]
    born_on: date | None
    born_precision: str
    shared: frozenset[str] = frozenset()  # "identifier", "phone", "postcode": what is the same
    twin: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How likely this is the person, why, and why not."""

    score: int
    why: tuple[str, ...]
    caution: tuple[str, ...]


# Words


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name and, where there are several, all of them run together."""
    parts = name_key(text).split()
    return tuple(dict.fromkeys((*parts, "".join(parts)))) if parts else ()


@cache
def _variants(table: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in table.strip().splitlines():
        group = line.split()
        for word in group:
            found.setdefault(word, set()).update(group)
    return {word: frozenset(others - {word}) for word, others in found.items()}


def variants(name_field: Field, word: str) -> frozenset[str]:
    """Return the other forms people use for a name: short forms, spellings, other languages."""
    return _variants(GIVEN_VARIANTS if name_field == Field.GIVEN else FAMILY_VARIANTS).get(
        word, frozenset()
    )


def how_alike(
    name_field: Field, asked: str, recorded: str, heard: Mapping[tuple[str, str], str]
) -> How:
    """Return how a recorded word answers the word asked for.

    `heard` is how the vocabulary found the one by the other.
    """
    if asked == recorded:
        return How.SAME
    if recorded in variants(name_field, asked):
        return How.VARIANT
    slips = DamerauLevenshtein.distance(asked, recorded)
    allowed = 2 if min(len(asked), len(recorded)) >= 7 else 1
    if slips <= allowed and len(asked) >= 3:
        return How.SPELLING
    if heard.get((asked, recorded)) in (How.SOUND, How.SPELLING):
        return How.SOUND
    if len(asked) >= 3 and recorded.startswith(asked):
        return How.START
    return How.OTHER


# Names


@dataclass(frozen=True, kw_only=True)
class NameMatch:
    """How one recorded name answers the name asked for."""

    name: Written
    given: How | None = None
    family: How | None = None
    swapped: bool = False

    @property
    def score(self) -> float:
        """Weigh the name: both parts, a little less when they stand the other way round."""
        parts = [NAME_SCORE[each] for each in (self.given, self.family) if each is not None]
        alias = 0.5 if self.name.kind in ("alias", "previous") else 0.0
        return sum(parts) - (3.0 if self.swapped else 0.0) - alias


def _best(
    name_field: Field,
    asked: Iterable[str],
    recorded: Iterable[str],
    heard: Mapping[tuple[str, str], str],
) -> How | None:
    pairs = [how_alike(name_field, a, r, heard) for a, r in product(asked, recorded)]
    return min(pairs, key=list(How).index) if pairs else None


def match_name(query: Query, name: Written, heard: Mapping[tuple[str, str], str]) -> NameMatch:
    """Compare one recorded name with the name asked for, both ways round."""
    given, family = words(query.given), words(query.family)
    has_given, has_family = words(name.given), words(name.family)
    straight = NameMatch(
        name=name,
        given=_best(Field.GIVEN, given, has_given, heard) if given else None,
        family=_best(Field.FAMILY, family, has_family, heard) if family else None,
    )
    crossed = NameMatch(
        name=name,
        given=_best(Field.FAMILY, given, has_family, heard) if given else None,
        family=_best(Field.GIVEN, family, has_given, heard) if family else None,
        swapped=True,
    )
    return max(straight, crossed, key=lambda each: each.score)


def best_name(
    query: Query, names: Iterable[Written], heard: Mapping[tuple[str, str], str]
) -> NameMatch | None:
    """Return the recorded name that answers best; nothing where none was asked for."""
    if not (query.given.strip() or query.family.strip()):
        return None
    matches = [match_name(query, name, heard) for name in names]
    return max(matches, key=lambda each: each.score, default=None)


NAME_KINDS = {
    "alias": "an alias",
    "previous": "a previous name",
    "known_as": "what they are known as",
}


def _is_whole(query: Query, match: NameMatch) -> bool:
    parts = (
        (query.given, match.given, match.name.given),
        (query.family, match.family, match.name.family),
    )
    joined = [
        (words(asked)[-1:], words(known)[-1:]) for asked, how, known in parts if how is not None
    ]
    return all(asked == known for asked, known in joined)


def _why_name(query: Query, match: NameMatch) -> list[str]:
    asked = [each for each in (match.given, match.family) if each is not None]
    if not asked or all(each == How.OTHER for each in asked):
        return []
    said = []
    full = f"{match.name.given} {match.name.family}".strip()
    if match.swapped:
        said.append(f"First name and family name the other way round: {full}")
    elif all(each == How.SAME for each in asked):
        whole = "Same name" if len(asked) == 2 else f"Same {_only(match)}"
        said.append(whole if _is_whole(query, match) else f"Part of the name: {full}")
    else:
        said += _why_parts(match)
    if match.name.kind in NAME_KINDS:
        said.append(f"{full} is {NAME_KINDS[match.name.kind]}")
    return said


def _only(match: NameMatch) -> str:
    return "first name" if match.family is None else "family name"


def _why_parts(match: NameMatch) -> list[str]:
    parts = (
        ("First name", match.given, match.name.given),
        ("Family name", match.family, match.name.family),
    )
    said = []
    for label, how, text in parts:
        if how == How.SAME:
            said.append(f"Same {label.lower()}")
        elif how is not None and how != How.OTHER:
            said.append(f"{label} {SPOKEN[how]}: {text}")
    return said


# Birth


def _digits_apart(one: date, other: date) -> int:
    return sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True))


def _swapped(one: date, other: date) -> bool:
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _near(one: date, other: date) -> bool:
    return one.year == other.year and bool({one.month, one.day} & {other.month, other.day})


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# How two full dates of birth speak to each other: the first line that holds, with its weight, what
# it says for and what it says against.
BIRTHDAYS: tuple[tuple[Callable[[date, date], bool], int, str, str], ...] = (
    (lambda asked, known: asked == known, 40, "Same date of birth", ""),
    (_swapped, 30, "Day and month of birth the other way round", ""),
    (
        lambda asked, known: _digits_apart(asked, known) == 1,
        22,
        "Date of birth one digit different: {known}",
        "",
    ),
    (_near, 4, "", "Another day of birth in the same year is recorded: {known}"),
)
OTHER_BIRTHDAY = -25


def _birth(query: Query, person: Candidate, today: date) -> tuple[int, str, str]:
    """Return weight, why and caution of the date of birth."""
    asked, known = query.born_on, person.born_on
    if asked is None:
        return _by_age(query.age, person, today)
    if known is None:
        return 0, "", "No date of birth is recorded"
    precisions = {query.born_precision, person.born_precision}
    if precisions & {"year", "month", "estimated"}:
        return _partial_birth(asked, known, precisions)
    for holds, weight, why, against in BIRTHDAYS:
        if holds(asked, known):
            return weight, why.format(known=_day(known)), against.format(known=_day(known))
    return OTHER_BIRTHDAY, "", f"Another date of birth is recorded: {_day(known)}"


def _partial_birth(asked: date, known: date, precisions: set[str]) -> tuple[int, str, str]:
    apart = abs(asked.year - known.year)
    if "estimated" in precisions:
        if apart <= 1:
            return 15, "Year of birth fits an estimate", ""
        return -15, "", "Another age is recorded"
    if apart:
        return -25, "", "Another year of birth is recorded"
    if "year" in precisions:
        return 18, "Same year of birth", ""
    if asked.month == known.month:
        return 26, "Same month and year of birth", ""
    return 2, "", "Another month of birth in the same year is recorded"


def _by_age(age: int | None, person: Candidate, today: date) -> tuple[int, str, str]:
    known = age_on(person.born_on, person.born_precision, today)
    if age is None or known is None:
        return 0, "", ""
    apart = abs(age - known)
    if apart == 0:
        return 20, f"Same age: {known}", ""
    if apart == 1:
        return 12, f"Age one year different: {known}", ""
    return -10 * min(apart, 5), "", f"Another age: {known}"


# Judgement

SHARED = {
    "identifier": (60, "Same number"),
    "phone": (35, "Same telephone number"),
    "postcode": (20, "Lives or lived at the same postcode"),
}


def judge(
    query: Query, person: Candidate, heard: Mapping[tuple[str, str], str], today: date
) -> Verdict:
    """Weigh everything that speaks for and against this being the person looked for."""
    match = best_name(query, person.names, heard)
    birth, why_birth, against_birth = _birth(query, person, today)
    score = birth + (match.score if match else 0)
    why = _why_name(query, match) if match else []
    why += [why_birth] if why_birth else []
    for each, (weight, sentence) in SHARED.items():
        if each in person.shared:
            score += weight
            why.append(sentence)
    caution = _cautions(query, person, match, birth=birth, against_birth=against_birth)
    return Verdict(score=round(score), why=tuple(why), caution=tuple(caution))


def _cautions(
    query: Query,
    person: Candidate,
    match: NameMatch | None,
    *,
    birth: int,
    against_birth: str,
) -> list[str]:
    said = [against_birth] if against_birth else []
    others = match is not None and How.OTHER in (match.given, match.family)
    if match and match.given == How.OTHER and match.family in (How.SAME, How.SPELLING, How.VARIANT):
        said.insert(0, _sibling(birth, person))
    elif others and person.shared & {"identifier", "phone"}:
        said.insert(0, "The number is the same but the name is not: it may belong to somebody else")
    elif others:
        said.insert(0, "Part of the name, or all of it, is another")
    if person.twin:
        said.append("A twin is recorded: make sure which of the two it is")
    only_name = match is not None and not person.shared and birth == 0 and not against_birth
    if only_name and (query.given.strip() or query.family.strip()):
        said.append("Only the name speaks for it")
    return said


def _sibling(birth: int, person: Candidate) -> str:
    if birth >= 40:
        return "Other first name, same family name and date of birth: may be a twin"
    if "postcode" in person.shared or "phone" in person.shared:
        return "Other first name, same family name and household: may be a brother or sister"
    return "Other first name, same family name: may be a relative"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Words to look up in the vocabulary by field: as asked for, and the other way round."""

    straight: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crossed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def wanted_words(query: Query) -> Wanted:
    """Return the words of the query with the other forms of each name."""
    given, family = words(query.given), words(query.family)
    return Wanted(
        straight={
            "given": _with_variants(Field.GIVEN, given),
            "family": _with_variants(Field.FAMILY, family),
        },
        crossed={
            "given": _with_variants(Field.GIVEN, family),
            "family": _with_variants(Field.FAMILY, given),
        },
    )


def _with_variants(name_field: Field, asked: tuple[str, ...]) -> tuple[str, ...]:
    others = (each for word in asked for each in sorted(variants(name_field, word)))
    return tuple(dict.fromkeys((*asked, *others)))
