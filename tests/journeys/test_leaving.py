"""Before and after leaving: a session says when it ends, and nothing of it stays in the browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.people import Desk

STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
# htmx keeps the path of the page, which holds ids and nothing of a person.
KEPT = {"htmx-current-path-for-history"}
CACHED = "async () => (await caches.keys()).length + (await indexedDB.databases()).length"


def test_after_leaving_the_back_button_shows_nothing(desk: Callable[..., Desk]) -> None:
    manager = desk("team_manager")
    manager.open("/missing/")
    manager.sees("Missing")

    manager.page.get_by_role("button", name="Sign out").click()
    manager.page.wait_for_url("**/accounts/login/**")
    manager.page.go_back()
    manager.page.wait_for_load_state()

    assert "/accounts/login/" in manager.page.url
    expect(manager.page.get_by_role("button", name="Sign out")).to_have_count(0)


def test_leaving_takes_the_cookies_along(desk: Callable[..., Desk]) -> None:
    nurse = desk("nurse")
    before = {each["name"] for each in nurse.context.cookies()}

    nurse.page.get_by_role("button", name="Sign out").click()
    nurse.page.wait_for_url("**/accounts/login/**")

    assert "harbour_session" in before
    assert "harbour_session" not in {each["name"] for each in nurse.context.cookies()}


@pytest.mark.parametrize("path", ["/", "/people/find/", "/missing/"])
def test_nothing_lies_in_the_browser(desk: Callable[..., Desk], path: str) -> None:
    detective = desk("detective")
    detective.open(path)

    assert set(detective.page.evaluate(STORED)) <= KEPT
    assert detective.page.evaluate(CACHED) == 0


def test_a_session_about_to_end_offers_to_stay(desk: Callable[..., Desk]) -> None:
    coordinator = desk("coordinator")
    page, left = coordinator.page, [200]

    def nearly_over(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(r'data-session="\d+"', f'data-session="{left[0]}"', answer.text())
        route.fulfill(response=answer, body=body)

    def asked(route: Route) -> None:
        if route.request.method == "POST":
            left[0] = 1800
        route.fulfill(json={"seconds": left[0]})

    page.route("**/missing/", nearly_over)
    page.route("**/account/stay/", asked)
    coordinator.open("/missing/")
    banner = page.locator("[data-session]")
    expect(banner).to_contain_text("4 minutes")
    expect(banner).to_be_visible()

    banner.get_by_role("button", name="Stay signed in").click()

    expect(banner).to_be_hidden()
