"""`./harbour check contexts`: whose context a page runs in, under errors, cancels and kills.

The same is first asked of two servers that are wrong on purpose: each must be found out.
"""

import argparse
import sys
import time

from tests.boundary import contexts, holes, stage, web_process

HOLED_REQUESTS = 200


def run(argv: list[str]) -> int:
    """Answer so many requests over four connections; 0 if each showed its own person's records."""
    parser = argparse.ArgumentParser(prog="harbour check contexts", description=run.__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    missed = [each for each in holes.HOLES if not _found(each, seed=options.seed)]
    began = time.monotonic()
    report = contexts.run(stage.cast(), requests=options.requests, seed=options.seed)
    shown = ", ".join(f"{count:,} x {status}" for status, count in sorted(report.answers.items()))
    sys.stdout.write(
        f"{options.requests:,} requests of {len(contexts.PEOPLE)} people over {web_process.POOL} "
        f"connections, {report.disturbed:,} backends killed or cancelled: {shown}; "
        f"{time.monotonic() - began:,.0f} seconds.\n"
    )
    for each in (*report.strange[:20], *report.unwritten[:20]):
        sys.stdout.write(f"- {each}\n")
    sys.stdout.write(
        f"{len(report.strange)} answers were another's, {len(report.unwritten)} looks without a "
        "row of the ledger.\n"
    )
    return 1 if report.strange or report.unwritten or missed else 0


def _found(hole: str, *, seed: int) -> bool:
    report = contexts.run(stage.cast(), requests=HOLED_REQUESTS, seed=seed, hole=hole)
    sys.stdout.write(
        f"wrong on purpose ({hole}): {len(report.strange)} answers were another's, "
        f"{len(report.unwritten)} looks without a row of the ledger.\n"
    )
    return bool(report.strange or report.unwritten)
