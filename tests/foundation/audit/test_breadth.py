"""Unusual breadth: an insider who reads on and on is stopped, a busy night is not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.breadth import actions, queries
from harbour.foundation.audit.breadth.models import Alert, Unrelated
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Answer
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people import queries as people
from harbour.record.people.models import Person, Standing
from harbour.work.missing.models import Episode
from tests.builders.pages import text_of

FACETS = ["identity", "contact", "case", "missing"]
Unbound = Callable[[], AbstractContextManager[None]]


def _children(cast: SimpleNamespace, unbound: Unbound, number: int) -> list[UUID]:
    """Write down children of the county, with whom nobody has work."""
    made = {
        "recorded_at": clock.now() - timedelta(days=9),
        "recorded_by_id": cast.records_import.pk,
    }
    ids = [uuid4() for _ in range(number)]
    with unbound():
        Person.objects.bulk_create(Person(id=each, **made) for each in ids)
        Standing.objects.bulk_create(
            Standing(
                person_id=each,
                audience=f"authority:{cast.county.pk}",
                basis="responsible",
                facets=FACETS,
                starts_at=made["recorded_at"],
                **made,
            )
            for each in ids
        )
    return ids


def _read(reader: Reader, ids: list[UUID]) -> int:
    """Open one record after the other; return how many opened."""
    opened = 0
    for each in ids:
        try:
            people.child(reader, each)
        except Refused:
            continue
        opened += 1
    return opened


def test_an_insider_who_reads_200_unrelated_children_is_told_of_and_stopped_at_50(
    cast: SimpleNamespace, unbound: Unbound, as_user: Callable[..., Any]
) -> None:
    ids = _children(cast, unbound, 200)

    with as_user(cast.front_door) as reader:
        opened = _read(reader, ids[:30])
    with as_user(cast.records_officer) as reader:
        assert queries.open_alerts(reader).get().kind == "unusual"
    with as_user(cast.front_door) as reader:
        opened += _read(reader, ids[30:])

    assert opened == 50
    with as_user(cast.records_officer) as reader:
        told = list(queries.open_alerts(reader).values_list("user_id", "kind", "number"))
        looks = Entry.objects.filter(actor_id=cast.front_door.pk, act="consult").count()
    assert told == [(cast.front_door.pk, "stopped", 50)]
    assert looks == 50
    with as_user(cast.team_manager) as reader:
        assert queries.open_alerts(reader).count() == 1


def test_what_was_opened_stays_open_and_is_counted_once(
    cast: SimpleNamespace, unbound: Unbound, as_user: Callable[..., Any]
) -> None:
    ids = _children(cast, unbound, 55)

    with as_user(cast.front_door) as reader:
        assert _read(reader, [*ids, *ids[:50], *ids[50:]]) == 100


def test_a_night_on_call_is_no_alarm(
    cast: SimpleNamespace, unbound: Unbound, as_user: Callable[..., Any]
) -> None:
    ids = _children(cast, unbound, 60)
    since = clock.now() - timedelta(hours=2)
    with unbound():
        Episode.objects.bulk_create(
            Episode(
                person_id=each,
                kind="M",
                missing_from="home",
                population="own_not_looked_after",
                authority=cast.county,
                responsible=cast.county,
                started_at=since,
                recorded_at=since,
                recorded_by_id=cast.records_import.pk,
            )
            for each in ids
        )

    with as_user(cast.out_of_hours) as reader:
        opened = _read(reader, ids)

    assert opened == 60
    with unbound():
        assert not Alert.objects.exists()


def test_children_allocated_to_the_reader_do_not_count(
    cast: SimpleNamespace, unbound: Unbound, as_user: Callable[..., Any]
) -> None:
    ids = _children(cast, unbound, 70)
    with unbound():
        Standing.objects.bulk_create(
            Standing(
                person_id=each,
                audience=f"user:{cast.nurse.pk}",
                basis="allocated",
                facets=FACETS,
                starts_at=clock.now() - timedelta(days=1),
                recorded_at=clock.now(),
                recorded_by_id=cast.team_manager.pk,
            )
            for each in ids[:40]
        )

    with as_user(cast.nurse) as reader:
        assert _read(reader, ids) == 70
    with unbound():
        assert [each.kind for each in Alert.objects.all()] == ["unusual"]


def test_a_lead_lets_them_go_on_for_an_hour_with_words(
    cast: SimpleNamespace, unbound: Unbound, as_user: Callable[..., Any]
) -> None:
    ids = _children(cast, unbound, 60)
    with as_user(cast.front_door) as reader:
        assert _read(reader, ids) == 50
    with as_user(cast.team_manager) as reader:
        stopped = queries.open_alerts(reader).get(kind="stopped")
        with pytest.raises(Refused, match="sentence"):
            actions.answer(alert=stopped, answer=Answer.GO_ON, note="ok", by=reader, at=clock.now())
        actions.answer(
            alert=stopped,
            answer=Answer.GO_ON,
            note="She goes through the school's list with me.",
            by=reader,
            at=clock.now(),
        )

    with as_user(cast.front_door) as reader:
        assert _read(reader, ids) == 60

    with unbound():
        Alert.objects.filter(pk=stopped.pk).update(until=clock.now() - timedelta(seconds=1))
    with as_user(cast.front_door) as reader:
        assert _read(reader, _children(cast, unbound, 1)) == 0


def test_nobody_answers_about_themselves_nor_another_authoritys_lead(
    cast: SimpleNamespace, unbound: Unbound, as_user: Callable[..., Any]
) -> None:
    with as_user(cast.team_manager) as reader:
        _read(reader, _children(cast, unbound, 31))
        assert not queries.open_alerts(reader).exists()
        assert not Alert.objects.update(note="nothing to see")
    with unbound():
        alert = Alert.objects.get()
    for who in (cast.front_door, cast.detective, cast.administrator, cast.city_front_door):
        with as_user(who):
            assert not Alert.objects.exists()
    with as_user(cast.records_officer) as reader:
        assert queries.alert(reader, alert.pk).number == 30


def test_an_alert_is_answered_in_ones_own_name_and_for_an_hour_at_most(
    cast: SimpleNamespace, unbound: Unbound, as_user: Callable[..., Any]
) -> None:
    with as_user(cast.front_door) as reader:
        _read(reader, _children(cast, unbound, 31))
    now = clock.now()
    said = {"answer": "go_on", "answered_at": now, "note": "fine"}
    with as_user(cast.team_manager):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Alert.objects.update(answered_by=cast.records_officer, **said)
        with pytest.raises(IntegrityError), transaction.atomic():
            Alert.objects.update(
                answered_by=cast.team_manager, until=now + timedelta(hours=2), **said
            )


@pytest.mark.parametrize("model", [Alert, Unrelated])
def test_the_application_neither_writes_nor_forgets_the_count(
    cast: SimpleNamespace, as_user: Callable[..., Any], model: Any
) -> None:
    with as_user(cast.records_officer):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.create()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_the_page_that_stops_says_why_and_whom_to_ring(
    cast: SimpleNamespace,
    unbound: Unbound,
    as_user: Callable[..., Any],
    client_for: Callable[..., Client],
) -> None:
    ids = _children(cast, unbound, 51)
    with as_user(cast.front_door) as reader:
        _read(reader, ids[:50])

    stopped = client_for(cast.front_door).get(reverse("cases:child", args=[ids[50]]))

    assert stopped.status_code == 403
    said = text_of(stopped)
    assert "You have opened 50 children" in said
    assert cast.team_manager.name in said
    with as_user(cast.records_officer):
        denied = Entry.objects.filter(act="deny", actor_id=cast.front_door.pk, subjects=[ids[50]])
        assert denied.count() == 1
    lead = client_for(cast.team_manager)
    assert "opened 50 records beyond their own work" in text_of(lead.get("/"))
    with as_user(cast.team_manager) as reader:
        alert = queries.open_alerts(reader).get(kind="stopped")
    address = reverse("oversight:alert", args=[alert.pk])
    assert lead.get(address).status_code == 200
    answered = lead.post(address, {"answer": "go_on", "note": "We go through the list together."})
    assert answered.status_code == 302
    again = client_for(cast.front_door).get(reverse("cases:child", args=[ids[50]]))
    assert again.status_code == 200
