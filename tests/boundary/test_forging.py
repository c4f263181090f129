"""A context is not forged, not replayed and not outlived.

An injected statement reaches nobody else's rows; what is taken back is gone for the next statement.
"""

import contextlib
import os
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction

from harbour.foundation.access import context
from harbour.foundation.access.context import acting_as
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person
from harbour.record.sharing import actions as sharing
from harbour.record.sharing.vocabulary import Gateway, Purpose
from tests.boundary import forging
from tests.builders.people import a_child

OTHERS = "Ravenscroft"
OWN = "Quillfeather"


@pytest.fixture
def asking(committed) -> Iterator[None]:
    """Have the function that asks who a token names."""
    forging.prepare()
    yield
    forging.forget()


def test_no_forged_or_replayed_context_is_taken(committed, asking):
    score = forging.run(count=10_000, seed=1, by=committed.nurse.pk, victim=committed.detective.pk)

    assert score.taken == []
    assert score.tried.keys() == forging.FORGERIES.keys()
    assert sum(score.tried.values()) == 10_000


def test_an_injected_statement_reaches_nobody_elses_rows(committed):
    with acting_as(committed.city_front_door.pk) as by:
        a_child(by, committed.city, family=OTHERS)
    with acting_as(committed.front_door.pk) as by:
        a_child(by, committed.county, family=OWN)
    forged = f"1|{committed.city_front_door.pk}||1|1|{'0' * 64}"
    found, ran = [], 0
    with psycopg.connect(os.environ["HARBOUR_APP_DATABASE_URL"]) as hub, hub.cursor() as cursor:
        for payload in forging.INJECTIONS:
            forging.bind(cursor, committed.front_door.pk)
            with contextlib.suppress(psycopg.Error):
                reached = str(forging.injected(cursor, payload.format(forged=forged)))
                ran += 1
                if any(each in reached for each in (OTHERS, "root:")):
                    found.append(payload)
            hub.rollback()

    assert found == []
    assert ran >= 5  # the hole is one: some of them do run


@pytest.fixture
def elsewhere() -> Iterator[psycopg.Connection]:
    """Somebody who takes rights back, in a connection of their own, at the same time."""
    with psycopg.connect(os.environ["HARBOUR_TEST_DATABASE_URL"], autocommit=True) as found:
        yield found


TAKEN_BACK = {
    "the role is ended": (
        """UPDATE access_holding SET ends_on = %(today)s, starts_on = %(before)s
        WHERE user_id = %(user)s""",
        "UPDATE access_holding SET ends_on = NULL WHERE user_id = %(user)s",
    ),
    "the account is closed": (
        "UPDATE access_user SET is_active = false WHERE id = %(user)s",
        "UPDATE access_user SET is_active = true WHERE id = %(user)s",
    ),
    "the team's remit is ended": (
        "UPDATE agencies_remit SET ends_on = %(today)s WHERE team_id = %(team)s",
        "UPDATE agencies_remit SET ends_on = NULL WHERE team_id = %(team)s",
    ),
    "the child's record is closed to the authority": (
        "UPDATE people_standing SET ends_at = now() WHERE person_id = %(child)s",
        "",
    ),
}


@pytest.mark.parametrize("what", TAKEN_BACK)
def test_what_is_taken_back_is_gone_for_the_next_statement(committed, elsewhere, what):
    with acting_as(committed.front_door.pk) as by:
        child = a_child(by, committed.county, family=OWN)
    today = clock.london_date(clock.now())
    told = {
        "user": committed.detective.pk,
        "team": committed.police_team.pk,
        "child": child.pk,
        "today": today,
        "before": today - timedelta(days=400),
    }
    take, give = TAKEN_BACK[what]
    before, kept = (
        elsewhere.execute(
            "SELECT min(starts_on) FROM access_holding WHERE user_id = %(user)s", told
        ).fetchone(),
        None,
    )
    try:
        with transaction.atomic():
            context.bind(committed.detective.pk, "taken back")
            kept = Person.objects.filter(pk=child.pk).count()
            elsewhere.execute(take, told)
            left = Person.objects.filter(pk=child.pk).count()
    finally:
        if give:
            elsewhere.execute(give, told)
        elsewhere.execute(
            "UPDATE access_holding SET starts_on = %(day)s WHERE user_id = %(user)s",
            {"day": before[0], "user": committed.detective.pk},
        )

    assert (kept, left) == (1, 0)


def test_a_withdrawn_share_is_gone_for_the_next_statement(committed):
    with acting_as(committed.front_door.pk) as by:
        child = a_child(by, committed.county, family=OWN)
        share = sharing.share(
            person_id=child.pk,
            agency=committed.school,
            facets=["identity"],
            purpose=Purpose.SAFEGUARD,
            gateway=Gateway.CA2004_S11,
            reason="So that school can keep her safe on the way home.",
            by=by,
            at=clock.now(),
        )
    with (
        psycopg.connect(os.environ["HARBOUR_APP_DATABASE_URL"]) as at_school,
        at_school.cursor() as cursor,
    ):
        forging.bind(cursor, committed.school_lead.pk)
        sees = "SELECT count(*) FROM people_person WHERE id = %s"

        before = cursor.execute(sees, [child.pk]).fetchone()
        with acting_as(committed.front_door.pk) as by:
            sharing.withdraw(share=share, reason="She moved school.", by=by, at=clock.now())
        after = cursor.execute(sees, [child.pk]).fetchone()

    assert (before, after) == ((1,), (0,))
