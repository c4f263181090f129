"""Small builders of meetings, agendas and views."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.test import Client

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.hub.meetings import actions, queries
from harbour.hub.meetings.models import AgencyView, Item, Meeting
from harbour.hub.meetings.vocabulary import Outcome
from harbour.record.people.models import Person
from harbour.work.cases.actions import Decision as GradeDecision
from harbour.work.cases.vocabulary import HarmStatus, HarmWhen
from harbour.work.referrals.vocabulary import Decision
from tests.builders.people import a_child
from tests.builders.referrals import a_concern, a_decision, a_link

# The fixtures of tests/conftest.py, as types.
type Cast = SimpleNamespace
type ActingAs = Callable[[User], AbstractContextManager[Reader]]
type Unbound = Callable[[], AbstractContextManager[None]]
type ClientFor = Callable[[User], Client]


def a_child_sent_to_the_meeting(by: Reader, authority: Agency, **said: Any) -> Person:
    """Register a child about whom a concern was screened and sent to the daily meeting."""
    child = a_child(by, authority, **said)
    concern = a_concern(by, authority)
    a_link(by, concern, child.pk)
    a_decision(by, concern, Decision.DAILY_MEETING)
    return child


def a_meeting(
    by: Reader, authority: Agency, *, window_to: datetime | None = None, at: datetime | None = None
) -> Meeting:
    """Open the next meeting of an authority, chaired by the reader."""
    moment = at or clock.now()
    return actions.open_meeting(
        authority_id=authority.pk,
        window_to=window_to or moment,
        chair_id=by.user_id,
        by=by,
        at=moment,
    )


def brought_up_to_date(by: Reader, meeting: Meeting) -> None:
    """Put on the agenda what has come in since."""
    actions.refresh_agenda(meeting=meeting, by=by, at=clock.now())


def the_item(by: Reader, meeting: Meeting, child: Person) -> Item:
    """Return the child's place on the agenda, as it is now."""
    return next(each for each in queries.items(by, meeting.pk) if each.person_id == child.pk)


def a_view(by: Reader, item: Item, grade: str = "medium", **other: Any) -> AgencyView:
    """Give the view of the reader's agency."""
    known: dict[str, Any] = {
        "information": "Seen with an older group near the station.",
        "harm": HarmStatus.SUSPECTED,
        "harm_when": HarmWhen.CURRENT,
    }
    said = actions.Said(grade=grade, **(known | other))
    return actions.give_view(item=item, said=said, by=by, at=clock.now())


def opened_views(by: Reader, item: Item) -> Item:
    """Open the views of an item without waiting, and return it as it is now."""
    actions.reveal(item=item, reason="Everybody spoke by phone.", by=by, at=clock.now())
    return queries.item(by, item.pk)


def a_verdict(grade: str = "medium", **other: Any) -> actions.Verdict:
    """Return a decision with a rationale."""
    decision = GradeDecision(
        grade=grade,
        harm=HarmStatus.SUSPECTED,
        harm_when=HarmWhen.CURRENT,
        rationale="New phone, new trainers, seen at the station with older boys.",
        unallocated_reason="Allocated at noon." if grade == "high" else "",
    )
    return actions.Verdict(decision=decision, **other)


def decided(by: Reader, item: Item, verdict: actions.Verdict | None = None) -> Item:
    """Open the views where that was not done, decide, and return the item as it is now."""
    if item.revealed_at is None:
        item = opened_views(by, item)
    actions.decide(
        item=item,
        verdict=verdict or a_verdict(),
        seen_version=item.version,
        by=by,
        at=clock.now(),
    )
    return queries.item(by, item.pk)


def carried_over(by: Reader, item: Item) -> None:
    """Carry a child to the next meeting."""
    actions.decide_without_grade(
        item=item,
        outcome=Outcome.NEXT_MEETING,
        reason="School has not answered yet.",
        seen_version=item.version,
        by=by,
        at=clock.now(),
    )
