"""The ground of the attacks: the walk's world, and the weak server."""

from collections.abc import Iterator

import pytest
from django.test.utils import override_settings

from tests.attacks.arms import Sender
from tests.journeys.test_walk import ground

__all__ = ["ground"]

WEAK = {
    "ROOT_URLCONF": "tests.attacks.weak",
    "ALLOWED_HOSTS": ["*"],
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
}


@pytest.fixture
def weak() -> Iterator[Sender]:
    """Send to the server on which every attack must get through."""
    with override_settings(**WEAK):
        yield Sender()
