"""A child goes missing from the home, comes back, and is asked what happened."""

import re
import time
from datetime import datetime, timedelta

from harbour.demo.check.reading import Form, Page, Unreadable
from harbour.demo.check.visitor import Visitor
from harbour.demo.check.walk import Step, Walk
from harbour.foundation.kernel import clock
from harbour.foundation.ui import when

HOME_CHILD = "Jordan Blythe"
MOST_PAGES = 6
SAME_MINUTE = "cannot overlap"
STEP = re.compile(r"/missing/report/[0-9a-f-]{36}/")
INTERVIEW_HOURS = timedelta(hours=72)
WORDS = "I wanted to see my brother. Nobody asked me before I went."

ANSWERS = {
    "kind": "No: the child is missing",
    "missing_from": "care",
    "last_seen": "In the kitchen at Larkfield House, by the night worker",
    "wearing": "Grey tracksuit, white trainers",
    "police_told": "no",
    "told": "Placing authority's duty line",
}


def report(walk: Walk) -> None:
    manager = walk.member("home_manager")
    _settle_what_is_open(walk)
    manager.open("/missing/report")
    manager.send(manager.page.form("Find the child").fill(letters=HOME_CHILD[:3]))
    manager.press(f"This child is missing: {HOME_CHILD}")
    for _ in range(MOST_PAGES):
        if not STEP.search(manager.page.address):
            break
        _answer_page(manager)
    manager.page.says(HOME_CHILD, ANSWERS["wearing"])
    manager.open("/missing/").says(HOME_CHILD)
    walk.episode = _link_to(manager.page, HOME_CHILD)


def _answer_page(visitor: Visitor) -> None:
    asked = visitor.page.address
    # A run just before this one may have reported the same child: then the child was seen later,
    # and at the very latest when that minute is over.
    for minutes_ago in (1, 0, 0):
        _answer(visitor, minutes_ago)
        if visitor.page.address != asked:
            return
        if SAME_MINUTE not in visitor.page.problems:
            raise Unreadable(f"{visitor.page.where} does not go on{visitor.page.problems}")
        if minutes_ago == 0:
            time.sleep(61 - clock.now().second)


def _answer(visitor: Visitor, minutes_ago: int) -> None:
    last = visitor.page.address.endswith("/told")
    form = visitor.page.form("Report this child missing" if last else "Save and continue")
    for name in set(form.controls).intersection(ANSWERS):
        form.put(name, ANSWERS[name])
    if form.asks("started_at_time"):
        _say_when(form, "started_at", clock.now() - timedelta(minutes=minutes_ago))
    visitor.send(form)


def _now(form: Form, name: str) -> None:
    _say_when(form, name, clock.now())


def _say_when(form: Form, name: str, at: datetime) -> None:
    moment = clock.london(at)
    form.put(f"{name}_day", str(moment.day)).put(f"{name}_month", str(moment.month))
    form.put(f"{name}_year", str(moment.year)).put(f"{name}_time", f"{moment:%H:%M}")


def _link_to(page: Page, name: str) -> str:
    for each in page.links:
        if each.words.startswith(name) and "/missing/episodes/" in each.href:
            return each.href
    raise Unreadable(f"{page.where} does not lead to the episode of {name}")


def _settle_what_is_open(walk: Walk) -> None:
    """Bring the child back first, if a run before this one stopped while they were away."""
    coordinator = walk.member("coordinator")
    board = coordinator.open("/missing/")
    if any(each.words == f"Record return for {HOME_CHILD}" for each in board.links):
        _record_return(coordinator)


def come_back(walk: Walk) -> None:
    walk.made("episode")
    coordinator = walk.member("coordinator")
    coordinator.open("/missing/")
    returned = _record_return(coordinator)
    due = when.moment(returned + INTERVIEW_HOURS)
    coordinator.open(walk.episode).says(f"due {due}")
    coordinator.open("/missing/").says(f"due {due}")


def _record_return(coordinator: Visitor) -> datetime:
    coordinator.follow(f"Record return for {HOME_CHILD}")
    form = coordinator.page.form("Record the return")
    form.fill(known="I know the day and the time", found_where="At the bus station")
    moment = clock.now().replace(second=0, microsecond=0)
    _now(form, "returned_at")
    coordinator.send(form).says("The return is recorded. A return home interview is due.")
    return moment


def offer(walk: Walk) -> None:
    walk.made("episode")
    coordinator = walk.member("coordinator")
    coordinator.open(walk.episode)
    coordinator.follow("Offer")
    form = coordinator.page.form("Record the offer")
    form.fill(
        offered="Yes",
        service="listening_support",
        interviewer="Jamie Rudd",
        best_placed_reason="The child knows and trusts the youth worker.",
    )
    coordinator.send(form).says("The offer is recorded.")
    coordinator.follow("answer")
    form = coordinator.page.form("Record the answer").fill(accepted="Yes")
    coordinator.send(form).says("The answer is recorded.")


def hold(walk: Walk) -> None:
    youth_worker = walk.member("youth_worker")
    youth_worker.open(walk.made("episode"))
    write_up = youth_worker.page.link("Write up")
    youth_worker.open(write_up)
    form = youth_worker.page.form("Record the interview")
    form.fill(child_words=WORDS)
    _now(form, "held_at")
    youth_worker.send(form).says("The interview is recorded.", WORDS)
    board = youth_worker.open("/missing/")
    if any(each.href == write_up for each in board.links):
        raise Unreadable("the board still asks for the interview that was held")


STEPS = (
    Step("A home's manager reports a child missing, found by three letters and an age.", report),
    Step("The coordinator records the return, and the interview is due 72 hours later.", come_back),
    Step("The coordinator offers the interview to a youth worker, and the child accepts.", offer),
    Step("The youth worker holds it, and the child's own words stand on the episode.", hold),
)
