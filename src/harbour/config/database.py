"""The database's roles, keys and closed doors, prepared by an administrator's connection.

Harbour runs as a role that owns nothing and bypasses nothing. What is set up here, once for a
server and once for each database, can be repeated at any time and changes nothing then.
"""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, LiteralString
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import psycopg
from psycopg import sql

from harbour.config.secrets import Passwords, Secrets

DATABASE_NAME = "harbour"
TEST_DATABASE_NAME = "test_harbour"
OLDEST_SERVER = 15
CONTEXT_KEY_ID = 1

APP_ROLE = "harbour_app"
MIGRATE_ROLE = "harbour_migrate"
OWNER_ROLE = "harbour_owner"
SEC_ROLE = "harbour_sec_owner"
BACKUP_ROLE = "harbour_backup"
TEST_ROLE = "harbour_test"


class UnusableDatabase(Exception):
    """The database cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True)
class Role:
    """One role of the server: what it may be, and whose rights it may take by SET ROLE."""

    name: LiteralString
    attributes: LiteralString
    member_of: tuple[str, ...] = ()


ROLES = (
    # Owns the tables; policies are forced, so even it is bound by them.
    Role(OWNER_ROLE, "NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"),
    # Owns the few functions that must see what their caller may not.
    Role(SEC_ROLE, "NOLOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB"),
    # Changes the schema; holds no right until it says SET ROLE.
    Role(
        MIGRATE_ROLE,
        "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
        (OWNER_ROLE, SEC_ROLE),
    ),
    # Web and worker: owns nothing.
    Role(APP_ROLE, "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"),
    # Backups alone; keep its password off the web server.
    Role(BACKUP_ROLE, "LOGIN NOINHERIT NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB"),
)
# On a throw-away server only: tests look at the same row through several roles.
TEST_ONLY_ROLE = Role(
    TEST_ROLE,
    "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    (APP_ROLE, OWNER_ROLE, SEC_ROLE),
)


def django_database(url: str, *, role: str = "") -> dict[str, Any]:
    """Turn a PostgreSQL address into Django's settings, acting as `role` from the start."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise UnusableDatabase("A database address must start with postgresql://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    port = options.pop("port", "") or str(parts.port or "")
    if role:
        options["options"] = f"-c role={role}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


def with_login(url: str, *, user: str = "", password: str = "", database: str = "") -> str:
    """Give the address of the same server for another sign-in, another database, or both."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    login = parts.netloc.rpartition("@")[0]
    if user:
        login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    path = f"/{quote(database, safe='')}" if database else parts.path
    query = urlencode(parse_qsl(parts.query))
    return parts._replace(
        netloc=f"{login}@{host}" if login else host, path=path, query=query
    ).geturl()


def admin_connection(url: str, *, database: str = "") -> psycopg.Connection[tuple[Any, ...]]:
    """Connect as the server's administrator, or say in a sentence why that address will not do."""
    address = with_login(url, database=database) if database else url
    try:
        admin = psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise UnusableDatabase(f"The database server does not let Harbour in: {reason}") from error
    try:
        _check_server(admin)
    except UnusableDatabase:
        admin.close()
        raise
    return admin


def prepare(
    admin_url: str,
    *,
    secrets: Secrets,
    database: str = DATABASE_NAME,
    with_test_role: bool = False,
    replace: bool = False,
) -> None:
    """Bring a server to where migrations can run: roles, database, keys and closed doors."""
    with admin_connection(admin_url, database="postgres") as admin:
        prepare_roles(admin, secrets.passwords, with_test_role=with_test_role)
        create_database(admin, database, replace=replace)
    with admin_connection(admin_url, database=database) as admin:
        prepare_database(admin, context_key=secrets.context_key_bytes)


