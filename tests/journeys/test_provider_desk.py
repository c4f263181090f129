"""A home's manager on a telephone: a child arrives, it is notified, what lacks is added."""

from collections.abc import Callable

import pytest

from harbour.foundation.kernel import clock
from tests.journeys.people import Desk

pytestmark = pytest.mark.browser


def test_an_arrival_is_notified_and_completed_on_a_phone(desk: Callable[..., Desk]) -> None:
    manager = desk("home_manager", width=375)
    manager.open("/hosting/my-home/")
    manager.sees("Children with us tonight", "Waits for you")
    manager.press("A child has arrived")
    today = clock.london_date(clock.now())
    manager.type("First names", "Wilhelmina")
    manager.type("Family name", "Fernsby")
    since = manager.page.get_by_role("group", name="Since when is the child with you?")
    for box, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        since.get_by_label(box).fill(str(number))
    manager.press("Notify")
    manager.sees("Wilhelmina Fernsby", "Not stated: the child's date of birth")
    wide = manager.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 375

    manager.page.get_by_role("button", name="Add Wilhelmina Fernsby").click()
    manager.type("Independent reviewing officer", "Reviewing service, 07700 900171")
    manager.press("Save and continue")
    manager.sees("It is recorded.")
    assert "independent reviewing officer;" not in manager.page.locator("main").inner_text()

    coordinator = desk("coordinator")
    coordinator.open("/hosting/?kind=incomplete")
    coordinator.page.get_by_role(
        "button", name="Asked by e-mail Larkfield House: Wilhelmina Fernsby"
    ).click()
    coordinator.sees("The chase is recorded.")
    manager.open("/hosting/my-home/")
    manager.sees("The hub asked: what a notification lacks")
    assert manager.said == []
