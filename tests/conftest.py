"""What every test stands on.

A database behind its policies, and the cast of the invented partnership.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from harbour.demo import partnership
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency, Team
from harbour.foundation.kernel import clock
from tests.builders.browsers import Browser

# No test is timed: a busy machine that draws examples slowly has shown nothing about the product.
hypothesis.settings.register_profile(
    "harbour", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("harbour")


@contextmanager
def role(name: str) -> Iterator[None]:
    """Run a block as another database role, inside the running transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        cursor.execute(f"SET LOCAL ROLE {name}")
        yield
        cursor.execute(f"SET LOCAL ROLE {before}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> None:
    """Migrate the throw-away database as its owner, then write the partnership into it once."""
    if "HARBOUR_TEST_LOGIN_DATABASE_URL" not in os.environ:
        pytest.exit("Run the suite with ./harbour test: it makes the throw-away database.", 3)
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE harbour_owner")
        call_command("migrate", verbosity=0)
        call_command("roles", verbosity=0)
        if not User.objects.exists():
            partnership.build()
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE harbour_app")


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Return the partnership by key: `cast.detective`, `cast.county`, `cast.police_team` ..."""
    del db
    return everybody()


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[SimpleNamespace]:
    """Give the partnership in real transactions, for what only shows after a commit.

    Everything that the test wrote is removed afterwards; the partnership stays.
    """
    del django_db_setup
    kept = {
        "access_user",
        "access_holding",
        "access_rolegrant",
        "django_migrations",
        "django_content_type",
    }
    kept |= {"agencies_agency", "agencies_team", "agencies_remit", "cases_gradescale"}
    kept |= {"retention_rule"}
    kept |= {"assessments_tool", "assessments_toolversion", "missing_repeatrule"}
    kept |= {"emergency_bankholiday", "discussions_heldwithin"}
    kept |= {
        "audit_breadthlimit",
        "assessments_tool",
        "assessments_toolversion",
        "missing_repeatrule",
    }
    with django_db_blocker.unblock():
        yield everybody()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE harbour_owner")
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = [name for (name,) in cursor.fetchall() if name not in kept]
            names = [name for name in names if not name.startswith("procrastinate_")]
            cursor.execute("TRUNCATE " + ", ".join(names))


def everybody() -> SimpleNamespace:
    """Return the cast, the agencies and the teams by key."""
    return SimpleNamespace(
        **{
            each.key: User.objects.get(pk=partnership.user_id(each.key))
            for each in partnership.CAST
        },
        **_agencies(),
    )


def _agencies() -> dict[str, object]:
    found: dict[str, object] = {}
    for each in partnership.AGENCIES:
        name = "neighbour_authority" if each.key == "neighbour" else each.key
        found[name] = Agency.objects.get(pk=partnership.agency_id(each.key))
    for team in partnership.TEAMS:
        found[team.key] = Team.objects.get(pk=partnership.stable_id("team", team.key))
    return found


@pytest.fixture
def as_user(db: None) -> Callable[[User], AbstractContextManager[Reader]]:
    """Run a block on a person's behalf.

    `with as_user(cast.detective) as reader: ...`
    """
    del db
    return lambda user: acting_as(user.pk, session_id="test")


@pytest.fixture
def unbound(db: None) -> Callable[[], AbstractContextManager[None]]:
    """See every row, for checks of what was written.

    `with unbound(): ...`
    """
    del db
    return lambda: role("harbour_sec_owner")


@pytest.fixture
def client_for(db: None, settings: Settings) -> Callable[[User], Client]:
    """Sign somebody in, in a browser of her own: `client_for(cast.nurse).get(...)`.

    As in the demo, without a second factor: tests/foundation/entrance proves that one is asked for.
    """
    del db
    settings.HARBOUR_DEMO = True

    def signed_in(user: User) -> Client:
        client = Browser()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        # Signing in is a proof of who she is: acts that ask for a recent one go on.
        session = client.session
        session["proved"] = int(clock.now().timestamp())
        session.save()
        return client

    return signed_in
