"""The catalog gate finds nothing, and finds what is planted."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from django.test import Client, override_settings

from harbour.config.database import django_database
from harbour.demo import partnership
from harbour.foundation.access import gate

PLANTED = {
    "an open table": (
        "CREATE TABLE planted (id int); GRANT SELECT ON planted TO harbour_app",
        "planted",
    ),
    "a table open in one column": (
        "CREATE TABLE planted (id int, other int); GRANT UPDATE (other) ON planted TO harbour_app",
        "planted",
    ),
    "a table whose policies spare its owner": (
        """CREATE TABLE planted (id int); ALTER TABLE planted ENABLE ROW LEVEL SECURITY;
        GRANT SELECT ON planted TO harbour_app""",
        "planted",
    ),
    "a table without policies any more": (
        "ALTER TABLE people_name DISABLE ROW LEVEL SECURITY",
        "people_name",
    ),
    "a plain view": (
        "CREATE VIEW planted AS SELECT * FROM people_name; GRANT SELECT ON planted TO harbour_app",
        "planted",
    ),
    "a kept view": (
        """CREATE MATERIALIZED VIEW planted AS SELECT * FROM people_name;
        GRANT SELECT ON planted TO harbour_app""",
        "planted",
    ),
    "a leakproof function": (
        "CREATE FUNCTION planted() RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT 1'",
        "planted()",
    ),
    "a definer function without a path": (
        """CREATE FUNCTION harbour_sec.planted() RETURNS int LANGUAGE sql
        SECURITY DEFINER AS 'SELECT 1'""",
        "harbour_sec.planted()",
    ),
    "membership in the owner": ("GRANT harbour_owner TO harbour_app", "harbour_owner"),
    "membership in the role past policies": (
        "GRANT harbour_sec_owner TO harbour_app",
        "harbour_sec_owner",
    ),
    "a role past policies": ("ALTER ROLE harbour_app BYPASSRLS", "harbour_app"),
    "leave to empty a table": ("GRANT TRUNCATE ON people_name TO harbour_app", "people_name"),
    "a role that reads more than its code": (
        "INSERT INTO access_rolegrant (role, what, reach) VALUES ('director', 'case', 'authority')",
        "roles",
    ),
}


@pytest.fixture
def administrator(db: None) -> Iterator[None]:
    """Be the server's administrator, in a transaction that leaves nothing."""
    del db
    usual = connections["default"]
    settings = usual.settings_dict | django_database(os.environ["HARBOUR_TEST_DATABASE_URL"])
    settings["NAME"] = usual.settings_dict["NAME"]
    connections["default"] = type(usual)(settings, alias="default")
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connections["default"].close()
        connections["default"] = usual


def test_nothing_stands_open(db: None) -> None:
    del db

    assert gate.findings() == []


@pytest.mark.parametrize("what", PLANTED)
def test_the_gate_finds(what: str, administrator: None) -> None:
    del administrator
    statement, name = PLANTED[what]
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)

    found = gate.findings()

    assert [sentence for sentence in found if name in sentence], found


def test_a_reviewed_table_is_there_and_holds_no_record(db: None) -> None:
    del db
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}

    assert tables >= gate.REVIEWED_TABLES.keys(), (
        f"Strike from REVIEWED_TABLES: {gate.REVIEWED_TABLES.keys() - tables}"
    )
    assert all(gate.REVIEWED_TABLES.values()), "Give each reviewed table its reason."


def test_production_refuses_the_demos_people(cast: object) -> None:
    del cast

    assert len(gate.demo_findings()) == 1


def test_nobody_signs_in_by_name_outside_the_demo(cast: object) -> None:
    del cast
    address = f"/demo/sign-in/{partnership.user_id('detective')}/"

    with override_settings(HARBOUR_DEMO=False):
        assert Client().post(address).status_code == 404
    with override_settings(HARBOUR_DEMO=True):
        assert Client().post(address).status_code == 302


@pytest.mark.parametrize(
    ("variable", "given"),
    [
        ("HARBOUR_SECRET_KEY", ""),
        ("HARBOUR_SECRET_KEY", "short"),
        ("HARBOUR_CONTEXT_KEY", ""),
        ("HARBOUR_CONTEXT_KEY", "00ff"),
        ("HARBOUR_APP_DATABASE_URL", ""),
    ],
)
def test_the_web_server_refuses_to_start_without(variable: str, given: str) -> None:
    environment = os.environ | {"HARBOUR_DATABASE_AS": "app", variable: given}

    done = subprocess.run(
        [sys.executable, "-c", "import harbour.config.wsgi"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode != 0
    assert variable in done.stderr
    assert "Traceback" not in done.stderr, done.stderr[-600:]
