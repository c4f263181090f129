"""Who should see and write what, in plain Python, from the tables of docs/visibility.md alone."""

from dataclasses import dataclass
from uuid import UUID

from tests.matrix import table
from tests.matrix.world import World


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A person as the oracle knows them: what they hold today."""

    user_id: UUID | None
    roles: tuple[
        tuple[str, UUID, frozenset[UUID]], ...
    ] = ()  # (role, agency, authorities of the team)


def _audiences(holder: Holder, facet: str, *, writing: bool) -> set[str]:
    found: set[str] = set()
    for code, agency, authorities in holder.roles:
        rule = table.roles()[code]
        if rule.reach == "none" or facet not in (rule.writes if writing else rule.reads):
            continue
        found |= {f"user:{holder.user_id}", f"agency:{agency}"}
        if rule.reach == "authority":
            found |= {f"authority:{each}" for each in authorities}
    return found


def readable(holder: Holder, world: World, facet: str) -> set[UUID]:
    """Return the children of whom this person should read this part."""
    mine = _audiences(holder, facet, writing=False)
    return {
        child
        for child, relations in world.children.items()
        if any(each.audience in mine and world.opens(child, each, facet) for each in relations)
    }


def writable(holder: Holder, world: World, facet: str) -> set[UUID]:
    """Return the children of whom this person should be able to add to or change this part."""
    mine = _audiences(holder, facet, writing=True)
    return {
        child
        for child, relations in world.children.items()
        if any(
            each.writes and each.audience in mine and world.opens(child, each, facet)
            for each in relations
        )
    }


def changeable(holder: Holder, world: World, facet: str) -> set[UUID]:
    """Return the children whose rows this person should be able to change.

    Read and written both.
    """
    return readable(holder, world, facet) & writable(holder, world, facet)


def of_partnership(holder: Holder, authority: UUID, facet: str) -> bool:
    """Say whether this person reads that part for that authority's partnership."""
    return f"authority:{authority}" in _audiences(holder, facet, writing=False)
