"""The world in which `./harbour check policies` breaks terms, and who is asked in it."""

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections

from harbour.config.database import django_database
from harbour.demo import partnership
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.record.restrictions.models import Restriction
from tests.builders import providers
from tests.journeys import walk
from tests.matrix import askers, filling, rows, scenes
from tests.matrix import ground as grounds
from tests.matrix.mutants import Mutant
from tests.matrix.table import FACETS
from tests.matrix.world import NOW, PAST, Relation, decisive, write
from tests.matrix.world import World as Decided

DAYS = timedelta(days=3)
# What decides who sees what is not made up: who holds which role, and for whom a team works.
KEPT_AS_THEY_ARE = {
    "access_holding",
    "access_rolegrant",
    "agencies_agency",
    "agencies_team",
    "agencies_remit",
    "people_standing",
}
# The policies are judged alone: what a check, a unique key or a trigger would refuse is tried too.
ALONE = """
SET CONSTRAINTS ALL IMMEDIATE;
DO $$ DECLARE v_each record; BEGIN
    FOR v_each IN SELECT c.conrelid::regclass AS tab, c.conname FROM pg_constraint c
        WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('c', 'u', 'x')
            AND NOT EXISTS (SELECT 1 FROM pg_constraint f
                WHERE f.conindid = c.conindid AND f.contype = 'f')
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', v_each.tab, v_each.conname); END LOOP;
    FOR v_each IN SELECT i.indexrelid::regclass AS name
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    LOOP EXECUTE format('DROP INDEX %s', v_each.name); END LOOP;
END $$"""
LACKING = ("holdings:write", "referral:send", "may:subject_access")  # who have scenes of their own


@dataclass(frozen=True, kw_only=True)
class World:
    """Who is asked about which table, and what is planted in it."""

    everybody: tuple[UUID | None, ...]
    lacking: dict[tuple[str, ...], UUID]
    stage: scenes.Stage
    rights: dict[str, str]
    names: dict[UUID | None, str]

    def asked_of(self, table: str) -> list[UUID | None]:
        """Return everybody who is asked of a table: those who lack a right that it asks for."""
        named = set(askers.asked_about(table, self.rights))
        lacking = [user for key, user in self.lacking.items() if named.issuperset(key)]
        return [*self.everybody[:2], *lacking, *self.everybody[2:]]

    def first(self, mutant: Mutant, people: list[UUID | None]) -> list[UUID | None]:
        """Put those first who lack what the broken term asks for."""
        told = [user for key, user in self.lacking.items() if f"'{key[0]}'" in mutant.change]
        return [each for each in people if each in told] + [e for e in people if e not in told]


def tables() -> list[str]:
    """Return every table with policies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public'")
        return sorted(name for (name,) in cursor.fetchall())


def be_administrator() -> None:
    """Work in the administrator's connection, as the application: triggers can be turned off."""
    usual = connections["default"]
    settings = usual.settings_dict | django_database(os.environ["HARBOUR_TEST_DATABASE_URL"])
    settings["NAME"] = usual.settings_dict["NAME"]
    usual.close()
    connections["default"] = type(usual)(settings, alias="default")


def build(cast: SimpleNamespace, seed: int) -> World:
    """Write the world, past policies, checks, keys and triggers."""
    here, seen, away, hidden = _records(cast)
    run("RESET ROLE")
    run("SET LOCAL session_replication_role = replica")
    run(ALONE)
    everybody, lacking = _people(cast, (here, away))
    asker, twofold = askers.user_id(()), _twofold(cast)
    decided = Decided(children=decisive(cast).children | twofold)
    ground = grounds.make(cast)
    run("RESET ROLE")
    _populate(ground, decided)
    world = World(
        everybody=everybody,
        lacking=lacking,
        rights=askers.rights(),
        names={each.pk: each.name for each in User.objects.all()} | {None: "nobody"},
        stage=scenes.Stage(
            child=seen["person_id"],
            other=hidden["person_id"],
            county=cast.county.pk,
            elsewhere=cast.saltby.pk,
            here=here,
            team=askers.team_of(cast.county).pk,
            asker=asker,
            lacking=tuple(lacking[right,] for right in LACKING),
            restricted=Restriction.objects.get(whole=True, owner_id=here).person_id,
            under_glass=list(decided.children)[1],
            new=(UUID(int=17),),
            restrictions=tuple(Restriction.objects.values_list("pk", flat=True)),
            share=seen["share_id"],
            shared_with=cast.school.pk,
            request=seen["access_id"],
            items={each: rows.item_of(each) for each in decided.children},
            teams=askers.other_teams_of(cast.county)[:3],
        ),
    )
    children = [seen["person_id"], hidden["person_id"], *decided.children]
    for table in tables():
        if table not in KEPT_AS_THEY_ARE:
            people = [each for each in world.asked_of(table) if each is not None]
            filling.fill(table, people, children, seed=seed)
    scenes.plant_all(world.stage, twofold)
    run("SET ROLE harbour_app")
    return world