def prepare_roles(
    admin: psycopg.Connection[Any], passwords: Passwords, *, with_test_role: bool = False
) -> None:
    """Create Harbour's roles, or bring those that exist to exactly what is declared here."""
    roles = (*ROLES, TEST_ONLY_ROLE) if with_test_role else ROLES
    login = {
        APP_ROLE: passwords.app,
        MIGRATE_ROLE: passwords.migrate,
        BACKUP_ROLE: passwords.backup,
        TEST_ROLE: passwords.test,
    }
    with admin.transaction():
        # Two processes that start at once must not both find a role missing.
        admin.execute("SELECT pg_advisory_xact_lock(hashtext('harbour roles'))")
        for role in roles:
            _declare(admin, role, login.get(role.name))


def create_database(
    admin: psycopg.Connection[Any], name: str = DATABASE_NAME, *, replace: bool = False
) -> None:
    """Create the database, owned by the owner role and closed to everybody not named."""
    identifier = sql.Identifier(name)
    if replace:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if not found:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                identifier, sql.Identifier(OWNER_ROLE)
            )
        )
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(identifier))
    for role in _roles_that_sign_in(admin):
        grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        admin.execute(grant.format(identifier, sql.Identifier(role)))


def prepare_database(admin: psycopg.Connection[Any], *, context_key: bytes) -> None:
    """Close the doors of the connected database and store the key that signs who is asking."""
    with admin.transaction():
        admin.execute("SELECT pg_advisory_xact_lock(hashtext('harbour database'))")
        admin.execute("SET LOCAL client_min_messages = warning")
        admin.execute(files("harbour.config").joinpath("database.sql").read_bytes())
        _store_context_key(admin, context_key)


def _check_server(admin: psycopg.Connection[Any]) -> None:
    version = admin.info.server_version // 10000
    if version < OLDEST_SERVER:
        raise UnusableDatabase(
            f"The server is PostgreSQL {version}; Harbour needs {OLDEST_SERVER} or newer."
        )
    row = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is None or not row[0]:
        raise UnusableDatabase(
            f"DATABASE_URL signs in as {admin.info.user}, who is not a superuser of the server. "
            "Setting up needs one, because Harbour closes functions of the server itself. If "
            "somebody else sets the server up, give Harbour HARBOUR_APP_DATABASE_URL and "
            "HARBOUR_MIGRATE_DATABASE_URL instead of DATABASE_URL."
        )


def _declare(admin: psycopg.Connection[Any], role: Role, password: str | None) -> None:
    name = sql.Identifier(role.name)
    attributes = sql.SQL(role.attributes)
    found = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name]).fetchone()
    verb = sql.SQL("ALTER" if found else "CREATE")
    admin.execute(sql.SQL("{} ROLE {} {}").format(verb, name, attributes))
    if password is not None:
        # Sent as a SCRAM verifier: the server's log never sees the password itself.
        verifier = admin.pgconn.encrypt_password(
            password.encode(), role.name.encode(), b"scram-sha-256"
        ).decode()
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
        admin.execute(statement.format(name, sql.Literal(verifier)))
    for group in _groups(admin, role.name) - set(role.member_of):
        admin.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(group), name))
    for group in role.member_of:
        admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), name))


def _groups(admin: psycopg.Connection[Any], role: str) -> set[str]:
    rows = admin.execute(
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", [role]
    )
    return {row[0] for row in rows}


def _roles_that_sign_in(admin: psycopg.Connection[Any]) -> list[str]:
    rows = admin.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND rolcanlogin ORDER BY rolname",
        [[role.name for role in (*ROLES, TEST_ONLY_ROLE)]],
    )
    return [row[0] for row in rows]


def _store_context_key(admin: psycopg.Connection[Any], key: bytes) -> None:
    """Store the key as HMAC uses it, so that the database signs with its built-in sha256 alone."""
    block = key.ljust(64, b"\0")
    admin.execute(
        """
        INSERT INTO harbour_sec.ctx_key AS stored (kid, ipad, opad) VALUES (%s, %s, %s)
        ON CONFLICT (kid) DO UPDATE SET ipad = excluded.ipad, opad = excluded.opad
        WHERE (stored.ipad, stored.opad) IS DISTINCT FROM (excluded.ipad, excluded.opad)
        """,
        [
            CONTEXT_KEY_ID,
            bytes(byte ^ 0x36 for byte in block),
            bytes(byte ^ 0x5C for byte in block),
        ],
    )
