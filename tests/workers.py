"""Where each process of the suite works: a server of its own, and tests that belong together.

Loaded as a plugin before Django reads its settings (`-p tests.workers`).
"""

import json
import os
from collections.abc import Generator
from pathlib import Path

import pytest

# Tests that share the journeys' server stay in one process, and begin first: they take longest.
BEHIND_ONE_SERVER = "hub"


def _take_own_server() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    servers = json.loads(os.environ.get("HARBOUR_TEST_SERVERS", "[]"))
    if worker and servers:
        os.environ.update(servers[int(worker.removeprefix("gw")) % len(servers)])


_take_own_server()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Keep a file's tests in one process; begin with those that take longest.

    Marked before the distribution reads the marks, sorted after the order was shuffled.
    """
    for each in items:
        group = BEHIND_ONE_SERVER if _needs_the_hub(each) else str(Path(each.path))
        each.add_marker(pytest.mark.xdist_group(group))
    yield
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda each: not _needs_the_hub(each))


def _needs_the_hub(item: pytest.Item) -> bool:
    return "hub" in getattr(item, "fixturenames", ())
