"""Every page that a member of the cast can reach is open to everybody who sits before it."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from harbour.demo import partnership
from harbour.demo.check import concerns, meeting, missing
from harbour.demo.check.walk import Walk, two_children
from tests.journeys.people import Desk

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Not pages: files, and the door out.
NO_PAGE = re.compile(r"\.(pdf|json|csv|docx)$|/logout/|/download/|/pulse/|/halves|/static/")
# A crawl that finds fewer kinds of pages has lost its way.
FEWEST_KINDS = 40
WIDE, NARROW = 1200, 320
LINKS = "[...document.querySelectorAll('a[href]')].map(each => each.href)"
BROKEN_ANCHORS = """
[...document.querySelectorAll('a[href^="#"]')].map(each => each.hash.slice(1))
  .filter(each => each && !document.getElementById(each))
"""
# Who is tried in which order: those who see most come first, so that each page is tried once.
ORDER = (
    "team_manager", "coordinator", "front_door", "home_manager", "youth_worker", "detective",
    "records_officer", "administrator", "director", "school_lead", "neighbour", "out_of_hours",
    "nurse", "analyst", "panel_chair", "youth_justice", "city_front_door",
    "city_team_manager",
)  # fmt: skip


@pytest.fixture(scope="module")
def busy_hub(hub: str) -> Iterator[Walk]:
    """Lead a hub to the middle of a meeting, with a child graded and a return recorded."""
    walk = Walk(hub, *two_children())
    before_closing = meeting.STEPS[: [each.walk for each in meeting.STEPS].index(meeting.close)]
    for step in (*concerns.STEPS, *missing.STEPS, *before_closing):
        step.walk(walk)
    yield walk
    meeting.close(walk)
    walk.end()


def _shape(address: str) -> str:
    """Return what is the same for all pages of one kind: the view, and which question it asks."""
    found = resolve(urlsplit(address).path)
    asks = [value for name, value in found.kwargs.items() if name in {"slug", "step"}]
    return " ".join([found.view_name, *map(str, asks)])


def _faults(desk: Desk, names: tuple[str, ...]) -> list[str]:
    """Return what is wrong with the page at both widths."""
    page, found = desk.page, []
    where = _shape(page.url)
    found += [f"{where}: the title names {each}" for each in names if each in page.title()]
    found += [f"{where}: the address names {each}" for each in names if each in page.url]
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        for each in Axe().run(page, options={"runOnly": TAGS}).response["violations"]:
            found.append(f"{where} at {width}: {each['id']}: {each['nodes'][0]['html'][:200]}")
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            found.append(f"{where} at {width}: {across} px wide")
    found += [f"{where}: no anchor {each}" for each in page.evaluate(BROKEN_ANCHORS)]
    return found


def _crawl(desk: Desk, start: str, seen: set[str], names: tuple[str, ...]) -> list[str]:
    """Visit every kind of page that can be reached by links, and return what is wrong."""
    waiting, found = [start], []
    while waiting:
        address = waiting.pop(0)
        if _shape(address) in seen:
            continue
        seen.add(_shape(address))
        answer = desk.page.goto(address)
        if answer is None or not answer.ok:
            found.append(f"{_shape(address)} answers {answer.status if answer else 'nothing'}")
            continue
        found += _faults(desk, names)
        if desk.say_why():
            found += _faults(desk, names)
        for each in desk.page.evaluate(LINKS):
            plain = each.partition("#")[0]
            if plain.startswith(desk.hub) and not NO_PAGE.search(plain.partition("?")[0]):
                waiting.append(plain)
    return found


def test_every_page_is_open_to_everybody(busy_hub: Walk, desk: Callable[..., Desk]) -> None:
    names = (busy_hub.child.given, busy_hub.child.family, "Oyelaran", "Marlowe", "Westbrook")
    hub_page, public_page = busy_hub.base_url + "/", busy_hub.base_url + "/referrals/send/"
    shown = {each.key for each in partnership.cast_members()}
    seen: set[str] = set()
    found: list[str] = []
    for key in ("", *ORDER):
        sitting = desk(key, width=WIDE)
        seen.discard("home:my_work")
        found += _crawl(sitting, hub_page if key else public_page, seen, names)
        found += sitting.said
        sitting.leave()

    assert set(ORDER) == shown
    assert len(seen) >= FEWEST_KINDS
    assert found == []
