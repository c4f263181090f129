"""`./harbour check policies`: every term of every other policy decides something for somebody.

Where no oracle states who sees what (a person's own rows, the ledger, referrals, meetings), each
term is broken in turn, in a world with rows of every kind, and somebody's answer must change. What
the answer should be is said in the room's own tests. The tables of a child's record are broken in
the suite itself, where the oracle notices.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from uuid import UUID

from django.db import connection, connections, transaction

from harbour.config.database import django_database
from harbour.demo import partnership
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from tests.boundary import stage
from tests.builders import providers
from tests.journeys import walk
from tests.matrix import filling, observing, rows
from tests.matrix import ground as grounds
from tests.matrix.mutants import Mutant, mutants
from tests.matrix.observing import Subject, Tokens
from tests.matrix.test_mutants import PROVED_ELSEWHERE
from tests.matrix.world import decisive, write

# Beside two who do every job of a hub, far apart: one of each kind of reach and of right.
ASKING = (
    "front_door",
    "city_front_door",
    "nurse",
    "panel_chair",
    "youth_worker",
    "school_lead",
    "home_manager",
    "director",
    "records_officer",
    "administrator",
    "records_import",
    "public_intake",
)
# What decides who sees what is not made up: who holds which role, and for whom a team works.
KEPT_AS_THEY_ARE = {
    "access_holding",
    "access_rolegrant",
    "agencies_agency",
    "agencies_team",
    "agencies_remit",
    "people_standing",
}
SHAPE = re.compile(r"audiences\('(\w+)(:write)?'")


def run(argv: list[str]) -> int:
    """Break each term once and print those that nobody noticed; 0 once all were tried."""
    parser = argparse.ArgumentParser(prog="harbour check policies", description=run.__doc__)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    _be_administrator()
    with transaction.atomic():
        _run("SET ROLE harbour_app")
        people = _world(stage.cast(), options.seed)
        shapes = {_shape(*each) for each in _policies() if each[0] in _matrix()}
        wanted: dict[str, set[str]] = {}
        for table, policy, expression in _policies():
            known = table in _matrix() and not policy.startswith(PROVED_ELSEWHERE)
            if (
                not known
                and expression != "true"
                and _shape(table, policy, expression) not in shapes
            ):
                wanted.setdefault(table, set()).add(policy)
        tokens, broken, unnoticed = observing.tokens(people), 0, 0
        for table, policies in wanted.items():
            mine = [each for each in mutants(table) if each.policy in policies]
            for each in _survivors(table, mine, tokens):
                unnoticed += 1
                sys.stdout.write(f"- {each.table}.{each.policy}, {each.change}\n")
            broken += len(mine)
            sys.stdout.flush()
        transaction.set_rollback(True)
    sys.stdout.write(f"{broken:,} terms broken, {unnoticed} noticed by nobody in this world.\n")
    return 0


def _matrix() -> set[str]:
    return {each.name for each in rows.TABLES}


def _shape(table: str, policy: str, expression: str) -> str:
    """Return a policy without its table and its part: what `harbour_sec.protect` makes is alike."""
    del policy
    part = SHAPE.search(expression)
    text = expression.replace(table, "T")
    return text.replace(part[1], "P") if part else text


def _policies() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, coalesce(qual, with_check) FROM pg_policies "
            "WHERE schemaname = 'public' ORDER BY tablename, policyname"
        )
        found: list[tuple[str, str, str]] = cursor.fetchall()
        return found


def _be_administrator() -> None:
    """Work in the administrator's connection, as the application: triggers can be turned off."""
    usual = connections["default"]
    settings = usual.settings_dict | django_database(os.environ["HARBOUR_TEST_DATABASE_URL"])
    settings["NAME"] = usual.settings_dict["NAME"]
    usual.close()
    connections["default"] = type(usual)(settings, alias="default")


def _world(cast: SimpleNamespace, seed: int) -> list[UUID | None]:
    here = walk.all_round_worker("walker.here", "Wren Castell", cast.county)
    away = walk.all_round_worker("walker.away", "Bea Holt", cast.saltby)
    with acting_as(here.pk, session_id="walk") as by:
        home = providers.a_home(by, cast.home_agency, cast.county)
        helpers = SimpleNamespace(home=home, worker=cast.youth_worker, shared_with=cast.school)
        seen = walk.record_of(by, cast.county, helpers, family="Quillfeather")
    with acting_as(away.pk, session_id="walk") as by:
        helpers = SimpleNamespace(home=None, worker=away, shared_with=cast.harrowdale)
        hidden = walk.record_of(by, cast.saltby, helpers, family="Ravenscroft")
    stranger = User.objects.create_user("stranger@example.org", name="Cy Strange", job="None yet")
    observing.prepare()
    asking = [here.pk, away.pk, *map(partnership.user_id, ASKING), stranger.pk]
    world = decisive(cast)
    _run("RESET ROLE")
    _run("SET LOCAL session_replication_role = replica")
    write(world, cast.records_import.pk)
    children = [seen["person_id"], hidden["person_id"], *world.children]
    for table in dict.fromkeys(table for table, *_ in _policies()):
        if table not in KEPT_AS_THEY_ARE:
            filling.fill(table, asking, children, seed=seed)
    _run("SET ROLE harbour_app")
    return [*asking, None]


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _survivors(table: str, broken: list[Mutant], tokens: Tokens) -> Iterator[Mutant]:
    """Yield the mutants of a table after which everybody is answered as before."""
    people = list(tokens)
    with grounds.unbound():
        asked = observing.subject(table)
    before: dict[tuple[UUID | None, str], str] = {}
    for mutant in broken:
        for each in people:
            if (each, mutant.verb) not in before:
                told = observing.answer(asked, each, tokens, verb=mutant.verb)
                before[each, mutant.verb] = told
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE harbour_owner")
                cursor.execute(mutant.statement)
                cursor.execute("SET LOCAL ROLE harbour_app")
            noticed = _noticed(asked, mutant, tokens, people, before)
            transaction.set_rollback(True)
        if noticed is None:
            yield mutant
        else:  # who noticed one, notices the next: ask them first
            people.insert(0, people.pop(noticed))


def _noticed(
    asked: Subject,
    mutant: Mutant,
    tokens: Tokens,
    people: list[UUID | None],
    before: dict[tuple[UUID | None, str], str],
) -> int | None:
    """Return the place of the first person who is answered otherwise than before."""
    for place, each in enumerate(people):
        told = observing.answer(asked, each, tokens, verb=mutant.verb)
        if told != before[each, mutant.verb]:
            return place
    return None
