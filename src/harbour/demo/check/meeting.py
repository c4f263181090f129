"""The agencies meet: agenda, views that nobody reads too early, decisions, minutes."""

import re
from dataclasses import replace

from harbour.demo.check.missing import HOME_CHILD
from harbour.demo.check.reading import Page, Unreadable
from harbour.demo.check.visitor import Visitor
from harbour.demo.check.walk import Step, Walk

VIEWS = {
    "detective": ("The flat is known to us; two girls were found there in spring.", "High"),
    "nurse": ("She came to the clinic with bruises on her wrist.", "High"),
    "front_door": ("Her mother works nights and wants help.", "Medium"),
}
RATIONALE = "Three agencies know parts of the same story: she is being hurt now."
LEFT_AS_IT_IS = "Nothing new was said that would change how the agencies see the child."
PROGRESS = re.compile(r"(?<!\d)(?P<decided>\d+) of (?P<all>\d+) decided")


def open_the_next(walk: Walk) -> None:
    chair = walk.member("team_manager")
    chair.open("/meetings/")
    if any(each.words == "Go into the meeting" for each in chair.page.links):
        chair.follow("Go into the meeting")
        _finish(chair)
        chair.open("/meetings/")
    form = chair.page.form("Start the meeting").fill(chair="Helen Marsh")
    chair.send(form).says("Agenda", "without a gap and without an overlap")
    walk.meeting = _room(chair)


def _room(chair: Visitor) -> str:
    """Return the address of the meeting whose room one is in."""
    return chair.page.link("Who came").removesuffix("attendance/")


def read_the_agenda(walk: Walk) -> None:
    walk.made("meeting")
    chair = walk.member("team_manager")
    board = chair.open("/missing/")
    missing = [
        each.words.removeprefix("Log for ")
        for each in board.links
        if each.words.startswith("Log for ")
    ]
    agenda = chair.open(walk.meeting)
    for name in (walk.child.name, walk.shelved.name, HOME_CHILD, *missing):
        agenda.link(name)
    agenda.says("New concerns", "Returned", "Resurfaced")
    chair.follow(walk.shelved.name).says("the same phone number", walk.shelved.reference)
    chair.follow(walk.child.name).says(f"Concern {walk.child.reference}")
    walk.item = chair.page.address


def give_views(walk: Walk) -> None:
    walk.made("item")
    for key, (said, grade) in VIEWS.items():
        member = walk.member(key)
        member.open(walk.item)
        form = member.page.form("Give our view").put("view-information", said)
        form.put("view-grade", grade).put("view-harm", "Suspected")
        member.send(form).says(said)
    for key in VIEWS:
        page = walk.member(key).open(walk.item)
        page.hides(*(said for other, (said, _) in VIEWS.items() if other != key))


def open_views(walk: Walk) -> None:
    walk.made("item")
    chair = walk.member("team_manager")
    chair.open(walk.item)
    chair.press("Open all views")
    chair.page.says(*(said for said, _ in VIEWS.values()), "Differs")


def decide_high(walk: Walk) -> None:
    walk.made("item")
    chair = walk.member("team_manager")
    chair.open(walk.item)
    form = chair.page.form("Record the decision")
    form.fill(grade="High", harm="Confirmed", rationale=RATIONALE)
    chair.send(form).says("needs a detective and social worker", RATIONALE)
    form = chair.page.form("Record the decision")
    form.fill(offer_detective="Owen Pryce", offer_social_worker="Sam Whitlock")
    form.fill(do_1="Agree with her who she rings when he comes.", owner_1="Sam Whitlock")
    days = [each for each in form.controls["due_1"].choices if each.value]
    form.fill(due_1=days[1].value)
    chair.send(form).says("The decision is recorded.", RATIONALE)


def refuse_to_close(walk: Walk) -> None:
    chair = walk.member("team_manager")
    chair.open(walk.made("meeting"))
    chair.follow("Read the decisions aloud").says("not decided yet")
    forged = replace(chair.page.form("Sign out"), action=f"{walk.meeting}close/")
    chair.send(forged, expect=403)


def close(walk: Walk) -> None:
    walk.made("meeting")
    chair = walk.member("team_manager")
    chair.open(walk.meeting)
    _finish(chair)
    chair.page.says("The meeting is closed. Its minutes are made.")


def _finish(chair: Visitor) -> None:
    """Leave every undecided child's grade as it is, and close."""
    room = _room(chair)
    while _undecided(chair.open(room)):
        reveal = [each for each in chair.page.forms if "Open all views" in each.buttons]
        if reveal:
            if reveal[0].asks("reason"):
                reveal[0].put("reason", "Nobody has more to say.")
            chair.send(reveal[0])
        form = chair.page.form("Record decision without a new grade")
        form.put("leave-outcome", "The grade stays as it is").put("leave-reason", LEFT_AS_IT_IS)
        chair.send(form).says("The decision is recorded.")
    chair.follow("Read the decisions aloud")
    chair.press("Close the meeting")


def _undecided(page: Page) -> int:
    counted = PROGRESS.search(page.text)
    if counted is None:
        raise Unreadable(f"{page.where} does not say how many are decided")
    return int(counted["all"]) - int(counted["decided"])


def minutes(walk: Walk) -> None:
    nurse = walk.member("nurse")
    nurse.open(walk.made("meeting")).says("Minutes", walk.child.name, RATIONALE)
    answer = nurse.follow("Minutes as PDF")
    if answer.kind != "application/pdf" or not answer.body.startswith(b"%PDF"):
        raise Unreadable("the minutes as PDF are no PDF")


def acknowledge(walk: Walk) -> None:
    detective = walk.member("detective")
    detective.open("/").says("Allocation to acknowledge")
    answer = detective.page.link(f"Answer {walk.child.name}")
    detective.open(answer)
    detective.press("Acknowledge")
    if any(each.href == answer for each in detective.open("/").links):
        raise Unreadable("My work still asks the detective to acknowledge")


STEPS = (
    Step(
        "The team manager opens the meeting; its window joins the last one, and says so.",
        open_the_next,
    ),
    Step(
        "The agenda holds new concern, missing, returned, and resurfaced with why.",
        read_the_agenda,
    ),
    Step(
        "Three agencies give their views and read no other's before they are opened.",
        give_views,
    ),
    Step(
        "The chair opens all views; they stand side by side with the difference marked.", open_views
    ),
    Step(
        "It decides high, which asks for a detective and a social worker.",
        decide_high,
    ),
    Step("The meeting does not close while a child is undecided.", refuse_to_close),
    Step("The others are decided, every decision is read aloud, and the meeting closes.", close),
    Step("The minutes stand as a page and as a PDF.", minutes),
    Step("The detective finds the allocation in My work and acknowledges it.", acknowledge),
)
