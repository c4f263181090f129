"""`harbour demo --check`: the cast signs in and walks the main job, page by page."""

import time

from harbour.demo.check import borders, concerns, meeting, missing
from harbour.demo.check.reading import Unreadable
from harbour.demo.check.walk import Step, Walk, two_children

STEPS: tuple[Step, ...] = (
    *borders.FIRST_STEPS,
    *concerns.STEPS,
    *missing.STEPS,
    *meeting.STEPS,
    *borders.LAST_STEPS,
)


def run(base_url: str) -> int:
    """Walk every step, print a line for each, and return 0 if all went well, else 1."""
    walk, failed, began = Walk(base_url, *two_children()), 0, time.monotonic()
    for step in STEPS:
        try:
            step.walk(walk)
        except (Unreadable, OSError) as why:
            failed += 1
            print(f"FAILED  {step.claim} {why}", flush=True)
        else:
            print(f"ok  {step.claim}", flush=True)
    walk.end()
    seconds = round(time.monotonic() - began)
    print(f"{len(STEPS) - failed} of {len(STEPS)} steps in {seconds} s.", flush=True)
    return 1 if failed else 0
