"""A strategy discussion: asked for, invited to, held, decided, closed; who reads it."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.work.discussions import actions, queries
from harbour.work.discussions.models import Decision, Discussion, Invitation
from tests.builders.discussions import (
    a_decision,
    a_discussion,
    a_held_discussion,
    minimum,
    the_hearing,
)
from tests.builders.missing import ActingAs, ClientFor
from tests.builders.people import a_child
from tests.builders.restrictions import a_restriction

NOW = clock.now


def test_a_discussion_is_asked_for_held_decided_and_closed(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        with pytest.raises(Refused, match="health"):
            a_discussion(reader, child.pk, invited={cast.police.pk: "police"})
        found = a_discussion(reader, child.pk, basis="s47")
        with pytest.raises(Refused, match="Record first"):
            a_decision(reader, found, reader.user_id)
        alone = {queries.invitations(reader, found)[0].pk: "DS Hale"}
        with pytest.raises(Refused, match="held without"):
            _hold(reader, found, the_hearing(reader, found, attended=alone))
        _hold(reader, found, the_hearing(reader, found))
        decided = a_decision(reader, found, cast.nurse.pk)
        with pytest.raises(Refused, match="an owner and a day"):
            actions.decide(discussion=found, text="Later.", owner=cast.nurse, by=reader, at=NOW())
        actions.close(
            discussion=found,
            outcome="s47",
            reason="She is at risk of significant harm.",
            seen_version=found.version,
            by=reader,
            at=NOW(),
        )
        assert found.conference_due_on is not None
        with pytest.raises(Refused, match="closed"):
            a_decision(reader, found, reader.user_id)
        changed = Discussion.objects.filter(pk=found.pk).update(record="Nothing was said.")
        assert changed == 0
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Decision.objects.filter(pk=decided.pk).update(text="Do nothing.")
    with as_user(cast.nurse) as reader:
        (mine,) = queries.my_decisions(reader)
        actions.complete(
            decision=mine, evidence="Seen on Tuesday.", seen_version=1, by=reader, at=NOW()
        )
        assert queries.my_decisions(reader) == ()


def _hold(reader: Reader, found: Discussion, held: actions.Held) -> None:
    actions.hold(discussion=found, held=held, seen_version=found.version, by=reader, at=NOW())


def test_a_discussion_that_is_not_held_says_why(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.team_manager) as reader:
        found = a_discussion(reader, a_child(reader, cast.county).pk)
        with pytest.raises(Refused, match="Say why"):
            actions.drop(discussion=found, reason=" ", seen_version=1, by=reader, at=NOW())
        actions.drop(
            discussion=found, reason="Asked for twice.", seen_version=1, by=reader, at=NOW()
        )
        assert not queries.open_discussions(reader).filter(pk=found.pk).exists()


def test_an_invited_agency_reads_the_discussion_and_answers_for_itself(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    """The neighbouring authority has nothing to do with the child but the invitation."""
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county, given="Wilhelmina", family="Quist")
        invited = {cast.neighbour_authority.pk: "other"} | minimum(reader, child.pk)
        found = a_discussion(reader, child.pk, invited=invited)
        other = a_discussion(reader, a_child(reader, cast.county).pk)

    with as_user(cast.neighbour) as reader:
        (mine,) = queries.invitations_waiting(reader)
        assert mine.discussion_id == found.pk
        assert len(queries.invitations(reader, found)) == len(invited)
        with pytest.raises(Missing):
            queries.discussion(reader, other.pk)
        police = Invitation.objects.get(discussion=found, agency=cast.police)
        with pytest.raises(Refused, match="invited agency"):
            actions.answer_invitation(
                invitation=police, answer="not_coming", note="No.", by=reader, at=NOW()
            )
        assert _answer(police, reader) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            _answer(mine, reader, answered_by=cast.nurse.pk)
        actions.answer_invitation(
            invitation=mine, answer="coming", note="Our duty worker.", by=reader, at=NOW()
        )
        assert queries.invitations_waiting(reader) == ()
        assert Discussion.objects.filter(pk=found.pk).update(reason="Another.") == 0
    shown = client_for(cast.neighbour).get(reverse("discussions:discussion", args=[found.pk]))
    assert shown.status_code == 200
    assert "not shared with you" in shown.content.decode()
    assert "Quist" not in shown.content.decode()

    with as_user(cast.coordinator) as reader:
        a_restriction(reader, child.pk)
    with as_user(cast.neighbour) as reader, pytest.raises(Missing):
        queries.discussion(reader, found.pk)


def _answer(invitation: Invitation, reader: Reader, **said: object) -> int:
    known = {"answer": "coming", "answered_at": NOW(), "answered_by": reader.user_id}
    return Invitation.objects.filter(pk=invitation.pk).update(**(known | said))


def test_a_hosted_childs_two_authorities_are_invited(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
        invited = minimum(reader, child.pk)
        assert invited[cast.neighbour_authority.pk] == "placing"
        assert invited[cast.county.pk] == "host"
        without = {key: each for key, each in invited.items() if each != "placing"}
        with pytest.raises(Refused, match="placing authority"):
            a_discussion(reader, child.pk, invited=without)
        a_discussion(reader, child.pk, invited=invited)


def test_who_does_not_see_the_case_finds_no_discussion(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        found = a_held_discussion(reader, child.pk)
        a_decision(reader, found, reader.user_id)
    for who in (cast.home_manager, cast.city_front_door, cast.director, cast.neighbour):
        with as_user(who) as reader:
            with pytest.raises(Missing):
                queries.discussion(reader, found.pk)
            assert not Decision.objects.filter(discussion=found).exists()
            assert not Invitation.objects.filter(discussion=found).exists()


def test_the_pages_lead_through_a_discussion(
    cast: SimpleNamespace, as_user: ActingAs, client_for: ClientFor
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        invited = minimum(reader, child.pk)
    browser = client_for(cast.coordinator)
    page = reverse("discussions:ask", args=[child.pk])
    assert browser.get(page).status_code == 200
    said: dict[str, object]
    said = {"basis": "s47", "reason": "She was hurt.", "invited": [str(key) for key in invited]}
    assert browser.post(page, said).status_code == 302
    with as_user(cast.coordinator) as reader:
        (found,) = queries.of_child(reader, child.pk)
        there = {f"there_{each.pk.hex}": "Somebody" for each in queries.invitations(reader, found)}
    steps: tuple[tuple[str, dict[str, object], int], ...] = (
        ("invite", {"agency": str(cast.school.pk)}, 302),
        ("hold", {**there, "seen_version": 1, "manner": "call", "record": ""}, 200),
        ("close", {}, 403),
    )
    for name, data, leads in steps:
        page = reverse(f"discussions:{name}", args=[found.pk])
        assert browser.post(page, data).status_code == leads, name
    with as_user(cast.coordinator) as reader:
        _hold(reader, found, the_hearing(reader, found))
    for name, answers in (
        ("decide", {"text": "See her tomorrow.", "owner": ""}),
        ("close", {"outcome": "nfa", "reason": "Known already.", "seen_version": 2}),
    ):
        page = reverse(f"discussions:{name}", args=[found.pk])
        assert browser.post(page, answers).status_code == 302, name
    shown = browser.get(reverse("discussions:discussion", args=[found.pk])).content.decode()
    assert "No further action" in shown
    assert "See her tomorrow." in shown