def _records(cast: SimpleNamespace) -> tuple[UUID, dict[str, Any], UUID, dict[str, Any]]:
    """Give one child of the county and one of another authority a row of everything."""
    here = walk.all_round_worker("walker.here", "Wren Castell", cast.county)
    away = walk.all_round_worker("walker.away", "Bea Holt", cast.saltby)
    with acting_as(here.pk, session_id="walk") as by:
        home = providers.a_home(by, cast.home_agency, cast.county)
        helpers = SimpleNamespace(home=home, worker=cast.youth_worker, shared_with=cast.school)
        seen = walk.record_of(by, cast.county, helpers, family="Quillfeather")
    with acting_as(away.pk, session_id="walk") as by:
        helpers = SimpleNamespace(home=None, worker=away, shared_with=cast.harrowdale)
        hidden = walk.record_of(by, cast.saltby, helpers, family="Ravenscroft")
    return here.pk, seen, away.pk, hidden


def _people(
    cast: SimpleNamespace, walkers: tuple[UUID, UUID]
) -> tuple[tuple[UUID | None, ...], dict[tuple[str, ...], UUID]]:
    """Return everybody who is asked, first who holds every right; and who lack some."""
    rights, team = askers.rights(), askers.team_of(cast.county)
    lacking = {
        each: askers.without(each, team, rights)
        for each in [(), *((right,) for right in rights), *askers.WITHOUT_SEVERAL]
    }
    asker = lacking.pop(())
    stranger = User(email="stranger@example.org", name="Cy Strange", job="None yet")
    stranger.save(force_insert=True)
    hats = [
        askers.with_two_hats(each, (team, askers.team_of_anybody(cast.school)), rights)
        for each in askers.TWO_HATS
    ]
    known = map(partnership.user_id, askers.CAST)
    return (asker, *walkers, *known, stranger.pk, *hats, None), lacking


def _twofold(cast: SimpleNamespace) -> dict[UUID, list[Relation]]:
    """Return children of the county who are read by one relation and not written by another.

    And one who has to do with one agency alone.
    """
    county = Relation(
        name="responsible",
        audience=f"authority:{cast.county.pk}",
        facets=frozenset(FACETS),
        writes=True,
        starts_at=PAST,
        ends_at=None,
    )
    read = replace(county, facets=county.facets - {"case"}, writes=False)
    school = f"agency:{cast.school.pk}"
    return {
        uuid4(): [read, replace(county, ends_at=PAST + DAYS)],
        uuid4(): [read, replace(county, starts_at=NOW + DAYS)],
        uuid4(): [read, replace(county, facets=county.facets - {"meeting", "missing"})],
        uuid4(): [replace(county, name="shared", audience=school)],
    }


def _populate(ground: rows.Ground, decided: Decided) -> None:
    """Write children who lack one thing each, with a row of every table of the matrix."""
    write(decided, ground.by)
    for table in rows.TABLES:
        table.model._base_manager.bulk_create(
            rows.build(table, ground, child) for child in decided.children
        )


def as_owner(sql: str) -> None:
    """Run a statement as the owner of the tables."""
    run("SET LOCAL ROLE harbour_owner")
    run(sql)
    run("SET LOCAL ROLE harbour_app")


def run(sql: str) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
