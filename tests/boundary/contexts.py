"""Many people over few connections, with errors, cancels and kills: nobody sees another's context.

`web_process` is the web server: Harbour's own middleware over Django's own pool of four. From here
its backends are killed and cancelled all the while, and afterwards a row of the ledger is looked
for, for every answer that showed something.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import psycopg
from django.test import Client

from harbour.record.people.models import Name, Person, Standing
from tests.boundary.canaries import CANARY
from tests.matrix.ground import unbound
from tests.matrix.world import NOW

CHECKOUT = Path(__file__).resolve().parents[2]

PEOPLE = (
    "coordinator", "front_door", "team_manager", "detective", "analyst", "nurse", "youth_worker",
    "youth_justice", "school_lead", "out_of_hours", "home_manager", "neighbour",
)  # fmt: skip


@dataclass(kw_only=True)
class Report:
    """What came back: answers by kind, and whatever was not the person's own."""

    answers: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    disturbed: int = 0


def run(cast: SimpleNamespace, *, requests: int, seed: int, hole: str = "") -> Report:
    """Let the web process answer so many requests while its backends are killed.

    With one of `holes.HOLES` the process is wrong on purpose, and the report has to say so. Nothing
    is killed then: the connection that the leak goes over has to live.
    """
    told = {"people": _canaries(cast), "requests": requests, "seed": seed, "hole": hole}
    environment = {**os.environ, "HARBOUR_DATABASE_AS": "app", "HARBOUR_DEMO": "1"}
    environment["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "src")])
    report = Report()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.boundary.web_process"],
        env=environment,
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as web:
        stop = threading.Event()
        trouble = threading.Thread(target=_disturb, args=(seed, stop, report))
        if not hole:
            trouble.start()
        try:
            out, err = web.communicate(json.dumps(told))
        finally:
            stop.set()
            if not hole:
                trouble.join()
    if web.returncode:
        raise RuntimeError(err[-2000:])
    found = json.loads(out)
    report.answers.update(found["answers"])
    report.strange = found["strange"]
    report.unwritten = _without_a_row(found["shown"])
    return report


def _canaries(cast: SimpleNamespace) -> dict[str, list[str]]:
    """Write a child for each person that nobody else sees; return the canaries and the cookies."""
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    told: dict[str, list[str]] = {}
    made = {"recorded_at": NOW - timedelta(days=1), "recorded_by_id": cast.records_import.pk}
    with unbound():
        for key in PEOPLE:
            user, child = getattr(cast, key), uuid4()
            Person(id=child, **made).save(force_insert=True)
            Name(person_id=child, kind="legal", given=key, family=CANARY, **made).save(
                force_insert=True
            )
            Standing(
                person_id=child,
                audience=f"user:{user.pk}",
                basis="allocated",
                facets=["identity"],
                writes=False,
                starts_at=made["recorded_at"],
                **made,
            ).save(force_insert=True)
    for key in PEOPLE:
        user, client = getattr(cast, key), Client()
        client.force_login(user, backend=backend)
        told[str(user.pk)] = [key, client.cookies.output(header="", attrs=[]).strip()]
    return told


def _disturb(seed: int, stop: threading.Event, report: Report) -> None:
    """Kill or cancel a backend of the web process, again and again."""
    chance = random.Random(seed)
    with psycopg.connect(os.environ["HARBOUR_TEST_DATABASE_URL"], autocommit=True) as admin:
        while not stop.is_set():
            deed = "pg_terminate_backend" if chance.random() < 0.4 else "pg_cancel_backend"
            found = admin.execute(
                f"""SELECT {deed}(pid) FROM pg_stat_activity WHERE usename = 'harbour_app'
                AND datname = current_database() ORDER BY random() LIMIT 1"""
            ).fetchall()
            report.disturbed += len(found)
            time.sleep(chance.uniform(0.005, 0.06))


def _without_a_row(shown: Sequence[str]) -> list[str]:
    """Return the requests that showed something and that the ledger does not know."""
    with psycopg.connect(os.environ["HARBOUR_TEST_DATABASE_URL"]) as admin:
        rows = admin.execute(
            "SELECT DISTINCT request FROM audit_entry WHERE event = 'boundary.canary'"
        ).fetchall()
    return sorted(set(shown) - {request for (request,) in rows})
