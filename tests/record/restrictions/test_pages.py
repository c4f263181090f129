"""The pages of restrictions: for those named; to all others they are not there."""

from typing import Any

import pytest
from django.urls import reverse

from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people_actions
from harbour.record.people.models import Person, Phone
from harbour.record.restrictions.models import Named, Restriction
from harbour.record.restrictions.vocabulary import Kind
from tests.builders.people import a_child
from tests.builders.restrictions import REASON, a_restriction


@pytest.fixture
def child(cast, as_user):
    with as_user(cast.team_manager) as reader:
        return a_child(reader, cast.county, given="Wilhelmina", family="Quillfeather")


def _said(owner: User, *named: User, **other: str) -> dict[str, Any]:
    known: dict[str, Any] = {
        "how_much": "whole",
        "kind": Kind.HIGH_PROFILE.value,
        "owner": str(owner.pk),
        "named": [str(each.pk) for each in named],
        "reason": REASON,
        "review_on_day": "1",
        "review_on_month": str(clock.london_date(clock.now()).month % 12 + 1),
        "review_on_year": str(
            clock.london_date(clock.now()).year + clock.london_date(clock.now()).month // 12
        ),
    }
    return known | other


def test_a_manager_restricts_a_record_and_sees_who_is_named(cast, client_for, as_user, child):
    client = client_for(cast.team_manager)
    page = reverse("restrictions:restrict", args=[child.pk])
    assert "Everybody who is not named" in client.get(page).text

    answer = client.post(page, _said(cast.team_manager, cast.detective))

    assert answer.status_code == 302, answer.text
    with as_user(cast.team_manager):
        row = Restriction.objects.get()
        assert row.whole
    shown = client.get(reverse("restrictions:restriction", args=[row.pk])).text
    assert "Owen Pryce" in shown
    assert REASON in shown
    assert "The whole record" in client.get(reverse("restrictions:mine")).text
    sharing = client.get(reverse("cases:sharing", args=[child.pk]), follow=True)
    assert sharing.status_code == 200


def test_the_hosts_own_people_can_be_named_for_a_hosted_child(cast, client_for, as_user):
    with as_user(cast.team_manager) as reader:
        hosted = a_child(reader, cast.neighbour_authority, host=cast.county)

    page = client_for(cast.team_manager).get(reverse("restrictions:restrict", args=[hosted.pk]))

    offered = {spoken for _, spoken in page.context["form"].fields["named"].choices}
    assert any(spoken.startswith(cast.detective.name) for spoken in offered)
    assert any(spoken.startswith(cast.neighbour.name) for spoken in offered)


def test_who_forgets_herself_is_warned_and_goes_on_only_knowingly(cast, client_for, child):
    client = client_for(cast.team_manager)
    page = reverse("restrictions:restrict", args=[child.pk])

    warned = client.post(page, _said(cast.detective))
    assert "will not see this any more" in warned.text
    done = client.post(page, _said(cast.detective, sure="on"))

    assert done.status_code == 302
    assert done["Location"] == reverse("home:my_work")
    assert client.get(reverse("restrictions:restrict", args=[child.pk])).status_code == 404


def test_parts_need_to_be_chosen(cast, client_for, child):
    page = reverse("restrictions:restrict", args=[child.pk])

    answer = client_for(cast.team_manager).post(page, _said(cast.team_manager, how_much="parts"))

    assert "Select at least one part of the record" in answer.text


def test_the_owner_names_takes_out_reviews_and_proposes(cast, client_for, as_user, child):
    with as_user(cast.team_manager) as reader:
        row = a_restriction(reader, child.pk)
    client = client_for(cast.team_manager)

    named = client.post(reverse("restrictions:name", args=[row.pk]), {"user": str(cast.nurse.pk)})
    assert named.status_code == 302
    with as_user(cast.team_manager):
        nurse = Named.objects.get(user=cast.nurse)
    page = reverse("restrictions:unname", args=[nurse.pk])
    assert "Take Grace Okoro out" in client.get(page).text
    assert client.post(page, {"reason": "She has moved wards."}).status_code == 302
    review = _said(cast.nurse)
    answer = client.post(
        reverse("restrictions:review", args=[row.pk]),
        {key: review[key] for key in ("review_on_day", "review_on_month", "review_on_year")},
    )
    assert answer.status_code == 302
    lift = reverse("restrictions:lift", args=[row.pk])
    assert client.post(lift, {"reason": "It is not needed any more."}).status_code == 302
    shown = client.get(reverse("restrictions:restriction", args=[row.pk])).text
    assert "Waiting for a second person" in shown
    assert client.post(lift, {"reason": "It is not needed any more."}).status_code == 403


def test_a_number_is_sealed_from_the_page(cast, client_for, as_user, child):
    with as_user(cast.team_manager) as reader:
        phone = people_actions.add_phone(
            person_id=child.pk, number="07700 900456", by=reader, at=clock.now()
        )
    client = client_for(cast.team_manager)
    page = reverse("restrictions:seal", args=[child.pk, "phone", phone.pk])
    assert "Seal 07700 900456" in client.get(page).text

    assert client.post(page, _said(cast.team_manager)).status_code == 302

    with as_user(cast.nurse):
        assert not Phone.objects.exists()
        assert Person.objects.filter(pk=child.pk).exists()


def test_to_the_others_no_page_is_there(cast, client_for, as_user, child):
    with as_user(cast.team_manager) as reader:
        row = a_restriction(reader, child.pk)

    for member in (cast.front_door, cast.coordinator, cast.records_officer):
        client = client_for(member)
        for name in ("restriction", "name", "lift", "review", "read"):
            answer = client.get(reverse(f"restrictions:{name}", args=[row.pk]))
            assert answer.status_code in {403, 404}, (member, name)
            assert "Quillfeather" not in answer.text
        assert "No restriction names you" in client.get(reverse("restrictions:mine")).text


def test_the_owner_reads_on_my_work_that_somebody_looked(cast, client_for, as_user, child):
    with as_user(cast.team_manager) as reader:
        row = a_restriction(reader, child.pk, cast.detective)

    client_for(cast.nurse).get(reverse("people:record", args=[child.pk]))

    owner = client_for(cast.team_manager)
    assert "looked for" in owner.get(reverse("home:my_work")).text
    shown = owner.get(reverse("restrictions:restriction", args=[row.pk])).text
    assert "Grace Okoro" in shown
    assert (
        "Grace Okoro"
        not in client_for(cast.detective)
        .get(reverse("restrictions:restriction", args=[row.pk]))
        .text
    )
    owner.post(reverse("restrictions:read", args=[row.pk]))
    assert "looked for" not in owner.get(reverse("home:my_work")).text
