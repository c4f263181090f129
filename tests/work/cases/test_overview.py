"""The first page of a child: is the child safe tonight, and what is to be done."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.record.places import actions as places
from harbour.record.places.vocabulary import PlaceKind
from harbour.work.cases import actions
from tests.builders.cases import a_decision, a_grading, a_note, a_plan_action, an_offer
from tests.builders.missing import a_return, an_episode
from tests.builders.missing import an_offer as an_interview_offer
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement
from tests.builders.referrals import a_concern, a_link

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]


def _page(client: Client, person_id: UUID) -> str:
    response = client.get(reverse("cases:child", args=[person_id]))
    assert response.status_code == 200
    return response.content.decode()


def _before(text: str, first: str, second: str) -> bool:
    assert first in text
    assert second in text
    return text.index(first) < text.index(second)


def test_a_missing_child_is_the_first_thing_seen_and_the_first_to_do(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        a_placement(reader, child, a_home(reader, cast.home_agency, cast.county), cast.county)
        a_plan_action(reader, child.pk, cast.nurse.pk, due_on=clock.london_date(clock.now()))
        an_episode(reader, child.pk, hours=7)

    text = _page(client_for(cast.team_manager), child.pk)

    assert "Missing now" in text
    assert "for 7 h" in text
    assert _before(text, "Should be:", "At Larkfield House")
    assert _before(text, "Find the child", "Agree a safe way home")
    assert "Report missing" not in text


def test_the_home_sees_that_its_child_is_missing_and_no_case(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        a_placement(reader, child, a_home(reader, cast.home_agency, cast.county), cast.county)
        a_grading(reader, child.pk, "high")
        a_return(reader, an_episode(reader, child.pk))

    client = client_for(cast.home_manager)
    text = _page(client, child.pk)

    assert "At Larkfield House" in text
    assert "Report missing" in text
    assert "A return home interview is due" in text
    for absent in ("Harm", "Risk", "Allocated", "Plan", "Sharing", "Assessments", "Add a note"):
        assert absent not in text
    for url, status in (("cases:missing_tab", 200), ("cases:plan", 404), ("cases:sharing", 404)):
        assert client.get(reverse(url, args=[child.pk])).status_code == status


def test_tonight_is_at_home_where_nobody_placed_the_child(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.front_door) as reader:
        child, unknown = a_child(reader, cast.county), a_child(reader, cast.county)
        place = places.place_for(
            kind=PlaceKind.RESIDENCE,
            street="14 Weir Lane",
            locality="Ansley",
            postcode="",
            by=reader,
            at=clock.now(),
        )
        people.add_address(person_id=child.pk, place=place, by=reader, at=clock.now())

    client = client_for(cast.front_door)
    assert "At home, 14 Weir Lane, Ansley" in _page(client, child.pk)
    assert "Not recorded" in _page(client, unknown.pk)


def test_a_placement_without_a_named_home_says_so(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county, host=cast.city)
        a_placement(reader, child, None, cast.county)

    text = _page(client_for(cast.front_door), child.pk)

    assert "In a placement whose home is not named" in text
    assert "living in the area of Wexcombe City Council" in text


def test_what_waits_for_people_stands_before_what_waits_for_tasks(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    at = clock.now()
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        yesterday = clock.london_date(at) - timedelta(days=1)
        a_plan_action(reader, child.pk, cast.nurse.pk, due_on=yesterday)
        an_offer(reader, child.pk, cast.youth_worker.pk, at=at - timedelta(days=9))

    text = _page(client_for(cast.team_manager), child.pk)

    assert "2 things to do, 2 late" in text
    assert _before(text, "has not acknowledged as youth worker</a>", "Agree a safe way home")
    assert "Allocate another" in text


def test_a_concern_to_screen_an_interview_and_a_review_are_among_what_to_do(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        concern = a_concern(reader, cast.county)
        a_link(reader, concern, child.pk)
        a_grading(reader, child.pk, at=clock.now() - timedelta(weeks=13))
        interview = a_return(reader, an_episode(reader, child.pk), hours=None)

    text = _page(client_for(cast.coordinator), child.pk)
    assert "Screen the concern: Child sexual exploitation" in text
    assert "Review the grade in the daily meeting" in text
    assert "Offer a return home interview" in text
    assert "Return time not recorded" in text

    with as_user(cast.coordinator) as reader:
        an_interview_offer(reader, interview)
    assert "Hold the return home interview" in _page(client_for(cast.coordinator), child.pk)


def test_repeats_and_dissent_are_shown(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    dissent = (actions.Dissent(agency="Health", view="High", reason="Two attendances."),)
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        for days in (20, 12, 5):
            a_return(
                reader,
                an_episode(reader, child.pk, hours=24 * days),
                hours=24 * days - 3,
            )
        actions.record_grading(
            person_id=child.pk,
            decision=a_decision("low", dissent=dissent),
            by=reader,
            at=clock.now(),
        )

    text = _page(client_for(cast.team_manager), child.pk)

    assert "Health: High. Two attendances." in text
    assert "30 days" in text


def test_a_long_record_is_not_asked_for_more_often_than_a_short_one(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        a_grading(reader, child.pk)
        a_note(reader, child.pk)
        an_offer(reader, child.pk, cast.youth_worker.pk)
        a_plan_action(reader, child.pk, cast.nurse.pk)
    client = client_for(cast.team_manager)
    _page(client, child.pk)

    with CaptureQueriesContext(connection) as few:
        _page(client, child.pk)
    with as_user(cast.team_manager) as reader:
        for _ in range(4):
            a_note(reader, child.pk)
            a_plan_action(reader, child.pk, cast.nurse.pk)
            a_grading(reader, child.pk)
    with CaptureQueriesContext(connection) as many:
        _page(client, child.pk)

    assert len(many) == len(few)
    assert len(few) < 75, len(few)
