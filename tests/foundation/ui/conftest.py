"""A browser signed in to the pages of this room."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from harbour.foundation.access.models import User


@pytest.fixture
def browser(cast: SimpleNamespace, client_for: Callable[[User], Client], demo: None) -> Client:
    """Open the detective's browser."""
    del demo
    return client_for(cast.detective)


@pytest.fixture
def demo(settings: Settings) -> None:
    """Ask for no second factor, and use the addresses of these tests."""
    settings.HARBOUR_DEMO = True
    settings.ROOT_URLCONF = "tests.foundation.ui.urls"
