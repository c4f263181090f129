"""Browsers that sign in without a second factor, as the demo's do."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def without_second_factor(settings: Settings) -> None:
    """Ask for no second factor."""
    settings.HARBOUR_DEMO = True
