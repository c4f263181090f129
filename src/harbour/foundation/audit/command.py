"""`harbour audit verify`: read the whole ledger and say whether it is as it was written."""

import argparse
import sys

from harbour.foundation.audit.verification import verify


def run(argv: list[str]) -> int:
    """Verify the ledger; 0 if it holds, 1 with a line for everything that does not."""
    parser = argparse.ArgumentParser(prog="harbour audit", description=__doc__)
    parser.add_argument("what", choices=["verify"])
    parser.parse_args(argv)
    verdict = verify()
    sys.stdout.write(
        f"{verdict.entries} entries in {verdict.batches} sealed batches, {verdict.unsealed} not "
        f"sealed yet.\n"
    )
    for finding in verdict.findings:
        sys.stdout.write(f"- {finding.sentence}\n")
    sys.stdout.write(
        "The ledger holds.\n" if not verdict.findings else "The ledger does NOT hold.\n"
    )
    return 1 if verdict.findings else 0
