"""Where each process of the suite works: a server of its own, and the long tests first.

Loaded as a plugin before Django reads its settings (`-p tests.workers`).
"""

import json
import os

import pytest

# These take minutes: begun last, one process would wait for the other.
LONGEST = ("tests/journeys/", "tests/boundary/", "tests/attacks/", "tests/matrix/")


def _take_own_server() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    servers = json.loads(os.environ.get("HARBOUR_TEST_SERVERS", "[]"))
    if worker and servers:
        os.environ.update(servers[int(worker.removeprefix("gw")) % len(servers)])


_take_own_server()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; within that the order stays as it was shuffled."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda each: not each.nodeid.startswith(LONGEST))
