"""Two doors opened at the same moment by one person: one opens. A lead on another line knows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace
from uuid import UUID

from django.db import ProgrammingError, connection

from harbour.foundation.access.context import acting_as
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.home.queries import tasks
from harbour.record.emergency import actions, queries
from harbour.record.emergency.actions import Sought
from harbour.record.emergency.models import BankHoliday, BreakGlass
from harbour.record.emergency.rules import is_out_of_hours
from tests.builders.emergency import REASON, as_the_database, offices_shut
from tests.builders.people import a_child
from tests.record.emergency.test_breaking_glass import BORN


def shut_for_now() -> Callable[[], None]:
    """Shut the offices; return how to open them again."""
    today = clock.london_date(clock.now())
    with as_the_database():
        known = BankHoliday.objects.filter(day=today).exists()
    offices_shut()

    def reopen() -> None:
        with as_the_database():
            BankHoliday.objects.filter(day=today).delete()

    return (lambda: None) if known else reopen


def found_by_night(committed: SimpleNamespace) -> list[UUID]:
    """Register two city children, and have the night worker find both."""
    with acting_as(committed.city_front_door.pk) as reader:
        for given in ("Ada", "Bo"):
            a_child(reader, committed.city, given=given, family="Reed")
    with acting_as(committed.out_of_hours.pk) as reader:
        return [
            actions.look(
                sought=Sought(given=given, family="Reed", born_on=BORN),
                reason=REASON,
                by=reader,
                at=clock.now(),
            ).pk
            for given in ("Ada", "Bo")
        ]


def test_of_two_doors_at_once_one_opens_and_the_lead_knows(committed: SimpleNamespace) -> None:
    reopen = shut_for_now()
    found = found_by_night(committed)
    gate = Barrier(2)

    def open_door(attempt_id: UUID) -> str:
        gate.wait(timeout=20)
        try:
            with acting_as(committed.out_of_hours.pk) as by:
                attempt = queries.attempt(by, attempt_id)
                actions.break_glass(attempt=attempt, by=by, at=clock.now())
        except (Refused, ProgrammingError) as refused:
            return "refused" if "reviewed" in str(refused) else repr(refused)
        else:
            return "opened"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(open_door, found))
    reopen()

    assert answers == ["opened", "refused"]
    with acting_as(committed.city_team_manager.pk) as lead:
        [row] = BreakGlass.objects.all()
        told = [each for each in tasks(lead, at=clock.now()) if each.source_id == row.pk]
    assert len(told) == 1
    assert clock.now() - row.recorded_at < timedelta(seconds=60)
    assert is_out_of_hours(row.review_due_at)
