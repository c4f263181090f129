"""What the tests of the hub's pages share."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def no_second_factor(settings: Settings) -> None:
    """Let the cast in without a second factor, as the demo does."""
    settings.HARBOUR_DEMO = True
