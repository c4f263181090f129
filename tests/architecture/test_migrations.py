"""Migrations say what they do, are complete, and lead back."""

import os
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pytest_django.plugin import DjangoDbBlocker

from harbour.config import database
from tests.architecture.house import rooms

NAMELESS = re.compile(r"\d{4}_(auto|initial|alter|squash)|_more$|_and_\d+$")
OURS = {each.name for each in rooms()}


def _names() -> list[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return sorted(key for key in loader.disk_migrations if key[0] in OURS)


def test_every_migration_has_a_name_that_says_what_it_does() -> None:
    nameless = [name for name in _names() if NAMELESS.search(name[1])]

    assert not nameless, f"Rename with makemigrations -n <what_it_does>: {nameless}"


def test_the_migrations_are_all_there_is(db: None) -> None:
    del db
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_every_migration_can_be_reversed() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    stuck = [
        f"{key}: {operation.describe()}"
        for key in _names()
        for operation in loader.disk_migrations[key].operations
        if not operation.reversible
    ]

    assert not stuck, f"Give each a way back (a reverse of RunSQL or RunPython): {stuck}"


@pytest.fixture
def copied_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Be the owner of a copy of the migrated database, as `migrate` is."""
    del django_db_setup
    usual = connections["default"]
    name = usual.settings_dict["NAME"]
    copy = f"{name}_way_back"
    usual.close()
    admin = os.environ["HARBOUR_TEST_DATABASE_URL"]
    with database.admin_connection(admin, database="postgres") as server:
        server.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
        server.execute(f'CREATE DATABASE {copy} TEMPLATE "{name}"')
    settings = usual.settings_dict | database.django_database(
        os.environ["HARBOUR_TEST_LOGIN_DATABASE_URL"], role=database.OWNER_ROLE
    )
    connections["default"] = type(usual)(settings | {"NAME": copy}, alias="default")
    try:
        with django_db_blocker.unblock():
            yield
    finally:
        connections["default"].close()
        connections["default"] = usual
        with database.admin_connection(admin, database="postgres") as server:
            server.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def test_every_migration_leads_back_to_nothing(copied_database: None) -> None:
    del copied_database
    whole = _tables()

    executor = MigrationExecutor(connections["default"])
    executor.migrate([(room, None) for room in sorted(OURS & executor.loader.migrated_apps)])

    assert len(whole) > 60
    assert not {name for name in _tables() if name.split("_")[0] in OURS}


def _tables() -> set[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in cursor.fetchall()}
