"""`./harbour check policies`: every term of every policy decides something for somebody.

Each term is broken in turn, in a world with rows of every kind, and somebody's answer must change:
what she sees, or what becomes of a row that she adds, changes or deletes. What the answer should be
is said by the matrix and in the room's own tests. A term that nobody notices is named with its
reason in `unnoticed.py`, or the check fails. What was found is kept in `proofs.csv`, which the
suite compares with the database: a policy that was changed is a policy without proof.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction

from tests.boundary import stage
from tests.matrix import ground as grounds
from tests.matrix import observing, proofs, rows, scenes, staging
from tests.matrix.mutants import Mutant, mutants
from tests.matrix.observing import Subject, Tokens
from tests.matrix.staging import World
from tests.matrix.test_mutants import asked_here
from tests.matrix.unnoticed import UNNOTICED

IN_THE_SUITE = "test_mutants.py"  # where the oracle notices, in every run of the suite


def run(argv: list[str]) -> int:
    """Break each term once; 0 only if each was noticed, or is named with its reason."""
    parser = argparse.ArgumentParser(prog="harbour check policies", description=run.__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", nargs="*", default=[], help="only these, by name or beginning")
    parser.add_argument("--write", action="store_true", help="keep the proofs in proofs.csv")
    options = parser.parse_args(argv)
    staging.be_administrator()
    with transaction.atomic():
        staging.run("SET ROLE harbour_app")
        wanted = [
            each for each in staging.tables() if each.startswith(tuple(options.table or [""]))
        ]
        world = staging.build(stage.cast(), options.seed)
        tokens = observing.tokens({*world.everybody, *world.lacking.values()})
        found = []
        for table in wanted:
            began = time.monotonic()
            some = list(_judged(table, world, tokens))
            silent = sum(not each.noticed_by for each in some)
            sys.stdout.write(
                f"{table}: {len(some)} terms, {silent} not noticed, "
                f"{time.monotonic() - began:.1f} seconds\n"
            )
            sys.stdout.flush()
            found += some
        transaction.set_rollback(True)
    if options.write:
        proofs.keep(found, whole=not options.table)
    return _verdict(found)


def _verdict(found: Sequence[proofs.Proof]) -> int:
    noticed = [each for each in found if each.noticed_by]
    silent = [each for each in found if not each.noticed_by]
    wrong = [f"noticed by nobody: {each.line}" for each in silent if each.key not in UNNOTICED]
    wrong += [f"named, yet noticed: {each.line}" for each in noticed if each.key in UNNOTICED]
    for each in silent:
        if each.key in UNNOTICED:
            sys.stdout.write(f"named: {each.line}: {UNNOTICED[each.key]}\n")
    sys.stdout.write("".join(f"{each}\n" for each in wrong))
    sys.stdout.write(
        f"{len(found):,} terms broken: {len(noticed):,} noticed, "
        f"{len(silent):,} noticed by nobody in this world; {len(wrong)} neither noticed nor named, "
        "or both.\n"
    )
    return 1 if wrong else 0


def _judged(table: str, world: World, tokens: Tokens) -> Iterator[proofs.Proof]:
    """Yield what became of each term of a table."""
    with grounds.unbound():
        asked = observing.subject(table, scenes.primes(table, world.stage))
    people = world.asked_of(table)
    of_matrix = table in {each.name for each in rows.TABLES}
    for mutant in proofs.numbered(mutants(table)):
        if of_matrix and asked_here(mutant):
            yield proofs.Proof(mutant=mutant, noticed_by=IN_THE_SUITE)
            continue
        answers = (
            each for each in world.first(mutant, people) if _notices(asked, mutant, each, tokens)
        )
        noticed = list(itertools.islice(answers, 1))
        for each in noticed:  # who noticed one, notices the next: ask them first
            people.remove(each)
            people.insert(0, each)
        yield proofs.Proof(mutant=mutant, noticed_by=world.names[noticed[0]] if noticed else "")


def _notices(asked: Subject, mutant: Mutant, user: UUID | None, tokens: Tokens) -> bool:
    """Say whether somebody is answered otherwise once the term is broken."""
    asked.learn(user, tokens, mutant.verb)
    with transaction.atomic():
        staging.as_owner(mutant.statement)
        noticed = asked.notices(user, tokens, mutant.verb)
        transaction.set_rollback(True)
    return noticed
