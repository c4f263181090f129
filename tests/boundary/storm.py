"""A storm of log entries while the programs behind it are killed: what was acknowledged stays.

A client writes an entry, and sends the very same form again until it is answered. What it was
answered for is acknowledged, and must be there afterwards, once, with its row in the ledger.
"""

import contextlib
import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import psycopg

# Any 32 letters are a secret that a form may carry, as long as its cookie says the same.
SECRET = "s" * 32
PATIENCE_SECONDS = 10
# How long the clients may go on asking after the last blow, until everything stands again.
CALM_SECONDS = 120


@dataclass(kw_only=True)
class Report:
    """What was acknowledged, and what was there afterwards."""

    acknowledged: int = 0
    asked_again: int = 0
    unsaid: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    gave_up: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    unwritten: int = 0
    blows: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where the clients write: one episode, as one person who is signed in."""

    address: str
    episode: str
    cookie: str


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How long, how many clients, and what strikes, each with its name."""

    seconds: float
    clients: int
    pause: tuple[float, float]
    blows: Mapping[str, Callable[[], None]]
    seed: int = 1


def run(target: Target, weather: Weather, *, admin_url: str) -> Report:
    """Let the storm go on for its time, wait until all is calm, and count."""
    report = Report()
    kept: list[str] = []
    over = threading.Event()
    clients = [
        threading.Thread(target=_write, args=(target, number, over, kept, report))
        for number in range(weather.clients)
    ]
    for each in clients:
        each.start()
    _strike(weather, report, kept)
    over.set()
    for each in clients:
        each.join()
    report.acknowledged = len(kept)
    _count(report, kept, target, admin_url)
    return report


def _strike(weather: Weather, report: Report, kept: list[str]) -> None:
    """Strike, and strike again once something was acknowledged in between."""
    chance, names = random.Random(weather.seed), list(weather.blows)
    ends = time.monotonic() + weather.seconds
    while time.monotonic() < ends:
        _wait_for_more(kept, ends)
        time.sleep(chance.uniform(*weather.pause))
        # Each in its turn, so that a short storm strikes everything too.
        name = names[sum(report.blows.values()) % len(names)]
        weather.blows[name]()
        report.blows[name] += 1


def _wait_for_more(kept: list[str], ends: float) -> None:
    """Wait until somebody's entry was acknowledged, and until a blow would find it fresh."""
    before = len(kept)
    while len(kept) == before and time.monotonic() < ends:
        time.sleep(0.02)


def _write(
    target: Target, number: int, over: threading.Event, kept: list[str], report: Report
) -> None:
    written = 0
    while not over.is_set():
        text, key = f"storm {number}-{written}", str(uuid4())
        until = time.monotonic() + CALM_SECONDS
        while not _acknowledged(target, text, key, report):
            report.asked_again += 1
            if time.monotonic() > until:
                report.gave_up.append(text)
                return
            time.sleep(0.05)
        kept.append(text)
        written += 1


def _acknowledged(target: Target, text: str, key: str, report: Report) -> bool:
    """Send the form and say whether the answer was the one that says it is kept."""
    form = {"text": text, "form_key": key, "csrfmiddlewaretoken": SECRET}
    server = http.client.HTTPConnection(urlsplit(target.address).netloc, timeout=PATIENCE_SECONDS)
    headers = {"Cookie": target.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    path = f"/missing/episodes/{target.episode}"
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(server):
        server.request("POST", f"{path}/log", urlencode(form), headers)
        answer = server.getresponse()
        answer.read()
        report.answers[answer.status] += 1
        return (answer.status, answer.headers["Location"]) == (302, path)
    return False


def _count(report: Report, kept: list[str], target: Target, admin_url: str) -> None:
    with psycopg.connect(admin_url) as admin:
        rows = admin.execute(
            "SELECT text, count(*) FROM missing_logentry WHERE episode_id = %s "
            "AND text LIKE 'storm %%' GROUP BY text",
            [target.episode],
        ).fetchall()
        told = admin.execute(
            "SELECT count(*) FROM audit_entry WHERE event = 'missing.logged' AND about_id = %s",
            [target.episode],
        ).fetchall()[0][0]
    there = {text: int(number) for text, number in rows}
    report.lost = sorted(set(kept) - there.keys())
    report.doubled = sorted(text for text, number in there.items() if number > 1)
    report.unsaid = len(there.keys() - set(kept))
    report.unwritten = sum(there.values()) - int(told)
