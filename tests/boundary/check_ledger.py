"""`./harbour check ledger`: an administrator changes the ledger, thousands of times."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from django.db import connections, transaction
from django.test import override_settings

from harbour.config.database import django_database
from harbour.foundation.audit import harbour_verify, verification
from tests.boundary import stage, tampering

KEY = "4f" * 32


def run(argv: list[str]) -> int:
    """Tamper so many times; 0 if the hub and its witness saw each."""
    parser = argparse.ArgumentParser(prog="harbour check ledger", description=run.__doc__)
    parser.add_argument("--tamperings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="harbour-witness-") as folder:
        keyed = {"HARBOUR_LEDGER_KEY": KEY, "HARBOUR_WITNESS_FOLDER": folder}
        with override_settings(**keyed, HARBOUR_LEDGER_KEY_BEFORE=""):
            tampering.write_ledger(stage.cast())
        witness = harbour_verify.read_witness(str(Path(folder) / "police.jsonl"))
    _be_administrator()
    if verification.verify(witness).findings:
        raise RuntimeError("The ledger does not hold before anything was done to it.")
    with transaction.atomic():
        score = tampering.run(
            count=options.tamperings, seed=options.seed, witness=witness, progress=_tell
        )
        transaction.set_rollback(True)
    for deed, count in sorted(score.done.items()):
        sys.stdout.write(f"{count:>8,}  {deed}\n")
    for each in score.missed[:20]:
        sys.stdout.write(f"- not seen: {each}\n")
    sys.stdout.write(
        f"{sum(score.done.values()):,} tamperings, {len(score.missed)} not seen, "
        f"{time.monotonic() - began:,.0f} seconds.\n"
    )
    return 1 if score.missed else 0


def _tell(count: int) -> None:
    sys.stdout.write(f"{count:,} tamperings\n")
    sys.stdout.flush()


def _be_administrator() -> None:
    usual = connections["default"]
    settings = usual.settings_dict | django_database(os.environ["HARBOUR_TEST_DATABASE_URL"])
    settings["NAME"] = usual.settings_dict["NAME"]
    usual.close()
    connections["default"] = type(usual)(settings, alias="default")
