"""A ledger written, sealed and signed for real, and who may change it past every policy."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from harbour.foundation.audit.tasks import seal
from tests.boundary import tampering

SEED = "4f" * 32


@pytest.fixture
def ledger(committed: SimpleNamespace) -> SimpleNamespace:
    """Three sealed batches, written for real: sealing waits for transactions to end."""
    for count in (1, 4, 7):
        tampering.look(committed.nurse, times=count)
        seal()
    return committed


@pytest.fixture
def keyed(settings: Settings, tmp_path: Path) -> Path:
    """Be a worker that has the ledger's key and a folder for witness files; return the folder."""
    settings.HARBOUR_LEDGER_KEY = SEED
    settings.HARBOUR_LEDGER_KEY_BEFORE = ""
    settings.HARBOUR_WITNESS_FOLDER = tmp_path / "witnesses"
    return tmp_path / "witnesses"


@pytest.fixture
def witnessed(committed: SimpleNamespace, keyed: Path) -> SimpleNamespace:
    """Eight batches of several agencies, each signed and handed to the police's witness file."""
    tampering.write_ledger(committed)
    committed.witness_file = keyed / "police.jsonl"
    return committed


@pytest.fixture
def as_superuser() -> Callable[[str], None]:
    """Run a statement as the server's administrator would: past policies, grants and triggers."""

    def run(sql: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE harbour_sec_owner")
            cursor.execute(sql)
            cursor.execute("SET LOCAL ROLE harbour_app")

    return run
