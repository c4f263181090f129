"""Each member of the cast finds what is theirs, and nothing else."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.hub.home.models import Look
from harbour.work.cases.vocabulary import AllocationRole
from harbour.work.missing import actions as missing
from tests.builders.cases import a_grading, a_plan_action, an_offer
from tests.builders.home import my_work
from tests.builders.meetings import (
    ActingAs,
    Cast,
    ClientFor,
    Unbound,
    a_child_sent_to_the_meeting,
    a_meeting,
    a_view,
    decided,
    the_item,
)
from tests.builders.missing import a_return, an_episode
from tests.builders.missing import an_offer as an_interview_offer
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement
from tests.builders.referrals import a_concern, a_decision, a_link

MEMBERS = (
    "coordinator",
    "front_door",
    "city_front_door",
    "team_manager",
    "detective",
    "analyst",
    "nurse",
    "youth_worker",
    "youth_justice",
    "school_lead",
    "out_of_hours",
    "home_manager",
    "neighbour",
    "panel_chair",
    "director",
    "records_officer",
    "administrator",
)


@pytest.mark.parametrize("member", MEMBERS)
def test_every_member_of_the_cast_has_a_first_page(
    cast: Cast, client_for: ClientFor, member: str
) -> None:
    assert my_work(client_for(getattr(cast, member))).lstrip().startswith("My work")


def test_nobody_is_sent_to_sign_in(db: None) -> None:
    del db
    answer = Client().get(reverse("home:my_work"))

    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_the_coordinator_sees_missing_children_first_then_interviews(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as coordinator:
        gone = a_child(coordinator, cast.county, given="Gone", family="Away")
        an_episode(coordinator, gone.pk)
        back = a_child(coordinator, cast.county, given="Back", family="Again")
        a_return(coordinator, an_episode(coordinator, back.pk, hours=90), hours=80)

    page = my_work(client_for(cast.coordinator))

    assert page.index("Missing now") < page.index("Return interview to offer")
    assert "Gone Away, " in page
    assert "Overdue" in page


def test_an_episode_handed_over_is_acknowledged_with_one_press(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.out_of_hours) as worker:
        child = a_child(worker, cast.county)
        episode = an_episode(worker, child.pk)
        missing.hand_over(
            episode=episode,
            to=cast.coordinator,
            note="I am off at eight.",
            seen_version=episode.version,
            by=worker,
            at=clock.now(),
        )
    client = client_for(cast.coordinator)

    assert "Handed to you: acknowledge" in my_work(client)


def test_the_front_door_sees_concerns_by_their_clock(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.school_lead) as school:
        a_concern(school, cast.county)

    page = my_work(client_for(cast.front_door))

    assert "Concern to screen" in page
    assert "Amara Quill, 14 said" in page
    assert "Concern to screen" not in my_work(client_for(cast.city_front_door))


def test_the_manager_sees_what_her_team_has_not_acknowledged(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as manager:
        child = a_child(manager, cast.county)
        an_offer(
            manager,
            child.pk,
            cast.detective.pk,
            AllocationRole.DETECTIVE,
            at=clock.now() - timedelta(days=7),
        )

    assert "Not acknowledged: Owen Pryce, detective" in my_work(client_for(cast.team_manager))
    assert "Allocation to acknowledge: detective" in my_work(client_for(cast.detective))
    assert "acknowledge" not in my_work(client_for(cast.nurse))


def test_an_open_meeting_asks_each_agency_for_its_view_until_it_gave_it(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county)
        item = the_item(chair, a_meeting(chair, cast.county), child)

    assert "Your agency's view of 1 child" in my_work(client_for(cast.nurse))
    assert "Daily meeting to close: 1 to decide" in my_work(client_for(cast.team_manager))
    with as_user(cast.nurse) as nurse:
        a_view(nurse, item)
    assert "Your agency's view" not in my_work(client_for(cast.nurse))


def test_an_action_of_a_plan_stands_with_its_owner(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as manager:
        child = a_child(manager, cast.county)
        due = clock.london_date(clock.now()) + timedelta(days=1)
        a_plan_action(manager, child.pk, cast.nurse.pk, due_on=due)

    assert "Agree a safe way home from school" in my_work(client_for(cast.nurse))
    assert "Agree a safe way home" not in my_work(client_for(cast.detective))


def test_the_youth_worker_sees_only_the_interviews_given_to_her(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as coordinator:
        for given, interviewer in (("Mine", cast.youth_worker), ("Other", None)):
            child = a_child(coordinator, cast.county, given=given, family="Child")
            interview = a_return(coordinator, an_episode(coordinator, child.pk), hours=2)
            if interviewer is not None:
                an_offer(coordinator, child.pk, interviewer.pk)
                an_interview_offer(coordinator, interview, interviewer=interviewer)

    page = my_work(client_for(cast.youth_worker))

    assert "Return interview to hold Mine Child" in page
    assert "Other Child" not in page


def test_the_home_sees_its_children_tonight_with_the_button_that_matters(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as coordinator:
        home = a_home(coordinator, cast.home_agency, cast.county)
        here = a_child(coordinator, cast.county, given="Here", family="Tonight")
        gone = a_child(coordinator, cast.county, given="Gone", family="Tonight")
        for child in (here, gone):
            a_placement(coordinator, child, home, cast.county)
        an_episode(coordinator, gone.pk)
        a_child(coordinator, cast.county, given="Elsewhere", family="Tonight")

    page = my_work(client_for(cast.home_manager))

    assert "With us tonight, Larkfield House (2)" in page
    assert page.count("Report missing") == 1
    assert "Record return" in page
    assert "Elsewhere" not in page


def test_the_school_follows_what_it_sent_and_nothing_the_hub_made_of_it(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.school_lead) as school:
        concern = a_concern(school, cast.county)

    page = my_work(client_for(cast.school_lead))

    assert concern.reference in page
    assert "Waits to be looked at" in page
    assert "Quill" not in page


@pytest.mark.parametrize("member", ["director", "administrator"])
def test_who_sees_no_child_is_told_of_none(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, member: str
) -> None:
    with as_user(cast.coordinator) as coordinator:
        an_episode(coordinator, a_child(coordinator, cast.county).pk)

    page = my_work(client_for(getattr(cast, member)))

    assert "Quill" not in page
    assert "What changed" not in page


def test_what_changed_is_told_to_whose_children_they_are(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county, given="Graded", family="Today")
        decided(chair, the_item(chair, a_meeting(chair, cast.county), child))
        back = a_child(chair, cast.county, given="Back", family="Today")
        a_return(chair, an_episode(chair, back.pk), hours=1)

    page = my_work(client_for(cast.nurse))

    changed = page[page.index("What changed") :]
    assert "Graded Today" in changed
    assert "Graded medium" in changed
    assert "Back Today" in changed
    assert "Graded Today" not in my_work(client_for(cast.city_front_door))


def test_what_changed_for_a_child_given_to_the_youth_worker_is_told_to_her(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.team_manager) as manager:
        child = a_child(manager, cast.county, given="Given", family="Child")
        an_offer(manager, child.pk, cast.youth_worker.pk)
        a_grading(manager, child.pk, "medium")
        a_return(manager, an_episode(manager, child.pk, hours=5), hours=1)
        other = a_child(manager, cast.county, given="Other", family="Child")
        an_episode(manager, other.pk)

    page = my_work(client_for(cast.youth_worker))

    changed = page[page.index("What changed") :]
    for said in ("Given Child", "Graded medium", "Reported missing", "Back"):
        assert said in changed
    assert "Other Child" not in page


def test_a_resurfaced_concern_is_news(cast: Cast, as_user: ActingAs, client_for: ClientFor) -> None:
    with as_user(cast.team_manager) as manager:
        child = a_child(manager, cast.county, given="Watched", family="Child")
        concern = a_concern(manager, cast.county)
        a_link(manager, concern, child.pk)
        a_decision(manager, concern)
        an_episode(manager, child.pk)

    page = my_work(client_for(cast.analyst))

    assert "Resurfaced" in page[page.index("Watched Child") :]


def test_the_manager_is_asked_to_review_grades_of_children_and_to_start_the_meeting(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    long_ago = clock.now() - timedelta(weeks=20)
    with as_user(cast.team_manager) as manager:
        for given, born_on in (("Young", date(2015, 1, 5)), ("Grown", date(1999, 1, 5))):
            child = a_child(manager, cast.county, given=given, family="Person", born_on=born_on)
            a_grading(manager, child.pk, "medium", at=long_ago)

    page = my_work(client_for(cast.team_manager))

    assert "Grade to review: medium Young Person" in page
    assert "Grown Person" not in page
    assert "Daily meeting to start" in page


def test_when_somebody_looked_is_their_own(
    cast: Cast, as_user: ActingAs, client_for: ClientFor
) -> None:
    my_work(client_for(cast.nurse))

    with as_user(cast.nurse):
        assert Look.objects.count() == 1
    with as_user(cast.team_manager) as manager:
        assert Look.objects.count() == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Look(user=cast.detective, since_at=clock.now(), seen_at=clock.now()).save(
                force_insert=True
            )
        assert manager.user_id != cast.detective.pk


def test_the_page_remembers_whose_records_it_showed(
    cast: Cast, as_user: ActingAs, client_for: ClientFor, unbound: Unbound
) -> None:
    with as_user(cast.coordinator) as coordinator:
        child = a_child(coordinator, cast.county)
        an_episode(coordinator, child.pk)

    my_work(client_for(cast.coordinator))

    with unbound():
        entry = Entry.objects.get(event="home.work_seen")
    assert entry.subjects == [child.pk]
    assert entry.actor_id == cast.coordinator.pk
