"""The main job in a browser: with scripts, without them, and on a telephone."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from harbour.demo import partnership
from harbour.demo.check.meeting import close, open_the_next
from harbour.demo.check.walk import Child, Walk, two_children
from harbour.foundation.kernel import clock
from tests.journeys.people import Desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"]),
]

type At = Callable[..., Desk]
REFERENCE = re.compile(r"HB-[0-9A-Z]{4}-[0-9A-Z]{4}")
HOME_CHILD = "Kayden Marlowe"
STORY = "She said that a man drives her to a flat where older men are."
WORDS = "I was scared of going back, so I stayed out."


def test_a_concern_is_sent_graded_and_acknowledged(hub: str, desk: At, scripts: bool) -> None:  # noqa: FBT001 - pytest gives parameters by name
    child, _ = two_children()
    reference = _tell(desk("", width=320, scripts=scripts), child)
    _screen(desk("front_door", scripts=scripts), child, reference)
    walk = Walk(hub, *two_children())
    open_the_next(walk)
    item = _agenda_item(desk("team_manager", scripts=scripts), walk.meeting, child)

    for key, grade in (("detective", "High"), ("front_door", "Medium")):
        _give_view(desk(key, scripts=scripts), item, grade)
    _decide(desk("team_manager", scripts=scripts), item)
    close(walk)
    walk.end()

    detective = desk("detective", scripts=scripts)
    detective.follow(f"Answer {child.name}")
    detective.press("Acknowledge")
    detective.open("/")
    expect(detective.ways(f"Answer {child.name}")).to_have_count(0)
    assert detective.said == []


def _tell(anybody: Desk, child: Child) -> str:
    anybody.open("/referrals/send/")
    anybody.sees("Call 999")
    anybody.press("Start now")
    for question, answer in (
        ("Is anyone in danger", "No"),
        ("Where does the child live", partnership.COUNTY),
    ):
        anybody.pick(question, answer)
        anybody.press("Continue")
    anybody.type("First name", child.given)
    anybody.type("Family name", child.family)
    for _ in range(4):
        anybody.press("Continue")
    anybody.pick("Is there another child", "No")
    anybody.press("Continue")
    anybody.pick("What are you worried about", "Somebody is using the child sexually")
    anybody.press("Continue")
    anybody.type("What have you seen or heard", STORY)
    anybody.press("Continue")
    anybody.press("Continue")
    anybody.pick("Do the child's parents", "I do not know")
    anybody.press("Continue")
    anybody.pick("Who are you", "I would rather not say")
    anybody.press("Continue")
    anybody.press("Continue")
    anybody.sees(child.given, STORY)
    anybody.press("Send")
    anybody.sees("We have what you told us")
    found = REFERENCE.search(anybody.page.locator("main").inner_text())
    assert found is not None
    return found.group()


def _screen(social_worker: Desk, child: Child, reference: str) -> None:
    social_worker.open("/referrals/?sort=-received")
    social_worker.follow(reference)
    social_worker.sees("Who might this be?", STORY)
    social_worker.follow("Register")
    social_worker.press("Register and link")
    social_worker.sees(child.name)
    social_worker.pick("What happens now", "To the daily meeting")
    social_worker.type("Why?", "She is being hurt by adults; to be graded together.")
    social_worker.press("Record the decision")
    social_worker.sees("To the daily meeting")


def _agenda_item(chair: Desk, meeting: str, child: Child) -> str:
    chair.open(meeting)
    chair.follow(child.name)
    chair.sees("Why on the agenda")
    return chair.page.url


def _give_view(member: Desk, item: str, grade: str) -> None:
    member.open(item)
    member.type("What your agency knows", f"We would say {grade.lower()}.")
    member.pick("Grade, as your agency sees it", grade)
    member.pick("Harm, as your agency sees it", "Suspected, current")
    member.press("Give our view")
    member.sees("Your agency's view is given")


def _decide(chair: Desk, item: str) -> None:
    chair.open(item)
    chair.press("Open all views")
    chair.sees("We would say high.", "We would say medium.", "Differs")
    chair.pick("Risk grade", "High")
    chair.page.get_by_role("group", name="Harm").get_by_label("Confirmed, current").last.check()
    chair.page.locator("[name=rationale]").fill("Two agencies know parts of the same story.")
    chair.select("Detective", "Owen Pryce")
    chair.select("Social worker", "Sam Whitlock")
    chair.press("Record the decision")
    chair.sees("The decision is recorded.")


def test_a_child_goes_missing_comes_back_and_is_asked(desk: At, scripts: bool) -> None:  # noqa: FBT001 - pytest gives parameters by name
    manager = desk("home_manager", width=320, scripts=scripts)
    # Back three minutes ago and missing again a minute later: the next journey may begin at once.
    was_missing = _bring_back(manager, minutes_ago=3)
    manager.open("/missing/report")
    manager.type("First letters", HOME_CHILD[:3])
    manager.press("Find the child")
    manager.press("This child is missing")
    manager.pick("Does anybody know where", "No: the child is missing")
    manager.pick("Where is the child missing from", "Care placement")
    _say_when(manager, minutes_ago=2 if was_missing else 0)
    manager.type("What is the child wearing", "Black coat, white trainers")
    manager.press("Save and continue")
    manager.pick("Have the police been told", "No")
    manager.press("Save and continue")
    manager.press("Report this child missing")
    manager.sees("Black coat, white trainers")
    _bring_back(manager)

    coordinator = desk("coordinator", scripts=scripts)
    coordinator.open("/missing/")
    coordinator.follow(f"Offer interview for {HOME_CHILD}")
    _offer(coordinator)

    youth_worker = desk("youth_worker", width=320, scripts=scripts)
    youth_worker.open("/missing/")
    youth_worker.follow(f"Write up interview for {HOME_CHILD}")
    youth_worker.moment("held_at")
    youth_worker.type("What did the child say", WORDS)
    youth_worker.press("Record the interview")
    youth_worker.sees("The interview is recorded.", WORDS)
    assert manager.said + coordinator.said + youth_worker.said == []


def _say_when(manager: Desk, *, minutes_ago: int) -> None:
    manager.moment("started_at", clock.now() - timedelta(minutes=minutes_ago))
    manager.press("Save and continue")
    if manager.page.get_by_text("cannot overlap").count():
        # Another journey reported the same child in this very minute.
        time.sleep(61 - clock.now().second)
        manager.moment("started_at")
        manager.press("Save and continue")


def _bring_back(manager: Desk, *, minutes_ago: int = 0) -> bool:
    manager.open("/missing/")
    if not manager.ways(f"Record return for {HOME_CHILD}").count():
        return False
    manager.follow(f"Record return for {HOME_CHILD}")
    manager.pick("When did the child come back", "I know the day and the time")
    manager.moment("returned_at", clock.now() - timedelta(minutes=minutes_ago))
    manager.press("Record the return")
    manager.sees("A return home interview is due.")
    return True


def _offer(coordinator: Desk) -> None:
    coordinator.pick("Is a return home interview offered", "Yes")
    coordinator.page.locator("[name=service][value=listening_support]").check()
    coordinator.select("Who holds it", "Jamie Rudd")
    coordinator.type("Why are they best placed", "He trusts the youth worker.")
    coordinator.press("Record the offer")
    coordinator.sees("The offer is recorded.")
    coordinator.follow("answer")
    coordinator.pick("Did the child accept", "Yes")
    coordinator.press("Record the answer")
    coordinator.sees("The answer is recorded.")
