"""A standing given while a record is restricted opens no more than the restriction leaves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection, transaction

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.record.people.models import Person
from harbour.record.people.vocabulary import EVERY_FACET, Audience, Basis
from tests.builders.people import a_child
from tests.builders.restrictions import a_restriction

PATIENCE = 20


def _give(by: Reader, person_id: UUID, audience: str) -> None:
    people.give_standing(
        person_id=person_id,
        audience=audience,
        basis=Basis.ASSOCIATED,
        facets=EVERY_FACET,
        by=by,
        at=clock.now(),
    )


def _sees(user: User, person_id: UUID) -> bool:
    with acting_as(user.pk):
        return Person.objects.filter(pk=person_id).exists()


def _one_into_the_other(first: Callable[[], None], second: Callable[[], None]) -> None:
    """Run the second deed while the first one's transaction is still open."""
    begun, done = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            first()
            begun.set()
            done.wait(timeout=1)  # the second one waits for this transaction meanwhile
        connection.close()

    def quick() -> None:
        begun.wait(timeout=PATIENCE)
        second()
        done.set()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(slow), pool.submit(quick)]:
            each.result(timeout=PATIENCE)


@pytest.mark.parametrize("order", [1, -1], ids=["restricting first", "giving first"])
def test_a_standing_given_meanwhile_is_held_back(committed: SimpleNamespace, order: int) -> None:
    manager, audience = committed.team_manager, Audience.AUTHORITY.of(committed.city.pk)
    with acting_as(manager.pk) as by:
        child = a_child(by, committed.county)

    def restrict() -> None:
        with acting_as(manager.pk) as by:
            a_restriction(by, child.pk)

    def give() -> None:
        with acting_as(manager.pk) as by:
            _give(by, child.pk, audience)

    _one_into_the_other(*(restrict, give)[::order])

    assert _sees(manager, child.pk)
    assert not _sees(committed.city_front_door, child.pk)
    assert not _sees(committed.front_door, child.pk)


def test_two_who_restrict_at_once_wait_for_each_other_and_both_do(
    committed: SimpleNamespace,
) -> None:
    with acting_as(committed.team_manager.pk) as by:
        children = [a_child(by, committed.county) for _ in range(2)]
    both = [(committed.team_manager, children[0]), (committed.front_door, children[1])]

    def restrict(user: User, child: Person) -> bool:
        try:
            with acting_as(user.pk) as by:
                a_restriction(by, child.pk)
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(lambda each: restrict(*each), both))

    assert not any(_sees(committed.nurse, each.pk) for each in children)
