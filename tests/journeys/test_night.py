"""A night on a telephone: a child is reported, handed over, heard of, and back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.people import Desk

pytestmark = pytest.mark.browser

PHONE = 375
CHILD = "Isla"
TYPING = "Half a sentence about the"


def test_a_night_is_run_on_two_telephones(desk: Callable[..., Desk]) -> None:
    evening, night = desk("coordinator", width=PHONE), desk("out_of_hours", width=PHONE)
    _report(evening)
    evening.open(evening.page.url.removesuffix("/sheet"))
    evening.press("Take over")
    evening.sees("You own this episode now.")
    night.open("/missing/")
    night.follow(CHILD)
    night.page.get_by_label("What was done or heard?").fill(TYPING)

    # What one writes stands on the other's screen, beside what she is typing.
    evening.type("What was done or heard?", "Rang her friend: not there.")
    evening.press("Add to the log")
    night.sees("Rang her friend: not there.", "Brought up to date")
    expect(night.page.get_by_label("What was done or heard?")).to_have_value(TYPING)

    _hand_over(evening, night)
    _bring_back(night)
    evening.sees("The child is back.")
    across = "document.documentElement.scrollWidth"
    assert [each.page.evaluate(across) for each in (evening, night)] == [PHONE, PHONE]
    assert evening.said + night.said == []


def _report(evening: Desk) -> None:
    evening.open("/missing/report")
    evening.type("First letters", CHILD)
    evening.press("Find the child")
    evening.press("This child is missing")
    evening.pick("Does anybody know where", "No: the child is missing")
    evening.pick("Where is the child missing from", "Home")
    evening.moment("started_at")
    evening.press("Save and continue")
    evening.type("What is the child wearing", "Blue coat")
    evening.press("Save and continue")
    evening.pick("Have the police been told", "No")
    evening.press("Save and continue")
    evening.press("Report this child missing")
    evening.sees("Blue coat")


def _hand_over(evening: Desk, night: Desk) -> None:
    evening.follow("Hand over")
    evening.select("Offer it to", "Leon Baptiste")
    evening.press("Hand over")
    evening.sees("stays with its owner until they acknowledge it")
    night.sees("Offered to you, not acknowledged")
    night.open("/")
    night.press("Acknowledge")
    evening.sees("Leon Baptiste acknowledged the handover.")


def _bring_back(night: Desk) -> None:
    night.follow("Change what is known")
    night.type("What is the child wearing?", "Green raincoat")
    night.press("Save")
    night.sees("Green raincoat")
    night.follow("Record return")
    night.pick("When did the child come back", "I know the day and the time")
    night.moment("returned_at")
    night.press("Record the return")
