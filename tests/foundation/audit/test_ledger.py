"""The ledger: written with the deed, hashed as written, and honest about tampering."""

import pytest
from django.db import ProgrammingError, connection, transaction

from harbour.foundation.access.context import acting_as
from harbour.foundation.audit import actions, rules
from harbour.foundation.audit.models import Entry, Seal
from harbour.foundation.audit.tasks import seal
from harbour.foundation.audit.verification import verify
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock


@pytest.fixture
def ledger(committed):
    """Three sealed batches, written for real: sealing waits for transactions to end."""
    for count in (1, 4, 7):
        with acting_as(committed.nurse.pk) as reader:
            for place in range(count):
                actions.record(
                    Act.CONSULT,
                    "people.child",
                    by=reader,
                    at=clock.now(),
                    groups=["identity"],
                    results=place,
                )
        seal()
    return committed


def _as_superuser(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE harbour_sec_owner")
        cursor.execute(sql)
        cursor.execute("SET LOCAL ROLE harbour_app")


def test_an_untouched_ledger_holds(ledger):
    verdict = verify()

    assert verdict.findings == ()
    assert (verdict.entries, verdict.batches, verdict.unsealed) == (12, 3, 0)


@pytest.mark.parametrize(
    "tampering",
    [
        (
            "UPDATE audit_entry SET reason = 'curious' WHERE id = (SELECT min(id::text)::uuid FROM "
            "audit_entry)"
        ),
        "UPDATE audit_entry SET at = at + interval '1 second' WHERE results = 6",
        "DELETE FROM audit_entry WHERE results = 5",
        "DELETE FROM audit_seal WHERE batch = 2",
        "UPDATE audit_seal SET entries = entries + 1 WHERE batch = 1",
        "UPDATE audit_entry SET batch = 1 WHERE results = 6",
    ],
)
def test_tampering_past_every_policy_is_seen(ledger, tampering):
    _as_superuser(tampering)

    assert verify().findings != ()


def test_nobody_writes_in_anothers_name(cast, as_user):
    with as_user(cast.nurse) as reader, pytest.raises(ProgrammingError), transaction.atomic():
        Entry.objects.bulk_create(
            [
                Entry(
                    at=clock.now(),
                    actor_id=cast.detective.pk,
                    act=Act.CONSULT,
                    event="people.child",
                )
            ]
        )
    assert reader.user_id == cast.nurse.pk


@pytest.mark.parametrize(
    "verb",
    ["UPDATE audit_entry SET reason = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_application_cannot_rewrite_the_ledger(cast, as_user, verb):
    with (
        as_user(cast.records_officer),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


def test_everybody_reads_their_own_rows_and_the_records_officer_all(cast, as_user):
    for who in (cast.nurse, cast.detective):
        with as_user(who) as reader:
            actions.record(Act.SEARCH, "linkage.find", by=reader, at=clock.now())

    with as_user(cast.nurse):
        own = set(Entry.objects.values_list("actor_id", flat=True))
    with as_user(cast.records_officer):
        everything = set(Entry.objects.values_list("actor_id", flat=True))
    with as_user(cast.director):
        nothing = Entry.objects.count()

    assert own == {cast.nurse.pk}
    assert {cast.nurse.pk, cast.detective.pk} <= everything
    assert nothing == 0


def test_python_and_the_database_agree_on_the_root():
    leaves = [bytes([each]) * 32 for each in range(5)]

    assert rules.merkle_root(leaves[:1]) == leaves[0]
    assert rules.merkle_root(leaves) != rules.merkle_root(leaves[::-1])


def test_seals_are_read_by_the_records_officer_alone(ledger):
    with acting_as(ledger.records_officer.pk):
        assert Seal.objects.count() == 3
    with acting_as(ledger.nurse.pk):
        assert Seal.objects.count() == 0
