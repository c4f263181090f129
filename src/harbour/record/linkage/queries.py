"""Search before create: whom the reader may see that may be the person looked for, and why.

A hidden child gives no hit and no count: every table is read through its policy. Names are compared
by words: the vocabulary (harbour_sec.tokens_like) gives the words in use that are like those asked
for, then plain equality finds the names, which an index serves under row-level security too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.record.linkage import rules
from harbour.record.linkage.rules import Candidate, Query, Wanted, Written
from harbour.record.linkage.vocabulary import Field
from harbour.record.people import queries as people
from harbour.record.people import rules as people_rules
from harbour.record.people.models import Address, Identifier, Name, Person, Phone, Relation
from harbour.record.people.vocabulary import IdentifierScheme, RelationKind
from harbour.record.places.rules import postcode_key

__all__ = ["Hit", "Query", "find"]

WORDS_A_TOKEN = 48  # how many words of the vocabulary stand for one word asked for
WORDS_ALONE = 16  # the same, where only one name was asked for
WORDS_CROSSED = 6  # the same, where first name and family name may have changed places
MOST_BY_NAME = 60
MOST_BY_BIRTH = 60
MOST_BY_SHARED = 40
LOWEST_SCORE = 12  # below this too little speaks for anybody to be worth a look


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A person who may be the one looked for."""

    person_id: UUID
    why: list[str] = field(default_factory=list)
    caution: list[str] = field(default_factory=list)
    score: int = 0


def find(reader: Reader, query: Query, limit: int = 20, *, at: datetime | None = None) -> list[Hit]:
    """Return whom the reader may see that may be the person looked for, the likeliest first.

    Writes one row in the ledger: which parts were asked for, who was shown; never what was typed.
    """
    moment = at or clock.now()
    hits = [] if query.is_empty else _hits(query, clock.london_date(moment))[:limit]
    _tell_owners(query)
    audit.record(
        Act.SEARCH,
        "linkage.searched",
        by=reader,
        at=moment,
        subjects=[each.person_id for each in hits],
        groups=["identity"],
        results=len(hits),
        detail={"asked": query.asked},
    )
    return hits


def _tell_owners(query: Query) -> None:
    """Tell who keeps hidden records of whom this search would have found; learn nothing of it."""
    wanted = rules.wanted_words(query)
    numbers = {people_rules.identifier_key(each, query.identifier) for each in IdentifierScheme}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT harbour_sec.look_out_for(%s::text[], %s::text[], %s::text[], %s)",
            [
                list(wanted.straight["given"]),
                list(wanted.straight["family"]),
                sorted(numbers) if query.identifier.strip() else [],
                people_rules.phone_key(query.phone) if query.phone.strip() else "",
            ],
        )


def _hits(query: Query, today: date) -> list[Hit]:
    heard, named, families = _by_name(query)
    shared = _by_shared(query)
    ids = {*named, *shared, *_by_birth(query, families)}
    candidates = _candidates(ids, shared)
    judged = {
        each: rules.judge(query, candidate, heard, today) for each, candidate in candidates.items()
    }
    likely = [(each, one) for each, one in judged.items() if one.score >= LOWEST_SCORE and one.why]
    likely.sort(key=lambda pair: (-pair[1].score, str(pair[0])))
    return [
        Hit(person_id=each, why=list(one.why), caution=list(one.caution), score=one.score)
        for each, one in likely
    ]


# By name

