"""The oversight desk.

Who looked at what and why, for the records officer alone, and her looks too.
"""

import csv
import io
import time
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from harbour.foundation.access.context import acting_as
from harbour.foundation.agencies.models import Agency
from harbour.foundation.approvals import queries as approvals
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.models import Entry, Seal
from harbour.foundation.audit.tasks import seal
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.hub.oversight import queries, tasks
from harbour.hub.oversight.models import LedgerCheck
from harbour.hub.oversight.presenters.ledger import check_sentence
from harbour.hub.staff import actions as staff
from harbour.record.people import actions as people
from harbour.record.people.vocabulary import Reason
from harbour.record.sharing import actions as sharing
from tests.builders.pages import text_of
from tests.builders.people import a_child
from tests.conftest import role


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


def test_the_desk_says_who_looked_at_a_child(cast, client_for, child):
    client_for(cast.detective).get(reverse("cases:child", args=[child.pk]))

    shown = client_for(cast.records_officer).get(reverse("oversight:subject", args=[child.pk]))

    text = shown.content.decode()
    assert "Owen Pryce" in text
    assert "looked at" in text


def test_a_refused_attempt_is_on_the_ledger(cast, client_for, child):
    client_for(cast.director).get(reverse("cases:child", args=[child.pk]))

    shown = client_for(cast.records_officer).get(reverse("oversight:subject", args=[child.pk]))

    assert "Alan Trevelyan" in shown.content.decode()
    assert "was refused" in shown.content.decode()


def test_reading_the_ledger_is_on_the_ledger(cast, client_for, as_user, child):
    client_for(cast.records_officer).get(reverse("oversight:subject", args=[child.pk]))

    with as_user(cast.records_officer):
        row = Entry.objects.filter(event="oversight.ledger_read").latest("at")
    assert row.actor_id == cast.records_officer.pk
    assert row.subjects == [child.pk]


@pytest.mark.parametrize("who", ["detective", "director", "administrator", "front_door"])
def test_nobody_else_reads_it(cast, client_for, who):
    answer = client_for(getattr(cast, who)).get(reverse("oversight:ledger"))

    assert answer.status_code == 403


def test_the_filter_narrows_and_an_empty_ledger_says_so(cast, client_for):
    shown = client_for(cast.records_officer).get(reverse("oversight:ledger"), {"act": "erase"})

    assert "Nobody did anything of this kind" in shown.content.decode()


def test_the_desk_shows_what_waits_and_how_the_ledger_fares(cast, client_for, as_user):
    with as_user(cast.administrator) as reader:
        staff.propose_administrator(
            user=cast.nurse,
            team=cast.systems,
            starts_on=date(2026, 2, 1),
            reason="Somebody must keep the roles in August.",
            by=reader,
            at=clock.now(),
        )
    client_for(cast.director).get(reverse("cases:child", args=[uuid4()]))

    shown = text_of(client_for(cast.records_officer).get(reverse("oversight:desk")))

    assert "Make somebody a system administrator" in shown
    assert "Proposed by" in shown
    assert "Refused today 1" in shown
    assert "The hub has not checked its ledger yet" in shown


def test_the_looks_at_a_child_are_narrowed_by_person_agency_and_day(cast, client_for, child):
    for who in (cast.detective, cast.nurse):
        client_for(who).get(reverse("cases:child", args=[child.pk]))
    officer = client_for(cast.records_officer)

    def asked(**said: str) -> set[str]:
        page = officer.get(reverse("oversight:subject", args=[child.pk]), said)
        rows = page.content.decode().partition("<tbody")[2]
        return {each.name for each in (cast.detective, cast.nurse) if each.name in rows}

    assert asked() == {cast.detective.name, cast.nurse.name}
    assert asked(who=str(cast.nurse.pk)) == {cast.nurse.name}
    assert asked(agency=str(cast.police.pk)) == {cast.detective.name}
    assert asked(act="erase") == set()
    assert asked(until_day="1", until_month="1", until_year="2020") == set()


def test_the_rows_of_a_record_are_paged(cast, client_for, as_user, child):
    with as_user(cast.nurse) as reader:
        for _ in range(60):
            audit.record(Act.CONSULT, "x.y", by=reader, at=clock.now(), subjects=[child.pk])

    officer = client_for(cast.records_officer)
    first = text_of(officer.get(reverse("oversight:subject", args=[child.pk])))
    third = text_of(officer.get(reverse("oversight:subject", args=[child.pk]), {"page": 3}))

    assert "Showing 1 to 25 of 6" in first
    assert "Showing 51 to 6" in third


def test_only_who_reads_the_ledger_asks_who_looked(cast, as_user, child):
    with as_user(cast.nurse):
        assert len(queries.Looks(queries.Narrowing(subject=child.pk))) == 0
    with as_user(cast.records_officer):
        assert len(queries.Looks(queries.Narrowing(subject=child.pk))) > 0


