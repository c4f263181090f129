"""`harbour serve`, `worker` and `manage`: what an operator runs."""

import argparse
import os
import sys

from harbour.config import installation, processes
from harbour.config.progress import told

# Commands of Django that change or describe the schema work as the migration role.
SCHEMA_COMMANDS = frozenset(
    {
        "administrator",
        "createcachetable",
        "flush",
        "loaddata",
        "makemigrations",
        "migrate",
        "optimizemigration",
        "roles",
        "showmigrations",
        "sqlflush",
        "sqlmigrate",
        "squashmigrations",
    }
)


def serve(argv: list[str]) -> int:
    """Run the web server until told to stop; several may run against one database."""
    parser = argparse.ArgumentParser(prog="harbour serve", description=serve.__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument(
        "--threads", type=int, default=8, help="a worker's; each may use a connection"
    )
    options = parser.parse_args(argv)
    web = processes.web_command(
        host=options.host, port=options.port, workers=options.workers, threads=options.threads
    )
    with processes.stoppable(), installation.ready_database() as environment:
        if refused := processes.foreground(processes.gate_command(), environment):
            return refused
        told(f"Serving on http://{options.host}:{options.port}; Ctrl-C stops.")
        return _run_until_stopped("web server", web, installation.for_the_web(environment))


def work(argv: list[str]) -> int:
    """Run the worker that does jobs and keeps the schedule; several may run."""
    with processes.stoppable(), installation.ready_database() as environment:
        told("Working; Ctrl-C stops.")
        return _run_until_stopped("worker", [*processes.worker_command(), *argv], environment)


def manage(argv: list[str]) -> int:
    """Run a command of Django's, as the application or, for the schema, as the migration role."""
    with installation.ready_database() as environment:
        if argv and argv[0] in SCHEMA_COMMANDS:
            environment["HARBOUR_DATABASE_AS"] = "migrate"
        return processes.foreground([sys.executable, "-m", "django", *argv], environment)


def _run_until_stopped(name: str, command: list[str], environment: installation.Environment) -> int:
    with processes.child(name, command, environment) as running:
        try:
            processes.watch(running)
        except KeyboardInterrupt:
            told("Stopping.")
    return 0
