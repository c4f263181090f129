"""`./harbour check ssda903`: a return goes in and out; the sector's validator finds nothing new.

The validator (`csc-validator-be-903`, from PyPI) needs libraries that the hub does not have, so it
runs in an environment of its own:

    uv venv validator && uv pip install --python validator/bin/python csc-validator-be-903
    ./harbour check ssda903 --python validator/bin/python
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.db import connection

from harbour.demo import partnership
from harbour.exchange.ssda903.actions import runs
from harbour.exchange.ssda903.rules.returns import read_return
from harbour.exchange.statutory_returns import presenters, queries, vocabulary
from harbour.exchange.statutory_returns.vocabulary import Format
from harbour.foundation.access.context import acting_as
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "ssda903"
HITS = Path(__file__).with_name("validator_hits.py")


def run(argv: list[str]) -> int:
    """Import a return, hand its missing table out, and compare what the validator hits in both."""
    parser = argparse.ArgumentParser(prog="harbour check ssda903", description=run.__doc__)
    parser.add_argument("--python", required=True, help="the validator's own interpreter")
    parser.add_argument("--folder", type=Path, default=SAMPLE, help="a return as CSV")
    parser.add_argument("--year-ending", type=int, default=2018)
    parser.add_argument("--ruleset", default="lac2022_23")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="harbour-903-") as folder:
        came, went = Path(folder) / "came", Path(folder) / "went"
        for each in (came, went):
            shutil.copytree(options.folder, each, ignore=shutil.ignore_patterns("schemas"))
        (went / "missing.csv").write_text(_round(options), encoding="utf-8")
        before, after = (_hits(each, options) for each in (came, went))
    return _told(before, after)


def _round(options: argparse.Namespace) -> str:
    """Bring the return in, and return the missing table as it is handed out."""
    files = {path.name: path.read_bytes() for path in options.folder.glob("*.csv")}
    read = read_return(files, year_ending=options.year_ending, this_year_ends=options.year_ending)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE harbour_app")
    county = Agency.objects.get(pk=partnership.agency_id("county"))
    how = runs.Import(authority=county, year_ending=options.year_ending, accept_rest=True)
    for file in read.files:
        with acting_as(partnership.user_id("records_import")) as reader:
            runs.import_file(file=file, how=how, by=reader, at=clock.now())
    with acting_as(partnership.user_id("coordinator")) as reader:
        made = queries.made(
            reader,
            Format.SSDA903,
            county,
            year_ending=options.year_ending,
            on=clock.london_date(clock.now()),
        )
    sys.stdout.write(f"{len(made.rows):,} absences handed out, {len(made.left)} left out.\n")
    return presenters.as_csv(made)


def _hits(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    done = subprocess.run(
        [options.python, str(HITS), str(folder), str(options.year_ending), options.ruleset],
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _told(before: dict[str, Any], after: dict[str, Any]) -> int:
    """Print each check with its hits before and after; 1 if one is new."""
    could_not = len(after["failed"])
    sys.stdout.write(f"{after['ran']} checks of the missing table ran, {could_not} could not.\n")
    new = 0
    for rule in sorted({*before["hits"], *after["hits"]}):
        came, went = set(before["hits"].get(rule, [])), set(after["hits"].get(rule, []))
        if came or went:
            meaning = vocabulary.TOLD_CHECKS.get(rule, "")
            sys.stdout.write(f"{rule:>6}: {len(came)} came in, {len(went)} went out. {meaning}\n")
        new += len(went - came)
    sys.stdout.write(f"{new} new hits.\n")
    return 1 if new or after["ran"] == 0 else 0
