"""A concern comes in, is screened, and goes to the daily meeting; another stays in watch."""

import re

from harbour.demo import partnership
from harbour.demo.check.reading import Page, Unreadable
from harbour.demo.check.visitor import Visitor
from harbour.demo.check.walk import Child, Step, Walk

REFERENCE = re.compile(r"\bHB-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
MOST_QUESTIONS = 20

STORY = (
    "{given} told me that a man of about thirty waits for her after school and takes her to a flat."
)
SHELVED_STORY = "{given} has a second phone and does not say who calls."


def tell_in_public(walk: Walk) -> None:
    nobody = walk.somebody()
    nobody.open("/referrals/send/").says("Call 999")
    nobody.follow("Start now")
    walk.child.reference = _answer_all(nobody, _public_answers(walk.child))


def tell_as_staff(walk: Walk) -> None:
    lead = walk.member("school_lead")
    lead.open("/referrals/new/")
    answers = _public_answers(walk.shelved) | {
        "narrative": SHELVED_STORY.format(given=walk.shelved.given),
        "referrer_contact": "school@example.org",
    }
    walk.shelved.reference = _answer_all(lead, answers)
    lead.open("/referrals/sent/").says(walk.shelved.reference)


def _public_answers(child: Child) -> dict[str, str | list[str]]:
    return {
        "immediate_danger": "no",
        "area": partnership.COUNTY,
        "given": child.given,
        "family": child.family,
        "age_said": "14",
        "sex": "F",
        "phone": child.phone,
        "another": "no",
        "concerns": ["cse"],
        "narrative": STORY.format(given=child.given),
        "parents_informed": "not_known",
        "relation": "I am a friend",
        "referrer_contact": "",
    }


def _answer_all(visitor: Visitor, answers: dict[str, str | list[str]]) -> str:
    """Answer question by question, check the answers, send, and return the reference."""
    for _ in range(MOST_QUESTIONS):
        if not visitor.page.title.startswith("Check"):
            form = visitor.page.form("Continue")
            asked = visitor.page.address
            for name in set(form.controls).intersection(answers):
                form.put(name, answers[name])
            if visitor.send(form).address == asked:
                raise Unreadable(f"{visitor.page.where} does not go on{visitor.page.problems}")
            continue
        visitor.page.says(str(answers["given"]), str(answers["narrative"]))
        done = visitor.press("Send")
        found = REFERENCE.search(done.text)
        if found is None:
            raise Unreadable(f"{done.where} gives no reference")
        return found.group()
    raise Unreadable(f"the form does not end after {MOST_QUESTIONS} questions")


def shelve(walk: Walk) -> None:
    social_worker = walk.member("front_door")
    _open_concern(social_worker, walk.shelved)
    _register(social_worker, walk.shelved)
    _decide(
        social_worker,
        "No further action",
        "Nothing else is known of her yet; the school keeps an eye on her.",
    )
    social_worker.open("/referrals/watch/").says(walk.shelved.reference)


def screen(walk: Walk) -> None:
    social_worker = walk.member("front_door")
    page = _open_concern(social_worker, walk.child)
    page.says("What was said", STORY.format(given=walk.child.given), "Who might this be?")
    _register(social_worker, walk.child)


def send_to_the_meeting(walk: Walk) -> None:
    social_worker = walk.member("front_door")
    _open_concern(social_worker, walk.child)
    form = social_worker.page.form("Record the decision")
    social_worker.send(form.fill(decision="To the daily meeting")).says("Enter why")
    _decide(
        social_worker, "To the daily meeting", "She describes being taken to a flat by an adult."
    )


def resurface(walk: Walk) -> None:
    social_worker = walk.member("front_door")
    _open_concern(social_worker, walk.shelved).says("Resurfaced", "the same phone number")


def tell_the_referrer(walk: Walk) -> None:
    social_worker = walk.member("front_door")
    _open_concern(social_worker, walk.shelved)
    ready = social_worker.page.form("Record that they were told")
    said = " ".join(ready.controls["text"].values)
    if walk.shelved.given in said or walk.shelved.family in said:
        raise Unreadable("the sentence that is ready for the referrer names the child")
    social_worker.send(ready)
    walk.member("school_lead").open("/referrals/sent/").says(said)


def _open_concern(visitor: Visitor, child: Child) -> Page:
    if not child.reference:
        raise Unreadable("an earlier step got no reference")
    for path in ("/referrals/", "/referrals/?status=all&sort=-received", "/referrals/watch/"):
        visitor.open(path)
        if any(child.reference in each.words for each in visitor.page.links):
            return visitor.follow(child.reference)
    raise Unreadable(f"no list at the front door shows {child.reference}")


def _register(visitor: Visitor, child: Child) -> None:
    """Register the described child, and remember where her page is."""
    visitor.follow("Register")
    visitor.press("Register and link").says("The child is registered and linked")
    child.record = next(each.href for each in visitor.page.links if each.href.startswith("/cases/"))


def _decide(visitor: Visitor, decision: str, reason: str) -> None:
    form = visitor.page.form("Record the decision").fill(decision=decision, reason=reason)
    visitor.send(form).says("The decision is recorded.", reason)


STEPS = (
    Step("A school's safeguarding lead sends a concern from her own form.", tell_as_staff),
    Step(
        "The front door closes a concern with a reason and keeps it in watch.",
        shelve,
    ),
    Step("Anybody sends a concern without an account and gets a reference number.", tell_in_public),
    Step(
        "The inbox shows the concern; the search has run; the child is registered and linked.",
        screen,
    ),
    Step(
        "The front door sends the concern to the daily meeting with a reason.", send_to_the_meeting
    ),
    Step("The concern in watch comes back, with the reason: the same telephone number.", resurface),
    Step("The referrer is told with a sentence that says nothing private.", tell_the_referrer),
)