def test_a_record_leaves_as_csv_marked_logged_and_without_formulas(
    cast, client_for, as_user, child
):
    with as_user(cast.nurse) as reader:
        people.state_reason(
            person_id=child.pk,
            code=Reason.OTHER,
            words='=HYPERLINK("http://example.org")',
            by=reader,
            at=clock.now(),
        )
        audit.record(
            Act.CONSULT, "x.y", by=reader, at=clock.now(), subjects=[child.pk],
            reason='=HYPERLINK("http://example.org")',
        )  # fmt: skip

    answer = client_for(cast.records_officer).get(reverse("oversight:subject_csv", args=[child.pk]))

    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert answer.headers["Cache-Control"] == "no-store"
    assert lines[0][0].startswith("OFFICIAL-SENSITIVE. Made for ")
    assert lines[1][0] == "When"
    cells = [cell for row in lines for cell in row]
    assert '\'=HYPERLINK("http://example.org")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    with as_user(cast.records_officer):
        row = Entry.objects.get(act="export", event="oversight.record_exported")
    assert row.subjects == [child.pk]
    assert row.request in lines[0][0]


def test_the_pack_for_the_regulator_is_made_and_logged(cast, client_for, as_user, child):
    client_for(cast.detective).get(reverse("cases:child", args=[child.pk]))
    with as_user(cast.front_door) as reader:
        sharing.share(
            person_id=child.pk,
            agency=cast.school,
            facets=["case"],
            purpose="safeguard",
            gateway="ca2004_s11",
            reason="So that school can keep her safe.",
            by=reader,
            at=clock.now(),
        )
    began = time.monotonic()

    answer = client_for(cast.records_officer).get(reverse("oversight:pack_pdf", args=[child.pk]))

    assert time.monotonic() - began < 10
    assert answer.content.startswith(b"%PDF")
    with as_user(cast.records_officer):
        assert Entry.objects.get(event="oversight.pack_made").subjects == [child.pk]


def _many_looks(cast, as_user, number):
    with as_user(cast.front_door) as reader:
        children = [a_child(reader, cast.county, given=f"N{each}") for each in range(number)]
    with as_user(cast.nurse) as reader:
        for each in children:
            audit.record(Act.CONSULT, "x.y", by=reader, at=clock.now(), subjects=[each.pk])
    return children


def test_the_names_of_many_children_leave_by_two_people_once(cast, client_for, as_user):
    _many_looks(cast, as_user, 12)
    officer, lead = client_for(cast.records_officer), client_for(cast.team_manager)

    alone = officer.get(reverse("oversight:person_csv", args=[cast.nurse.pk]))
    assert "Quill" not in alone.content.decode()
    asked = officer.post(
        reverse("oversight:ask_names", args=[cast.nurse.pk]),
        {"reason": "The inspector asked for the names in writing."},
    )
    assert asked.status_code == 302, text_of(asked)
    with as_user(cast.records_officer) as reader:
        row = approvals.proposed_by(reader).get()
    assert row.payload["children"] == 12
    download = reverse("oversight:export_names", args=[row.pk])
    assert officer.post(download).status_code == 403
    page = reverse("oversight:proposal", args=[row.pk])
    mark = bytes(row.payload_sha256).hex()
    assert lead.post(page, {"decision": "approve", "mark": mark}).status_code == 302
    assert lead.post(download).status_code == 403
    assert "Download the names of many children" in text_of(officer.get(page))

    named = officer.post(download)

    assert named.content.decode().count("Quill") >= 12
    assert officer.post(download).status_code == 403
    with as_user(cast.records_officer):
        assert len(Entry.objects.get(event="oversight.names_exported").subjects) == 12


def test_a_handful_of_names_leaves_at_once(cast, client_for, as_user):
    _many_looks(cast, as_user, 3)

    answer = client_for(cast.records_officer).get(
        reverse("oversight:person_csv", args=[cast.nurse.pk])
    )

    assert answer.content.decode().count("Quill") == 3


@pytest.mark.parametrize("name", ["subject_csv", "pack_pdf", "person_csv", "ask_names", "desk"])
def test_nothing_of_it_leaves_by_another_role(cast, client_for, child, name):
    args = [] if name == "desk" else [child.pk]
    for who in (cast.team_manager, cast.detective, cast.administrator):
        assert client_for(who).get(reverse(f"oversight:{name}", args=args)).status_code == 403


def test_the_hubs_own_check_sees_what_was_altered(committed):
    for _ in range(3):
        with acting_as(committed.nurse.pk) as reader:
            audit.record(Act.SEARCH, "linkage.find", by=reader, at=clock.now())
    assert _sealed(committed), "A transaction older than these rows did not end."
    assert tasks.check() == 0
    with role("harbour_sec_owner"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET reason = 'curious' WHERE batch = (SELECT max(batch) FROM "
            "audit_seal)"
        )

    assert tasks.check() == 1

    with acting_as(committed.records_officer.pk):
        last = LedgerCheck.objects.first()
        assert last is not None
        assert last.faults == 1
        assert "do not hold" in check_sentence(last)
    with acting_as(committed.nurse.pk):
        assert not LedgerCheck.objects.exists()


def _sealed(cast):
    """Seal, once what is older than the rows has ended."""
    for _ in range(50):
        seal()
        with acting_as(cast.records_officer.pk):
            if Seal.objects.exists():
                return True
        time.sleep(0.2)
    return False
