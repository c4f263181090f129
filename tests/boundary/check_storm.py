"""`./harbour check storm`: web, worker and database are killed; nothing acknowledged is lost.

The same storm then runs over a database that acknowledges before it has written: that one must
lose, or the check would not have noticed.
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harbour.config import checks, cluster, database, installation, processes, secrets
from harbour.config.progress import told
from tests.boundary import storm

HOST = "127.0.0.1"
MAKE_GROUND = (
    "import django; django.setup(); from tests.boundary import storm_ground; storm_ground.tell()"
)
# What a server sets that would rather be fast: it answers before the disk has the entry.
HASTY = {"synchronous_commit": "off", "wal_writer_delay": "10s"}


def run(argv: list[str]) -> int:
    """Storm twice, over a careful and over a hasty server; 0 if only the hasty one lost."""
    parser = argparse.ArgumentParser(prog="harbour check storm", description=run.__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="harbour-") as folder:
        made = secrets.invented()
        careful = _storm(Path(folder), made, {}, options)
        hasty = _storm(Path(folder), made, HASTY, options)
    if not hasty.lost:
        told("The hasty server lost nothing this time: this run proves less than it should.")
    wrong = careful.lost or careful.doubled or careful.unwritten or careful.gave_up
    return 1 if wrong or not hasty.lost else 0


def _storm(
    folder: Path, made: secrets.Secrets, settings: dict[str, str], options: argparse.Namespace
) -> storm.Report:
    began = time.monotonic()
    with _hub(folder, made, settings) as hub:
        report = storm.run(
            hub.target,
            storm.Weather(
                seconds=options.seconds,
                clients=options.clients,
                pause=(0.2, 2.0),
                blows={
                    "database": hub.kill_database,
                    "web worker": hub.kill_web_worker,
                    "database again": hub.kill_database,
                    "web server": hub.kill_web,
                    "background worker": hub.kill_worker,
                },
                seed=options.seed,
            ),
            admin_url=hub.admin_url,
        )
    _say("hasty" if settings else "careful", report, time.monotonic() - began)
    return report


def _say(kind: str, report: storm.Report, seconds: float) -> None:
    struck = ", ".join(f"{name} {number}" for name, number in report.blows.items())
    answers = ", ".join(f"{number} x {status}" for status, number in report.answers.items())
    sys.stdout.write(
        f"{kind} server: {report.acknowledged:,} entries acknowledged, {len(report.lost):,} lost, "
        f"{len(report.doubled):,} doubled, {report.unsaid:,} kept though the answer was lost, "
        f"{report.unwritten:,} without a row of the ledger; asked again {report.asked_again:,} "
        f"times, given up {len(report.gave_up)}; answers: {answers}; killed: {struck}; "
        f"{seconds:,.0f} seconds.\n"
    )
    for each in report.lost[:5]:
        sys.stdout.write(f"- lost: {each}\n")
    sys.stdout.flush()


@dataclass
class Hub:
    """A hub whose programs can be killed, and stand up again."""

    server: cluster.Cluster
    admin_url: str
    environment: installation.Environment
    port: int
    logs: Path
    stack: contextlib.ExitStack
    episode: str = ""
    cookie: str = ""

    @property
    def target(self) -> storm.Target:
        """Return where the clients write."""
        return storm.Target(
            address=f"http://{HOST}:{self.port}", episode=self.episode, cookie=self.cookie
        )

    def start(self) -> None:
        """Start web server and worker."""
        self.start_web()
        self.start_worker()
        processes.wait_until_answering(self.web, host=HOST, port=self.port)

    def start_web(self) -> None:
        """Start the web server."""
        web = processes.web_command(host=HOST, port=self.port, workers=1, threads=4)
        served = installation.for_the_web(self.environment)
        log = self.logs / "web.log"
        self.web = self.stack.enter_context(processes.child("web server", web, served, log=log))

    def start_worker(self) -> None:
        """Start the background worker."""
        self.worker = self.stack.enter_context(
            processes.child(
                "worker",
                processes.worker_command(),
                self.environment,
                log=self.logs / "worker.log",
            )
        )

    def kill_database(self) -> None:
        """Kill every process of the database server at once, and start it again."""
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (process / "cwd").readlink() == self.server.data.resolve():
                    os.kill(int(process.name), signal.SIGKILL)
        with self.server.running():
            """Started again; the command that runs around this one stops it."""

    def kill_web_worker(self) -> None:
        """Kill the process that answers; the server that watches it starts another."""
        number = self.web.process.pid
        listed = Path(f"/proc/{number}/task/{number}/children").read_text()
        for each in listed.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(each), signal.SIGKILL)

    def kill_web(self) -> None:
        """Kill the web server with all it started, and start it again."""
        _kill(self.web)
        self.start_web()

    def kill_worker(self) -> None:
        """Kill the background worker, and start it again."""
        _kill(self.worker)
        self.start_worker()


def _kill(child: processes.Child) -> None:
    """Kill a program and all it started: each has a session of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


@contextlib.contextmanager
def _hub(folder: Path, invented: secrets.Secrets, settings: dict[str, str]) -> Iterator[Hub]:
    binaries = cluster.embedded_binaries()
    server = cluster.Cluster(binaries, folder / "postgres", invented.admin_password, settings)
    with server.running(told) as admin_url, contextlib.ExitStack() as stack:
        name = database.TEST_DATABASE_NAME
        database.prepare(admin_url, secrets=invented, database=name, with_test_role=True)
        environment = checks.environment_of_tests(
            admin_url, secrets=invented, name=name, state=folder, binaries=binaries
        )
        environment |= {"HARBOUR_DEMO": "1"}
        told("Bringing the database's tables up to date.")
        installation.migrate(environment)
        hub = Hub(
            server=server,
            admin_url=database.with_login(admin_url, database=name),
            environment=environment | {"HARBOUR_DATABASE_AS": "app"},
            port=processes.free_port(HOST, 8600),
            logs=folder,
            stack=stack,
        )
        hub.episode, hub.cookie = _ground(environment)
        with database.admin_connection(hub.admin_url) as admin:
            # The ground itself is on the disk before the storm, whatever the server does.
            admin.execute("CHECKPOINT")
        hub.start()
        yield hub


def _ground(environment: installation.Environment) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", MAKE_GROUND],
        env=environment | {"HARBOUR_DATABASE_AS": "test"},
        cwd=installation.CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    episode, cookie = json.loads(done.stdout)
    return str(episode), str(cookie)
