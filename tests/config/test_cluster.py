"""A server of one's own: shared while used, stopped by the last, whole again after a crash."""

import os
import signal
import time
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from harbour.config import cluster
from harbour.config.database import UnusableDatabase


def _cluster(binaries: Path, folder: Path) -> cluster.Cluster:
    return cluster.Cluster(binaries, folder, "a password / of its own", cluster.FORGETFUL)


def _answers(server: cluster.Cluster) -> bool:
    try:
        psycopg.connect(server.admin_url).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture
def server(binaries: Path, server_folder: Path) -> cluster.Cluster:
    return _cluster(binaries, server_folder / uuid4().hex)


def test_the_last_user_stops_the_server(server: cluster.Cluster) -> None:
    with server.running():
        with server.running():
            assert _answers(server)
        assert _answers(server)

    assert not _answers(server)
    assert not server.sockets.exists()


def test_a_killed_server_starts_again_with_its_data(server: cluster.Cluster) -> None:
    with server.running() as url:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute("CREATE TABLE kept ()")
            admin.execute("CHECKPOINT")
        pid = int((server.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        # The server's other processes notice within a moment that their parent is gone.
        deadline = time.monotonic() + 10
        while _answers(server) and time.monotonic() < deadline:
            time.sleep(0.05)

        with server.running(), psycopg.connect(url) as again:
            assert again.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_the_note_of_a_dead_server_is_not_mistaken_for_a_stranger(server: cluster.Cluster) -> None:
    with server.running():
        pass
    # The number now belongs to somebody else, here to this very process.
    note = server.data / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{server.data}\n0\n5432\n{server.sockets}\n\n0 0\nready\n")

    with server.running():
        assert _answers(server)


def test_nobody_else_may_enter_the_folders(server: cluster.Cluster) -> None:
    with server.running():
        for folder in (server.folder, server.data, server.sockets):
            assert folder.stat().st_mode & 0o077 == 0


def test_a_server_in_use_is_not_removed(server: cluster.Cluster) -> None:
    with server.running(), pytest.raises(UnusableDatabase, match="Another command is using"):
        server.remove()

    server.remove()

    assert not server.folder.exists()


def test_another_password_than_the_servers_is_said_so(
    server: cluster.Cluster, binaries: Path
) -> None:
    stranger = cluster.Cluster(binaries, server.folder, "another password")

    with (
        server.running(),
        pytest.raises(UnusableDatabase, match=r"secrets\.json"),
        stranger.running(),
    ):
        pass
