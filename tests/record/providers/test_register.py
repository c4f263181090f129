"""The register of homes: added to, changed with its history, narrowed and given as a file."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.record.providers import actions, queries
from harbour.record.providers.models import HomeChange
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement

ClientFor = Callable[[User], Client]
AsUser = Callable[[User], AbstractContextManager[Reader]]


def test_a_provider_nobody_knew_is_added_by_who_keeps_the_register(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    said = {"name": "Juniper Lodge", "kind": "supported", "authority": cast.city.pk}

    client_for(cast.coordinator).post(reverse("providers:add_home"), said | {"urn": "SC990077"})
    again = client_for(cast.coordinator).post(reverse("providers:add_home"), said)
    refused = client_for(cast.home_manager).post(reverse("providers:add_home"), said)

    with acting_as(cast.coordinator.pk) as reader:
        home = queries.homes(reader, words="juniper").get()
    assert (home.kind, home.urn, home.authority) == ("supported", "SC990077", cast.city)
    assert home.agency.kind == "home"
    assert "is known already" in text_of(again)
    assert refused.status_code == 403


@pytest.mark.parametrize("said", [{"kind": "police"}, {"partner": True}, {"covered_by_s115": True}])
def test_who_keeps_the_register_adds_no_other_agency(
    cast: SimpleNamespace, as_user: AsUser, said: dict[str, Any]
) -> None:
    with as_user(cast.coordinator), pytest.raises(ProgrammingError), transaction.atomic():
        Agency(**({"name": "Invented agency", "kind": "home"} | said)).save(force_insert=True)


def test_a_home_manager_adds_no_agency(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.home_manager), pytest.raises(ProgrammingError), transaction.atomic():
        Agency(name="Invented home", kind="home").save(force_insert=True)


def test_what_the_register_said_before_stays(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.coordinator) as reader:
        home = a_home(reader, cast.home_agency, cast.county, places=4, manager="Carol Jephson")
        changed: dict[str, Any] = {"home": home, "seen_version": 1}
        changed |= {"by": reader, "at": clock.now()}
        actions.change_home(**changed, places=5, manager="Carol Jephson", urn="SC990001")

    with as_user(cast.home_manager) as manager:
        kept = {(x.field, x.before, x.after) for x in queries.changes_of(manager, home.pk)}
        assert kept == {("places", "4", "5"), ("urn", "", "SC990001")}
        with pytest.raises(ProgrammingError), transaction.atomic():
            HomeChange(
                home=home, field="places", recorded_at=clock.now(), recorded_by_id=manager.user_id
            ).save(force_insert=True)
    with as_user(cast.school_lead) as lead:
        assert not queries.changes_of(lead, home.pk).exists()
    with as_user(cast.coordinator) as reader:
        with pytest.raises(ProgrammingError), transaction.atomic():
            HomeChange.objects.update(after="9")
        with pytest.raises(ProgrammingError), transaction.atomic():
            HomeChange(
                home=home, field="x", recorded_at=clock.now(), recorded_by_id=cast.nurse.pk
            ).save(force_insert=True)


def test_the_register_as_a_file_holds_what_the_filter_leaves_and_no_child(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        home = a_home(reader, cast.home_agency, cast.county, manager="=1+1", urn="SC990001")
        a_placement(reader, a_child(reader, cast.county, family="Quillfeather"), home, cast.county)
        actions.open_home(name="Juniper Lodge", authority=cast.city, by=reader, at=clock.now())
        actions.add_contact(
            agency=cast.home_agency,
            purpose="manager",
            phone="07700 900188",
            by=reader,
            at=clock.now(),
        )
    client = client_for(cast.coordinator)

    sent = client.get(reverse("providers:export"), {"authority": cast.county.pk}).content.decode()

    marking, head, row = csv.reader(io.StringIO(sent))
    assert marking[0].startswith("OFFICIAL-SENSITIVE. Made for Ruth Adeyemi")
    told = dict(zip(head, row, strict=True))
    assert told["Home"] == "Larkfield House"
    assert told["Registered manager"] == "'=1+1"
    assert told["Contacts"] == "Registered manager: 07700 900188"
    assert "Quillfeather" not in sent
    with acting_as(cast.coordinator.pk):
        assert Entry.objects.get(event="providers.register_exported").results == 1


def test_a_home_shows_its_history_its_contacts_and_how_far_its_children_are_from_home(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        home = a_home(reader, cast.home_agency, cast.county, places=4)
        at = clock.now()
        a_placement(reader, a_child(reader, cast.county), home, cast.county, host=cast.city)
        actions.change_home(home=home, seen_version=1, kind="secure_home", by=reader, at=at)
        actions.add_contact(
            agency=cast.home_agency, purpose="manager", phone="07700 900188", by=reader, at=at
        )

    shown = text_of(client_for(cast.coordinator).get(reverse("providers:home", args=[home.pk])))

    assert "Sort of provider: Secure children&#x27;s home" in shown
    assert "07700 900188" in shown
    assert "Out of area; which areas adjoin is not recorded" in shown
