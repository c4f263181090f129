"""The meeting without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from harbour.demo.check.meeting import close, open_the_next
from harbour.demo.check.walk import Walk, two_children
from tests.journeys.people import Desk

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.innerText || document.activeElement.name || ''"
SEEN = """
(() => { const box = document.activeElement.getBoundingClientRect();
  const style = getComputedStyle(document.activeElement);
  return box.width > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    || style.backgroundColor !== 'rgba(0, 0, 0, 0)'); })()
"""
MOST_TABS = 150


def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus says or is named this."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def test_a_child_is_carried_over_by_keyboard_alone(hub: str, desk: Callable[..., Desk]) -> None:
    walk = Walk(hub, *two_children())
    open_the_next(walk)
    chair = desk("team_manager")
    chair.open(walk.meeting)
    page = chair.page
    first = page.url

    page.keyboard.press("n")
    page.wait_for_url(lambda address: address != first)
    page.keyboard.press("p")
    page.wait_for_url(first)
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.id") == "decision"
    _tab_to(page, "Decide without a new grade")
    assert page.evaluate(SEEN)
    page.keyboard.press("Enter")
    _tab_to(page, "leave-outcome")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "leave-reason")
    page.keyboard.type("The school answers tomorrow.")
    _tab_to(page, "Record")
    page.keyboard.press("Enter")

    chair.sees("The decision is recorded.", "The school answers tomorrow.")
    close(walk)
    walk.end()


def test_typing_a_letter_into_a_field_is_no_shortcut(hub: str, desk: Callable[..., Desk]) -> None:
    walk = Walk(hub, *two_children())
    open_the_next(walk)
    chair = desk("team_manager")
    chair.open(walk.meeting)
    before = chair.page.url

    field = chair.page.get_by_label("What your agency knows")
    field.focus()
    chair.page.keyboard.type("no panic, done")

    assert field.input_value() == "no panic, done"
    assert chair.page.url == before
    close(walk)
    walk.end()
