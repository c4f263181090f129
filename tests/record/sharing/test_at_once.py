"""Sharing opens and withdrawing closes in the middle of somebody else's work."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from uuid import UUID

from django.db import connection

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock
from harbour.record.people.models import Name
from harbour.record.sharing import actions
from harbour.record.sharing.models import Share
from harbour.record.sharing.vocabulary import AgreementState
from tests.builders.people import a_child
from tests.builders.sharing import a_share, an_agreement


def on_another_connection[**P, R](deed: Callable[P, R], /, *given: P.args, **named: P.kwargs) -> R:
    """Do a deed in a transaction of its own, committed before this returns."""

    def done() -> R:
        try:
            return deed(*given, **named)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result(timeout=30)


def names(person_id: UUID) -> int:
    return Name.objects.filter(person=person_id).count()


def test_what_is_shared_or_taken_back_shows_at_the_next_statement_of_a_running_transaction(
    committed: SimpleNamespace,
) -> None:
    with acting_as(committed.front_door.pk) as reader:
        child = a_child(reader, committed.county)

    def share(user: User) -> Share:
        with acting_as(user.pk) as by:
            return a_share(by, child.pk, committed.school)

    def withdraw(user: User, shared: Share) -> None:
        with acting_as(user.pk) as by:
            reason = "She left the school today."
            actions.withdraw(share=shared, reason=reason, by=by, at=clock.now())

    with acting_as(committed.school_lead.pk):
        before = names(child.pk)
        shared = on_another_connection(share, committed.front_door)
        opened = names(child.pk)
        on_another_connection(withdraw, committed.front_door, shared)
        closed = names(child.pk)

    assert (before, opened, closed) == (0, 1, 0)


def test_a_suspended_agreement_closes_a_running_look(committed: SimpleNamespace) -> None:
    with acting_as(committed.records_officer.pk) as keeper:
        agreement = an_agreement(keeper, committed.team_manager, committed.county, committed.school)
    with acting_as(committed.front_door.pk) as reader:
        child = a_child(reader, committed.county)
        a_share(reader, child.pk, committed.school)

    def suspend(user: User) -> None:
        with acting_as(user.pk) as by:
            actions.move(
                agreement=agreement,
                state=AgreementState.SUSPENDED,
                reason="Under review after a breach.",
                by=by,
                at=clock.now(),
            )

    with acting_as(committed.school_lead.pk):
        opened = names(child.pk)
        on_another_connection(suspend, committed.records_officer)
        closed = names(child.pk)

    assert (opened, closed) == (1, 0)
