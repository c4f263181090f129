"""A restricted child is not there for emergency access either, and its keeper is told."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.emergency import actions
from harbour.record.people.models import Standing
from harbour.record.restrictions.models import Lookout
from tests.builders.emergency import offices_shut
from tests.builders.people import a_child
from tests.builders.restrictions import a_restriction
from tests.record.emergency.test_breaking_glass import EXACTLY, look

AsUser = Callable[[User], AbstractContextManager[Reader]]


def test_a_restricted_child_answers_as_one_who_does_not_exist(
    cast: SimpleNamespace, as_user: AsUser, unbound: Callable[[], AbstractContextManager[None]]
) -> None:
    offices_shut()
    with as_user(cast.out_of_hours) as reader:
        absent = look(reader, EXACTLY)
    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
        restriction = a_restriction(reader, child.pk)

    with as_user(cast.out_of_hours) as reader:
        hidden = look(reader, EXACTLY)
        rows = list(Entry.objects.filter(event="emergency.looked").order_by("at"))

    assert (hidden.outcome, hidden.person_id) == (absent.outcome, absent.person_id)
    assert [(each.subjects, each.results, each.detail) for each in rows] == [([], 0, {})] * 2
    with unbound():
        told = Lookout.objects.get(restriction_id=restriction.pk)
    assert (told.how, told.by_id) == ("emergency", cast.out_of_hours.pk)


def test_a_child_restricted_between_finding_and_opening_is_not_opened(
    cast: SimpleNamespace, as_user: AsUser, unbound: Callable[[], AbstractContextManager[None]]
) -> None:
    offices_shut()
    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
    with as_user(cast.out_of_hours) as reader:
        found = look(reader)
    with as_user(cast.city_front_door) as reader:
        a_restriction(reader, child.pk)

    with as_user(cast.out_of_hours) as reader, pytest.raises(Refused, match="Not found"):
        actions.break_glass(attempt=found, by=reader, at=clock.now())
    with unbound():
        assert not Standing.objects.filter(person=child, basis="emergency").exists()


def test_a_part_that_is_restricted_stays_closed_under_glass(
    cast: SimpleNamespace, as_user: AsUser, unbound: Callable[[], AbstractContextManager[None]]
) -> None:
    offices_shut()
    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
        a_restriction(reader, child.pk, facets=["contact"])

    with as_user(cast.out_of_hours) as reader:
        actions.break_glass(attempt=look(reader), by=reader, at=clock.now())
    with unbound():
        standing = Standing.objects.get(person=child, basis="emergency")

    assert "contact" in standing.granted
    assert "contact" not in standing.facets
    assert "case" in standing.facets
