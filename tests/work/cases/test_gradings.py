"""Writing down what was decided: what changed, what the ledger says, who is told."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock, events
from harbour.foundation.kernel.refusals import Refused
from harbour.work.cases import actions, queries
from harbour.work.cases.models import Allocation, Grading
from harbour.work.cases.vocabulary import AllocationRole, HarmStatus, HarmWhen
from tests.builders.cases import a_decision, a_grading, an_offer
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
Unbound = Callable[[], AbstractContextManager[None]]


def test_a_grading_is_kept_with_its_reasons_and_a_day_of_review(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    dissent = (actions.Dissent(agency="Health", view="High", reason="Two attendances in a week."),)
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        a_grading(reader, child.pk, dissent=dissent)

        found = queries.current_grading(reader, child.pk)

    assert found is not None
    assert (found.grade, found.label, found.harm) == ("medium", "Medium", HarmStatus.SUSPECTED)
    assert found.dissent == dissent
    assert found.review_on is not None
    assert found.review_on <= (clock.now() + timedelta(weeks=12)).date()


def test_confirmed_harm_stands_with_a_low_grade(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        a_grading(reader, child.pk, "low", harm=HarmStatus.CONFIRMED, harm_when=HarmWhen.PAST)

        found = queries.current_grading(reader, child.pk)

    assert found is not None
    assert (found.harm, found.harm_when, found.grade) == ("confirmed", "past", "low")


def test_a_later_view_is_a_new_row_and_the_earlier_one_stays(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        earlier = clock.now() - timedelta(days=30)
        first = a_grading(reader, child.pk, "low", at=earlier)
        second = a_grading(reader, child.pk, "medium")

        assert [each.id for each in queries.gradings(reader, child.pk)] == [second.pk, first.pk]
        current = queries.current_grading(reader, child.pk)

    assert current is not None
    assert current.id == second.pk


def test_the_database_lets_nobody_change_or_remove_a_grading(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        grading = a_grading(reader, a_child(reader, cast.county).pk)

        for deed in (Grading.objects.filter(pk=grading.pk).delete, grading.save):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                deed()


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"rationale": " "}, "why this grade"),
        ({"grade": "severe"}, "grades in use"),
        ({"harm_when": HarmWhen.NOT_APPLICABLE}, "current or past"),
        ({"outside_meeting_reason": ""}, "daily meeting"),
        ({"grade": "high"}, "needs a detective and social worker"),
    ],
)
def test_a_refused_grading_leaves_neither_row_nor_ledger(
    cast: SimpleNamespace, as_user: AsUser, said: dict[str, object], refusal: str
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        before = Entry.objects.count()

        with pytest.raises(Refused, match=refusal):
            actions.record_grading(
                person_id=child.pk,
                decision=a_decision(**{"grade": "medium", **said}),  # type: ignore[arg-type]  # any column
                by=reader,
                at=clock.now(),
            )

        assert not queries.gradings(reader, child.pk)
        assert Entry.objects.count() == before


def test_a_meeting_needs_no_reason_for_deciding(cast: SimpleNamespace, as_user: AsUser) -> None:
    meeting_id = uuid4()
    with as_user(cast.detective) as reader, as_user(cast.front_door) as front_door:
        child = a_child(front_door, cast.county)
    with as_user(cast.detective) as reader:
        grading = actions.record_grading(
            person_id=child.pk,
            decision=a_decision(outside_meeting_reason=""),
            meeting_id=meeting_id,
            by=reader,
            at=clock.now(),
        )

    assert grading.meeting_id == meeting_id


def test_a_high_grade_brings_its_workers(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        grading = actions.record_grading(
            person_id=child.pk,
            decision=a_decision("high"),
            offers=(
                actions.Offer(role=AllocationRole.DETECTIVE, worker_id=cast.detective.pk),
                actions.Offer(role=AllocationRole.SOCIAL_WORKER, worker_id=cast.front_door.pk),
            ),
            by=reader,
            at=clock.now(),
        )
        offered = queries.allocations(reader, child.pk)

    assert {each.role.value for each in offered} == {"detective", "social_worker"}
    assert {each.grading_id for each in offered} == {grading.pk}


def test_workers_already_there_fill_the_roles_of_a_high_grade(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        an_offer(reader, child.pk, cast.detective.pk, AllocationRole.DETECTIVE)
        an_offer(reader, child.pk, cast.front_door.pk, AllocationRole.SOCIAL_WORKER)

        a_grading(reader, child.pk, "high", unallocated_reason="")

        assert Allocation.objects.filter(person=child).count() == 2


def test_a_worker_who_cannot_be_offered_stops_the_grading(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        with pytest.raises(Refused, match="does not work as a detective"), transaction.atomic():
            actions.record_grading(
                person_id=child.pk,
                decision=a_decision(),
                offers=(actions.Offer(role=AllocationRole.DETECTIVE, worker_id=cast.nurse.pk),),
                by=reader,
                at=clock.now(),
            )

    with unbound():
        assert not Grading.objects.filter(person_id=child.pk).exists()
        assert not Entry.objects.filter(event="cases.grading_recorded").exists()


@pytest.mark.parametrize("who", ["coordinator", "nurse", "analyst", "youth_justice"])
def test_only_those_who_decide_grades_decide_them(
    cast: SimpleNamespace, as_user: AsUser, who: str
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

    with as_user(getattr(cast, who)) as reader, pytest.raises(Refused, match="can be done by"):
        a_grading(reader, child.pk)


def test_the_ledger_says_who_graded_and_not_why(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        grading = a_grading(reader, child.pk)

    with unbound():
        entry = Entry.objects.get(event="cases.grading_recorded")
    assert (entry.actor_id, entry.subjects, entry.about_id) == (
        cast.team_manager.pk,
        [child.pk],
        grading.pk,
    )
    assert entry.groups == ["case"]
    assert "trainers" not in str(entry.detail)


def test_a_grading_is_news_to_whoever_watches_the_child(
    cast: SimpleNamespace, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[events.Touched] = []
    monkeypatch.setattr(events, "_handlers", [told.append])
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        grading = a_grading(reader, child.pk)

    assert [(each.children, each.source, each.source_id) for each in told] == [
        ((child.pk,), "grading", grading.pk)
    ]


def test_a_stranger_reads_no_grading(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        a_grading(reader, child.pk)

    seen: dict[str, UUID | None] = {}
    for who in ("city_front_door", "youth_worker", "home_manager", "neighbour", "director"):
        with as_user(getattr(cast, who)) as reader:
            found = queries.current_grading(reader, child.pk)
            seen[who] = found.id if found else None

    assert set(seen.values()) == {None}


def test_lists_ask_once_however_many_children(
    cast: SimpleNamespace,
    as_user: AsUser,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    with as_user(cast.team_manager) as reader:
        children = [a_child(reader, cast.county).pk for _ in range(3)]
        for child_id in children:
            a_grading(reader, child_id)
            an_offer(reader, child_id, cast.nurse.pk, AllocationRole.NURSE)

        with django_assert_num_queries(1):
            gradings = queries.current_gradings(reader, children)
        with django_assert_num_queries(3):
            allocations = queries.open_allocations(reader, children)

    assert set(gradings) == set(allocations) == set(children)
