"""A real server on a database of its own, with the partnership and this week in it."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from harbour.config import database, processes

NAME = "harbour_journeys"
HOST = "127.0.0.1"
# Each is a program of its own: the suite's own process keeps its own database and its own role.
MAKE_PARTNERSHIP = "from harbour.demo import partnership; partnership.build()"
PLAY_THE_WEEK = "from harbour.demo import today; today.play()"
SET_UP = "import django; django.setup(); "


@contextlib.contextmanager
def running(logs: Path) -> Iterator[str]:
    """Make the database, serve it, yield the address, and drop the database again."""
    admin_url = os.environ["HARBOUR_TEST_DATABASE_URL"]
    with database.admin_connection(admin_url) as admin:
        database.create_database(admin, NAME, replace=True)
    try:
        environment = _prepared(admin_url)
        # Two processes of the suite that look for a free port at once must not find the same.
        beside = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        port = processes.free_port(HOST, 8300 + 50 * beside)
        web = processes.web_command(host=HOST, port=port, workers=1, threads=4)
        log = logs / "journeys.log"
        with processes.child("web server of the journeys", web, environment, log=log) as serving:
            processes.wait_until_answering(serving, host=HOST, port=port)
            yield f"http://{HOST}:{port}"
    finally:
        with database.admin_connection(admin_url) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _prepared(admin_url: str) -> dict[str, str]:
    """Migrate and fill the database; return the environment of its server."""
    context_key = bytes.fromhex(os.environ["HARBOUR_CONTEXT_KEY"])
    with database.admin_connection(admin_url, database=NAME) as admin:
        database.prepare_database(admin, context_key=context_key)
    environment = {**os.environ, "HARBOUR_DEMO": "1", "HARBOUR_DATABASE_AS": "app"}
    for name in ("HARBOUR_APP_DATABASE_URL", "HARBOUR_MIGRATE_DATABASE_URL"):
        environment[name] = database.with_login(os.environ[name], database=NAME)
    as_owner = {**environment, "HARBOUR_DATABASE_AS": "migrate"}
    _run(["-m", "django", "migrate", "--skip-checks", "--verbosity", "0"], as_owner)
    _run(["-m", "django", "roles", "--skip-checks"], as_owner)
    _run(["-c", SET_UP + MAKE_PARTNERSHIP], as_owner)
    _run(["-c", SET_UP + PLAY_THE_WEEK], environment)
    return environment


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
