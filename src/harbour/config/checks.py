"""`harbour test`, `lint` and `bench`: a developer's commands, on a server that is thrown away."""

import argparse
import contextlib
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from harbour.config import cluster, database, installation, processes, secrets
from harbour.config.progress import told
from harbour.config.secrets import Secrets

LINTERS = {
    "Format of the source (ruff format)": ["ruff", "format", "--check", "."],
    "Style and mistakes (ruff)": ["ruff", "check", "."],
    "Types (mypy --strict)": ["mypy"],
    "Floors and rooms (import-linter)": ["importlinter.cli"],
    "Templates (djlint)": ["djlint", "--check", "--lint", "src"],
}


# Each process of the suite has a server of its own: a role, a setting or a long transaction of one
# is nothing to the other.
MOST_WORKERS = 4


def test(argv: list[str]) -> int:
    """Run the test suite; what follows goes to pytest."""
    parser = argparse.ArgumentParser(
        prog="harbour test", description=test.__doc__, add_help=False, allow_abbrev=False
    )
    parser.add_argument("--stock-postgres", action="store_true")
    parser.add_argument("--workers", type=int, default=0)
    options, for_pytest = parser.parse_known_args(argv)
    binaries = cluster.stock_binaries() if options.stock_postgres else cluster.embedded_binaries()
    workers = options.workers or _workers(for_pytest)
    with processes.stoppable(), contextlib.ExitStack() as stack:
        servers = [
            stack.enter_context(thrown_away(binaries, cluster.FORGETFUL)) for _ in range(workers)
        ]
        for each in servers:
            each["HARBOUR_DATABASE_AS"] = "test"
            each["HARBOUR_PLAIN_HTTP"] = "1"
        environment = servers[0] | {"HARBOUR_TEST_SERVERS": json.dumps(servers)}
        beside = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
        pytest = [sys.executable, "-m", "pytest", "-p", "tests.workers"]
        pytest += [*(beside if workers > 1 else []), *for_pytest]
        return processes.foreground(pytest, environment, folder=installation.CHECKOUT)


def _workers(for_pytest: list[str]) -> int:
    """Use every core for the whole suite; a part of it is sooner done by one process."""
    named = any((installation.CHECKOUT / each.split("::")[0]).exists() for each in for_pytest)
    return 1 if named else max(1, min(os.cpu_count() or 1, MOST_WORKERS))


def lint(argv: list[str]) -> int:
    """Check the source without running it; every check runs, and the failed ones are named last."""
    argparse.ArgumentParser(prog="harbour lint", description=lint.__doc__).parse_args(argv)
    commands = {title: [sys.executable, "-m", *command] for title, command in LINTERS.items()}
    assets = installation.CHECKOUT / "frontend" / "check"
    if assets.exists():
        commands["Compiled assets are those of their sources"] = [str(assets)]
    failed = []
    for title, command in commands.items():
        told(f"== {title}")
        if processes.foreground(command, dict(os.environ), folder=installation.CHECKOUT):
            failed.append(title)
    told("".join(f"Failed: {title}\n" for title in failed) or "Nothing to complain about.")
    return 1 if failed else 0


def bench(argv: list[str]) -> int:
    """Run one benchmark, named first, on a server with the durability of a real one."""
    names = sorted(
        path.stem
        for path in (installation.CHECKOUT / "benchmarks").glob("[a-z]*.py")
        if path.stem not in {"__init__", "harness"}
    )
    parser = argparse.ArgumentParser(prog="harbour bench", description=bench.__doc__)
    parser.add_argument("name", choices=names)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="[--size N] [--seed N] ...")
    options = parser.parse_args(argv)
    with (
        processes.stoppable(),
        thrown_away(cluster.embedded_binaries(), {}, database.DATABASE_NAME) as environment,
    ):
        told("Bringing the database's tables up to date.")
        installation.migrate(environment)
        installation.set_up_django(environment)
        sys.path.insert(0, str(installation.CHECKOUT))
        return int(importlib.import_module(f"benchmarks.{options.name}").run(options.arguments))


# What a release is checked with: each asks for far more than the suite does.
CHECKS = {
    "boundary": "tests.matrix.check",
    "ledger": "tests.boundary.check_ledger",
    "contexts": "tests.boundary.check_contexts",
    "forgeries": "tests.boundary.check_forgeries",
    "policies": "tests.matrix.check_policies",
    "attack": "tests.attacks.check_attack",
    "storm": "tests.boundary.check_storm",
    "ssda903": "tests.exchange.check_ssda903",
}
# A check that kills its server brings one of its own.
BRINGS_ITS_SERVER = frozenset({"storm"})


def check(argv: list[str]) -> int:
    """Run one check of a release, named first, on a server that is thrown away."""
    parser = argparse.ArgumentParser(prog="harbour check", description=check.__doc__)
    parser.add_argument("name", choices=sorted(CHECKS))
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="[--seed N] ...")
    options = parser.parse_args(argv)
    if options.name in BRINGS_ITS_SERVER:
        sys.path.insert(0, str(installation.CHECKOUT))
        with processes.stoppable():
            return int(importlib.import_module(CHECKS[options.name]).run(options.arguments))
    with (
        processes.stoppable(),
        thrown_away(cluster.embedded_binaries(), cluster.FORGETFUL) as environment,
    ):
        told("Bringing the database's tables up to date.")
        installation.migrate(environment)
        environment |= {"HARBOUR_DATABASE_AS": "test", "HARBOUR_DEMO": "1"}
        installation.set_up_django(environment)
        sys.path.insert(0, str(installation.CHECKOUT))
        importlib.import_module("tests.boundary.stage").build()
        return int(importlib.import_module(CHECKS[options.name]).run(options.arguments))


@contextlib.contextmanager
def thrown_away(
    binaries: Path, settings: Mapping[str, str], name: str = database.TEST_DATABASE_NAME
) -> Iterator[installation.Environment]:
    """Yield the environment of a server that is made for this run and removed after it."""
    invented = secrets.invented()
    told(f"Starting a throw-away PostgreSQL from {binaries}.")
    with tempfile.TemporaryDirectory(prefix="harbour-") as folder:
        state = Path(folder)
        server = cluster.Cluster(binaries, state / "postgres", invented.admin_password, settings)
        with server.running(told) as admin_url:
            database.prepare(admin_url, secrets=invented, database=name, with_test_role=True)
            yield environment_of_tests(
                admin_url, secrets=invented, name=name, state=state, binaries=binaries
            )


def environment_of_tests(
    admin_url: str, *, secrets: Secrets, name: str, state: Path, binaries: Path
) -> installation.Environment:
    """Say what a process must know of a database that is thrown away: the administrator too."""
    environment = installation.environment_for(admin_url, secrets=secrets, name=name, state=state)
    return environment | {
        "HARBOUR_TEST_BINARIES": str(binaries),
        "HARBOUR_TEST_DATABASE_URL": database.with_login(admin_url, database=name),
        "HARBOUR_TEST_LOGIN_DATABASE_URL": database.with_login(
            admin_url, user=database.TEST_ROLE, password=secrets.test_password, database=name
        ),
    }
