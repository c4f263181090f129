"""A server of its own for the tests that change roles, so that the suite's server keeps its own."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harbour.config import cluster, database, secrets


@pytest.fixture(scope="session")
def binaries() -> Path:
    """Give the programs that the suite itself runs on: embedded, or Debian's."""
    given = os.environ.get("HARBOUR_TEST_BINARIES")
    return Path(given) if given else cluster.embedded_binaries()


@pytest.fixture(scope="module")
def server_folder() -> Iterator[Path]:
    """Give a folder for servers, apart from pytest's own.

    As root a server runs as another user, who must be let through the folders above its own, and
    every start of pytest closes its base folder again, in whichever terminal.
    """
    with tempfile.TemporaryDirectory(prefix="harbour, a test ") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def invented() -> secrets.Secrets:
    return secrets.invented()


@pytest.fixture(scope="module")
def admin_url(binaries: Path, invented: secrets.Secrets, server_folder: Path) -> Iterator[str]:
    """Give the administrator's address of a server with Harbour's roles and database."""
    server = cluster.Cluster(binaries, server_folder, invented.admin_password, cluster.FORGETFUL)
    with server.running() as url:
        database.prepare(url, secrets=invented, with_test_role=True)
        yield url
