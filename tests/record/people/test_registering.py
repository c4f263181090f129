"""Opening a child's record."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.people import actions, queries
from harbour.record.people.vocabulary import Audience
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]


def test_the_partnership_of_the_responsible_authority_sees_the_child(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

    with as_user(cast.detective) as reader:
        header = queries.child(reader, child.pk)

    assert header.name == "Amara Quill"
    assert header.responsible == cast.county


def test_another_authority_is_told_nothing(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

    with as_user(cast.city_front_door) as reader, pytest.raises(Missing):
        queries.child(reader, child.pk)


def test_a_host_opens_the_record_of_another_authoritys_child(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.neighbour_authority, host=cast.county, known_as="Ammy")

    with as_user(cast.neighbour) as reader:
        header = queries.child(reader, child.pk)

    assert (header.known_as, header.host) == ("Ammy Quill", cast.county)


def test_nobody_registers_for_authorities_the_team_does_not_work_for(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader, pytest.raises(Refused, match="does not work for"):
        a_child(reader, cast.city)


def test_a_look_is_written_in_the_ledger(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        queries.child(reader, child.pk, groups=("identity", "missing"), reason="s47")

        entry = Entry.objects.get(event="people.child_seen", about_id=child.pk)

    assert (entry.subjects, entry.groups, entry.reason) == (
        [child.pk], ["identity", "missing"], "s47",
    )  # fmt: skip


def test_a_child_is_closed_to_all_once_a_standing_has_ended(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        cause = child.pk
        actions.give_standing(
            person_id=child.pk,
            audience=Audience.USER.of(cast.youth_worker.pk),
            basis="allocated",
            facets=("identity",),
            because_id=cause,
            by=reader,
            at=clock.now(),
        )
    with as_user(cast.youth_worker) as other:
        assert queries.child(other, child.pk).name == "Amara Quill"
    with as_user(cast.front_door) as reader:
        ended = actions.end_standings(
            person_id=child.pk, because_id=cause, by=reader, at=clock.now()
        )

    with as_user(cast.youth_worker) as other, pytest.raises(Missing):
        queries.child(other, child.pk)
    assert ended == 1
