"""What a child says in a return interview may be about the home: the home does not read it."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from harbour.foundation.kernel import clock
from harbour.record.providers import actions as providers
from harbour.work.missing import actions
from harbour.work.missing.models import ReturnInterview
from tests.builders.missing import a_conversation, a_return, an_episode, an_offer, hours_ago
from tests.builders.people import a_child

NOW = clock.now


@pytest.fixture
def interview(cast, as_user):
    """Give an interview, offered to the youth worker, of a child placed at Larkfield House."""
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
        home = providers.register_home(
            agency_id=cast.home_agency.pk, authority=cast.county, by=reader, at=NOW()
        )
        providers.place_child(
            person=child,
            home=home,
            responsible=cast.neighbour_authority,
            host=cast.county,
            starts_on=clock.london_date(hours_ago(200)),
            by=reader,
            at=NOW(),
        )
        episode = an_episode(reader, child.pk, hours=30)
        made = a_return(reader, episode, hours=10)
        an_offer(reader, made, interviewer=cast.youth_worker)
    return made


def _readers(cast: SimpleNamespace, as_user, interview) -> set[str]:
    found = set()
    for who in ("home_manager", "youth_worker", "coordinator", "detective", "neighbour"):
        with as_user(getattr(cast, who)):
            if ReturnInterview.objects.filter(pk=interview.pk).exists():
                found.add(who)
    return found


def test_a_home_sees_that_an_interview_falls_due(cast, as_user, interview):
    everybody = {"home_manager", "youth_worker", "coordinator", "detective", "neighbour"}

    assert _readers(cast, as_user, interview) == everybody


def test_what_was_said_is_closed_to_the_home_and_open_to_the_interviewer(
    cast, as_user, client_for, settings, interview
):
    settings.HARBOUR_DEMO = True
    with as_user(cast.youth_worker) as reader:
        mine = ReturnInterview.objects.get(pk=interview.pk)
        actions.hold_interview(
            interview=mine,
            said=a_conversation(child_words="The night staff shout at me."),
            seen_version=mine.version,
            by=reader,
            at=NOW(),
        )

    assert _readers(cast, as_user, interview) == {
        "youth_worker",
        "coordinator",
        "detective",
        "neighbour",
    }
    shown = client_for(cast.home_manager).get(
        reverse("missing:episode", args=[interview.episode_id])
    )
    assert shown.status_code == 200
    assert "shout" not in shown.content.decode()
    assert "with those who work on their case" in shown.content.decode()


def test_why_it_was_declined_is_closed_to_the_home_too(cast, as_user, interview):
    with as_user(cast.coordinator) as reader:
        fresh = ReturnInterview.objects.get(pk=interview.pk)
        actions.record_answer(
            interview=fresh,
            reply=actions.Reply(accepted="no", declined_reason="I do not trust the home."),
            seen_version=fresh.version,
            by=reader,
            at=NOW(),
        )

    assert "home_manager" not in _readers(cast, as_user, interview)
