"""Repeated missing episodes ask for a discussion: one open ask a child, answered by somebody."""

import random
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people import actions as people
from harbour.record.people.models import Person
from harbour.work.discussions import actions, queries
from harbour.work.discussions.models import Ask, Discussion
from harbour.work.missing import rules
from harbour.work.missing.models import Episode
from tests.builders.discussions import a_discussion, minimum, the_ask
from tests.builders.missing import ActingAs, ClientFor, Unbound, a_return, an_episode
from tests.builders.people import a_child
from tests.builders.returns import an_absence

NOW = clock.now


def asks(child: Person) -> list[Ask]:
    return list(Ask.objects.filter(person=child.pk).order_by("recorded_at"))


def test_one_ask_stands_open_a_child_until_somebody_answers_it(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        for hours in (300, 200):
            an_absence(reader, child.pk, hours=hours)
        assert asks(child) == []
        third = an_episode(reader, child.pk, hours=100)
        (first,) = asks(child)
        assert (first.rule.episodes, first.rule.days, first.counted) == (3, 30, 3)
        a_return(reader, third, hours=90)
        an_absence(reader, child.pk, hours=50)
        assert len(asks(child)) == 1

        with pytest.raises(Refused, match="reason"):
            actions.answer_ask(ask=first, reason=" ", by=reader, at=NOW())
        actions.answer_ask(ask=first, reason="Planned on Monday.", by=reader, at=NOW())
        with pytest.raises(Refused, match="answered this already"):
            actions.answer_ask(ask=first, reason="Again.", by=reader, at=NOW())
        assert queries.open_asks(reader) == ()

        fifth = an_episode(reader, child.pk, hours=5)
        (line,) = queries.open_asks(reader)
        assert line.ask.counted == 5
        assert line.last is not None
        assert line.last.reason == "Planned on Monday."
        found = a_discussion_for(reader, child, line.ask)
        assert queries.open_asks(reader) == ()
        a_return(reader, fifth, hours=1)
        assert queries.open_asks(reader) == ()
        last = queries.last_answer(reader, child.pk)
        assert last is not None
        assert last.discussion_id == found.pk


def a_discussion_for(reader: Reader, child: Person, ask: Ask) -> Discussion:
    wanted = actions.Wanted(
        basis="repeats", reason="Five times.", invited=minimum(reader, child.pk)
    )
    return actions.ask(person_id=child.pk, wanted=wanted, answers=ask, by=reader, at=NOW())


def test_a_home_that_reports_fires_the_ask_and_reads_nothing_of_it(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        for hours in (300, 200):
            an_absence(reader, child.pk, hours=hours)
        people.give_standing(
            person_id=child.pk,
            audience=f"agency:{cast.home_agency.pk}",
            basis="placed",
            facets=("identity", "placement", "missing"),
            by=reader,
            at=NOW(),
        )
    with as_user(cast.home_manager) as reader:
        an_episode(reader, child.pk, hours=3)
        assert asks(child) == []
    with as_user(cast.team_manager) as reader:
        assert the_ask(child.pk).counted == 3
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Ask.objects.filter(person=child.pk).update(counted=0)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Ask.objects.filter(person=child.pk).update(
                answered_at=NOW(), answered_by=cast.nurse.pk, reason="Not me"
            )


def test_the_database_counts_as_the_rule_says(
    cast: SimpleNamespace, as_user: ActingAs, unbound: Unbound
) -> None:
    """Histories around the edges of both windows, against the pure rule."""
    chance = random.Random(7)
    known = (rules.RepeatRule(3, 30), rules.RepeatRule(3, 90))
    with as_user(cast.coordinator) as reader:
        template = an_episode(reader, a_child(reader, cast.county).pk, hours=1)
        fired = 0
        for _ in range(12):
            child = a_child(reader, cast.county)
            at = NOW()
            ages = [
                timedelta(days=chance.choice((0, 5, 29, 30, 31, 60, 89, 90, 91)), minutes=5)
                * chance.choice((1, 1, -1))
                for _ in range(chance.randint(1, 5))
            ]
            starts = sorted({at - age for age in ages})
            rows = [_copy(template, child, start) for start in starts]
            with unbound():
                Episode.objects.bulk_create(rows)
            with connection.cursor() as cursor:
                cursor.execute("SELECT harbour_sec.ask_for_discussion(%s)", [rows[-1].pk])
            expected = rules.repeats(starts, at=at, rules=known)
            found = [(each.rule.episodes, each.rule.days) for each in asks(child)]
            assert found == [(each.episodes, each.days) for each in expected[:1]], starts
            fired += len(found)
        assert 0 < fired < 12


def _copy(template: Episode, child: Person, start: datetime) -> Episode:
    values = {
        each.attname: getattr(template, each.attname) for each in Episode._meta.concrete_fields
    }
    values |= {"id": uuid4(), "person_id": child.pk, "started_at": start, "returned": True}
    return Episode(**values)


def test_the_desk_shows_the_ask_with_the_last_one_and_takes_the_answer(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county, given="Wilhelmina", family="Quist")
        for hours in (300, 200, 100):
            an_absence(reader, child.pk, hours=hours)
        waiting = the_ask(child.pk)
        other = a_child(reader, cast.county)
        a_discussion(reader, other.pk)
    browser = client_for(cast.coordinator)
    desk = browser.get(reverse("discussions:desk")).content.decode()
    assert "Wilhelmina Quist" in desk
    assert "Not met before" in desk
    assert "is a strategy discussion needed" in browser.get("/").content.decode()
    page = reverse("discussions:answer_ask", args=[waiting.pk])
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"reason": "Seen by her worker today."}).status_code == 302
    with as_user(cast.coordinator) as reader:
        an_episode(reader, child.pk, hours=2)
    assert "Seen by her worker today." in browser.get(reverse("discussions:desk")).content.decode()
