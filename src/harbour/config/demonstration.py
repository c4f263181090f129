"""`harbour demo`: the invented partnership, up and running on this machine."""

import argparse
import contextlib
import importlib
import os
from collections.abc import Iterator

from django.db import connections

from harbour.config import installation, processes
from harbour.config.database import UnusableDatabase
from harbour.config.progress import told

HOST = "127.0.0.1"
PORT = 8000
# One process, as many threads as the pool of database connections has places.
WORKERS = 1
THREADS = 8


def run(argv: list[str]) -> int:
    """Show Harbour with invented data: start everything, print the sign-ins, stop on Ctrl-C."""
    options = _parse(argv)
    if options.reset:
        _reset()
    with processes.stoppable(), installation.ready_database() as environment:
        environment["HARBOUR_DEMO"] = "1"
        sign_ins = _prepare(environment)
        with _served(environment, 0 if options.check else options.port) as (address, children):
            if options.check:
                return int(importlib.import_module("harbour.demo.check").run(address))
            _welcome(address, sign_ins)
            with contextlib.suppress(KeyboardInterrupt):
                processes.watch(*children)
            told("\nStopping.")
    told("Stopped. The data is kept: ./harbour demo goes on with it, --reset starts over.")
    return 0


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="harbour demo", description=run.__doc__)
    parser.add_argument("--check", action="store_true", help="walk the main job and exit 0 or 1")
    parser.add_argument("--reset", action="store_true", help="forget the demo's data first")
    parser.add_argument("--port", type=int, default=PORT, help=f"default {PORT}, or the next free")
    return parser.parse_args(argv)


def _reset() -> None:
    if os.environ.get("DATABASE_URL"):
        raise UnusableDatabase(
            "--reset removes the embedded database only. DATABASE_URL names another one: drop that "
            "yourself if it may go."
        )
    told("Removing the demo's data.")
    installation.remove_own_database()


def _prepare(environment: installation.Environment) -> list[str]:
    """Have the demo's data made where it is lacking, within this process."""
    installation.set_up_django(environment)
    command = importlib.import_module("harbour.demo.command")
    command.prepare(told)
    sign_ins = [str(line) for line in command.sign_ins()]
    for connection in connections.all():
        connection.close()
        getattr(connection, "close_pool", lambda: None)()
    return sign_ins


@contextlib.contextmanager
def _served(
    environment: installation.Environment, wanted: int
) -> Iterator[tuple[str, tuple[processes.Child, ...]]]:
    """Run web server and worker; yield the address once it answers."""
    port = processes.free_port(HOST, wanted)
    if wanted not in {0, port}:
        told(f"Port {wanted} is taken; using {port}.")
    told("Starting the web server and the worker.")
    web = processes.web_command(host=HOST, port=port, workers=WORKERS, threads=THREADS)
    logs = installation.home() / "logs"
    served = installation.for_the_web(environment)
    with (
        processes.child("web server", web, served, log=logs / "web.log") as serving,
        processes.child(
            "worker", processes.worker_command(), environment, log=logs / "worker.log"
        ) as working,
    ):
        processes.wait_until_answering(serving, host=HOST, port=port)
        yield f"http://{HOST}:{port}", (serving, working)


def _welcome(address: str, sign_ins: list[str]) -> None:
    print(f"\nHarbour is at {address}\n", flush=True)
    for line in sign_ins:
        print(f"  {line}")
    print("\nAll people and places are invented. Ctrl-C stops everything.", flush=True)
