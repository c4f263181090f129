"""Whatever an administrator of the server does to the ledger is seen, a cut tail by the witness."""

import io
import json
import os
from collections.abc import Iterator

import pytest
from django.db import connections, transaction

from harbour.config.database import django_database
from harbour.foundation.audit import export, harbour_verify, verification
from tests.boundary import tampering


@pytest.fixture
def administrator(witnessed) -> Iterator[None]:
    """Be the server's administrator, in a transaction that leaves nothing."""
    usual = connections["default"]
    settings = usual.settings_dict | django_database(os.environ["HARBOUR_TEST_DATABASE_URL"])
    settings["NAME"] = usual.settings_dict["NAME"]
    connections["default"] = type(usual)(settings, alias="default")
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connections["default"].close()
        connections["default"] = usual


def test_every_tampering_is_seen(witnessed, administrator):
    witness = harbour_verify.read_witness(str(witnessed.witness_file))
    assert verification.verify(witness).findings == ()

    score = tampering.run(count=300, seed=1, witness=witness)

    assert score.missed == []
    assert score.done.keys() == tampering.DEEDS.keys()


def test_the_tool_of_an_agency_sees_what_touches_its_rows_or_the_chain(witnessed, administrator):
    witness = harbour_verify.read_witness(str(witnessed.witness_file))
    assert not _tool_finds(witnessed, witness)

    score = tampering.run(
        count=80, seed=2, witness=witness, unseen=lambda: not _tool_finds(witnessed, witness)
    )

    # What it cannot see: a change to another agency's row that leaves the chain as it was.
    others = [each for each in score.missed if not _touches_others_only(each)]
    assert others == []


def _touches_others_only(what: str) -> bool:
    deed, _, rest = what.partition(":")
    return "repaired nothing" in rest or "repaired the leaf" in rest or deed == "a row deleted"


def _tool_finds(witnessed, witness) -> list[str]:
    out = io.StringIO()
    export.write(witnessed.police, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    read = harbour_verify.Export()
    for line in lines:
        kind = line["harbour"]
        if kind == "export":
            read.head = line
        else:
            getattr(read, f"{kind}s").append(line)
    found, _ = harbour_verify.check(read, witness, read.keys[0]["public"])
    return found
