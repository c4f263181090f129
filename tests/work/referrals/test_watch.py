"""A concern closed with no further action comes back when anything new touches what it named."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace

import pytest

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.record.places import actions as places
from harbour.record.places.vocabulary import PlaceKind
from harbour.work.referrals import queries
from harbour.work.referrals.actions import SaidChild
from harbour.work.referrals.models import Firing, Referral, Watch
from harbour.work.referrals.vocabulary import Channel, Decision, WatchKind
from tests.builders.people import a_child
from tests.builders.referrals import a_concern, a_decision, a_link

type Acting = Callable[[User], AbstractContextManager[Reader]]

NAMED = SaidChild(
    given="Amara", address="12 Alder Road, Wexcombe", postcode="", phone="07700 900123"
)


@pytest.fixture
def shelved(cast: SimpleNamespace, as_user: Acting) -> Referral:
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county, NAMED, group_name="The Harrow line")
        return a_decision(reader, sent)


def test_no_further_action_watches_everything_that_was_named(
    cast: SimpleNamespace, as_user: Acting, shelved: Referral
) -> None:
    with as_user(cast.front_door):
        kinds = set(Watch.objects.filter(referral=shelved).values_list("kind", flat=True))

    assert kinds == {WatchKind.PHONE, WatchKind.PLACE, WatchKind.GROUP}


def test_another_decision_watches_nothing(cast: SimpleNamespace, as_user: Acting) -> None:
    with as_user(cast.front_door) as reader:
        sent = a_concern(reader, cast.county, NAMED)
        a_decision(reader, sent, Decision.ADVICE)

        assert not Watch.objects.exists()


@pytest.mark.parametrize(
    ("child", "group", "kind"),
    [
        (SaidChild(given="Jo", phone="+44 7700 900123"), "", WatchKind.PHONE),
        (SaidChild(given="Jo"), "harrow LINE", WatchKind.GROUP),
    ],
)
def test_a_concern_from_the_public_fires_a_watch_it_cannot_see(
    cast: SimpleNamespace, as_user: Acting, shelved: Referral, child: SaidChild, group: str,
    kind: WatchKind,
) -> None:  # fmt: skip
    with as_user(cast.public_intake) as intake:
        a_concern(intake, cast.city, child, channel=Channel.PUBLIC_FORM, group_name=group)
        assert not Watch.objects.exists()
        assert not Firing.objects.exists()

    with as_user(cast.front_door):
        [fired] = queries.firings(shelved.pk)
    assert fired.kind == kind


def test_a_watch_fires_across_authorities_without_telling_who_touched_it(
    cast: SimpleNamespace, as_user: Acting, shelved: Referral
) -> None:
    began = clock.now() - timedelta(minutes=1)

    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
        people.add_phone(person_id=child.pk, number="07700900123", by=reader, at=clock.now())
        assert not Firing.objects.exists()
        assert not Referral.objects.exists()

    with as_user(cast.front_door):
        [found] = queries.resurfaced(cast.county.pk, began, clock.now() + timedelta(minutes=1))
        assert found.concern.id == shelved.pk
        assert found.reasons == (
            "Something new touches the same phone number. A child's telephone number was recorded.",
        )


def test_the_same_address_fires_the_watch_even_if_nobody_had_it_before(
    cast: SimpleNamespace, as_user: Acting, shelved: Referral
) -> None:
    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
        place = places.place_for(
            kind=PlaceKind.RESIDENCE,
            street="12 Alder Rd",
            locality="Wexcombe",
            by=reader,
            at=clock.now(),
        )
        people.add_address(person_id=child.pk, place=place, by=reader, at=clock.now())

    with as_user(cast.front_door):
        assert [each.kind for each in queries.firings(shelved.pk)] == [WatchKind.PLACE]


def test_one_new_concern_fires_a_watch_once_though_it_is_told_three_times(
    cast: SimpleNamespace, as_user: Acting, shelved: Referral
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        sent = a_concern(reader, cast.county, NAMED)
        a_link(reader, sent, child.pk)
        a_decision(reader, sent, Decision.ADVICE)

        assert len(queries.firings(shelved.pk)) == 1


def test_a_concerns_own_news_does_not_fire_its_own_watch(
    cast: SimpleNamespace, as_user: Acting, shelved: Referral
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        a_link(reader, shelved, child.pk)

        assert queries.firings(shelved.pk) == []
        assert Watch.objects.filter(referral=shelved, kind=WatchKind.CHILD).exists()


@pytest.mark.usefixtures("shelved")
def test_nothing_fires_outside_the_window(cast: SimpleNamespace, as_user: Acting) -> None:
    with as_user(cast.front_door) as reader:
        a_concern(reader, cast.county, NAMED)
        later = clock.now() + timedelta(minutes=1)

        assert queries.resurfaced(cast.county.pk, later, later + timedelta(days=1)) == []
