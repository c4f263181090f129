"""Two people: no deed by one hand, by an altered paper, too late, twice, or without the right."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.approvals import actions, queries, rules
from harbour.foundation.approvals.models import Proposal
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.oversight.vocabulary import EXPORT_NAMES
from tests.builders.people import a_child

# A deed that the database knows; what it does is put in its place here.
CODE = EXPORT_NAMES
TERMS: dict[str, Any] = {
    "code": CODE,
    "payload": {"what": "the crown jewels", "count": 12, "ids": ["b", "a"], "ü": None},
    "summary": "Twelve rows leave the hub",
    "reason": "the partnership's board asked for it",
}


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[rules.Payload]:
    """Register a deed, and keep what it was done with."""
    kept: list[rules.Payload] = []

    def carry_out(*, payload: rules.Payload, by: object, at: object) -> None:
        del by, at
        kept.append(payload)

    monkeypatch.setattr(rules, "_deeds", dict(rules._deeds))
    rules.register(CODE, "Let rows leave", right=Permission.APPROVE, carry_out=carry_out)
    return kept


def _propose(by: Any, **more: Any) -> Proposal:
    return actions.propose(**(TERMS | more), by=by, at=clock.now())


def _approve(user_id: UUID, proposal_id: UUID, session: str = "") -> None:
    with acting_as(user_id, session_id=session) as reader:
        proposal = queries.proposal(reader, proposal_id)
        actions.approve(proposal=proposal, by=reader, at=clock.now())


def test_a_second_person_approves_and_the_deed_is_done_with_exactly_that(
    cast: SimpleNamespace, done: list[rules.Payload]
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)
    assert done == []

    _approve(cast.team_manager.pk, proposal.pk)

    assert done == [TERMS["payload"]]
    with acting_as(cast.coordinator.pk):
        kept = Proposal.objects.get(pk=proposal.pk)
    assert (kept.decision, kept.decided_by_id) == ("approved", cast.team_manager.pk)
    assert kept.carried_out_at == kept.decided_at
    with acting_as(cast.records_officer.pk):
        events = Entry.objects.filter(about_id=proposal.pk).order_by("at")
        assert [each.event for each in events] == ["approvals.proposed", "approvals.approved"]


@pytest.mark.parametrize("session", ["the same", "another"])
def test_the_proposer_never_approves_in_any_session(
    cast: SimpleNamespace, done: list[rules.Payload], session: str
) -> None:
    with acting_as(cast.team_manager.pk, session_id="the same") as reader:
        proposal = _propose(reader)

    with pytest.raises(Refused, match="You proposed this"):
        _approve(cast.team_manager.pk, proposal.pk, session)

    assert done == []


def _decide_directly(proposal: Proposal, by: UUID) -> None:
    with transaction.atomic():
        moment = clock.now()
        Proposal.objects.filter(pk=proposal.pk).update(
            decision="approved", decided_by_id=by, decided_at=moment, carried_out_at=moment
        )


def test_nor_past_the_code_in_the_proposers_or_in_anothers_name(
    cast: SimpleNamespace, done: list[rules.Payload]
) -> None:
    del done
    with acting_as(cast.team_manager.pk) as reader:
        proposal = _propose(reader)

        for name in (cast.team_manager.pk, cast.records_officer.pk):
            with pytest.raises((IntegrityError, ProgrammingError)):
                _decide_directly(proposal, name)


def test_whoever_lacks_the_right_neither_sees_nor_decides(
    cast: SimpleNamespace, done: list[rules.Payload]
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)

    for who in (cast.detective, cast.nurse, cast.administrator, cast.director):
        with acting_as(who.pk) as reader:
            assert not Proposal.objects.filter(pk=proposal.pk).exists()
            assert not queries.waiting(reader, at=clock.now()).exists()
            with pytest.raises(Refused):
                actions.approve(proposal=proposal, by=reader, at=clock.now())
            _decide_directly(proposal, who.pk)
    with acting_as(cast.records_officer.pk) as reader:
        assert queries.waiting(reader, at=clock.now()).get().decision == ""
    assert done == []


def test_what_a_leaver_proposed_is_not_done(
    cast: SimpleNamespace,
    done: list[rules.Payload],
    unbound: Callable[[], AbstractContextManager[None]],
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)
    with unbound():
        User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)

    with pytest.raises(Refused, match="does not work here any more"):
        _approve(cast.team_manager.pk, proposal.pk)

    assert done == []


def test_a_right_without_sight_of_the_child_decides_nothing(
    cast: SimpleNamespace, done: list[rules.Payload], as_user: Callable[..., Any]
) -> None:
    del done
    with as_user(cast.city_front_door) as reader:
        child = a_child(reader, cast.city)
        proposal = _propose(reader, person_id=child.pk)

    with as_user(cast.team_manager) as reader:
        assert not reader.may(Permission.AUDIT_READ)
        assert not queries.waiting(reader, at=clock.now()).exists()
        _decide_directly(proposal, cast.team_manager.pk)
    with as_user(cast.city_front_door):
        assert Proposal.objects.get(pk=proposal.pk).decision == ""


def test_an_altered_payload_is_not_approved_even_if_a_superuser_altered_it(
    cast: SimpleNamespace,
    done: list[rules.Payload],
    unbound: Callable[[], AbstractContextManager[None]],
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)
    with unbound(), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(payload={"what": "everything"})
    with (
        acting_as(cast.coordinator.pk),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Proposal.objects.filter(pk=proposal.pk).update(payload={"what": "everything"})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the table cannot be altered
        cursor.execute("ALTER TABLE approvals_proposal DISABLE TRIGGER proposal_holds")
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        cursor.execute(
            "UPDATE approvals_proposal SET payload = jsonb_set(payload, '{count}', '13')"
        )
        cursor.execute("SET LOCAL ROLE harbour_owner")
        cursor.execute("ALTER TABLE approvals_proposal ENABLE TRIGGER proposal_holds")
        cursor.execute("SET LOCAL ROLE harbour_app")

    with pytest.raises(Refused, match="not what was proposed"):
        _approve(cast.team_manager.pk, proposal.pk)
    with acting_as(cast.team_manager.pk), pytest.raises(IntegrityError):
        _decide_directly(proposal, cast.team_manager.pk)
    assert done == []


def test_nobody_proposes_under_a_wrong_hash(
    cast: SimpleNamespace, done: list[rules.Payload]
) -> None:
    del done
    moment = clock.now()
    forged = Proposal(
        code=CODE,
        approver="approve",
        payload={"what": "much"},
        payload_sha256=rules.digest({"what": "little"}),
        summary="x",
        reason="because",
        proposed_at=moment,
        proposed_by_id=cast.coordinator.pk,
        expires_at=moment + timedelta(hours=1),
    )
    with acting_as(cast.coordinator.pk), pytest.raises(IntegrityError), transaction.atomic():
        forged.save(force_insert=True)


def test_the_database_knows_the_right_of_every_deed(db: None) -> None:
    del db
    with connection.cursor() as cursor:
        for code, deed in rules._deeds.items():
            cursor.execute("SELECT harbour_sec.right_to_approve(%s)", [code])
            assert cursor.fetchone()[0] == deed.right.value, (
                f"{code}: say its right in foundation/approvals/policies.sql, with a migration."
            )


@pytest.mark.parametrize(("code", "right"), [(CODE, "people.search"), ("tests.unknown", "approve")])
def test_nobody_proposes_under_another_right_than_the_deeds(
    cast: SimpleNamespace, code: str, right: str
) -> None:
    with (
        acting_as(cast.coordinator.pk),
        pytest.raises(IntegrityError, match="names the right"),
        transaction.atomic(),
    ):
        _forged(cast, code, right).save(force_insert=True)


def test_whoever_lacks_the_deeds_right_is_refused_by_the_database_whatever_the_row_says(
    cast: SimpleNamespace,
) -> None:
    forged = _forged(cast, CODE, Permission.PEOPLE_SEARCH.value)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_owner")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the table cannot be altered
        cursor.execute("ALTER TABLE approvals_proposal DISABLE TRIGGER proposal_holds")
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        forged.save(force_insert=True)
        cursor.execute("SET LOCAL ROLE harbour_owner")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE approvals_proposal ENABLE TRIGGER proposal_holds")
        cursor.execute("SET LOCAL ROLE harbour_app")

    with acting_as(cast.detective.pk) as reader:
        assert reader.may(Permission.PEOPLE_SEARCH)
        assert Proposal.objects.filter(pk=forged.pk).exists()
        with pytest.raises(IntegrityError, match="holds the right"), transaction.atomic():
            _decide_directly(forged, cast.detective.pk)
    with acting_as(cast.team_manager.pk):
        _decide_directly(forged, cast.team_manager.pk)
        assert Proposal.objects.get(pk=forged.pk).decision == "approved"


def _forged(cast: SimpleNamespace, code: str, right: str) -> Proposal:
    moment = clock.now()
    return Proposal(
        code=code,
        approver=right,
        payload={"what": "much"},
        payload_sha256=rules.digest({"what": "much"}),
        summary="x",
        reason="because",
        proposed_at=moment,
        proposed_by_id=cast.coordinator.pk,
        expires_at=moment + timedelta(hours=1),
    )


def test_a_proposal_that_ran_out_is_not_approved(
    cast: SimpleNamespace, done: list[rules.Payload]
) -> None:
    long_ago = clock.now() - timedelta(hours=25)
    with acting_as(cast.coordinator.pk) as reader:
        proposal = actions.propose(**TERMS, by=reader, at=long_ago)

    with pytest.raises(Refused, match="ran out"):
        _approve(cast.team_manager.pk, proposal.pk)
    with acting_as(cast.team_manager.pk) as reader:
        assert not queries.waiting(reader, at=clock.now()).exists()
        with pytest.raises(IntegrityError):
            _decide_directly(proposal, cast.team_manager.pk)
    assert done == []


def test_an_approval_is_given_once(cast: SimpleNamespace, done: list[rules.Payload]) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)
    _approve(cast.team_manager.pk, proposal.pk)

    with pytest.raises(Refused, match="already"):
        _approve(cast.records_officer.pk, proposal.pk)

    assert len(done) == 1


def test_of_two_who_approve_at_once_one_does(
    committed: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_deeds", dict(rules._deeds))
    together, done, refused = threading.Barrier(2), [], []

    def carry_out(*, payload: rules.Payload, by: Any, at: object) -> None:
        del payload, at
        done.append(by.user_id)

    rules.register(CODE, "Let rows leave", right=Permission.APPROVE, carry_out=carry_out)
    with acting_as(committed.coordinator.pk) as reader:
        proposal = _propose(reader)

    def approve(user_id: UUID) -> None:
        try:
            with acting_as(user_id) as reader:
                seen = queries.proposal(reader, proposal.pk)
                together.wait(10)
                actions.approve(proposal=seen, by=reader, at=clock.now())
        except Refused as no:
            refused.append(no.sentence)
        finally:
            connection.close()

    users = (committed.team_manager.pk, committed.records_officer.pk)
    threads = [threading.Thread(target=_as_application, args=(approve, each)) for each in users]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert len(done) == 1
    assert refused == ["Somebody else decided this a moment ago."]


def _as_application(work: Callable[[UUID], None], user_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE harbour_app")
    work(user_id)


def test_a_deed_that_fails_leaves_the_proposal_open(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def carry_out(**_: object) -> None:
        raise Refused("The state changed meanwhile.")

    monkeypatch.setattr(rules, "_deeds", dict(rules._deeds))
    rules.register(CODE, "Let rows leave", right=Permission.APPROVE, carry_out=carry_out)
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)

    with pytest.raises(Refused, match="meanwhile"), transaction.atomic():
        _approve(cast.team_manager.pk, proposal.pk)

    with acting_as(cast.coordinator.pk):
        assert Proposal.objects.get(pk=proposal.pk).decision == ""


def test_a_permission_is_used_once_by_its_proposer(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_deeds", dict(rules._deeds))
    rules.register(CODE, "Let rows leave", right=Permission.APPROVE)
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)
        with pytest.raises(Refused, match="second person"):
            actions.use(proposal=proposal, by=reader, at=clock.now())
    _approve(cast.team_manager.pk, proposal.pk)

    with acting_as(cast.team_manager.pk) as reader:
        approved = queries.proposal(reader, proposal.pk)
        with pytest.raises(Refused, match="Only the person"):
            actions.use(proposal=approved, by=reader, at=clock.now())
    with acting_as(cast.coordinator.pk) as reader:
        actions.use(proposal=approved, by=reader, at=clock.now())
        again = queries.proposal(reader, proposal.pk)
        with pytest.raises(Refused, match="already"):
            actions.use(proposal=again, by=reader, at=clock.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(carried_out_at=clock.now())


def test_a_proposal_is_refused_with_words_or_taken_back(
    cast: SimpleNamespace, done: list[rules.Payload]
) -> None:
    with acting_as(cast.coordinator.pk) as reader:
        first, second = _propose(reader), _propose(reader)
        actions.withdraw(proposal=first, by=reader, at=clock.now())
    with acting_as(cast.team_manager.pk) as reader:
        with pytest.raises(Refused, match="sentence"):
            actions.refuse(proposal=second, note="no", by=reader, at=clock.now())
        actions.refuse(proposal=second, note="Nobody asked for it.", by=reader, at=clock.now())
    with acting_as(cast.coordinator.pk) as reader:
        kept = dict(queries.proposed_by(reader).values_list("pk", "decision"))
    assert kept == {first.pk: "withdrawn", second.pk: "refused"}
    assert done == []


def test_nobody_undoes_what_was_proposed(cast: SimpleNamespace, done: list[rules.Payload]) -> None:
    del done
    with acting_as(cast.coordinator.pk) as reader:
        proposal = _propose(reader)
        for statement in (
            "UPDATE approvals_proposal SET expires_at = expires_at + interval '1 day'",
            "UPDATE approvals_proposal SET approver = 'people.search'",
            "DELETE FROM approvals_proposal",
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert proposal.decision == ""


@pytest.mark.parametrize(
    "payload",
    [
        {"bb": 1, "a": 2, "ccc": [1, 2], "é": 'ß\t"\\/\x1f\u2028'},
        {"": "", "none": None, "yes": True, "no": False, "many": [], "big": 10**15},
        {"id": str(uuid4()), "emoji": "🙂", "Z": "z", "_": "-1", "minus": -1},
    ],
)
def test_python_and_the_database_hash_the_same_text(db: None, payload: rules.Payload) -> None:
    del db
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sha256(convert_to(%s::jsonb::text, 'UTF8'))", [rules.canonical(payload)]
        )
        assert bytes(cursor.fetchone()[0]) == rules.digest(payload)


@pytest.mark.parametrize("value", [1.5, {"a": 1}, [1.0]])
def test_what_prints_in_two_ways_is_no_payload(value: Any) -> None:
    with pytest.raises(TypeError):
        rules.digest({"value": value})
