"""The sheet that is sent: sealed, told apart from its passphrase, over when its time or need is."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from harbour.foundation.audit.models import Entry
from harbour.foundation.documents import intake, keys, pdf
from harbour.foundation.kernel import clock
from harbour.record.attachments import actions as attachments
from harbour.record.attachments.actions import Sent
from harbour.record.attachments.vocabulary import Kind
from harbour.work.missing import actions, queries, tasks
from harbour.work.missing.models import Episode, SentSheet
from harbour.work.missing.presenters import sheet_words
from tests.builders import files
from tests.builders.missing import ActingAs, ClientFor, a_return, a_sheet, an_episode
from tests.builders.pages import text_of
from tests.builders.people import a_child

type Unbound = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def gone(cast: SimpleNamespace, as_user: ActingAs) -> Episode:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county, given="Amara")
        return an_episode(reader, child.pk, hours=5, wearing="Blue coat")


def try_it(key: object, passphrase: str) -> Any:
    """Open a link as somebody without an account."""
    return Client().post(reverse("missing:open_sheet", args=[key]), {"passphrase": passphrase})


def test_a_sheet_is_sent_and_opened_by_who_was_told_its_passphrase(
    cast: SimpleNamespace, client_for: ClientFor, gone: Episode, unbound: Unbound
) -> None:
    url = reverse("missing:send_sheet", args=[gone.pk])
    said = {"given_to": "PC 4411, Middleshire Police", "reason": "Looking", "hours": "2"}
    ready = client_for(cast.coordinator).post(url, said)
    passphrase, key = ready.context["passphrase"], ready.context["sheet"].pk

    asked = Client().get(reverse("missing:open_sheet", args=[key]))
    spoken = passphrase.replace("-", " ").lower()  # as it is written down at the other end
    opened = try_it(key, spoken)

    assert "Amara" not in text_of(asked)
    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.headers["Cache-Control"] == "no-store"
    assert opened.content.startswith(b"%PDF-")
    page = text_of(client_for(cast.coordinator).get(reverse("missing:episode", args=[gone.pk])))
    assert "PC 4411, Middleshire Police" in page
    assert "Opened once" in page
    with unbound():
        told = list(
            Entry.objects.filter(event__startswith="missing.sheet_", subjects=[gone.person_id])
            .order_by("at", "event")
            .values_list("event", "act")
        )
        kept = bytes(SentSheet.objects.get(pk=key).sealed or b"")
    assert told == [("missing.sheet_sent", "disclose"), ("missing.sheet_opened", "disclose")]
    assert b"%PDF" not in kept
    assert passphrase.encode() not in kept


@pytest.mark.parametrize("over", ["time", "closed", "back", "unknown", "wrong"])
def test_whatever_keeps_it_shut_is_answered_alike(
    cast: SimpleNamespace, as_user: ActingAs, gone: Episode, unbound: Unbound, over: str
) -> None:
    with as_user(cast.coordinator) as reader:
        row, passphrase = a_sheet(reader, gone)
        if over == "closed":
            actions.end_sheet(sheet=row, by=reader, at=clock.now())
        if over == "back":
            a_return(reader, gone)
    if over == "time":
        with unbound():
            early = {"recorded_at": clock.now() - timedelta(hours=3)}
            SentSheet.objects.filter(pk=row.pk).update(
                expires_at=clock.now() - timedelta(seconds=1), **early
            )
    key = keys_of(row.pk, over)

    answer = try_it(key, "BBBB-BBBB-BBBB" if over == "wrong" else passphrase)

    assert answer.status_code == 200
    assert "This link is over, or the passphrase is another one." in text_of(answer)


def keys_of(key: Any, over: str) -> Any:
    """Return the link, or one that was never sent."""
    return key if over != "unknown" else "00000000-0000-4000-8000-000000000000"


def test_ten_wrong_tries_shut_it_for_the_right_one_too(
    cast: SimpleNamespace, as_user: ActingAs, gone: Episode
) -> None:
    with as_user(cast.coordinator) as reader:
        row, passphrase = a_sheet(reader, gone)
    for _ in range(10):
        try_it(row.pk, "BBBB-BBBB-BBBB")

    assert try_it(row.pk, passphrase).headers["Content-Type"].startswith("text/html")


def test_what_is_over_is_emptied_whoever_sent_it(
    cast: SimpleNamespace, as_user: ActingAs, gone: Episode, unbound: Unbound
) -> None:
    with as_user(cast.coordinator) as reader:
        row, _ = a_sheet(reader, gone)
        kept = tasks.empty_sheets()
        a_return(reader, gone)

    assert (kept, tasks.empty_sheets()) == (0, 1)
    with unbound():
        assert SentSheet.objects.get(pk=row.pk).sealed is None


def test_passphrases_are_told_without_a_doubt() -> None:
    told = {keys.spoken() for _ in range(50)}

    assert len(told) == 50
    assert all(len(each) == 14 and not set(each) & set("AEIOU015LS") for each in told)
    salt = keys.new_salt()
    one, other = (keys.from_passphrase(each, salt=salt) for each in ("bcdf ghjk", "BCDF-GHJK"))
    assert one == other


def test_the_sheet_holds_the_photograph_of_the_profile(
    cast: SimpleNamespace, as_user: ActingAs, gone: Episode
) -> None:
    person, at, picture = gone.person_id, clock.now(), files.a_picture("PNG")
    with as_user(cast.coordinator) as reader:
        sent = Sent(kind=Kind.PHOTOGRAPH, name="", file=intake.accepted("a.png", picture))
        photo = attachments.keep(person_id=person, sent=sent, by=reader, at=at)
        actions.keep_profile(
            person_id=person, seen_number=0, by=reader, at=at, looks="Tall", photo=photo,
            photo_on=clock.london_date(at),
        )  # fmt: skip
        file = queries.episode_file(reader, gone.pk, at=at)
        frame = pdf.frame(title="Missing child", reader=reader, at=at)
        today = clock.london_date(at)
        made = [
            pdf.render("missing/sheet.typ", frame, sheet_words(file, shown, today=today))
            for shown in (b"", queries.picture(reader, file.profile))
        ]

    assert [bool(re.search(rb"/Subtype\s*/Image", each)) for each in made] == [False, True]
