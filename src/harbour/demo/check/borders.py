"""Everybody sees their own hub, nobody a record that is not open to them, and it is remembered."""

import json

from harbour.demo import partnership
from harbour.demo.check.reading import Page, Unreadable
from harbour.demo.check.walk import Step, Walk

# No record of a child is open to them: with a sentence, or as if it were not there.
SEES_NO_CHILD = ("director", "administrator")
# They work with other children; this one is not there for them.
STRANGERS = ("neighbour", "city_front_door", "home_manager", "school_lead", "youth_worker")


def sign_in(walk: Walk) -> None:
    for member in partnership.cast_members():
        page = walk.member(member.key).open("/")
        page.says("My work", f"Shown to {member.name}")


def open_every_page_of_the_bar(walk: Walk) -> None:
    for member in partnership.cast_members():
        visitor = walk.member(member.key)
        home = visitor.open("/")
        for each in dict.fromkeys(link.href for link in home.bar):
            visitor.open(each)


def refuse_strangers(walk: Walk) -> None:
    record = walk.child.record
    if not record:
        raise Unreadable("an earlier step registered no child")
    for key in STRANGERS:
        _says_nothing(walk, walk.member(key).open(record, expect=404))
        visitor = walk.member(key)
        visitor.open("/people/find/")
        form = visitor.page.form("Search")
        form.fill(given=walk.child.given, family=walk.child.family)
        if any(each.href == record for each in visitor.send(form).links):
            raise Unreadable(f"the search of {key} finds a child who is not open to them")


def refuse_the_recordless(walk: Walk) -> None:
    if not walk.child.record:
        raise Unreadable("an earlier step registered no child")
    for key in SEES_NO_CHILD:
        page = walk.member(key).open(walk.child.record, expect=0)
        if page.status not in {403, 404}:
            raise Unreadable(f"{key} gets {page.status} at a child's page")
        _says_nothing(walk, page)


def _says_nothing(walk: Walk, page: Page) -> None:
    page.hides(walk.child.given, walk.child.family)


def read_the_quarter(walk: Walk) -> None:
    director = walk.member("director")
    director.open("/figures/").says("Figures")
    answer = director.follow("JSON")
    try:
        figures = json.loads(answer.body)
    except ValueError as error:
        raise Unreadable("the quarter as JSON is no JSON") from error
    lacking = {"id", "title", "value", "unit", "population", "period", "base", "definition"}
    if not figures or any(lacking.difference(each) for each in figures):
        raise Unreadable("the quarter as JSON lacks figures or their parts")


def read_the_ledger(walk: Walk) -> None:
    officer = walk.member("records_officer")
    officer.open("/oversight/").says("What waits")
    officer.open("/oversight/ledger/")
    officer.open(officer.page.link(walk.child.name))
    officer.page.says("Owen Pryce", "was refused", "Tomasz Zielinski", "Chris Lund")
    officer.page.hides("waits for her after school")


FIRST_STEPS = (
    Step("Every member of the cast signs in and finds My work.", sign_in),
    Step("Every page that a member's bar leads to opens.", open_every_page_of_the_bar),
)
LAST_STEPS = (
    Step("For strangers the child is not there, and no search finds her.", refuse_strangers),
    Step("Director and administrator are shown no child.", refuse_the_recordless),
    Step("The director reads the quarter's figures, as a page and as JSON.", read_the_quarter),
    Step("The records officer reads who looked at the child, and no content.", read_the_ledger),
)
