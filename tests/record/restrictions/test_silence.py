"""The owner is told who looked; who looked is told nothing."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing
from harbour.record.linkage import queries as linkage
from harbour.record.linkage.queries import Query
from harbour.record.people import actions as people_actions
from harbour.record.people import queries as people
from harbour.record.restrictions import queries
from harbour.record.restrictions.models import Lookout
from tests.builders.people import a_child
from tests.builders.restrictions import a_restriction, looked_for


@pytest.fixture
def hidden(cast, as_user):
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county, given="Wilhelmina", family="Quillfeather")
        people_actions.add_phone(
            person_id=child.pk, number="07700 900456", by=reader, at=clock.now()
        )
        people_actions.add_identifier(
            person_id=child.pk, scheme="nhs", value="999 123 4567", by=reader, at=clock.now()
        )
        a_restriction(reader, child.pk, cast.detective)
    return child


def _told(cast, as_user):
    with as_user(cast.team_manager) as reader:
        row = queries.naming(reader)[0]
        return [(each.by_id, each.how) for each in queries.lookouts(reader, row.pk)]


@pytest.mark.parametrize(
    "query",
    [
        Query(given="Wilhelmina", family="Quillfeather"),
        Query(given="Wilhelmena", family="Quilfeather"),
        Query(family="Quillfeather"),
        Query(phone="07700900456"),
        Query(identifier="9991234567"),
    ],
    ids=["the name", "nearly the name", "the family name", "the number", "the NHS number"],
)
def test_a_search_that_would_have_found_the_child_is_told(cast, as_user, hidden, query):
    with as_user(cast.nurse) as reader:
        assert linkage.find(reader, query) == []

    assert _told(cast, as_user) == [(cast.nurse.pk, "search")]


@pytest.mark.parametrize(
    "query",
    [Query(given="Amara", family="Quillfeather"), Query(family="Quill"), Query(age=14)],
    ids=["another first name", "another family name", "an age"],
)
def test_a_search_for_somebody_else_is_not(cast, as_user, hidden, query):
    with as_user(cast.nurse) as reader:
        linkage.find(reader, query)

    assert _told(cast, as_user) == []


def test_the_named_are_not_told_of(cast, as_user, hidden):
    with as_user(cast.detective) as reader:
        found = linkage.find(reader, Query(given="Wilhelmina", family="Quillfeather"))
        people.person(reader, hidden.pk)

    assert [each.person_id for each in found] == [hidden.pk]
    assert _told(cast, as_user) == []


def test_opening_the_address_is_told_once_in_five_minutes(cast, client_for, as_user, hidden):
    client = client_for(cast.nurse)
    for _ in range(3):
        assert client.get(reverse("people:record", args=[hidden.pk])).status_code == 404

    assert _told(cast, as_user) == [(cast.nurse.pk, "address")]


def test_emergency_access_is_told(cast, as_user, hidden):
    with as_user(cast.out_of_hours):
        looked_for(hidden.pk)

    assert _told(cast, as_user) == [(cast.out_of_hours.pk, "emergency")]


def test_who_looked_finds_no_trace_but_her_own_search(cast, as_user, hidden):
    with as_user(cast.nurse) as reader:
        linkage.find(reader, Query(given="Wilhelmina", family="Quillfeather"))
        with pytest.raises(Missing):
            people.person(reader, hidden.pk)

        assert not Lookout.objects.exists()
        assert queries.unread_lookouts(reader) == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Lookout(restriction_id=hidden.pk, at=clock.now(), by=cast.nurse, how="search").save(
                force_insert=True
            )


def test_a_rare_hidden_name_does_not_push_a_visible_one_out(cast, as_user, hidden, unbound):
    with as_user(cast.nurse):
        assert "quillfeather" not in _tokens("quillfeather")
    with as_user(cast.detective):
        assert "quillfeather" in _tokens("quillfeather")
    with as_user(cast.team_manager) as reader:
        a_child(reader, cast.county, given="Ada", family="Quillfeather")
    with as_user(cast.nurse):
        assert "quillfeather" in _tokens("quillfeather")


def _tokens(word):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT token FROM harbour_sec.tokens_like('family', %s::text[], 20)", [[word]]
        )
        return {row[0] for row in cursor.fetchall()}
