"""A document is seen with its part of the record, opens with its child's key, and never runs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.record.attachments import actions, policy, queries
from harbour.record.attachments.models import Attachment, Content, FileKey
from harbour.record.attachments.vocabulary import PART_OF, Kind
from harbour.record.people.models import Person
from tests.builders import files
from tests.builders.attachments import a_document, sent
from tests.builders.people import a_child
from tests.builders.scanner import a_scanner
from tests.builders.sharing import a_share

AsUser = Callable[[User], AbstractContextManager[Reader]]
ClientFor = Callable[[User], Client]
Unbound = Callable[[], AbstractContextManager[None]]
SECRET = "The blue door behind the market."


@pytest.fixture(autouse=True)
def keys_and_no_scanner(settings: Settings) -> None:
    settings.HARBOUR_FILE_KEY = b"\x07" * 32
    settings.HARBOUR_CLAMD = ""
    settings.HARBOUR_DEMO = True


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    with as_user(cast.front_door) as by:
        return a_child(by, cast.county)


@pytest.fixture
def document(cast: SimpleNamespace, as_user: AsUser, child: Person) -> Attachment:
    with as_user(cast.front_door) as by:
        return a_document(by, child.pk, text=SECRET, name="Amara Quill.txt")


def test_a_document_comes_back_as_it_was(cast, as_user, document):
    with as_user(cast.detective) as by:
        opened = queries.opened(by, document.pk, at=clock.now())

        assert opened.data == SECRET.encode()
        assert queries.name_of(opened.attachment) == "Amara Quill.txt"


def test_nothing_of_it_lies_in_the_open(cast, as_user, unbound, document):
    with unbound():
        row, content = Attachment.objects.get(pk=document.pk), Content.objects.get()

        assert SECRET.encode() not in bytes(content.sealed)
        assert b"Amara" not in bytes(row.name)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "who",
    [
        "front_door",
        "analyst",
        "nurse",
        "youth_justice",
        "panel_chair",
        "records_officer",
        "director",
    ],
)
def test_a_document_opens_with_its_part_of_the_record(cast, as_user, child, kind, who):
    with as_user(cast.front_door) as by:
        kept = a_document(by, child.pk, kind)

    with as_user(getattr(cast, who)) as reader:
        part = PART_OF[kind]
        may = any(part in role.reads and role.reach == "authority" for role in reader.roles)

        assert bool(queries.of_child(reader, child.pk)) is may
        assert Content.objects.filter(attachment=kept).exists() is may


@pytest.mark.parametrize("who", ["city_front_door", "school_lead", "home_manager", "youth_worker"])
def test_who_does_not_see_the_child_sees_no_document(cast, as_user, document, who):
    with as_user(getattr(cast, who)) as reader:
        with pytest.raises(Missing):
            queries.attachment(reader, document.pk)
        with pytest.raises(Missing):
            queries.opened(reader, document.pk, at=clock.now())
        assert not FileKey.objects.exists()


def test_a_share_opens_the_documents_of_its_part_and_no_other(cast, as_user, child):
    with as_user(cast.front_door) as by:
        case, school = (a_document(by, child.pk, each) for each in (Kind.PLAN, Kind.SCHOOL))
        a_share(by, child.pk, cast.school, facets=["identity", "case"])

    with as_user(cast.school_lead) as reader:
        assert [each.pk for each in queries.of_child(reader, child.pk)] == [case.pk]
        assert queries.opened(reader, case.pk, at=clock.now()).data
        with pytest.raises(Missing):
            queries.attachment(reader, school.pk)


def test_who_may_not_write_a_part_cannot_add_to_it(cast, as_user, child):
    with as_user(cast.nurse) as by:
        with pytest.raises(Refused, match="this part"):
            actions.keep(person_id=child.pk, sent=sent(Kind.PLACEMENT), by=by, at=clock.now())
        assert Facet.PLACEMENT not in policy.writable_parts(by, child.pk)
        assert Facet.CASE in policy.writable_parts(by, child.pk)


def test_the_database_itself_refuses_to_add_to_a_closed_part(cast, as_user, child, document):
    with as_user(cast.nurse) as by:
        row = Attachment.objects.get(pk=document.pk)
        row.pk, row.facet, row.recorded_by_id = child.pk, "placement", by.user_id
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_the_bytes_of_anothers_document_cannot_be_put_in_place(cast, as_user, document):
    with as_user(cast.nurse):
        other = Content(attachment=document, sealed=b"forged")
        with pytest.raises(DatabaseError), transaction.atomic():
            other.save(force_insert=True)


def test_what_was_changed_in_the_database_does_not_open(cast, as_user, unbound, document):
    with unbound():
        Content.objects.update(sealed=b"\0" * 60)

    with as_user(cast.detective) as by, pytest.raises(Refused, match="was changed"):
        queries.opened(by, document.pk, at=clock.now())


def test_without_its_key_a_document_is_gone(cast, as_user, unbound, document):
    with unbound():
        FileKey.objects.all().delete()

    with as_user(cast.detective) as by:
        with pytest.raises(Refused, match="erased"):
            queries.opened(by, document.pk, at=clock.now())
        assert queries.name_of(document) == ""


def test_a_newer_version_takes_its_place_and_the_earlier_stays(cast, as_user, document):
    with as_user(cast.front_door) as by:
        newer = actions.replace(
            attachment=document, sent=sent(data=b"Corrected."), by=by, at=clock.now()
        )

        assert queries.versions(by, newer) == [document]
        assert queries.opened(by, document.pk, at=clock.now()).data == SECRET.encode()
        again = queries.attachment(by, document.pk)
        with pytest.raises(Refused, match="newer version"):
            actions.replace(attachment=again, sent=sent(), by=by, at=clock.now())


def test_a_removed_document_opens_for_nobody_and_says_why(cast, as_user, document):
    with as_user(cast.front_door) as by:
        actions.remove(
            attachment=document, reason="It is about another child.", by=by, at=clock.now()
        )

    with as_user(cast.team_manager) as reader:
        row = queries.attachment(reader, document.pk)
        assert row.removed_reason == "It is about another child."
        assert row.removed_by == cast.front_door
        with pytest.raises(Missing):
            queries.opened(reader, document.pk, at=clock.now())
        assert not Attachment.objects.filter(pk=document.pk).update(removed_reason="Other")


def test_every_step_is_on_the_ledger_without_the_name(cast, as_user, unbound, document):
    with as_user(cast.detective) as by:
        queries.opened(by, document.pk, at=clock.now())

    with unbound():
        rows = {each.event: each for each in Entry.objects.filter(event__startswith="attachments.")}
    assert rows.keys() == {
        "attachments.key_made",
        "attachments.kept",
        "attachments.downloaded",
    }
    assert rows["attachments.downloaded"].act == "export"
    assert "Amara" not in str([each.detail for each in rows.values()])


def test_a_download_is_a_file_that_nothing_shows_or_keeps(cast, client_for: ClientFor, document):
    answer = client_for(cast.detective).get(reverse("attachments:download", args=[document.pk]))

    assert answer.content == SECRET.encode()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="police-')
    assert "Amara" not in str(answer.headers)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"


def posted(client: Client, child: Person, name: str, data: bytes, kind: str = "police"):
    client.get(reverse("attachments:add", args=[child.pk]))
    return client.post(
        reverse("attachments:add", args=[child.pk]),
        {"kind": kind, "file": SimpleUploadedFile(name, data)},
        follow=True,
    )


def test_a_document_is_added_on_a_page_and_stands_on_the_childs_record(
    cast, client_for: ClientFor, child
):
    shown = posted(client_for(cast.front_door), child, "scene.jpg", files.a_picture())

    text = shown.content.decode()
    assert "The document is added." in text
    assert "Police report" in text
    assert "Not scanned for viruses" in text
    assert "scene.jpg" not in text


@pytest.mark.parametrize(
    "case",
    [
        ("empty.pdf", b"", "empty.pdf is empty"),
        ("page.pdf", b"<html><script>x()</script>", "page.pdf is a web page"),
        ("huge.txt", b"a" * (10 * 1024 * 1024 + 1), "huge.txt is larger than 10 MB"),
        ("run.pdf", files.a_pdf(b"/S/JavaScript"), "run.pdf has a program"),
    ],
)
def test_a_refused_file_is_named_on_the_page(cast, client_for: ClientFor, child, case):
    name, data, said = case

    shown = posted(client_for(cast.front_door), child, name, data)

    assert said in shown.content.decode()


def test_an_infected_file_is_refused_and_on_the_ledger(
    cast, client_for: ClientFor, unbound, settings: Settings, child
):
    with a_scanner() as settings.HARBOUR_CLAMD:
        shown = posted(client_for(cast.front_door), child, "bill.txt", files.EICAR)

    assert "the virus scanner found Eicar-Test-Signature" in shown.content.decode()
    with unbound():
        row = Entry.objects.get(event="attachments.infected")
        assert (row.act, row.subjects) == ("deny", [child.pk])
        assert not Attachment.objects.exists()


def test_a_scanned_file_says_so(cast, client_for: ClientFor, settings: Settings, child):
    with a_scanner() as settings.HARBOUR_CLAMD:
        shown = posted(client_for(cast.front_door), child, "bill.txt", b"Plain words.")

    assert "Scanned, nothing found" in shown.content.decode()


def test_replacing_and_removing_go_by_pages(cast, client_for: ClientFor, document):
    client = client_for(cast.front_door)
    newer = client.post(
        reverse("attachments:replace", args=[document.pk]),
        {"file": SimpleUploadedFile("b.txt", b"Corrected words.")},
        follow=True,
    )
    assert "Earlier versions" in newer.content.decode()

    address = newer.redirect_chain[-1][0]
    gone = client.post(f"{address}remove/", {"reason": "It is about another child."}, follow=True)

    assert "It is about another child." in gone.content.decode()
    assert client.get(f"{address}download/").status_code == 404


def test_two_who_send_a_first_file_at_once_share_one_key(cast, as_user, child):
    with as_user(cast.front_door) as by:
        first = actions.key_for(person_id=child.pk, by=by, at=clock.now())
        second = actions.key_for(person_id=child.pk, by=by, at=clock.now())

    assert first == second


def test_the_policies_ask_for_each_part_once(cast, as_user, child):
    with as_user(cast.front_door), connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.audiences_of_parts()")
        reached = set(cursor.fetchone()[0])

    assert f"case/authority:{cast.county.pk}" in reached
    assert f"case:write/authority:{cast.county.pk}" in reached
    assert not any(each.endswith(str(cast.saltby.pk)) for each in reached)
