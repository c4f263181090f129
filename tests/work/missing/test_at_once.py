"""Two people at night: one episode is opened, every log entry is kept, one owner is named."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from uuid import UUID

from django.db import connection

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.work.missing import actions, queries
from harbour.work.missing.models import Episode, LogEntry
from tests.builders.missing import an_episode
from tests.builders.people import a_child

AT_ONCE = 6


def all_at_once(user: User, deed: Callable[[Reader, int], str]) -> list[str]:
    """Run a deed in as many transactions as people, all let go at the same moment."""
    gate = Barrier(AT_ONCE)

    def one(number: int) -> str:
        try:
            gate.wait(timeout=20)
            with acting_as(user.pk) as reader:
                return deed(reader, number)
        except Refused:
            return "refused"
        except Conflict:
            return "conflict"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def opened(user: User, person_id: UUID) -> Episode:
    with acting_as(user.pk) as reader:
        return an_episode(reader, person_id)


def test_a_child_reported_by_many_at_once_has_one_episode(committed: SimpleNamespace) -> None:
    user = committed.coordinator
    with acting_as(user.pk) as reader:
        child = a_child(reader, committed.county)

    def report(reader: Reader, number: int) -> str:
        an_episode(reader, child.pk, hours=number + 1)
        return "reported"

    answers = all_at_once(user, report)

    assert sorted(answers) == ["refused"] * (AT_ONCE - 1) + ["reported"]
    with acting_as(user.pk):
        assert Episode.objects.filter(person=child).count() == 1


def test_of_many_who_write_at_once_every_word_is_kept_and_one_takes_over(
    committed: SimpleNamespace,
) -> None:
    user = committed.coordinator
    with acting_as(user.pk) as reader:
        child = a_child(reader, committed.county)
    episode = opened(user, child.pk)

    def write_and_take(reader: Reader, number: int) -> str:
        found = queries.episode(reader, episode.pk)
        actions.add_log(episode=found, text=f"Call {number}", by=reader, at=clock.now())
        return "written"

    def take(reader: Reader, number: int) -> str:
        del number
        found = queries.episode(reader, episode.pk)
        actions.take_over(episode=found, seen_version=episode.version, by=reader, at=clock.now())
        return "taken"

    written, taken = all_at_once(user, write_and_take), all_at_once(user, take)

    assert written == ["written"] * AT_ONCE
    assert sorted(taken) == ["conflict"] * (AT_ONCE - 1) + ["taken"]
    with acting_as(user.pk):
        calls = LogEntry.objects.filter(episode=episode, text__startswith="Call ")
        assert calls.count() == AT_ONCE
