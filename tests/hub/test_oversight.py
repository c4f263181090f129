"""The oversight desk.

Who looked at what and why, for the records officer alone, and her looks too.
"""

from datetime import date

import pytest
from django.urls import reverse

from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people


@pytest.fixture
def child(cast, as_user):
    with as_user(cast.front_door) as reader:
        return people.register_child(
            given="Ada",
            family="Quill",
            born_on=date(2012, 5, 4),
            born_precision="day",
            sex="F",
            responsible=Agency.objects.get(pk=cast.county.pk),
            by=reader,
            at=clock.now(),
        )


def test_the_desk_says_who_looked_at_a_child(cast, client_for, child):
    client_for(cast.detective).get(reverse("cases:child", args=[child.pk]))

    shown = client_for(cast.records_officer).get(reverse("oversight:subject", args=[child.pk]))

    text = shown.content.decode()
    assert "Owen Pryce" in text
    assert "looked at" in text


def test_a_refused_attempt_is_on_the_ledger(cast, client_for, child):
    client_for(cast.director).get(reverse("cases:child", args=[child.pk]))

    shown = client_for(cast.records_officer).get(reverse("oversight:subject", args=[child.pk]))

    assert "Alan Trevelyan" in shown.content.decode()
    assert "was refused" in shown.content.decode()


def test_reading_the_ledger_is_on_the_ledger(cast, client_for, as_user, child):
    client_for(cast.records_officer).get(reverse("oversight:subject", args=[child.pk]))

    with as_user(cast.records_officer):
        row = Entry.objects.filter(event="oversight.ledger_read").latest("at")
    assert row.actor_id == cast.records_officer.pk
    assert row.subjects == [child.pk]


@pytest.mark.parametrize("who", ["detective", "director", "administrator", "front_door"])
def test_nobody_else_reads_it(cast, client_for, who):
    answer = client_for(getattr(cast, who)).get(reverse("oversight:ledger"))

    assert answer.status_code == 403


def test_the_filter_narrows_and_an_empty_ledger_says_so(cast, client_for):
    shown = client_for(cast.records_officer).get(reverse("oversight:ledger"), {"act": "erase"})

    assert "Nobody did anything of this kind" in shown.content.decode()
