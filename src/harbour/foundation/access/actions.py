"""Bring the database in step with the code: roles, and grants on the tables of libraries."""

from django.db import connection, transaction

from harbour.foundation.access.models import RoleGrant
from harbour.foundation.access.roles import database_grants

# Tables of the libraries: sign-in, sessions, rate limits, job queue. They hold no record of a
# child.
LIBRARY_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND (
    c.relname LIKE 'procrastinate\\_%' OR c.relname LIKE 'account\\_%' OR c.relname LIKE 'mfa\\_%'
    OR c.relname LIKE 'socialaccount\\_%' OR c.relname LIKE 'usersessions\\_%'
    OR c.relname IN ('django_session', 'harbour_cache'))
"""
READ_ONLY_TABLES = ("django_content_type", "django_migrations")


@transaction.atomic
def publish_roles() -> None:
    """Make the database's copy of the roles equal to `roles.py`. Run as the migration role."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
    wanted = database_grants()
    RoleGrant.objects.all().delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, what=what, reach=reach) for role, what, reach in sorted(wanted)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")


@transaction.atomic
def grant_library_tables() -> None:
    """Let the application use the tables of its libraries. Run as the migration role."""
    with connection.cursor() as cursor:
        cursor.execute(LIBRARY_TABLES)
        for (name,) in cursor.fetchall():
            cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{name}" TO harbour_app')
        for name in READ_ONLY_TABLES:
            cursor.execute(f"GRANT SELECT ON {name} TO harbour_app")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO harbour_app")
