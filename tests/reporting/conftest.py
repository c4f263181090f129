"""The three invented years, written once into the throw-away database and taken out again."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from harbour.demo.history import generator
from tests.conftest import everybody

KEPT = frozenset(
    {
        "access_holding", "access_rolegrant", "access_user", "agencies_agency", "agencies_remit",
        "agencies_team", "assessments_tool", "assessments_toolversion", "cases_gradescale",
        "django_content_type", "django_migrations", "missing_repeatrule",
    }
)  # fmt: skip
EVERY_TABLE = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture(scope="module")
def history(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    """Commit the three years beside the partnership; take them out after the module."""
    del django_db_setup
    with django_db_blocker.unblock():
        said = generator.make()
        yield SimpleNamespace(said=said, **vars(everybody()))
        _take_out()


@transaction.atomic
def _take_out() -> None:
    """Remove all but the partnership, the scales and the tools; the homes' agencies go too."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")
        cursor.execute(EVERY_TABLE)
        names = {name for (name,) in cursor.fetchall()} - KEPT
        names = {each for each in names if not each.startswith("procrastinate_")}
        cursor.execute(f"TRUNCATE {', '.join(sorted(names))}")
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        cursor.execute("DELETE FROM agencies_agency WHERE kind = 'home' AND code <> 'SC990001'")
        cursor.execute("SET LOCAL ROLE harbour_app")


@pytest.fixture
def no_second_factor(settings: Settings) -> None:
    """Sign people in as the demo does."""
    settings.HARBOUR_DEMO = True
