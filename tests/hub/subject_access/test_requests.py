"""A request is gathered whole, nothing of others goes out, and a second person checks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django.fixtures import Settings

from harbour.demo import partnership
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.approvals import actions as approvals
from harbour.foundation.audit.models import Entry
from harbour.foundation.documents.intake import accepted
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.hub.subject_access import actions, queries
from harbour.hub.subject_access.models import AccessRequest, Redaction, Release
from harbour.hub.subject_access.vocabulary import Decision, Ground
from harbour.record.attachments import actions as attachments
from harbour.record.attachments.actions import Sent
from harbour.record.attachments.vocabulary import Kind
from harbour.record.people import actions as people
from harbour.record.people.models import Person
from tests.builders import cases, referrals
from tests.builders import missing as episodes
from tests.builders.documents import opened, text_of
from tests.builders.people import a_child
from tests.builders.subject_access import a_request

AsUser = Callable[[User], AbstractContextManager[Reader]]
REASON = "Read through by both of us."
FRIEND = ("Zanthe", "Trevanion")
OWN = "I want to stay at my nan's."


@pytest.fixture(autouse=True)
def file_keys(settings: Settings) -> None:
    settings.HARBOUR_FILE_KEY = b"\x07" * 32
    settings.HARBOUR_CLAMD = ""
    settings.HARBOUR_DEMO = True


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> Person:
    """Register a child with a friend who stands on her record too."""
    with as_user(cast.front_door) as by:
        child = a_child(by, cast.county)
        friend = a_child(by, cast.county, given=FRIEND[0], family=FRIEND[1])
        people.add_relation(
            person_id=child.pk, other_id=friend.pk, kind="friend", by=by, at=clock.now()
        )
        cases.a_note(by, child.pk, "Seen with Zanthe Trevanion, 07700 900777, at the station.")
        cases.a_child_voice(by, child.pk, OWN)
        return child


def taken(by: Reader, child: Person) -> AccessRequest:
    return a_request(by, child.pk)


def all_accepted(by: Reader, request: AccessRequest) -> None:
    ids = list(request.redactions.values_list("pk", flat=True))
    actions.decide(
        request=request, redaction_ids=ids, decision=Decision.ACCEPTED, by=by, at=clock.now()
    )


def released(cast: SimpleNamespace, as_user: AsUser, child: Person) -> tuple[AccessRequest, bytes]:
    with as_user(cast.team_manager) as by:
        request = taken(by, child)
        all_accepted(by, request)
        proposal = actions.propose_release(request=request, reason=REASON, by=by, at=clock.now())
    with as_user(cast.coordinator) as by:
        approvals.approve(proposal=proposal, by=by, at=clock.now())
        return request, queries.released(by, request, at=clock.now())


def test_every_table_with_a_person_is_given_or_says_why_not():
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.related_model is Person
    }

    undecided = tables - (queries.GIVEN.keys() | queries.NOT_GIVEN.keys())

    assert not undecided, (
        "Add each to GIVEN or NOT_GIVEN in hub/subject_access/queries/gathering.py"
    )
    assert not queries.GIVEN.keys() & queries.NOT_GIVEN.keys()
    assert all(queries.NOT_GIVEN.values())


def test_what_is_held_is_gathered_whole(cast, as_user, child):
    with as_user(cast.team_manager) as reader:
        held = queries.passages(reader, child.pk)

    said = {each.text for each in held}
    assert {"Amara", "Quill", OWN} <= said
    assert "Seen with Zanthe Trevanion, 07700 900777, at the station." in said
    assert {each.heading for each in held} >= {"Names", "Notes", "What you said", "Authorities"}


def test_who_reads_only_parts_of_the_record_answers_no_request(cast, as_user, child):
    with as_user(cast.records_officer) as by, pytest.raises(Refused):
        taken(by, child)
    with as_user(cast.detective) as by, pytest.raises(Refused):
        taken(by, child)


def test_others_on_the_record_are_proposed_and_the_child_is_not(cast, as_user, child):
    with as_user(cast.team_manager) as by:
        request = taken(by, child)
        held = {each.sha256: each.text for each in queries.passages(by, child.pk)}
        found = queries.proposed(request)
        words = {held[each.text_sha256][each.start : each.end] for each in found}

    assert {"Zanthe Trevanion", "07700 900777"} <= words
    assert not any("Amara" in each or "nan's" in each for each in words)


def test_nothing_is_released_while_a_proposal_waits(cast, as_user, child):
    with as_user(cast.team_manager) as by:
        request = taken(by, child)
        with pytest.raises(Refused, match="wait for a decision"):
            actions.propose_release(request=request, reason=REASON, by=by, at=clock.now())


def test_one_person_alone_releases_nothing(cast, as_user, child):
    with as_user(cast.team_manager) as by:
        request = taken(by, child)
        all_accepted(by, request)
        proposal = actions.propose_release(request=request, reason=REASON, by=by, at=clock.now())
        with pytest.raises(Refused, match="Somebody else decides"):
            approvals.approve(proposal=proposal, by=by, at=clock.now())
        row = Release(
            person=child,
            request=request,
            sealed=b"x",
            sha256="x",
            manifest=[],
            recorded_at=clock.now(),
            recorded_by_id=by.user_id,
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_what_changed_after_it_was_proposed_is_not_released(cast, as_user, child):
    with as_user(cast.team_manager) as by:
        request = taken(by, child)
        all_accepted(by, request)
        proposal = actions.propose_release(request=request, reason=REASON, by=by, at=clock.now())
    with as_user(cast.front_door) as by:
        cases.a_note(by, child.pk, "Zanthe rang again.")

    with as_user(cast.coordinator) as by, pytest.raises(Refused, match="has changed"):
        approvals.approve(proposal=proposal, by=by, at=clock.now())
    with as_user(cast.coordinator):
        assert not Release.objects.exists()


def test_what_is_left_in_goes_out_and_what_is_taken_out_does_not(cast, as_user, child):
    with as_user(cast.team_manager) as by:
        request = taken(by, child)
        all_accepted(by, request)
        length = len("07700 900777")
        number = next(row for row in queries.proposed(request) if row.end - row.start == length)
        actions.decide(
            request=request,
            redaction_ids=[number.pk],
            decision=Decision.REJECTED,
            by=by,
            at=clock.now(),
        )
        assert (
            actions.take_out(
                request=request, words="the STATION", ground=Ground.HARM, by=by, at=clock.now()
            )
            == 1
        )
        proposal = actions.propose_release(request=request, reason=REASON, by=by, at=clock.now())
    with as_user(cast.coordinator) as by:
        approvals.approve(proposal=proposal, by=by, at=clock.now())
        text = text_of(queries.released(by, request, at=clock.now()))

    assert "Seen with [somebody else], 07700 900777, at [taken out]." in text


def test_the_release_is_marked_and_carries_its_fingerprints(cast, as_user, child):
    request, document = released(cast, as_user, child)

    text = text_of(document)
    assert OWN in text
    assert "OFFICIAL-SENSITIVE" in text
    with as_user(cast.coordinator):
        given = queries.release_of(request)
    assert given is not None
    assert given.manifest
    assert all(each in text.replace(" ", "") for each in given.manifest)


def test_handing_it_over_is_a_disclosure(cast, as_user, unbound, child):
    released(cast, as_user, child)

    with unbound():
        rows = Entry.objects.filter(subjects__contains=[child.pk])
        acts = {each.event: each.act for each in rows}
    assert acts["subject_access.released"] == "disclose"
    assert acts["subject_access.handed_over"] == "disclose"


def test_who_may_not_answer_sees_no_request(cast, as_user, child):
    with as_user(cast.team_manager) as by:
        request = taken(by, child)

    for who in (cast.detective, cast.nurse, cast.city_front_door, cast.records_officer):
        with as_user(who) as reader:
            assert not AccessRequest.objects.exists()
            assert not Redaction.objects.exists()
            with pytest.raises(Missing):
                queries.request(reader, request.pk)


def test_the_clock_stops_goes_on_and_is_extended_once(cast, as_user, child):
    with as_user(cast.team_manager) as by:
        at = clock.now()
        request = a_request(by, child.pk, received_on=date(2026, 9, 3))
        assert queries.standing(request).due_on == date(2026, 10, 5)
        actions.stop_clock(request=request, reason="Which school is meant?", by=by, at=at)
        assert queries.standing(request).due_on is None
        actions.go_on(request=request, by=by, at=at)
        actions.extend(request=request, reason="Many records of many years.", by=by, at=at)
        again = queries.request(by, request.pk)
        assert queries.standing(again).due_on == date(2026, 12, 3)
        with pytest.raises(Refused, match="already"):
            actions.extend(request=again, reason="And again more.", by=by, at=at)


# Nothing of anybody else in what goes out (P3)


def canary(number: int) -> str:
    return f"Zz{chr(97 + number // 26)}{chr(97 + number % 26)}wort"


def a_friend(by: Reader, child: Person, number: int) -> str:
    """Put another child on the record; return the name."""
    given, family = canary(number), canary(number + 100)
    other = a_child(by, cast_of(by), given=given, family=family)
    people.add_relation(person_id=child.pk, other_id=other.pk, kind="friend", by=by, at=clock.now())
    return f"{given} {family}"


def cast_of(by: Reader) -> Agency:
    return Agency.objects.get(pk=partnership.agency_id("county"), pk__in=by.authority_ids)


def planted(by: Reader, child: Person) -> list[str]:
    """Write others into notes, plans, file names, files, episodes and concerns; return them."""
    others = [a_friend(by, child, number) for number in range(20)]
    words = [part for name in others for part in name.split()]
    for number, name in enumerate(others):
        first, last = name.split()
        written = (name.upper(), f"{last}, {first}", first, f"{last}'s", f"{first}\n{last}")
        words.append(f"07700 900{number:03}")
        cases.a_note(by, child.pk, f"With {written[number % 5]} and {words[-1]}.")
    for number, name in enumerate(others[:10]):
        words += [f"mail{number}@example.org", f"QZ{number} 4ZZ"]
        plan = cases.a_plan_action(by, child.pk, by.user_id)
        _write(plan, text=f"Keep away from {name}", outcome=words[-2])
        file = accepted("a.txt", f"About {name}, {words[-1]}.".encode())
        sent = Sent(kind=Kind.POLICE, name=f"{name} and me.txt", file=file)
        attachments.keep(person_id=child.pk, sent=sent, by=by, at=clock.now())
    episode = episodes.an_episode(by, child.pk, hours=30)
    _write(episode, last_seen=f"With {others[3]}", with_whom=others[4])
    concern = referrals.a_concern(by, cast_of(by))
    referrals.a_link(by, concern, child.pk)
    _write(concern, narrative=f"{others[5]} told me.", referrer_name="Zzreferrerwort")
    return [*words, "Zzreferrerwort"]


def test_eighty_canaries_of_others_are_nowhere_in_the_release(cast, as_user, child):
    with as_user(cast.front_door) as by:
        words = planted(by, child)
    assert len(words) > 80

    _, document = released(cast, as_user, child)

    text, raw = text_of(document), document.decode("latin-1")
    assert [each for each in words if each.lower() in text.lower() or each in raw] == []
    with opened(document) as pdf, pdf.open_metadata() as metadata:
        said = str(dict(pdf.docinfo)) + str(dict(metadata))
    assert not [each for each in words if each in said]
    assert "wort" not in text.lower()
    assert OWN in text


def _write(row: Any, **changes: str) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**changes)


# Pages


def test_a_request_is_answered_on_its_pages(cast, as_user, client_for, child):
    manager, checker = client_for(cast.team_manager), client_for(cast.coordinator)
    answer = manager.post(
        reverse("subject_access:take", args=[child.pk]),
        {
            "asker": "child",
            "asker_name": "Amara Quill",
            "identity_checked": "Came with her key worker.",
            "received_on_day": "3",
            "received_on_month": "9",
            "received_on_year": "2026",
        },
        follow=True,
    )
    assert "The request is taken." in answer.content.decode()
    with as_user(cast.team_manager):
        request = AccessRequest.objects.get()
    review = manager.get(reverse("subject_access:review", args=[request.pk])).content.decode()
    assert "<mark>Zanthe Trevanion</mark>" in review

    ids = [str(each.pk) for each in _proposals(as_user, cast, request)]
    review_address = reverse("subject_access:review", args=[request.pk])
    done = manager.post(review_address, {"redaction": ids, "decision": "accepted"}, follow=True)
    assert "0 to decide" in done.content.decode()
    left = manager.get(reverse("subject_access:text", args=[request.pk])).content.decode()
    assert "Zanthe" not in left
    proposed = manager.post(
        reverse("subject_access:propose", args=[request.pk]), {"reason": REASON}, follow=True
    )
    assert "Somebody else has to check it" in proposed.content.decode()

    with as_user(cast.coordinator) as by:
        waiting = queries.open_proposal(by, request, at=clock.now())
        assert waiting is not None
        approvals.approve(proposal=waiting, by=by, at=clock.now())
    handed = checker.get(reverse("subject_access:download", args=[request.pk]))
    assert handed.headers["Content-Disposition"].startswith('attachment; filename="copy-of-record')
    assert "Zanthe" not in text_of(handed.content)


def test_a_request_stands_on_my_work_until_it_is_released(cast, as_user, client_for, child):
    with as_user(cast.team_manager) as by:
        taken(by, child)
    client = client_for(cast.team_manager)
    assert "Asked for what is held" in client.get(reverse("home:my_work")).content.decode()
    shown = client.get(reverse("cases:child", args=[child.pk])).content.decode()
    assert reverse("subject_access:take", args=[child.pk]) in shown

    with as_user(cast.team_manager) as by:
        actions.close(
            request=AccessRequest.objects.get(), reason="She took it back.", by=by, at=clock.now()
        )

    assert "Asked for what is held" not in client.get(reverse("home:my_work")).content.decode()


def _proposals(as_user, cast, request):
    with as_user(cast.team_manager):
        return list(queries.proposed(request))
