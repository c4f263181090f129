"""Leavers lose everything on the day, by itself; their children are seen to before it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from harbour.foundation.access.context import bind
from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.queries import people_with
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.kernel import clock
from harbour.hub.home import queries as home
from harbour.hub.home.vocabulary import TaskKind
from harbour.hub.staff import actions
from harbour.record.people.models import Person
from harbour.work.cases import actions as cases
from harbour.work.cases.actions import Offer
from harbour.work.cases.vocabulary import AllocationRole
from tests.builders.people import a_child

TODAY = clock.london_date(clock.now())
TOMORROW = TODAY + timedelta(days=1)
PASSWORD = "a-long-invented-password"


def _let_go(cast, as_user, left_on):
    with as_user(cast.administrator) as reader:
        actions.let_go(user=cast.nurse, left_on=left_on, by=reader, at=clock.now())
    cast.nurse.refresh_from_db()


@pytest.fixture
def child(cast, as_user):
    with as_user(cast.front_door) as reader:
        return a_child(reader, cast.county, given="Ada", family="Quill")


def _sees(as_user, user, child):
    with as_user(user):
        return Person.objects.filter(pk=child.pk).exists()


def test_a_leaver_sees_until_the_day_and_then_nobody_does(cast, as_user, client_for, child):
    browser = client_for(cast.nurse)
    _let_go(cast, as_user, TOMORROW)
    before = browser.get(reverse("home:my_work")).status_code

    _let_go(cast, as_user, TODAY)
    after = browser.get(reverse("home:my_work"))

    assert before == 200
    assert after.headers["Location"].startswith(reverse("account_login"))


def test_the_day_counts_in_the_database_by_itself(cast, as_user, child, unbound):
    with as_user(cast.nurse):
        assert Person.objects.filter(pk=child.pk).exists()
        with unbound():
            User.objects.filter(pk=cast.nurse.pk).update(left_on=TODAY)
        bind(cast.nurse.pk)
        assert not Person.objects.filter(pk=child.pk).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT harbour_sec.holds('referral:send')")
            assert cursor.fetchone() == (False,)


def test_roles_end_on_the_day_and_nobody_is_offered_a_leaver(cast, as_user):
    _let_go(cast, as_user, TOMORROW)
    ends = set(Holding.objects.filter(user=cast.nurse).values_list("ends_on", flat=True))

    _let_go(cast, as_user, TODAY)

    assert ends == {TOMORROW}
    assert cast.nurse not in people_with(Permission.PEOPLE_SEARCH)


def test_a_leaver_cannot_sign_in_with_a_password_that_still_fits(cast, as_user, unbound):
    with unbound():
        cast.nurse.set_password(PASSWORD)
        cast.nurse.save()
    _let_go(cast, as_user, TODAY)
    client = Client()

    wrong = client.post(reverse("account_login"), {"login": cast.nurse.email, "password": "no"})
    right = client.post(reverse("account_login"), {"login": cast.nurse.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert wrong.status_code == right.status_code == 200


def test_the_children_of_a_leaver_come_to_the_team_manager_before_the_day(cast, as_user, child):
    with as_user(cast.team_manager) as reader:
        offer = Offer(role=AllocationRole.NURSE, worker_id=cast.nurse.pk)
        cases.offer_allocation(person_id=child.pk, offer=offer, by=reader, at=clock.now())
    _let_go(cast, as_user, TODAY + timedelta(days=10))

    with as_user(cast.team_manager) as reader:
        tasks = home.tasks(reader, at=clock.now())

    handed = [each for each in tasks if each.kind is TaskKind.HAND_OVER]
    assert [(each.person_id, each.due) for each in handed] == [
        (child.pk, TODAY + timedelta(days=10))
    ]


def test_the_administrator_ends_every_session_at_once(cast, client_for):
    first, second = client_for(cast.nurse), client_for(cast.nurse)
    for each in (first, second):
        assert each.get(reverse("home:my_work")).status_code == 200
    administrator = client_for(cast.administrator)

    administrator.post(reverse("staff:end_sessions", args=[cast.nurse.pk]))

    for each in (first, second):
        assert each.get(reverse("home:my_work")).status_code == 302
    assert administrator.get(reverse("staff:person", args=[cast.nurse.pk])).status_code == 200


def test_nobody_else_ends_somebodys_sessions(cast, client_for):
    hers = client_for(cast.nurse)

    answer = client_for(cast.detective).post(reverse("staff:end_sessions", args=[cast.nurse.pk]))

    assert answer.status_code == 403
    assert hers.get(reverse("home:my_work")).status_code == 200


def test_a_day_that_comes_at_midnight_ends_the_night(cast, as_user, client_for):
    with time_machine.travel("2026-06-30T22:30:00Z", tick=False):  # 23:30 in London
        _let_go(cast, as_user, date(2026, 7, 1))
        browser = client_for(cast.nurse)
        assert browser.get(reverse("home:my_work")).status_code == 200
    with time_machine.travel("2026-06-30T23:00:01Z", tick=False):
        assert browser.get(reverse("home:my_work")).status_code == 302
