"""An agency's view stays its own until the chair opens all of them: the database sees to it."""

import pytest
from django.db import ProgrammingError, transaction

from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.hub.meetings import actions, queries
from harbour.hub.meetings.models import AgencyView, Item
from harbour.work.cases.vocabulary import HarmStatus, HarmWhen
from tests.builders.meetings import (
    ActingAs,
    Cast,
    a_child_sent_to_the_meeting,
    a_meeting,
    a_view,
    opened_views,
    the_item,
)


@pytest.fixture
def item(cast: Cast, as_user: ActingAs) -> Item:
    with as_user(cast.team_manager) as chair:
        child = a_child_sent_to_the_meeting(chair, cast.county)
        return the_item(chair, a_meeting(chair, cast.county), child)


def _agencies_seen(item: Item) -> set[object]:
    return set(AgencyView.objects.filter(item=item).values_list("agency_id", flat=True))


def test_each_agency_sees_only_its_own_view_until_all_are_opened(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    for member in (cast.team_manager, cast.detective, cast.nurse, cast.youth_justice):
        with as_user(member) as reader:
            a_view(reader, item)

    for member, agency in (
        (cast.team_manager, cast.county),
        (cast.coordinator, cast.county),
        (cast.detective, cast.police),
        (cast.analyst, cast.police),
        (cast.nurse, cast.health),
        (cast.youth_justice, cast.yos),
    ):
        with as_user(member):
            assert _agencies_seen(item) == {agency.pk}
    with as_user(cast.panel_chair):
        assert _agencies_seen(item) == set()


def test_all_views_are_seen_once_they_are_opened(cast: Cast, as_user: ActingAs, item: Item) -> None:
    for member in (cast.team_manager, cast.detective):
        with as_user(member) as reader:
            a_view(reader, item)
    with as_user(cast.team_manager) as chair:
        actions.reveal(item=item, by=chair, at=clock.now())

    for member in (cast.nurse, cast.analyst, cast.panel_chair, cast.coordinator):
        with as_user(member):
            assert _agencies_seen(item) == {cast.county.pk, cast.police.pk}


def test_that_a_view_was_given_is_known_and_what_it_says_is_not(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.detective) as detective:
        a_view(detective, item)

    with as_user(cast.nurse) as nurse:
        assert queries.given(nurse, item.meeting_id) == {item.pk: frozenset({cast.police.pk})}
        assert queries.views(nurse, [item.pk]) == {}


def test_a_stranger_is_told_of_no_view_and_no_item(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.detective) as detective:
        a_view(detective, item)

    for member in (cast.city_front_door, cast.school_lead, cast.home_manager, cast.director):
        with as_user(member) as reader:
            assert queries.given(reader, item.meeting_id) == {}
            with pytest.raises(Missing):
                queries.item(reader, item.pk)
            with pytest.raises(Missing):
                queries.meeting(reader, item.meeting_id)


def test_nobody_writes_a_view_for_another_agency(cast: Cast, as_user: ActingAs, item: Item) -> None:
    with (
        as_user(cast.nurse) as nurse,
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        AgencyView(
            item=item,
            person_id=item.person_id,
            agency_id=cast.police.pk,
            harm=HarmStatus.NONE_KNOWN,
            harm_when=HarmWhen.NOT_APPLICABLE,
            grade="low",
            recorded_at=clock.now(),
            recorded_by_id=nurse.user_id,
        ).save(force_insert=True)


def test_a_colleague_changes_the_view_of_the_agency(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.team_manager) as manager:
        a_view(manager, item, grade="low")
    with as_user(cast.coordinator) as coordinator:
        a_view(coordinator, item, grade="high")

        view = AgencyView.objects.get(item=item)
    assert (view.grade, view.given_by_id, view.version) == ("high", cast.coordinator.pk, 2)


def test_a_view_stays_as_it_was_once_all_are_opened(
    cast: Cast, as_user: ActingAs, item: Item
) -> None:
    with as_user(cast.detective) as detective:
        a_view(detective, item)
    with as_user(cast.team_manager) as chair:
        opened_views(chair, item)

    with as_user(cast.detective) as detective:
        with pytest.raises(Refused, match="they stay as they were given"):
            a_view(detective, queries.item(detective, item.pk))
        assert not AgencyView.objects.filter(item=item).update(grade="low")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ((), "social care and the police"),
        (("detective",), "social care"),
        (("team_manager",), "the police"),
        (("coordinator", "nurse"), "the police"),
    ],
)
def test_views_are_opened_before_police_and_social_care_only_with_a_reason(
    cast: Cast, as_user: ActingAs, item: Item, members: tuple[str, ...], words: str
) -> None:
    for member in members:
        with as_user(getattr(cast, member)) as reader:
            a_view(reader, item)

    with as_user(cast.team_manager) as chair:
        with pytest.raises(Refused, match=f"The view of {words} is not given yet"):
            actions.reveal(item=item, by=chair, at=clock.now())
        actions.reveal(item=item, reason="They are in court today.", by=chair, at=clock.now())

        assert queries.item(chair, item.pk).reveal_reason == "They are in court today."


def test_what_was_opened_stays_open(cast: Cast, as_user: ActingAs, item: Item) -> None:
    with as_user(cast.team_manager) as chair:
        opened_views(chair, item)

        with pytest.raises(Exception, match="stay open"), transaction.atomic():
            Item.objects.filter(pk=item.pk).update(revealed_at=None, revealed_by=None)


def test_only_who_chairs_opens_the_views(cast: Cast, as_user: ActingAs, item: Item) -> None:
    with as_user(cast.nurse) as nurse, pytest.raises(Refused):
        actions.reveal(item=item, reason="Now.", by=nurse, at=clock.now())


@pytest.mark.parametrize(
    ("member", "words"),
    [("analyst", "writes nothing into it"), ("panel_chair", "has no seat")],
)
def test_who_has_no_seat_gives_no_view(
    cast: Cast, as_user: ActingAs, item: Item, member: str, words: str
) -> None:
    with as_user(getattr(cast, member)) as reader, pytest.raises(Refused, match=words):
        a_view(reader, item)
