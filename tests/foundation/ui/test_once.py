"""Two presses do one deed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.ui import submissions
from harbour.foundation.ui.models import Submission

Unbound = Callable[[], AbstractContextManager[None]]


def press(browser: Client, text: str, key: object) -> tuple[int, str]:
    response = browser.post("/deed/", {"text": text, "form_key": str(key)})
    return response.status_code, response.headers.get("Location", "")


def test_a_form_sent_twice_is_answered_with_the_first_answer(browser: Client) -> None:
    key = uuid4()

    first = press(browser, "Seen at the quay", key)

    assert first[0] == 302
    assert press(browser, "Seen at the quay", key) == first


def test_another_form_is_another_deed(browser: Client) -> None:
    assert press(browser, "Seen", uuid4()) != press(browser, "Seen", uuid4())


def test_the_same_key_with_other_words_is_a_conflict(browser: Client) -> None:
    key = uuid4()
    press(browser, "Seen at the quay", key)

    assert press(browser, "Seen at the station", key)[0] == 409


def test_a_form_with_errors_uses_up_no_key(browser: Client) -> None:
    key = uuid4()

    assert press(browser, "", key)[0] == 200
    assert press(browser, "Seen", key)[0] == 302


def test_a_refused_deed_uses_up_no_key(browser: Client) -> None:
    key = uuid4()

    assert press(browser, "refuse", key)[0] == 403
    assert press(browser, "Seen", key)[0] == 302


def test_a_key_of_somebody_else_opens_nothing(
    browser: Client, cast: SimpleNamespace, client_for: Callable[[User], Client]
) -> None:
    key = uuid4()
    press(browser, "Seen", key)

    assert press(client_for(cast.nurse), "Seen", key) == (409, "")


def test_a_form_without_a_key_is_simply_answered(browser: Client) -> None:
    assert browser.post("/deed/", {"text": "Seen"}).status_code == 302
    assert press(browser, "Seen", "not-a-key")[0] == 302


def test_what_was_sent_is_not_kept(browser: Client, unbound: Unbound) -> None:
    key = uuid4()
    press(browser, "Seen at the quay", key)

    with unbound():
        row = Submission.objects.filter(pk=key).values().get()

    assert "quay" not in str(row)
    assert len(row["body_hash"]) == 64


def test_a_person_sees_only_their_own_submissions(
    browser: Client,
    cast: SimpleNamespace,
    as_user: Callable[[User], AbstractContextManager[Reader]],
) -> None:
    press(browser, "Seen", uuid4())

    with as_user(cast.detective):
        assert Submission.objects.count() == 1
    with as_user(cast.nurse):
        assert Submission.objects.count() == 0


def test_a_submission_is_forgotten_after_a_week(
    cast: SimpleNamespace, as_user: Callable[[User], AbstractContextManager[Reader]]
) -> None:
    at = clock.now()
    with as_user(cast.detective) as reader:
        old, new = uuid4(), uuid4()
        submissions.claim(
            key=old, user_id=reader.user_id, body_hash="0" * 64, at=at - submissions.KEPT_FOR * 1.01
        )
        submissions.claim(key=new, user_id=reader.user_id, body_hash="0" * 64, at=at)

        assert set(Submission.objects.values_list("pk", flat=True)) == {new}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/b/", {"text": "x"}),
        ("/a/", {"text": "y"}),
        ("/a/", {"text": ["x", "x"]}),
        ("/a/", {"text": "x", "more": ""}),
        ("/a/", {"text": "x", "sheet": SimpleUploadedFile("a.txt", b"1")}),
    ],
)
def test_the_fingerprint_changes_with_what_is_sent(path: str, data: dict[str, object]) -> None:
    one = submissions.fingerprint(RequestFactory().post("/a/", {"text": "x"}))

    assert submissions.fingerprint(RequestFactory().post(path, data)) != one


def test_the_fingerprint_looks_past_the_keys_of_the_page() -> None:
    keys = {"form_key": "k", "csrfmiddlewaretoken": "t"}

    assert submissions.fingerprint(
        RequestFactory().post("/a/", {"text": "x", **keys})
    ) == submissions.fingerprint(RequestFactory().post("/a/", {"text": "x"}))