TOKENS = """
SELECT 'given', asked, token, how, cost FROM harbour_sec.tokens_like('given', %s::text[], %s)
UNION ALL
SELECT 'family', asked, token, how, cost FROM harbour_sec.tokens_like('family', %s::text[], %s)
UNION ALL
SELECT 'crossed_given', asked, token, how, cost
FROM harbour_sec.tokens_like('given', %s::text[], %s)
UNION ALL
SELECT 'crossed_family', asked, token, how, cost
FROM harbour_sec.tokens_like('family', %s::text[], %s)
"""
# The numbers rank: the likest names first, those the other way round after the others.
BY_BOTH = """
SELECT person_id, array_position(%(family)s::text[], family_key)
    + array_position(%(given)s::text[], given_key) AS place
FROM people_name WHERE family_key = ANY (%(family)s::text[]) AND given_key = ANY (%(given)s::text[])
UNION ALL
SELECT person_id, array_position(%(family)s::text[], family)
    + array_position(%(given)s::text[], given)
FROM linkage_part WHERE family = ANY (%(family)s::text[]) AND given = ANY (%(given)s::text[])
UNION ALL
SELECT person_id, 10 + array_position(%(crossed_family)s::text[], family_key)
    + array_position(%(crossed_given)s::text[], given_key)
FROM people_name
WHERE family_key = ANY (%(crossed_family)s::text[]) AND given_key = ANY (%(crossed_given)s::text[])
UNION ALL
SELECT person_id, 10 + array_position(%(crossed_family)s::text[], family)
    + array_position(%(crossed_given)s::text[], given)
FROM linkage_part
WHERE family = ANY (%(crossed_family)s::text[]) AND given = ANY (%(crossed_given)s::text[])
ORDER BY place LIMIT %(limit)s
"""
BY_FAMILY = """
(SELECT person_id, array_position(%(words)s::text[], family_key) AS place
FROM people_name WHERE family_key = ANY (%(words)s::text[]) LIMIT %(limit)s)
UNION ALL
(SELECT person_id, array_position(%(words)s::text[], family)
FROM linkage_part WHERE family = ANY (%(words)s::text[]) LIMIT %(limit)s)
ORDER BY place
"""
BY_GIVEN = """
(SELECT person_id, array_position(%(words)s::text[], given_key) AS place
FROM people_name WHERE given_key = ANY (%(words)s::text[]) LIMIT %(limit)s)
UNION ALL
(SELECT person_id, array_position(%(words)s::text[], given)
FROM linkage_part WHERE given = ANY (%(words)s::text[]) LIMIT %(limit)s)
ORDER BY place
"""

type Heard = dict[tuple[str, str], str]
type Words = dict[str, list[str]]


def _by_name(query: Query) -> tuple[Heard, set[UUID], list[str]]:
    """Return how words found are like those asked for, who bears them, and the family names."""
    wanted = rules.wanted_words(query)
    asked = [each for each in ("given", "family") if wanted.straight[each]]
    if not asked:
        return {}, set(), []
    words, heard = _words_like(query, wanted, WORDS_A_TOKEN if len(asked) == 2 else WORDS_ALONE)
    if len(asked) == 1:
        other = "family" if asked == ["given"] else "given"
        found = _with_one(words[asked[0]], asked[0])
        return heard, found | _with_one(words[f"crossed_{other}"], other), words["family"]
    found = _ids(BY_BOTH, words | {"limit": MOST_BY_NAME})
    if not found:
        # Nobody bears both names: whoever bears the family name may be the child or a relative.
        found = _with_one(words["family"][:WORDS_ALONE], "family")
    return heard, found, words["family"]


def _words_like(query: Query, wanted: Wanted, most: int) -> tuple[Words, Heard]:
    """Return names in use that are like the words asked for, the likest first, and how."""
    words: Words = {"given": [], "family": [], "crossed_given": [], "crossed_family": []}
    arguments: list[list[str] | int] = []
    for side, limit in ((wanted.straight, most), (wanted.crossed, WORDS_CROSSED)):
        arguments += [list(side["given"]), limit, list(side["family"]), limit]
    with connection.cursor() as cursor:
        cursor.execute(TOKENS, arguments)
        rows = sorted(cursor.fetchall(), key=lambda row: row[4])
    heard: Heard = {}
    for place, asked, token, how, _cost in rows:
        if token not in words[place]:
            words[place].append(token)
        for origin in _origins(query, Field(place.removeprefix("crossed_")), asked):
            heard.setdefault((origin, token), how)
    return words, heard


