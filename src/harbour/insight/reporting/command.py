"""`harbour report quarter`: print the figures of a quarter."""

import argparse
import os
import subprocess
import sys

from harbour.foundation.access import queries as people
from harbour.foundation.access import roles
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.insight.reporting import actions, queries, rules
from harbour.insight.reporting.presenters import document, files

DONE, CANNOT_START = 0, 2
FORMS = {"json": files.as_json, "csv": files.as_csv, "html": document.as_html}


def run(argv: list[str]) -> int:
    """Print the figures of a quarter, counted now."""
    options = _parse(argv)
    try:
        quarter = rules.parse_quarter(options.year, options.quarter)
        with acting_as(_principal().pk) as reader:
            text = _report(reader, quarter, options)
    except Refused as refusal:
        print(refusal.sentence, file=sys.stderr)
        return CANNOT_START
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    return DONE


def _principal() -> User:
    """Return on whose behalf figures are read; the migration role writes them where they lack."""
    found = people.holders(roles.FIGURES_COMMAND).first()
    if found is None:
        subprocess.run(
            [sys.executable, "-m", "django", "open_figures"],
            env={**os.environ, "HARBOUR_DATABASE_AS": "migrate"},
            check=False,
        )
        found = people.holders(roles.FIGURES_COMMAND).first()
    if found is None:
        raise Refused("No figures can be read: what was said stands above.")
    return found


def _report(reader: Reader, quarter: rules.Quarter, options: argparse.Namespace) -> str:
    """Return one authority's figures, or those of all together and then of each."""
    every = queries.scopes()
    wanted = [queries.scope_named(options.authority)] if options.authority else every
    at = clock.now()
    figures: list[queries.Figure] = []
    for scope in wanted:
        report = queries.quarter_report(reader, quarter, scope, at=at, shown=1)
        actions.record_export(report=report, form=options.format, by=reader, at=at)
        figures.extend(report.figures)
    return FORMS[options.format](figures)


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="harbour report", description=run.__doc__)
    kinds = parser.add_subparsers(dest="what", required=True)
    quarter = kinds.add_parser("quarter", help="the figures of a quarter")
    quarter.add_argument(
        "year", metavar="YEAR", help="a council's year: 2018-19 begins in April 2018"
    )
    quarter.add_argument("quarter", metavar="QUARTER", help="1 to 4; 4 is January to March")
    quarter.add_argument(
        "--authority", metavar="NAME", help="one authority's alone; all without it"
    )
    quarter.add_argument("--format", choices=tuple(FORMS), default="json")
    return parser.parse_args(argv)
