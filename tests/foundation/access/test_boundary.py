"""The boundary under attack and under failure: forged tokens, threads, a ledger that fails."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client, override_settings
from django.urls import path

from harbour.foundation.access import context
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.guards import StaffRequest, signed_in
from harbour.foundation.access.models import User
from harbour.foundation.audit.models import Entry
from harbour.record.people.models import Person
from tests.builders.browsers import Browser
from tests.builders.people import a_child

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ASKED = 40


def _who() -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.uid()")
        found: UUID | None = cursor.fetchone()[0]
        return found


@signed_in("a test asks the database who is asking")
def who(request: StaffRequest) -> HttpResponse:
    """Answer who the database takes the request for."""
    return HttpResponse(f"{request.reader.user_id} {_who()}")


@signed_in("a test renders after the view has returned")
def later(request: HttpRequest) -> TemplateResponse:
    """Answer with a page that asks the database only when it is rendered."""
    return TemplateResponse(request, engines["django"].from_string("{{ who }}"), {"who": _who})


@signed_in("a test fails after it has written")
def broken(request: StaffRequest) -> HttpResponse:
    """Write a row to the ledger, then fail."""
    Entry.objects.bulk_create(
        [Entry(at=request.received_at, actor_id=request.reader.user_id, act="consult", event="t.x")]
    )
    raise RuntimeError("after the write")


urlpatterns = [path("who/", who), path("later/", later), path("broken/", broken)]


@pytest.fixture
def test_pages() -> Iterator[None]:
    """Put the three pages of this module in place of the hub's."""
    with override_settings(ROOT_URLCONF=__name__, HARBOUR_DEMO=True):
        yield


def _browser(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.usefixtures("test_pages")
def test_threads_that_take_turns_never_see_each_others_context(committed: SimpleNamespace) -> None:
    people = [committed.nurse, committed.detective, committed.director]
    browsers = {user.pk: _browser(user) for user in people}
    strange: list[str] = []

    def browse(shift: int) -> None:
        try:
            for number in range(ASKED):
                user = people[(number + shift) % len(people)]
                answer = browsers[user.pk].get("/who/").content.decode()
                if answer != f"{user.pk} {user.pk}" or _who() is not None:
                    strange.append(answer)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=browse, args=(shift,)) for shift in (0, 1)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert strange == []


@pytest.mark.usefixtures("test_pages")
def test_a_page_rendered_after_its_view_is_still_in_context(cast: SimpleNamespace) -> None:
    assert _browser(cast.nurse).get("/later/").content.decode() == str(cast.nurse.pk)


@pytest.mark.usefixtures("test_pages")
def test_a_failing_page_leaves_nothing_behind(
    cast: SimpleNamespace, unbound: Callable[[], AbstractContextManager[None]]
) -> None:
    response = _browser(cast.nurse).get("/broken/")

    assert response.status_code == 500
    with unbound():
        assert not Entry.objects.filter(event="t.x").exists()


def _token_of(user: User) -> str:
    with transaction.atomic():
        context.bind(user.pk, "test")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('harbour.ctx', true)")
            return str(cursor.fetchone()[0])


def _answer_to(token: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('harbour.ctx', %s, true)", [token])
    return _who()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        (0, "2"),
        (1, "00000000-0000-0000-0000-000000000000"),
        (2, "other"),
        (3, "1"),
        (4, "1"),
        (5, "0" * 64),
        (5, ""),
    ],
)
def test_an_edited_token_names_nobody(cast: SimpleNamespace, part: int, value: str) -> None:
    parts = _token_of(cast.detective).split("|")

    assert _answer_to("|".join(parts)) == cast.detective.pk
    parts[part] = value
    assert _answer_to("|".join(parts)) is None


@pytest.mark.parametrize(
    "token", ["x", "|||||", "1|a|b|c|d", "1|1|1|1|1|1|1", "-1|||||", "' OR 1=1 --", "9" * 4000]
)
def test_a_token_that_is_none_names_nobody(cast: SimpleNamespace, token: str) -> None:
    del cast

    assert _answer_to(token) is None


def test_a_token_of_another_transaction_names_nobody(committed: SimpleNamespace) -> None:
    token = _token_of(committed.detective)

    with transaction.atomic():
        assert _answer_to(token) is None


def test_a_token_signed_with_another_key_names_nobody(cast: SimpleNamespace) -> None:
    with override_settings(HARBOUR_CONTEXT_KEY=b"another key of the right length.." * 2):
        token = _token_of(cast.detective)

    assert _answer_to(token) is None


def test_the_application_cannot_read_the_key(cast: SimpleNamespace) -> None:
    del cast

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM harbour_sec.ctx_key")


def test_nobody_finds_a_child(cast: SimpleNamespace) -> None:
    with acting_as(cast.front_door.pk) as by:
        a_child(by, cast.county)
        assert Person.objects.exists()

    assert not Person.objects.exists()


def test_a_page_whose_ledger_row_cannot_be_written_shows_nothing(cast: SimpleNamespace) -> None:
    with acting_as(cast.front_door.pk) as by:
        child = a_child(by, cast.county, family="Quillfeather")
    with override_settings(HARBOUR_DEMO=True):
        browser = Browser(raise_request_exception=False)
        browser.force_login(cast.front_door, backend=BACKEND)
        shown = browser.get(f"/cases/{child.pk}/")
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE harbour_owner")
                cursor.execute("REVOKE INSERT ON audit_entry FROM harbour_app")
                cursor.execute("SET LOCAL ROLE harbour_app")
            refused = browser.get(f"/cases/{child.pk}/")
            transaction.set_rollback(True)

    assert shown.status_code == 200
    assert b"Quillfeather" in shown.content
    assert refused.status_code == 500
    assert b"Quillfeather" not in refused.content
