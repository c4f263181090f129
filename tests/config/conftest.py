"""A server of its own for the tests that change roles, so that the suite's server keeps its own."""

import os
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
def invented() -> secrets.Secrets:
    return secrets.invented()


@pytest.fixture(scope="module")
def admin_url(
    binaries: Path, invented: secrets.Secrets, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the administrator's address of a server with Harbour's roles and database."""
    folder = tmp_path_factory.mktemp("server")
    server = cluster.Cluster(binaries, folder, invented.admin_password, cluster.FORGETFUL)
    with server.running() as url:
        database.prepare(url, secrets=invented, with_test_role=True)
        yield url
