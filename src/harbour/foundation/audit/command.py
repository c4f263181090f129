"""The ledger at the command line: prove it, export an agency's part of it, hand out the tool."""

import argparse
import shutil
import sys
from pathlib import Path

from harbour.foundation.audit import export, harbour_verify
from harbour.foundation.audit.verification import verify


def run(argv: list[str]) -> int:
    """Do what the first argument names; 0 if it went well and the ledger holds."""
    parser = argparse.ArgumentParser(prog="harbour audit", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    proving = what.add_parser("verify", help="read the whole ledger and say whether it holds")
    proving.add_argument("--witness", help="a file of signed roots that a witness kept")
    exporting = what.add_parser("export", help="one agency's rows, with what proves them")
    exporting.add_argument("--agency", required=True, help="its name")
    exporting.add_argument("--out", required=True, type=Path, help="the file to write")
    exporting.add_argument("--since", type=int, default=1, help="the first batch")
    tool = what.add_parser("tool", help="the file with which an agency checks its export")
    tool.add_argument("--out", type=Path, default=Path("harbour_verify.py"))
    options = parser.parse_args(argv)
    if options.what == "export":
        return _export(options.agency, options.out, options.since)
    if options.what == "tool":
        shutil.copyfile(harbour_verify.__file__, options.out)
        sys.stdout.write(f"{options.out}: python3 {options.out.name} --help\n")
        return 0
    return _verify(options.witness)


def _verify(witness: str | None) -> int:
    try:
        kept = harbour_verify.read_witness(witness) if witness else []
    except (OSError, harbour_verify.Unreadable) as problem:
        sys.stdout.write(f"{problem}\n")
        return 1
    verdict = verify(kept)
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


def _export(name: str, out: Path, since: int) -> int:
    agency = export.agency_named(name)
    if agency is None:
        sys.stdout.write(f"No agency has the name {name}.\n")
        return 1
    with out.open("x", encoding="utf-8") as file:
        out.chmod(0o600)
        count = export.write(agency, file, since=since)
    sys.stdout.write(
        f"{count} rows of {agency.name} in {out}. Whoever reads it reads who did what.\n"
    )
    return 0
