"""Small random worlds.

Children with relations of every kind, open and ended, with restrictions that stand and that were
lifted, and one row in every table.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

from harbour.foundation.kernel import clock
from harbour.record.people.models import Person, Standing
from harbour.record.restrictions.models import Named, Restriction
from tests.matrix import table

NOW = clock.now()
PAST = NOW - timedelta(days=40)
BASIS = {
    "responsible": "responsible",
    "host": "host",
    "recorded": "associated",
    "placed": "placed",
    "allocated": "allocated",
    "shared": "shared",
    "named": "named",
    "emergency": "emergency",
}


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One relation of a child: what it is, with whom, which parts, and whether it stands open."""

    name: str
    audience: str
    facets: frozenset[str]
    writes: bool
    starts_at: datetime
    ends_at: datetime | None

    @property
    def open(self) -> bool:
        """Say whether it stands open now."""
        return self.starts_at <= NOW and (self.ends_at is None or self.ends_at > NOW)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A restriction of a record: what it closes, who is named, who was, and whether it stands."""

    facets: frozenset[str]
    owner: UUID
    named: frozenset[UUID] = frozenset()
    no_longer: frozenset[UUID] = frozenset()
    lifted: bool = False

    def closes(self, facet: str, audience: str) -> bool:
        """Say whether it keeps this part from this audience."""
        spared = {f"user:{each}" for each in (self.owner, *self.named)}
        return not self.lifted and facet in self.facets and audience not in spared


@dataclass
class World:
    """The children of one world, with their relations and restrictions."""

    children: dict[UUID, list[Relation]] = field(default_factory=dict)
    closings: dict[UUID, list[Closing]] = field(default_factory=dict)

    def opens(self, child: UUID, relation: Relation, facet: str) -> bool:
        """Say whether a relation opens this part of the child's record now."""
        return (
            relation.open
            and facet in relation.facets
            and not any(
                each.closes(facet, relation.audience) for each in self.closings.get(child, ())
            )
        )


def invent(cast: SimpleNamespace, seed: int, children: int = 14) -> World:
    """Invent children whose relations are drawn at random from every kind there is."""
    chance = random.Random(seed)
    authorities = [cast.county, cast.city, cast.rutland, cast.neighbour_authority, cast.saltby]
    agencies = [
        cast.school,
        cast.home_agency,
        cast.listening,
        cast.police,
        cast.county,
        cast.health,
    ]
    users = [cast.youth_worker, cast.detective, cast.neighbour, cast.school_lead, cast.director]
    homes = [cast.home_agency, cast.listening]
    world = World()
    for _ in range(children):
        relations = [_relation(chance, "responsible", f"authority:{chance.choice(authorities).pk}")]
        for name, some in (
            ("host", authorities),
            ("recorded", authorities),
            ("placed", homes),
            ("shared", agencies),
        ):
            kind = table.relations()[name].audience
            if chance.random() < 0.45:
                relations.append(_relation(chance, name, f"{kind}:{chance.choice(some).pk}"))
        if chance.random() < 0.5:
            relations.append(_relation(chance, "allocated", f"user:{chance.choice(users).pk}"))
        if chance.random() < 0.3:
            relations.append(_relation(chance, "emergency", f"user:{chance.choice(users).pk}"))
        child = uuid4()
        if chance.random() < 0.4:
            closing = _closing(chance, [each.pk for each in (*users, cast.front_door, cast.nurse)])
            world.closings[child] = [closing]
            relations += [_naming(each, closing) for each in (closing.owner, *closing.named)]
        world.children[child] = relations
    return world


def _closing(chance: random.Random, people: list[UUID]) -> Closing:
    """Restrict the whole record, or some parts of it; sometimes it is lifted."""
    owner, named, no_longer = chance.sample(people, 3)
    parts = [each for each in table.FACETS if each != "identity"]
    some = table.FACETS if chance.random() < 0.5 else chance.sample(parts, chance.randint(1, 4))
    return Closing(
        facets=frozenset(some),
        owner=owner,
        named=frozenset({named}),
        no_longer=frozenset({no_longer}),
        lifted=chance.random() < 0.25,
    )


