"""An agency asks; the authority answers by sharing or by a refusal that is kept."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import queries as people
from harbour.record.people.models import Person
from harbour.record.sharing import actions, queries
from harbour.record.sharing.models import Answer, Decline, Request, Share
from harbour.record.sharing.vocabulary import Outcome
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.sharing import a_decline, asked

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    with as_user(cast.front_door) as reader:
        return a_child(reader, cast.county)


@pytest.fixture
def request_of_school(cast: SimpleNamespace, as_user: AsUser) -> Request:
    with as_user(cast.school_lead) as reader:
        return actions.ask(authority=cast.county, by=reader, at=clock.now(), **asked())


def test_a_request_is_read_by_its_two_sides_alone(
    cast: SimpleNamespace, as_user: AsUser, request_of_school: Request
) -> None:
    reads = {}
    for key in ("school_lead", "front_door", "city_front_door", "home_manager", "director"):
        with as_user(getattr(cast, key)):
            reads[key] = Request.objects.filter(pk=request_of_school.pk).exists()

    assert [key for key, seen in reads.items() if seen] == ["school_lead", "front_door"]


def test_a_request_waits_until_it_is_answered_by_sharing(
    cast: SimpleNamespace, as_user: AsUser, child: Person, request_of_school: Request
) -> None:
    with as_user(cast.front_door) as reader:
        assert [each.pk for each in queries.waiting(reader)] == [request_of_school.pk]
        likely = queries.may_be_meant(reader, request_of_school, on=date(2026, 11, 22))
        assert [each.id for each in likely] == [child.pk]

        actions.share(
            person_id=child.pk,
            agency=cast.school,
            facets=["missing"],
            purpose="safeguard",
            gateway="ca2004_s10",
            reason="The school sees her every day.",
            answers=request_of_school,
            words="Look at her missing episodes.",
            by=reader,
            at=clock.now(),
        )
        assert queries.waiting(reader) == []
        assert queries.about_child(reader, child.pk) == [request_of_school]

    with as_user(cast.school_lead) as lead:
        [said] = queries.answers_to(request_of_school)
        assert (said.outcome, said.words) == (Outcome.SHARED, "Look at her missing episodes.")
        assert people.child(lead, child.pk).name == "Amara Quill"
        assert not Share.objects.exists()


def test_who_asked_reads_the_answer_and_nothing_behind_a_refusal(
    cast: SimpleNamespace, as_user: AsUser, child: Person, request_of_school: Request
) -> None:
    with as_user(cast.front_door) as reader:
        declined = a_decline(reader, child.pk, cast.school, answers=request_of_school)

    with as_user(cast.school_lead) as lead:
        assert [each.outcome for each in queries.answers_to(request_of_school)] == ["declined"]
        assert not Decline.objects.exists()
        with pytest.raises(Missing):
            queries.decline(lead, declined.pk)
        with pytest.raises(Missing):
            people.child(lead, child.pk)


def test_a_refusal_is_reconsidered_by_a_new_row_once(
    cast: SimpleNamespace, as_user: AsUser, child: Person, request_of_school: Request
) -> None:
    with as_user(cast.front_door) as reader:
        first = a_decline(reader, child.pk, cast.school, answers=request_of_school)
        second = a_decline(
            reader, child.pk, cast.school, reconsiders=first, answers=request_of_school
        )
        with pytest.raises(Refused, match="reconsidered this already"):
            a_decline(reader, child.pk, cast.school, reconsiders=first)
        due = queries.declines_to_review(reader, until=date(2099, 1, 1))
        assert [each.pk for each in due] == [second.pk]
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Decline.objects.filter(pk=first.pk).update(reason="Another reason altogether.")


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"reason": "because"}, "why it is not shared"),
        ({"facets": []}, "at least one part"),
        ({"review_on": date(2020, 1, 1)}, "Choose a day to come"),
    ],
)
def test_a_refusal_without_sense_is_refused(
    cast: SimpleNamespace, as_user: AsUser, child: Person, terms: dict[str, Any], sentence: str
) -> None:
    with as_user(cast.front_door) as reader, pytest.raises(Refused, match=sentence):
        a_decline(reader, child.pk, cast.school, **terms)


def test_nobody_asks_or_answers_for_another(
    cast: SimpleNamespace, as_user: AsUser, child: Person, request_of_school: Request
) -> None:
    made = {"recorded_at": clock.now(), "agency": cast.school, "authority": cast.county}
    terms = {"facets": ["case"], "purpose": "safeguard", "what": "All.", "reason": "None at all."}
    with as_user(cast.home_manager) as reader:
        forged = Request(family="Quill", recorded_by_id=reader.user_id, **made, **terms)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)
    with as_user(cast.school_lead) as lead:
        unseen = Request(person=child, recorded_by_id=lead.user_id, **made, **terms)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            unseen.save(force_insert=True)
        own = Answer(
            request=request_of_school,
            outcome="shared",
            words="Yes.",
            recorded_at=clock.now(),
            recorded_by_id=lead.user_id,
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            own.save(force_insert=True)


def test_one_does_not_ask_ones_own_partnership(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.detective) as reader, pytest.raises(Refused, match="own team works for"):
        actions.ask(authority=cast.county, by=reader, at=clock.now(), **asked())


def test_asking_and_answering_at_a_browser(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    school, door = client_for(cast.school_lead), client_for(cast.front_door)
    form = asked(authority=str(cast.county.pk))
    sent = school.post(reverse("sharing:ask"), form)
    assert sent.status_code == 302, text_of(sent)
    waiting = text_of(door.get("/"))
    assert "Fenwick Lane Academy asks for a record" in waiting
    page = text_of(door.get(sent["Location"]))
    assert "Which child is meant?" in page
    request_id = sent["Location"].rstrip("/").rsplit("/", 1)[1]

    soon = clock.london_date(clock.now()) + timedelta(days=9)
    answered = door.post(
        reverse("sharing:answer_decline", args=[request_id, child.pk]),
        {
            "agency": str(cast.school.pk),
            "facets": ["missing"],
            "purpose": "safeguard",
            "gateway": "ca2004_s10",
            "reason": "Her mother is employed at the school.",
            "review_on_day": soon.day,
            "review_on_month": soon.month,
            "review_on_year": soon.year,
            "words": "We will ring you.",
        },
    )

    assert answered.status_code == 302, text_of(answered)
    assert answered["Location"] == reverse("cases:sharing", args=[child.pk])
    tab = text_of(door.get(answered["Location"]))
    assert "Her mother is employed at the school." in tab
    told = text_of(school.get(sent["Location"]))
    assert "We will ring you." in told
    assert "employed" not in told
    assert "Which child is meant?" not in told


def test_the_disclosure_record_is_marked_and_remembered(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.front_door) as reader:
        a_decline(reader, child.pk, cast.school)

    page = text_of(client_for(cast.front_door).get(reverse("sharing:record", args=[child.pk])))

    assert "OFFICIAL-SENSITIVE" in page
    assert "Shown to Sam Whitlock" in page
    assert "Her plan names who would hear of it there." in page


@pytest.mark.parametrize("name", ["home", "agreements"])
def test_pages_between_agencies_open(
    cast: SimpleNamespace, client_for: ClientFor, name: str
) -> None:
    for key in ("front_door", "school_lead", "records_officer"):
        assert client_for(getattr(cast, key)).get(reverse(f"sharing:{name}")).status_code == 200
