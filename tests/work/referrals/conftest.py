"""Somebody who screens for two authorities, whom the everyday cast does not have."""

from types import SimpleNamespace

import pytest
from pytest_django.fixtures import Settings

from harbour.foundation.access import roles
from harbour.foundation.access.models import Holding, User
from tests.conftest import role


@pytest.fixture(autouse=True)
def without_second_factor(settings: Settings) -> None:
    """Let the tests' browsers sign in as the demo's do."""
    settings.HARBOUR_DEMO = True


@pytest.fixture
def screener_of_both(cast: SimpleNamespace) -> User:
    """Return the county's night worker, who also screens for the city."""
    with role("harbour_sec_owner"):
        Holding(
            user=cast.out_of_hours,
            role=roles.FRONT_DOOR.code,
            team=cast.hub_city,
            starts_on=cast.hub_city.agency.starts_on,
        ).save(force_insert=True)
    found: User = cast.out_of_hours
    return found
