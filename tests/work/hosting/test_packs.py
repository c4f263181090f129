"""The pack: issued in versions, given to providers, acknowledged by each for itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.work.hosting import actions, queries
from harbour.work.hosting.models import Pack, PackSent
from tests.builders.pages import text_of
from tests.builders.providers import a_home

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]


@pytest.fixture
def given(cast: SimpleNamespace, as_user: AsUser) -> PackSent:
    with as_user(cast.coordinator) as reader:
        a_home(reader, cast.home_agency, cast.county)
        actions.issue_pack(
            text="Tell us of every arrival.", changed="", receivers=queries.receivers(reader),
            by=reader, at=clock.now(),
        )  # fmt: skip
    with as_user(cast.home_manager) as reader:
        sent = queries.own_pack(reader)
    assert sent is not None
    return sent


def test_a_new_version_waits_for_the_home_until_it_acknowledges(
    cast: SimpleNamespace, client_for: ClientFor, given: PackSent
) -> None:
    coordinator, manager = client_for(cast.coordinator), client_for(cast.home_manager)
    desk = reverse("hosting:my_home")
    issue = reverse("hosting:issue_pack")
    coordinator.post(issue, {"text": "Tell us at once.", "changed": "Sooner."})
    assert "looked-after pack, version 2" in text_of(manager.get(desk))
    packs = reverse("hosting:packs")
    assert "0 of" in text_of(coordinator.get(packs))

    waits = manager.get(desk).content.decode()
    page = waits.split("/hosting/packs/", 1)[1].split("/", 1)[0]
    read = manager.get(f"/hosting/packs/{page}/")
    assert "Tell us at once." in text_of(read)
    sent = read.content.decode().split("/hosting/packs/sent/", 1)[1].split("/", 1)[0]
    manager.post(f"/hosting/packs/sent/{sent}/acknowledge/")

    assert "looked-after pack, version" not in text_of(manager.get(desk))
    assert "1 of" in text_of(coordinator.get(packs))
    assert manager.post(f"/hosting/packs/sent/{sent}/acknowledge/").status_code == 403


def test_nobody_acknowledges_for_another(
    cast: SimpleNamespace, as_user: AsUser, given: PackSent
) -> None:
    at = clock.now()
    with as_user(cast.coordinator) as reader:
        with pytest.raises(Refused, match="Only the agency"):
            actions.acknowledge_pack(sent=given, by=reader, at=at)
        assert not PackSent.objects.filter(pk=given.pk).update(
            acknowledged_at=at, acknowledged_by=reader.user_id
        )
    with as_user(cast.home_manager):
        with pytest.raises(ProgrammingError), transaction.atomic():
            PackSent.objects.filter(pk=given.pk).update(
                acknowledged_at=at, acknowledged_by=cast.coordinator
            )
        with pytest.raises(ProgrammingError), transaction.atomic():
            PackSent.objects.filter(pk=given.pk).update(recorded_at=at)
    with as_user(cast.neighbour):
        assert not PackSent.objects.filter(pk=given.pk).exists()
        assert PackSent.objects.filter(agency=cast.neighbour_authority).exists()
    with as_user(cast.nurse):
        assert not PackSent.objects.exists()
        assert Pack.objects.exists()
    assert not Pack.objects.exists()  # nobody is signed in
    assert not PackSent.objects.exists()


def test_the_database_takes_a_pack_only_from_who_keeps_hosting(
    cast: SimpleNamespace, as_user: AsUser, given: PackSent
) -> None:
    at = clock.now()

    def pack(by: User) -> Pack:
        return Pack(number=9, text="x", recorded_at=at, recorded_by=by)

    def sent(by: User, **more: object) -> PackSent:
        return PackSent(
            pack_id=given.pack_id, agency=cast.school, recorded_at=at, recorded_by=by, **more
        )

    done = {"acknowledged_at": at, "acknowledged_by": cast.coordinator}
    for who, row in (
        (cast.home_manager, pack(cast.home_manager)),
        (cast.coordinator, pack(cast.nurse)),
        (cast.home_manager, sent(cast.home_manager)),
        (cast.coordinator, sent(cast.nurse)),
        (cast.coordinator, sent(cast.coordinator, **done)),
    ):
        with as_user(who), pytest.raises(ProgrammingError), transaction.atomic():
            row.save(force_insert=True)


def test_a_version_is_given_once_and_never_changed(
    cast: SimpleNamespace, as_user: AsUser, given: PackSent
) -> None:
    with as_user(cast.coordinator) as reader:
        again = actions.give_pack(pack=given.pack, agency=given.agency, by=reader, at=clock.now())
        assert again.pk == given.pk
        with pytest.raises(ProgrammingError), transaction.atomic():
            Pack.objects.update(text="Something else")
