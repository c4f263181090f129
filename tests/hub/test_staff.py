"""People and roles.

What an administrator gives opens at once and ends on its day; never for herself.
"""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from harbour.foundation.access import roles
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import Holding, User
from harbour.foundation.agencies.models import Agency
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.staff import actions
from harbour.record.people import actions as people
from harbour.record.people.models import Person

TODAY = clock.london_date(clock.now())
YESTERDAY = clock.london_date(clock.now()) - timedelta(days=1)


@pytest.fixture
def newcomer(cast, as_user):
    with as_user(cast.administrator) as reader:
        return actions.add_person(
            email="newcomer@example.org",
            name="Nell Newcomer",
            job="Social worker",
            by=reader,
            at=clock.now(),
        )


@pytest.fixture
def child(cast, as_user):
    with as_user(cast.front_door) as reader:
        return people.register_child(
            given="Ada",
            family="Quill",
            born_on=date(2012, 5, 4),
            born_precision="day",
            sex="F",
            responsible=Agency.objects.get(pk=cast.county.pk),
            by=reader,
            at=clock.now(),
        )


def _sees(as_user, user, child):
    with as_user(user):
        return Person.objects.filter(pk=child.pk).exists()


def test_a_role_opens_the_record_and_its_end_closes_it(cast, as_user, newcomer, child):
    assert not _sees(as_user, newcomer, child)

    with as_user(cast.administrator) as reader:
        holding = actions.give_role(
            user=newcomer,
            role=roles.FRONT_DOOR,
            team=cast.first_response,
            starts_on=YESTERDAY,
            by=reader,
            at=clock.now(),
        )
    assert _sees(as_user, newcomer, child)

    with as_user(cast.administrator) as reader:
        actions.end_role(
            holding=holding, ends_on=YESTERDAY + timedelta(days=1), by=reader, at=clock.now()
        )
    assert not _sees(as_user, newcomer, child)


def test_nobody_gives_a_role_to_themselves(cast, as_user):
    with as_user(cast.administrator) as reader, pytest.raises(Refused, match="their own roles"):
        actions.give_role(
            user=cast.administrator,
            role=roles.FRONT_DOOR,
            team=cast.first_response,
            starts_on=YESTERDAY,
            by=reader,
            at=clock.now(),
        )


def test_the_database_refuses_it_too(cast, as_user):
    mine = Holding(
        user=cast.administrator, role="front_door", team=cast.first_response, starts_on=YESTERDAY
    )
    with as_user(cast.administrator), pytest.raises(ProgrammingError), transaction.atomic():
        mine.save(force_insert=True)


def test_a_leaver_is_shut_out_at_once(cast, as_user, child, client_for):
    browser = client_for(cast.front_door)
    assert browser.get(reverse("referrals:inbox")).status_code == 200

    with as_user(cast.administrator) as reader:
        actions.let_go(user=cast.front_door, left_on=TODAY, by=reader, at=clock.now())

    assert browser.get(reverse("referrals:inbox")).status_code == 302
    assert not User.objects.get(pk=cast.front_door.pk).works_on(TODAY)


def test_an_administrator_gives_a_role_on_the_pages(cast, client_for, newcomer):
    browser = client_for(cast.administrator)
    listed = browser.get(reverse("staff:people"))
    answer = browser.post(
        reverse("staff:give_role", args=[newcomer.pk]),
        {
            "role": "nurse",
            "team": str(cast.health_team.pk),
            "starts_on_day": "1",
            "starts_on_month": "2",
            "starts_on_year": "2026",
        },
    )

    assert "Nell Newcomer" in listed.content.decode()
    assert answer.status_code == 302, answer.content.decode()
    assert Holding.objects.get(user=newcomer).role == "nurse"


FEBRUARY = {"starts_on_day": "1", "starts_on_month": "2", "starts_on_year": "2026"}


def test_it_takes_two_people_to_make_an_administrator(cast, client_for, newcomer):
    browser = client_for(cast.administrator)
    address = reverse("staff:give_role", args=[newcomer.pk])
    said = FEBRUARY | {"role": "system_administrator", "team": str(cast.systems.pk)}

    mute = browser.post(address, said)
    assert "Say in a sentence" in mute.content.decode()
    asked = browser.post(address, said | {"reason": "Ana leaves in March and hands over."})
    assert asked.status_code == 302
    assert not Holding.objects.filter(user=newcomer).exists()

    second = client_for(cast.records_officer)
    assert "Make somebody a system administrator" in second.get("/").content.decode()
    queue = second.get(reverse("oversight:two_people")).content.decode()
    assert "Nell Newcomer" in queue
    with acting_as(cast.records_officer.pk) as reader:
        proposal = approvals.waiting(reader, at=clock.now()).get()
    page = reverse("oversight:proposal", args=[proposal.pk])
    assert "Ana leaves in March" in second.get(page).content.decode()
    mark = bytes(proposal.payload_sha256).hex()
    forged = second.post(page, {"decision": "approve", "mark": "0" * 64, "note": ""})
    assert forged.status_code == 403
    own = browser.post(page, {"decision": "approve", "mark": mark, "note": ""})
    assert own.status_code == 403

    answer = second.post(page, {"decision": "approve", "mark": mark, "note": ""})

    assert answer.status_code == 302
    held = Holding.objects.get(user=newcomer)
    assert (held.role, held.starts_on) == ("system_administrator", date(2026, 2, 1))
    again = second.post(page, {"decision": "approve", "mark": mark, "note": ""})
    assert again.status_code == 403


def test_no_administrator_is_made_past_the_pages(cast, as_user, newcomer):
    plain = Holding(
        user=newcomer, role="system_administrator", team=cast.systems, starts_on=YESTERDAY
    )
    with as_user(cast.administrator) as reader:
        with pytest.raises(ProgrammingError, match="two people"), transaction.atomic():
            plain.save(force_insert=True)
        with pytest.raises(Refused, match="two people"):
            actions.give_role(
                user=newcomer,
                role=roles.SYSTEM_ADMINISTRATOR,
                team=cast.systems,
                starts_on=YESTERDAY,
                by=reader,
                at=clock.now(),
            )
        nurse = Holding(user=newcomer, role="nurse", team=cast.health_team, starts_on=YESTERDAY)
        nurse.save(force_insert=True)
        with pytest.raises(ProgrammingError, match="two people"), transaction.atomic():
            Holding.objects.filter(pk=nurse.pk).update(role="system_administrator")


def test_others_are_told_that_it_is_not_theirs(cast, client_for):
    answer = client_for(cast.detective).get(reverse("staff:people"))

    assert answer.status_code == 403
    assert "system administrator" in answer.content.decode()
