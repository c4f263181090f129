"""What a storm needs: an episode, and a person who is signed in."""

import json
import sys
from types import SimpleNamespace

from django.conf import settings
from django.test import Client

from harbour.foundation.access.context import acting_as
from tests.boundary import stage
from tests.boundary.storm import SECRET
from tests.builders.missing import an_episode
from tests.builders.people import a_child

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def ground(cast: SimpleNamespace) -> tuple[str, str]:
    """Report a child missing and sign the coordinator in; return the episode and the cookie."""
    with acting_as(cast.coordinator.pk) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
    client = Client()
    client.force_login(cast.coordinator, backend=BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    pair = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"
    return str(episode.pk), pair


def tell() -> None:
    """Make the ground in a process of its own, and print it."""
    stage.build()
    json.dump(ground(stage.cast()), sys.stdout)
