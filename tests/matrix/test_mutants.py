"""A matrix that a wrong policy would pass proves nothing.

Every term of every policy is broken in turn.
"""

import pytest
from django.db import transaction

from harbour.demo import partnership
from tests.matrix import ground as grounds
from tests.matrix import rows
from tests.matrix.decisions import Asked, mismatches
from tests.matrix.mutants import Mutant, mutants
from tests.matrix.world import decisive

# One who reads and writes all, one who reads much and writes little, one of another authority, one
# who sees nobody, and nobody.
ASKED = {
    *map(
        partnership.user_id,
        ("front_door", "panel_chair", "analyst", "records_officer", "city_front_door"),
    ),
    None,
}
# What these ask beside the child is broken by `./harbour check policies`.
PROVED_ELSEWHERE = (
    "item_of_",
    "allocation_answer_own",
    "what_was_said",
    "completed_stays",
    "removed_stays",
    "seal_",
    "relation_to_the_visible",
    "share_",
)
# Breaking these terms changes no answer. Every role that reaches an authority reads identity, and a
# standing is only read by its own audience; an agenda item is only read by who reads its meeting,
# who is that very audience.
CHANGES_NOTHING = (
    "harbour_sec.audiences('identity'::text)",
    "harbour_sec.audiences('meeting'::text)",
)


def asked_here(mutant: Mutant) -> bool:
    term = mutant.change.partition(": ")[2]
    nothing = " AND " not in term and any(each in term for each in CHANGES_NOTHING)
    return not mutant.policy.startswith(PROVED_ELSEWHERE) and not nothing


@pytest.mark.parametrize("table", [each.name for each in rows.TABLES])
def test_every_mutant_of_every_policy_is_killed(ground, holders, as_owner, table):
    world = grounds.populate(ground, decisive(ground.cast))
    tables = [each for each in rows.TABLES if each.name == table]
    asked = Asked(ground=ground, world=world, tables=tables)
    holders = [each for each in holders if each.user_id in ASKED]
    assert list(mismatches(asked, holders, grounds.acting)) == []
    survivors = []
    for mutant in filter(asked_here, mutants(table)):
        with transaction.atomic():
            as_owner(mutant.statement)
            writes = mutant.verb != "SELECT"
            found = mismatches(asked, holders, grounds.acting, writes=writes)
            if next(found, None) is None:
                survivors.append((mutant.policy, mutant.change))
            found.close()
            transaction.set_rollback(True)

    assert survivors == []
