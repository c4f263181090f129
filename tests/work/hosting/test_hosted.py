"""Children placed across a border: what was told, how old it is, what is agreed and what is not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person
from harbour.work.hosting import actions, queries, rules
from harbour.work.hosting.models import Arrangement, Consultation, ToldFlag
from harbour.work.hosting.rules import Known
from harbour.work.hosting.vocabulary import Gap
from tests.builders.hosting import a_flag, a_notification, today
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.builders.providers import a_home, a_placement
from tests.builders.restrictions import a_restriction

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]
ALL_KNOWN = Known(
    placing_notified=True,
    placing_contact=True,
    reviewer_contact=True,
    told_on=date(2026, 1, 5),
    interviewer_agreed=True,
    consultation_offered=True,
)


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    with as_user(cast.coordinator) as reader:
        home = a_home(reader, cast.home_agency, cast.county)
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
        a_placement(
            reader, child, home, cast.neighbour_authority, host=cast.county, starts_on=today()
        )
    return child


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"placing_notified": False}, Gap.PLACING),
        ({"placing_contact": False}, Gap.CONTACT),
        ({"reviewer_contact": False}, Gap.REVIEWER),
        ({"told_on": None}, Gap.FLAGS),
        ({"told_on": date(2025, 7, 5)}, Gap.OLD_FLAGS),
        ({"interviewer_agreed": False}, Gap.INTERVIEWER),
        ({"consultation_offered": False}, Gap.CONSULTATION),
    ],
)
def test_each_gap_is_named(changes: dict[str, object], gap: Gap) -> None:
    known = {name: getattr(ALL_KNOWN, name) for name in Known.__dataclass_fields__}

    assert rules.gaps(ALL_KNOWN, today=date(2026, 1, 6)) == ()
    assert rules.gaps(Known(**(known | changes)), today=date(2026, 1, 6)) == (gap,)


def test_the_gaps_of_a_hosted_child_close_one_by_one(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child: Person
) -> None:
    client, page = client_for(cast.coordinator), reverse("hosting:hosted")
    day = today() - timedelta(days=3)
    told = {"kinds": ["county_lines", "missing"], "told_by": cast.neighbour_authority.pk}
    told |= {"channel": "phone", "words": "Flag set in March.", "told_on_day": day.day}
    told |= {"told_on_month": day.month, "told_on_year": day.year}

    client.post(reverse("hosting:told", args=[child.pk]), told)
    shown = text_of(client.get(page))
    assert "County lines, told 3 days ago" in shown
    assert "Whether the child is at risk" not in shown
    client.post(
        reverse("hosting:arrange", args=[child.pk]),
        {"interviewer": "duty_social_worker", "agreed_with": cast.neighbour_authority.pk}
        | {"reason": "Northmoor is two hours away."},
    )
    offered = {"offered_on_day": day.day, "offered_on_month": day.month}
    offered |= {"offered_on_year": day.year, "agency": cast.neighbour_authority.pk}
    client.post(reverse("hosting:offer", args=[child.pk]), offered)

    with as_user(cast.coordinator) as reader:
        (row,) = queries.hosted(reader, at=clock.now())
        assert row.gaps == (Gap.PLACING, Gap.CONTACT, Gap.REVIEWER)
        (offer,) = Consultation.objects.all()
    client.post(
        reverse("hosting:consultation", args=[offer.pk]),
        {"answer": "held", "held_on_day": day.day, "held_on_month": day.month, "seen_version": 1}
        | {"held_on_year": day.year, "words": "They send the risk assessment."},
    )
    shown = text_of(client.get(reverse("hosting:child", args=[child.pk])))
    assert "They send the risk assessment." in shown
    assert "Northmoor is two hours away." in shown
    home = text_of(client_for(cast.home_manager).get(reverse("hosting:my_home")))
    assert "Return interviews: Duty social worker" in home


def test_the_same_child_is_elsewhere_for_the_authority_that_placed_them(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser
) -> None:
    with as_user(cast.coordinator) as reader:
        home = a_home(reader, cast.home_agency, cast.neighbour_authority)
        child = a_child(reader, cast.county)
        placement = a_placement(
            reader, child, home, cast.county, host=cast.neighbour_authority, starts_on=today()
        )
        assert queries.hosted(reader, at=clock.now()) == ()
    client, page = client_for(cast.coordinator), reverse("hosting:elsewhere")
    assert "Not notified" in text_of(client.get(page))
    with as_user(cast.coordinator) as reader:
        a_notification(
            reader, placement, sender=cast.county, duty="reg_13", needs_given=True,
            care_plan_given=True,
        )  # fmt: skip

    assert "Not notified" not in text_of(client.get(page))
    with as_user(cast.neighbour) as reader:
        assert queries.notifications(reader).get().person_id == child.pk


def test_what_was_told_is_taken_back_and_stays_in_the_history(
    cast: SimpleNamespace, client_for: ClientFor, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.coordinator) as reader:
        old = today() - timedelta(days=200)
        flag = a_flag(reader, child.pk, cast.neighbour_authority, told_on=old)
    client, page = client_for(cast.coordinator), reverse("hosting:child", args=[child.pk])
    assert "Ask whether it still holds" in text_of(client.get(page))

    client.post(reverse("hosting:end_told", args=[flag.pk]))

    assert "Taken back" in text_of(client.get(page))
    with as_user(cast.coordinator):
        assert ToldFlag.objects.get(pk=flag.pk).ended_on == today()


def test_a_home_reads_who_holds_the_interviews_and_not_what_was_told(
    cast: SimpleNamespace, as_user: AsUser, child: Person
) -> None:
    with as_user(cast.coordinator) as reader:
        a_flag(reader, child.pk, cast.neighbour_authority)
        actions.arrange_interviews(
            person_id=child.pk, interviewer="listening_support", agreed_with=None,
            reason="She knows them.", by=reader, at=clock.now(),
        )  # fmt: skip
    with as_user(cast.home_manager):
        assert Arrangement.objects.count() == 1
        assert not ToldFlag.objects.exists()
    with as_user(cast.neighbour):
        assert ToldFlag.objects.count() == 1


def test_a_restricted_child_is_on_no_list(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor, child: Person
) -> None:
    with as_user(cast.coordinator) as reader:
        a_notification(reader, queries.hosted(reader, at=clock.now())[0].placement)
    with as_user(cast.front_door) as reader:
        a_restriction(reader, child.pk)

    client = client_for(cast.coordinator)
    for name in ("hosting:hosted", "hosting:desk", "hosting:notifications"):
        assert "Quill" not in text_of(client.get(reverse(name), {"show": "all"})), name
    assert client.get(reverse("hosting:child", args=[child.pk])).status_code == 404


def test_the_record_leads_to_what_is_agreed_across_the_border(
    cast: SimpleNamespace, client_for: ClientFor, child: Person
) -> None:
    page = reverse("cases:people_places", args=[child.pk])

    assert "Placed across a border" in text_of(client_for(cast.coordinator).get(page))
    assert "Placed across a border" not in text_of(client_for(cast.nurse).get(page))
