"""How long the answer for a hidden record takes, against that for one that does not exist.

A child's record is restricted to its owner. Somebody who is not named opens its address and
searches for its name; by turns, an address and a name that nobody has. The peer is the product
itself where nothing is hidden: the two must not be told apart. Beside the medians stands Welch's t
of the two samples; beyond 4.5 either way they can be told apart by who asks often enough.
"""

import logging
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from math import sqrt
from uuid import UUID, uuid4

from django.test import Client
from django.test.utils import override_settings

from benchmarks import harness
from benchmarks.harness import Figure, Peer
from harbour.demo import partnership
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.record.restrictions import actions as restrictions

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PEER = Peer(name="an id and a name that nobody has", version="the same run")
FAMILY, NOBODY = "Ravenscroft", "Quillfeather"
TOLD_APART = 4.5
WARM_UP = 20


def run(argv: Sequence[str]) -> int:
    """Measure and print; 1 if hidden and absent can be told apart."""
    asked = harness.options(argv, name="hidden_timing", size=400, doc=__doc__)
    chance = random.Random(asked.seed)
    logging.getLogger("django.request").setLevel(logging.ERROR)
    with override_settings(HARBOUR_DEMO=True, ALLOWED_HOSTS=["testserver"]):
        _build_partnership()
        hidden = _restricted_child()
        ask = _browser(User.objects.get(pk=partnership.user_id("nurse")))
        measured = [
            _measured("opening the address", asked.size, chance, _open(ask, hidden), _open(ask)),
            _measured("searching the name", asked.size, chance,
                      _search(ask, FAMILY), _search(ask, NOBODY)),
        ]  # fmt: skip
    harness.show("hidden_timing", asked, PEER, measured)
    scores = {each.figure: welch(each.ours, each.peer) for each in measured}
    for name, score in scores.items():
        print(f"Welch's t, {name}: {score:+.2f} (told apart beyond {TOLD_APART})")
    return int(any(abs(score) > TOLD_APART for score in scores.values()))


def welch(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Welch's t of two samples."""
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.fmean(one) - statistics.fmean(other)) / sqrt(spread)


def _build_partnership() -> None:
    """Write the cast as the owner of the tables, in a process of its own."""
    code = "import django; django.setup(); from harbour.demo import partnership as p; p.build()"
    environment = dict(os.environ) | {"HARBOUR_DATABASE_AS": "migrate"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def _restricted_child() -> UUID:
    county = Agency.objects.get(pk=partnership.agency_id("county"))
    at = clock.now()
    with acting_as(partnership.user_id("team_manager")) as by:
        child = people.register_child(
            given="Wilhelmina", family=FAMILY, born_on=None, born_precision="unknown", sex="F",
            responsible=county, by=by, at=at,
        )  # fmt: skip
        wanted = restrictions.Wanted(
            kind="other", reason="For the measurement of time alone.", owner_id=by.user_id,
            review_on=clock.london_date(at) + timedelta(days=30), whole=True,
        )  # fmt: skip
        restrictions.restrict(person_id=child.pk, wanted=wanted, by=by, at=at)
    return child.pk


type Ask = Callable[[str, dict[str, str]], int]


def _browser(user: User) -> Ask:
    client = Client()
    client.force_login(user, backend=BACKEND)

    def ask(path: str, typed: dict[str, str]) -> int:
        return (client.post(path, typed) if typed else client.get(path)).status_code

    return ask


def _open(ask: Ask, person_id: UUID | None = None) -> Callable[[], int]:
    return lambda: ask(f"/people/{person_id or uuid4()}/", {})


def _search(ask: Ask, family: str) -> Callable[[], int]:
    typed = {"given": "Wilhelmina", "family": family, "age": "", "postcode": ""}
    return lambda: ask("/people/find/", typed)


def _measured(
    name: str, times: int, chance: random.Random, ours: Callable[[], int], peer: Callable[[], int]
) -> Figure:
    figure = Figure(figure=name, unit="ms")
    for number in range(times + WARM_UP):
        turns = [(ours, figure.ours), (peer, figure.peer)]
        chance.shuffle(turns)
        for run_once, kept in turns:
            began = time.perf_counter()
            status = run_once()
            taken = time.perf_counter() - began
            if status not in (200, 404):
                raise RuntimeError(f"{name}: {status}")
            if number >= WARM_UP:
                kept.append(taken * 1000)
    return figure
