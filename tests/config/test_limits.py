"""What happens at a limit: of connections, of a statement's time, of a web server's threads."""

import os
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from psycopg_pool import PoolTimeout

from harbour.config import installation, processes
from harbour.config.database import APP_ROLE, django_database


def _connections(**options: Any) -> ConnectionHandler:
    settings = django_database(os.environ["HARBOUR_TEST_LOGIN_DATABASE_URL"])
    settings["OPTIONS"] |= options
    return ConnectionHandler({"default": settings})


def test_who_gets_no_connection_is_told_after_a_while_and_the_next_gets_one(db: None) -> None:
    """A pool of one: while one works the other waits, gives up with an error, and nothing hangs."""
    del db
    pooled = _connections(pool={"min_size": 1, "max_size": 1, "timeout": 0.5})
    one, other = pooled.create_connection("default"), pooled.create_connection("default")
    try:
        one.connect()
        began = time.monotonic()
        with pytest.raises(PoolTimeout):
            other.connect()
        waited = time.monotonic() - began
        one.close()
        other.connect()
        other.close()
    finally:
        getattr(one, "close_pool")()  # noqa: B009 - PostgreSQL's alone has a pool

    assert waited > 0.4


def test_a_statement_that_runs_too_long_is_stopped(db: None) -> None:
    del db
    short = _connections(options=f"-c role={APP_ROLE} -c statement_timeout=100")["default"]

    with pytest.raises(OperationalError, match="statement timeout"), short.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM generate_series(1, 1000000000)")
    short.close()


def test_the_web_server_alone_is_given_a_limit_for_statements() -> None:
    environment = {"HARBOUR_LEDGER_KEY": "x", "HARBOUR_APP_DATABASE_URL": "y"}

    web = installation.for_the_web(environment)

    assert web["HARBOUR_STATEMENT_SECONDS"] == "60"
    assert "HARBOUR_LEDGER_KEY" not in web
    assert "HARBOUR_STATEMENT_SECONDS" not in environment


def test_threads_are_counted_and_no_more_than_connections() -> None:
    command = processes.web_command(host="127.0.0.1", port=1, workers=2, threads=8)

    assert command[command.index("--blocking-threads") + 1] == "8"
    assert command[command.index("--workers") + 1] == "2"
