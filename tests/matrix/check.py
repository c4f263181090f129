"""`./harbour check boundary`: random worlds until so many decisions were asked."""

import argparse
import sys
import time
from dataclasses import asdict

from django.db import transaction

from tests.boundary.stage import cast
from tests.matrix import ground as grounds
from tests.matrix import rows
from tests.matrix.decisions import Asked, Mismatch, Tally, mismatches
from tests.matrix.world import invent

MOST_SHOWN = 20
CHILDREN = 30


def run(argv: list[str]) -> int:
    """Ask until enough was decided; 0 only if the database never once differed from the page."""
    parser = argparse.ArgumentParser(prog="harbour check boundary", description=run.__doc__)
    parser.add_argument("--decisions", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    found: list[Mismatch] = []
    tally, began, worlds = Tally(), time.monotonic(), 0
    with transaction.atomic():
        ground, holders = grounds.make(cast()), grounds.holders()
        while tally.decisions < options.decisions and len(found) < MOST_SHOWN:
            with transaction.atomic():
                world = grounds.populate(
                    ground, invent(ground.cast, options.seed + worlds, CHILDREN)
                )
                asked = Asked(ground=ground, world=world, tables=rows.TABLES, tally=tally)
                found += list(mismatches(asked, holders, grounds.acting))
                transaction.set_rollback(True)
            worlds += 1
            _tell(f"{tally.decisions:,} decisions in {worlds} worlds, {len(found)} mismatches")
        transaction.set_rollback(True)
    seconds = time.monotonic() - began
    return _verdict(found, tally, worlds, seconds, len(holders))


def _verdict(found: list[Mismatch], tally: Tally, worlds: int, seconds: float, holders: int) -> int:
    leaked = sum(len(each.leaked) for each in found)
    withheld = sum(len(each.withheld) for each in found)
    for each in found[:MOST_SHOWN]:
        _tell(f"- {asdict(each)}")
    _tell(
        f"{tally.decisions:,} decisions: {worlds} worlds of {CHILDREN} children, {holders} people "
        f"and nobody, {len(rows.TABLES)} tables, read, count, add, change, move and delete; "
        f"{seconds:,.0f} seconds."
    )
    _tell(f"{leaked} rows leaked, {withheld} wrongly withheld, {len(found)} answers in all differ.")
    return 1 if found else 0


def _tell(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
