"""The journeys' server, their browser, and the people who sit at it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.people import Desk
from tests.journeys.server import running

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a hub and give its address, with the partnership and this week in it."""
    logs: Path = tmp_path_factory.mktemp("journeys")
    with running(logs) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(hub: str) -> Iterator[Browser]:
    """Open a browser for one module: its loop must not run while other tests use the ORM."""
    del hub
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine: install Debian's package to run the journeys.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def desk(hub: str, chromium: Browser) -> Iterator[Callable[..., Desk]]:
    """`desk("nurse")` is a page at which she is signed in; `desk("")` one with nobody."""
    opened: list[Desk] = []

    def at(key: str, *, width: int = 1200, scripts: bool = True) -> Desk:
        opened.append(Desk(chromium, hub, key, width=width, scripts=scripts))
        return opened[-1]

    yield at
    for each in opened:
        each.leave()