def _origins(query: Query, part: Field, asked: str) -> Iterable[str]:
    typed = (*rules.words(query.given), *rules.words(query.family))
    return [each for each in typed if each == asked or asked in rules.variants(part, each)]


def _with_one(words: list[str], side: str) -> set[UUID]:
    """Return who bears one of the names, those asked for before those like them."""
    found: set[UUID] = set()
    for group in (words[:1], words[1:]):
        if group and len(found) < MOST_BY_NAME:
            statement = BY_GIVEN if side == "given" else BY_FAMILY
            found |= _ids(statement, {"words": group, "limit": MOST_BY_NAME})
    return found


def _ids(statement: str, values: Mapping[str, list[str] | int]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0] for row in cursor.fetchall()}


# By what two people can share


def _by_shared(query: Query) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for what, ids in (
        ("identifier", _with_identifier(query.identifier)),
        ("phone", _with_phone(query.phone)),
        ("postcode", _with_postcode(query.postcode)),
    ):
        for each in ids:
            found.setdefault(each, set()).add(what)
    return found


def _with_identifier(typed: str) -> Iterable[UUID]:
    if not typed.strip():
        return ()
    keys = {people_rules.identifier_key(each, typed) for each in IdentifierScheme.values}
    found = Identifier.objects.filter(scheme__in=IdentifierScheme.values, value_key__in=keys)
    return found.values_list("person_id", flat=True)[:MOST_BY_SHARED]


def _with_phone(typed: str) -> Iterable[UUID]:
    key = people_rules.phone_key(typed) if typed.strip() else ""
    if not key:
        return ()
    found = Phone.objects.filter(number_key=key)
    return found.values_list("person_id", flat=True)[:MOST_BY_SHARED]


def _with_postcode(typed: str) -> Iterable[UUID]:
    key = postcode_key(typed)
    if not key:
        return ()
    found = Address.objects.filter(place__postcode_key=key)
    return found.values_list("person_id", flat=True)[:MOST_BY_SHARED]


def _by_birth(query: Query, families: list[str]) -> set[UUID]:
    days = _days(query)
    if days is None:
        return set()
    people_born = Person.objects.filter(days).values_list("pk", flat=True)
    found = set(people_born[:MOST_BY_BIRTH])
    if families and len(found) == MOST_BY_BIRTH:
        # On a birthday that many share, the family counts: brothers and sisters are among them.
        namesakes = Name.objects.filter(family_key__in=families, person__in=people_born)
        found |= set(namesakes.values_list("person_id", flat=True)[:MOST_BY_BIRTH])
    return found


def _days(query: Query) -> Q | None:
    born = query.born_on
    if born is None or query.born_precision not in ("day", "month"):
        return None
    if query.born_precision == "month":
        return Q(born_on__gte=born, born_on__lt=_next_month(born))
    days = Q(born_on=born)
    if born.day <= 12:
        days |= Q(born_on=born.replace(month=born.day, day=born.month))
    return days


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


# What is compared


def _candidates(ids: set[UUID], shared: Mapping[UUID, set[str]]) -> dict[UUID, Candidate]:
    if not ids:
        return {}
    names: dict[UUID, list[Written]] = {}
    for person_id, written in people.written_names(ids).items():
        names[person_id] = [Written(kind=kind, given=g, family=f) for kind, g, f in written]
    twins = Relation.objects.filter(person=OuterRef("pk"), kind=RelationKind.TWIN)
    found = Person.objects.filter(pk__in=ids).annotate(twin=Exists(twins))
    return {
        person_id: Candidate(
            names=tuple(names.get(person_id, ())),
            born_on=born_on,
            born_precision=precision,
            shared=frozenset(shared.get(person_id, ())),
            twin=twin,
        )
        for person_id, born_on, precision, twin in found.values_list(
            "pk", "born_on", "born_precision", "twin"
        )
    }
