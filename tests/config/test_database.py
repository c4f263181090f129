"""Roles and doors of the database: as declared, whatever was there before, closed to the rest."""

import hashlib
import hmac
from typing import Any

import psycopg
import pytest

from harbour.config import database
from harbour.config.secrets import Secrets

SNAPSHOT = """
SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolbypassrls,
       ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = r.oid ORDER BY 1)
FROM pg_roles r WHERE rolname LIKE 'harbour%' ORDER BY 1
"""
GRANTS = """
SELECT 'database', datname, datacl::text FROM pg_database WHERE datname = current_database()
UNION ALL SELECT 'schema', nspname, nspacl::text FROM pg_namespace
UNION ALL SELECT 'relation', oid::regclass::text, relacl::text FROM pg_class
    WHERE relacl IS NOT NULL
UNION ALL SELECT 'function', oid::regprocedure::text, proacl::text FROM pg_proc
    WHERE proacl IS NOT NULL
UNION ALL SELECT 'default', defaclrole::regrole::text, defaclacl::text FROM pg_default_acl
ORDER BY 1, 2, 3
"""

Row = tuple[Any, ...]


def _state(admin_url: str) -> list[list[Row]]:
    with database.admin_connection(admin_url, database="harbour") as admin:
        key = "SELECT * FROM harbour_sec.ctx_key"
        return [admin.execute(query).fetchall() for query in (SNAPSHOT, GRANTS, key)]


def _sign_in(admin_url: str, user: str, password: str) -> psycopg.Connection[Row]:
    address = database.with_login(admin_url, user=user, password=password, database="harbour")
    return psycopg.connect(address, autocommit=True)


def test_preparing_again_changes_nothing(admin_url: str, invented: Secrets) -> None:
    before = _state(admin_url)

    database.prepare(admin_url, secrets=invented, with_test_role=True)

    assert _state(admin_url) == before


def test_a_role_that_was_given_more_is_brought_back(admin_url: str, invented: Secrets) -> None:
    before = _state(admin_url)
    with database.admin_connection(admin_url) as admin:
        admin.execute("ALTER ROLE harbour_app BYPASSRLS CREATEROLE INHERIT")
        admin.execute("GRANT harbour_owner, pg_read_all_data TO harbour_app")

    database.prepare(admin_url, secrets=invented, with_test_role=True)

    assert _state(admin_url) == before


def test_only_the_roles_that_must_do_bypass_policies(admin_url: str) -> None:
    with database.admin_connection(admin_url) as admin:
        rows = admin.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'harbour%' AND rolbypassrls ORDER BY 1"
        ).fetchall()

    assert rows == [("harbour_backup",), ("harbour_sec_owner",)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT lo_creat(1)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT pg_sleep(0)",
        "SELECT pg_sleep_for('0 s')",
        "SELECT query_to_xml('SELECT 1', true, true, '')",
        "SELECT database_to_xml(true, true, '')",
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_stat_user_tables",
        "SELECT * FROM pg_statio_user_tables",
        "SELECT * FROM pg_stat_get_activity(NULL)",
        "SELECT pg_stat_get_live_tuples(1)",
        "SELECT pg_terminate_backend(1)",
        "SELECT * FROM harbour_sec.ctx_key",
        "CREATE TABLE x ()",
        "CREATE TEMPORARY TABLE x ()",
        "CREATE FUNCTION harbour_sec.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SET ROLE harbour_owner",
        "SET ROLE harbour_sec_owner",
        "CREATE ROLE x",
    ],
)
def test_the_application_is_refused(admin_url: str, invented: Secrets, statement: str) -> None:
    with (
        _sign_in(admin_url, "harbour_app", invented.app_password) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(statement.encode())


def test_the_application_may_tell_the_worker_of_a_job(admin_url: str, invented: Secrets) -> None:
    with _sign_in(admin_url, "harbour_app", invented.app_password) as app:
        app.execute("SELECT pg_notify('job', '1')")


def test_the_migration_role_holds_no_right_until_it_takes_a_role(
    admin_url: str, invented: Secrets
) -> None:
    with _sign_in(admin_url, "harbour_migrate", invented.migrate_password) as migrate:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            migrate.execute("CREATE TABLE tried ()")
        migrate.execute("SET ROLE harbour_owner")
        migrate.execute("CREATE TABLE tried ()")
        migrate.execute("DROP TABLE tried")


def test_a_new_table_is_open_to_the_definer_and_the_backup_and_nobody_else(
    admin_url: str, invented: Secrets
) -> None:
    with _sign_in(admin_url, "harbour_migrate", invented.migrate_password) as migrate:
        migrate.execute("SET ROLE harbour_owner")
        migrate.execute("CREATE TABLE tried ()")
        granted = migrate.execute(
            "SELECT grantee::regrole::text, string_agg(privilege_type, ' ' ORDER BY privilege_type)"
            " FROM pg_class, aclexplode(relacl) WHERE oid = 'tried'::regclass"
            " AND grantee <> relowner GROUP BY 1 ORDER BY 1"
        ).fetchall()
        migrate.execute("DROP TABLE tried")

    assert granted == [
        ("harbour_backup", "SELECT"),
        ("harbour_sec_owner", "DELETE INSERT SELECT UPDATE"),
    ]


def test_the_stored_key_signs_like_hmac(admin_url: str, invented: Secrets) -> None:
    with database.admin_connection(admin_url, database="harbour") as admin:
        row = admin.execute(
            "SELECT sha256(opad || sha256(ipad || convert_to('who', 'UTF8')))"
            " FROM harbour_sec.ctx_key WHERE kid = %s",
            [database.CONTEXT_KEY_ID],
        ).fetchone()

    assert row == (hmac.digest(invented.context_key_bytes, b"who", hashlib.sha256),)


def test_letters_beyond_ascii_are_letters_to_the_search(admin_url: str) -> None:
    with database.admin_connection(admin_url, database="harbour") as admin:
        row = admin.execute("SELECT lower('ZOË'), similarity('Zoë', 'Zoé') < 1").fetchone()

    assert row == ("zoë", True)


def test_an_administrator_who_is_none_is_told_what_to_give(
    admin_url: str, invented: Secrets
) -> None:
    address = database.with_login(
        admin_url, user="harbour_app", password=invented.app_password, database="harbour"
    )

    with pytest.raises(database.UnusableDatabase, match="HARBOUR_APP_DATABASE_URL"):
        database.admin_connection(address)


def test_a_server_that_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(database.UnusableDatabase, match="does not let Harbour in") as refused:
        database.admin_connection("postgresql://nobody:secret@127.0.0.1:9/none")

    assert "secret" not in str(refused.value)


def test_an_address_becomes_djangos_settings() -> None:
    settings = database.django_database(
        "postgresql://harbour_app:p%40ss@/harbour?host=%2Frun%2Fa%20b&sslmode=disable",
        role="harbour_owner",
    )

    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "harbour",
        "USER": "harbour_app",
        "PASSWORD": "p@ss",
        "HOST": "/run/a b",
        "PORT": "",
        "OPTIONS": {"sslmode": "disable", "options": "-c role=harbour_owner"},
    }


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://a:b@db:5433/x", "postgresql://u:p%2F@db:5433/harbour"),
        ("postgresql://db/x?sslmode=require", "postgresql://u:p%2F@db/harbour?sslmode=require"),
        ("postgresql:///x?host=%2Ftmp", "postgresql://u:p%2F@/harbour?host=%2Ftmp"),
    ],
)
def test_another_sign_in_keeps_the_server(address: str, expected: str) -> None:
    assert database.with_login(address, user="u", password="p/", database="harbour") == expected
