"""Small random worlds.

Children with relations of every kind, open and ended, and one row in every table.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

from harbour.foundation.kernel import clock
from harbour.record.people.models import Person, Standing
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


@dataclass
class World:
    """The children of one world, with their relations."""

    children: dict[UUID, list[Relation]] = field(default_factory=dict)


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
        world.children[uuid4()] = relations
    return world


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


def decisive(cast: SimpleNamespace) -> World:
    """Return a world in which every term of a policy decides over some child on its own.

    Each child has one relation, with the county's partnership, that lacks one thing: an open end, a
    beginning, leave to write, one part of the record, or the right audience.
    """
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
            uuid4(): [
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