def _naming(user: UUID, closing: Closing) -> Relation:
    return Relation(
        name="named",
        audience=f"user:{user}",
        facets=closing.facets | {"identity"},
        writes=table.relations()["named"].writes,
        starts_at=PAST,
        ends_at=PAST + timedelta(days=3) if closing.lifted else None,
    )


def _relation(chance: random.Random, name: str, audience: str) -> Relation:
    rule = table.relations()[name]
    facets = rule.facets or frozenset(chance.sample(table.FACETS, chance.randint(1, 5)))
    starts, ends = chance.choice(
        [(PAST, None)] * 4
        + [
            (PAST, NOW + timedelta(days=9)),
            (PAST, PAST + timedelta(days=3)),
            (NOW + timedelta(days=5), None),
        ]
    )
    return Relation(
        name=name,
        audience=audience,
        facets=facets,
        writes=rule.writes,
        starts_at=starts,
        ends_at=ends,
    )


def write(world: World, by: UUID) -> None:
    """Write the children and their standings, past every policy."""
    Person.objects.bulk_create(
        Person(id=child, recorded_at=PAST, recorded_by_id=by) for child in world.children
    )
    Standing.objects.bulk_create(
        Standing(
            person_id=child,
            audience=each.audience,
            basis=BASIS[each.name],
            facets=sorted(each.facets),
            writes=each.writes,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            recorded_at=PAST,
            recorded_by_id=by,
        )
        for child, relations in world.children.items()
        for each in relations
    )
    for child, closings in world.closings.items():
        for closing in closings:
            _restrict(child, closing, by)


def _restrict(child: UUID, closing: Closing, by: UUID) -> None:
    """Write a restriction after the standings, which the database then holds back."""
    made = {"recorded_at": PAST, "recorded_by_id": by}
    restriction = Restriction(
        person_id=child,
        kind="other",
        facets=sorted(closing.facets),
        whole="identity" in closing.facets,
        reason="for the matrix",
        owner_id=closing.owner,
        review_on=NOW.date(),
        lifted_at=NOW if closing.lifted else None,
        lifted_by_id=by if closing.lifted else None,
        **made,
    )
    restriction.save(force_insert=True)
    ended = {"ended_at": NOW, "ended_by_id": by}
    Named.objects.bulk_create(
        [Named(restriction=restriction, user_id=each, **made) for each in closing.named]
        + [Named(restriction=restriction, user_id=e, **made, **ended) for e in closing.no_longer]
    )


def decisive(cast: SimpleNamespace) -> World:
    """Return a world in which every term of a policy decides over some child on its own.

    Each child has one relation, with the county's partnership, that lacks one thing: an open end, a
    beginning, leave to write, one part of the record, or the right audience.
    """
    chance = random.Random("decisive")
    county, nobodys = f"authority:{cast.county.pk}", f"authority:{cast.saltby.pk}"
    whole = frozenset(table.FACETS)
    lacking = [whole - {facet} for facet in table.FACETS]
    later, ended = NOW + timedelta(days=5), PAST + timedelta(days=3)
    given = [
        (county, whole, True, PAST, None),
        (county, whole, True, PAST, later),
        (county, whole, True, PAST, ended),
        (county, whole, True, later, None),
        (county, whole, False, PAST, None),
        (nobodys, whole, True, PAST, None),
        *((county, facets, True, PAST, None) for facets in lacking),
    ]
    return World(
        children={
            UUID(int=chance.getrandbits(128), version=4): [
                Relation(
                    name="responsible",
                    audience=audience,
                    facets=facets,
                    writes=writes,
                    starts_at=begin,
                    ends_at=end,
                )
            ]
            for audience, facets, writes, begin, end in given
        }
    )
