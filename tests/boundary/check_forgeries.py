"""`./harbour check forgeries`: forged and replayed contexts, as many as wanted."""

import argparse
import sys
import time

from tests.boundary import forging, stage


def run(argv: list[str]) -> int:
    """Try so many contexts that the hub did not sign; 0 if the database took none of them."""
    parser = argparse.ArgumentParser(prog="harbour check forgeries", description=run.__doc__)
    parser.add_argument("--forgeries", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    cast, began = stage.cast(), time.monotonic()
    forging.prepare()
    score = forging.run(
        count=options.forgeries,
        seed=options.seed,
        by=cast.nurse.pk,
        victim=cast.detective.pk,
        progress=_tell,
    )
    for kind, count in sorted(score.tried.items()):
        sys.stdout.write(f"{count:>10,}  {kind}\n")
    for each in score.taken[:20]:
        sys.stdout.write(f"- taken: {each}\n")
    sys.stdout.write(
        f"{sum(score.tried.values()):,} contexts, {len(score.taken)} taken, "
        f"{time.monotonic() - began:,.0f} seconds.\n"
    )
    return 1 if score.taken else 0


def _tell(count: int) -> None:
    if count % 100_000 == 0:
        sys.stdout.write(f"{count:,} contexts\n")
        sys.stdout.flush()
