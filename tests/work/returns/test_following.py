"""An interview is reviewed by another person, told on, and never edited."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.work.missing import actions as missing
from harbour.work.missing.models import InterviewAnswer, ReturnInterview
from harbour.work.returns import actions, queries
from harbour.work.returns.models import Addition, Onward, Review
from harbour.work.returns.vocabulary import ReviewState
from tests.builders.missing import ActingAs, ClientFor, Unbound
from tests.builders.people import a_child
from tests.builders.returns import ALL_MET, a_held_interview, a_review, an_interview, an_onward

WORDS = "The man with the dog drove us. I did not want to go."


@pytest.fixture
def held(cast: SimpleNamespace, as_user: ActingAs) -> ReturnInterview:
    """Give an interview that the youth worker held."""
    with as_user(cast.coordinator) as reader:
        interview = an_interview(
            reader, a_child(reader, cast.county).pk, interviewer=cast.youth_worker
        )
    with as_user(cast.youth_worker) as reader:
        return a_held_interview(
            reader,
            interview,
            child_words=WORDS,
            places_named=("Flat over the chip shop",),
            people_named=("Big Dan",),
        )


def state(reader: Any, held: ReturnInterview) -> ReviewState:
    return queries.state_of(reader, held)


def test_a_review_is_by_another_person_and_leads_back_until_it_is_accepted(
    cast: SimpleNamespace, as_user: ActingAs, held: ReturnInterview
) -> None:
    with as_user(cast.youth_worker) as reader, pytest.raises(Refused):
        a_review(reader, held)
    with as_user(cast.team_manager) as reader:
        assert held in queries.to_review(reader, at=clock.now())
        with pytest.raises(Refused, match="Say what is missing"):
            a_review(reader, held, outcome="more", met=())
        with pytest.raises(Refused, match="although"):
            a_review(reader, held, met=("harm",))
        a_review(reader, held, outcome="more", met=("harm",), note="How did she travel?")
        assert state(reader, held) is ReviewState.RETURNED
        with pytest.raises(Refused, match="returned for more"):
            a_review(reader, held)
    with as_user(cast.youth_worker) as reader:
        assert queries.returned_to(reader, at=clock.now()) == (held,)
        actions.add(
            interview=held, kind="more", text="By car, she says.", by=reader, at=clock.now()
        )
        assert queries.returned_to(reader, at=clock.now()) == ()
    with as_user(cast.team_manager) as reader:
        assert state(reader, held) is ReviewState.ANSWERED
        a_review(reader, held)
        assert state(reader, held) is ReviewState.ACCEPTED
        assert queries.to_review(reader, at=clock.now()) == ()


def test_the_database_itself_refuses_a_review_by_who_held_the_interview(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        interview = an_interview(reader, a_child(reader, cast.county).pk)
        held = a_held_interview(reader, interview)
        row = Review(
            person_id=held.person_id,
            interview=held,
            outcome="accepted",
            met=list(ALL_MET),
            recorded_at=clock.now(),
            recorded_by_id=reader.user_id,
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
    with as_user(cast.team_manager) as reader:
        row.recorded_by_id = reader.user_id
        row.save(force_insert=True)


FROZEN = {
    "child_words": "She was fine.",
    "would_help": "Nothing.",
    "push_factors": ["rules"],
    "pull_factors": ["money"],
    "where_text": "Nowhere",
    "who_text": "Nobody",
    "travel_text": "On foot",
    "harm_text": "None",
    "places_named": ["Elsewhere"],
    "people_named": ["Nobody"],
    "actions_text": "Nothing",
    "accepted": "no",
    "declined_reason": "She did not want to",
    "carer_account": "She was fine",
    "held_by_id": None,
}


def test_what_was_written_of_an_interview_never_changes_whoever_asks(
    cast: SimpleNamespace, as_user: ActingAs, unbound: Unbound, held: ReturnInterview
) -> None:
    def edit_each() -> None:
        for column, value in FROZEN.items():
            change = {column: cast.nurse.pk if column == "held_by_id" else value}
            with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
                ReturnInterview.objects.filter(pk=held.pk).update(**change)

    for who in (cast.youth_worker, cast.team_manager):
        with as_user(who):
            edit_each()
    with unbound():
        edit_each()


def test_what_followed_an_interview_is_only_ever_added_to(
    cast: SimpleNamespace, as_user: ActingAs, held: ReturnInterview
) -> None:
    with as_user(cast.team_manager) as reader:
        added = actions.add(
            interview=held, kind="correction", text="Not Dan: Stan.", by=reader, at=clock.now()
        )
        a_review(reader, held)
        for model in (Addition, Review):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                model.objects.filter(interview=held).update(recorded_at=clock.now())
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Addition(
                person_id=held.person_id,
                interview=held,
                kind="more",
                text="In another's name",
                recorded_at=clock.now(),
                recorded_by_id=cast.youth_worker.pk,
            ).save(force_insert=True)
    with as_user(cast.youth_worker) as reader:
        file = queries.interview_file(reader, held.pk, at=clock.now())
        assert [each.pk for each in file.additions] == [added.pk]
        assert file.interview.child_words == WORDS


def test_a_team_is_told_and_one_of_it_takes_it_in_once(
    cast: SimpleNamespace, as_user: ActingAs, held: ReturnInterview
) -> None:
    with as_user(cast.coordinator) as reader:
        told = an_onward(reader, held, cast.police_team)
        with pytest.raises(Refused, match="Share the record"):
            an_onward(reader, held, cast.hub_city)
        with pytest.raises(Refused, match="Only somebody of the team"):
            actions.acknowledge(told=told, by=reader, at=clock.now())
        stolen = Onward.objects.filter(pk=told.pk).update(
            acknowledged_at=clock.now(), acknowledged_by=reader.user_id
        )
        assert stolen == 0
    with as_user(cast.detective) as reader:
        assert queries.to_acknowledge(reader) == (told,)
        actions.acknowledge(told=told, by=reader, at=clock.now())
        assert queries.to_acknowledge(reader) == ()
        with pytest.raises(Refused, match="acknowledged this already"):
            actions.acknowledge(told=told, by=reader, at=clock.now())


def test_every_answer_of_a_child_who_is_asked_again_stays(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        interview = an_interview(reader, a_child(reader, cast.county).pk)
        for reply in (
            missing.Reply(
                accepted="no", declined_reason="Not with them.", carer_account="Out at a friend's."
            ),
            missing.Reply(accepted="yes"),
        ):
            missing.record_answer(
                interview=interview,
                reply=reply,
                seen_version=interview.version,
                by=reader,
                at=clock.now(),
            )
        said = InterviewAnswer.objects.filter(interview=interview).order_by("recorded_at")

        assert [(each.accepted, each.declined_reason, each.carer_account) for each in said] == [
            ("no", "Not with them.", "Out at a friend's."),
            ("yes", "", ""),
        ]


def test_whom_the_child_named_is_asked_for(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.coordinator) as reader:
        interview = an_interview(reader, a_child(reader, cast.county).pk)
        offer = missing.Offer(
            offered="yes", service="chosen_by_child", best_placed_reason="She trusts her."
        )
        with pytest.raises(Refused, match="whom the child named"):
            missing.offer_interview(
                interview=interview, offer=offer, seen_version=1, by=reader, at=clock.now()
            )


def test_the_pages_lead_from_the_interview_to_each_deed(
    cast: SimpleNamespace, client_for: ClientFor, held: ReturnInterview
) -> None:
    manager = client_for(cast.team_manager)
    shown = manager.get(reverse("returns:interview", args=[held.pk])).content.decode()
    assert WORDS in shown
    assert "Waits for the analyst" in shown

    for name, data in (
        ("review", {"outcome": "accepted", "met": list(ALL_MET)}),
        ("add", {"kind": "follow_up", "text": "The car was found."}),
        ("tell_on", {"team": str(cast.police_team.pk), "what": "A flat.", "why": "Their beat."}),
    ):
        page = reverse(f"returns:{name}", args=[held.pk])
        assert manager.get(page).status_code == 200, name
        assert manager.post(page, data).status_code == 302, name

    shown = manager.get(reverse("returns:interview", args=[held.pk])).content.decode()
    assert "Every criterion is met." in shown
    assert "The car was found." in shown
    assert "Not acknowledged" in shown


def test_a_home_finds_no_page_of_what_was_said(
    cast: SimpleNamespace, as_user: ActingAs, held: ReturnInterview
) -> None:
    with as_user(cast.home_manager) as reader, pytest.raises(Missing):
        queries.interview_file(reader, held.pk, at=clock.now())


@pytest.fixture(autouse=True)
def _no_lock(db: None) -> None:
    """Fail a test that waits for a lock rather than hang."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
