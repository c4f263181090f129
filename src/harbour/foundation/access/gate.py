"""The catalog gate.

The server refuses to serve if the database is open anywhere it should be closed.
"""

from django.db import connection

from harbour.foundation.access.roles import database_grants

# Tables the application may touch without row-level security, each with its reason.
REVIEWED_TABLES = {
    "access_user": "read at sign-in, before there is a context; staff names and addresses only",
    "account_emailaddress": "sign-in library: read before there is a context",
    "account_emailconfirmation": "sign-in library: read before there is a context",
    "mfa_authenticator": "sign-in library: second factors, read before there is a context",
    "socialaccount_socialaccount": "sign-in library: a provider's name of a person, no token",
    "socialaccount_socialapp": "sign-in library: unused, providers stand in the settings",
    "socialaccount_socialtoken": "sign-in library: unused, no token is kept",
    "usersessions_usersession": "sign-in library: a person's own sessions",
    "django_session": "sessions: read before there is a context",
    "django_content_type": "Django's list of models",
    "django_migrations": "Django's list of migrations",
    "harbour_cache": "rate limits of sign-in and of the public form: hashed keys only",
}
REVIEWED_PREFIXES = ("procrastinate_",)  # job queue: names of tasks and ids, never case data

OPEN_RELATIONS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'harbour_sec') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND has_any_column_privilege('harbour_app', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
  AND NOT (c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.relforcerowsecurity)
  AND NOT (c.relkind = 'v' AND 'security_invoker=true' = ANY (coalesce(c.reloptions, '{}')))
"""
LOOSE_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('public', 'harbour_sec') AND NOT EXISTS (
    SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND
    d.deptype = 'e')
  AND (p.proleakproof OR p.prosecdef AND NOT EXISTS (
        SELECT 1 FROM unnest(p.proconfig) x WHERE x LIKE 'search_path=%'))
"""
STRONG_ROLES = """
SELECT rolname FROM pg_roles WHERE pg_has_role('harbour_app', oid, 'MEMBER')
  AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolname <> 'harbour_app')
"""
TRUNCATABLE = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND has_table_privilege('harbour_app', c.oid,
'TRUNCATE')
"""


def _column(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [str(row[0]) for row in cursor.fetchall()]


def findings() -> list[str]:
    """Return a sentence for everything that stands open; an empty list lets the server serve."""
    found = [
        f"Table {name} can be reached without row-level security."
        for name in _column(OPEN_RELATIONS)
        if name not in REVIEWED_TABLES and not name.startswith(REVIEWED_PREFIXES)
    ]
    found += [
        f"Function {name} is leakproof or has no fixed search_path."
        for name in _column(LOOSE_FUNCTIONS)
    ]
    found += [f"The application's role is a member of {name}." for name in _column(STRONG_ROLES)]
    found += [f"The application may truncate {name}." for name in _column(TRUNCATABLE)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, what, reach FROM access_rolegrant")
        stored = frozenset(cursor.fetchall())
    if stored != database_grants():
        found.append(
            "The database's copy of the roles differs from the code: run `./harbour manage roles`."
        )
    return found


def demo_findings() -> list[str]:
    """Return a sentence if this database holds the demo's invented people.

    Production must not serve them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM access_user WHERE email LIKE '%%@harbour-demo.example.org'", []
        )
        row = cursor.fetchone()
    if row and row[0]:
        return [
            (
                "This database holds the demo's invented people; production starts with a database "
                "of its own."
            )
        ]
    return []
