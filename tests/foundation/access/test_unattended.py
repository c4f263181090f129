"""A page that brings itself up to date keeps nobody signed in, and goes when the session ends."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import time_machine
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock

ALONE = {"X-Unattended": "1", "HX-Request": "true"}


def test_a_screen_that_asks_by_itself_is_signed_out_like_any_idle_one(
    cast: SimpleNamespace, client_for: Callable[[User], Client]
) -> None:
    client, url = client_for(cast.coordinator), reverse("missing:board")
    start = clock.now()

    with time_machine.travel(start, tick=False) as travel:
        client.get(url)
        first = client.session["seen"]
        travel.shift(timedelta(minutes=2))
        client.get(url, headers=ALONE)
        alone = client.session["seen"]
        client.get(url)

        assert (first, alone) == (int(start.timestamp()), int(start.timestamp()))
        assert client.session["seen"] == int(start.timestamp()) + 120


def test_a_part_of_a_page_whose_session_ended_asks_for_the_whole_page(
    cast: SimpleNamespace, client_for: Callable[[User], Client]
) -> None:
    client, url = client_for(cast.coordinator), reverse("missing:board")

    nobody = Client().get(url, headers=ALONE)
    with time_machine.travel(clock.now(), tick=False) as travel:
        client.get(url)
        travel.shift(timedelta(days=2))
        ended = client.get(url, headers=ALONE)

    for answer in (nobody, ended):
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["HX-Refresh"] == "true"
