"""`harbour import ssda903`: read a children-looked-after return into the record."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from harbour.exchange.ssda903 import queries
from harbour.exchange.ssda903.actions import runs
from harbour.exchange.ssda903.actions.outcomes import Outcome
from harbour.exchange.ssda903.presenters import report as presenters
from harbour.exchange.ssda903.queries import Principal
from harbour.exchange.ssda903.rules.returns import FileRead, Return, collection_year, read_return
from harbour.exchange.ssda903.vocabulary import HEADER
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies import queries as agencies
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock

READ = {".csv", ".xml"}
DONE, NOT_ALL_CAME_IN, CANNOT_START = 0, 1, 2
READABLE_BY_OWNER_ALONE = 0o600
# What the first authority is called where nobody says its name; it can be renamed.
NAMELESS_AUTHORITY = "Responsible authority"


@dataclass(frozen=True)
class CannotStart(Exception):
    """The import cannot begin; the sentence says why and what to do."""

    sentence: str


def run(argv: list[str]) -> int:
    """Read the files of a return and say what came of each."""
    options = _parse(argv)
    try:
        contents = _contents(options.paths)
        principal = _principal(options.authority, dry_run=options.dry_run)
    except CannotStart as stop:
        print(stop.sentence, file=sys.stderr)
        return CANNOT_START
    this_year_ends = collection_year(clock.london_date(clock.now()))
    result = read_return(contents, year_ending=options.year_ending, this_year_ends=this_year_ends)
    how = runs.Import(
        authority=principal.authority if principal else Agency(name=_first_name(options.authority)),
        year_ending=result.year_ending,
        accept_rest=options.accept_rest,
    )
    outcomes = _outcomes(result, how, principal, dry_run=options.dry_run)
    report = presenters.report(result, how, outcomes, dry_run=options.dry_run)
    if options.format == "json":
        print(presenters.as_json(report))
    else:
        print(presenters.as_text(report, findings_file=_write_findings(report, options.findings)))
    return NOT_ALL_CAME_IN if report.anything_refused else DONE


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="harbour import ssda903", description=run.__doc__)
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="files, or folders of files"
    )
    parser.add_argument(
        "--year-ending", type=int, metavar="YEAR", help="2018 is April 2017 to March 2018"
    )
    parser.add_argument("--authority", metavar="NAME", help="whose return it is")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    parser.add_argument(
        "--accept-rest", action="store_true", help="bring in the other rows where some are refused"
    )
    parser.add_argument(
        "--findings", type=Path, metavar="FILE", help="where to write every finding"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser.parse_args(argv)


def _contents(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return the files by name; of a folder, those that are CSV or XML by their name."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files.extend(sorted(each for each in path.iterdir() if each.suffix.lower() in READ))
        elif path.is_file():
            files.append(path)
        else:
            raise CannotStart(f"There is no file or folder {path}.")
    if not files:
        raise CannotStart(
            "There is no CSV or XML file there: a return is a set of CSV files, one a table, "
            "or one XML file."
        )
    alone = {file.name for file in files if [f.name for f in files].count(file.name) == 1}
    return {
        file.name if file.name in alone else str(file): file.read_bytes()
        for file in dict.fromkeys(files)
    }


def _principal(name: str | None, *, dry_run: bool) -> Principal | None:
    """Return on whose behalf the return is read; nobody, for a trial, where no authority is yet."""
    principals = queries.principals()
    if not principals and not agencies.authorities().exists():
        if dry_run:
            return None
        _open_returns(_first_name(name))
        principals = queries.principals()
    if not principals:
        raise CannotStart("No returns can be read: nobody holds the role 'Records import' here.")
    told_names = ", ".join(each.authority.name for each in principals)
    if name is not None:
        for each in principals:
            if each.authority.name.casefold() == name.strip().casefold():
                return each
        raise CannotStart(f"No returns of {name} are read here. Authorities: {told_names}.")
    if len(principals) > 1 and not all(each.is_invented for each in principals):
        raise CannotStart(f"Say whose return it is with --authority NAME: {told_names}.")
    return principals[0]


def _first_name(name: str | None) -> str:
    return (name or "").strip() or NAMELESS_AUTHORITY


def _open_returns(name: str) -> None:
    """Have the migration role write the first authority of an empty installation."""
    print(f"There is no authority here yet: opening {name} and its returns.", file=sys.stderr)
    # No shell reads it, and the name stands after the mark that ends the options.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "django", "open_returns", "--", name],
        env={**os.environ, "HARBOUR_DATABASE_AS": "migrate"},
        check=False,
    )
    if done.returncode:
        raise CannotStart("The first authority could not be opened; what was said stands above.")


def _outcomes(
    result: Return, how: runs.Import, principal: Principal | None, *, dry_run: bool
) -> list[runs.FileOutcome]:
    if principal is None:
        return runs.expected_of_an_empty_record(files=result.files, how=how)
    return _try_out(result, how, principal) if dry_run else _import(result, how, principal)


def _import(result: Return, how: runs.Import, principal: Principal) -> list[runs.FileOutcome]:
    """Bring in each file in a transaction of its own."""
    outcomes: list[runs.FileOutcome] = []
    for file in result.files:
        with acting_as(principal.user.pk) as reader:
            outcomes.append(_file(file, how, outcomes, reader))
    return outcomes


def _try_out(result: Return, how: runs.Import, principal: Principal) -> list[runs.FileOutcome]:
    """Bring in every file and take it all back; only the ledger remembers that it was tried."""
    outcomes: list[runs.FileOutcome] = []
    with acting_as(principal.user.pk) as reader:
        with transaction.atomic():
            for file in result.files:
                outcomes.append(_file(file, how, outcomes, reader))
            transaction.set_rollback(True)
        runs.remember_trial(outcomes, by=reader, at=clock.now())
    return outcomes


def _file(
    file: FileRead, how: runs.Import, before: Sequence[runs.FileOutcome], reader: Reader
) -> runs.FileOutcome:
    header_refused = any(
        each.file.table is HEADER and each.outcome is Outcome.REFUSED for each in before
    )
    print(f"{file.file_name}: {file.rows_read:,} rows", file=sys.stderr, flush=True)
    return runs.import_file(
        file=file, how=how, header_refused=header_refused, by=reader, at=clock.now()
    )


def _write_findings(report: presenters.Report, given: Path | None) -> Path | None:
    """Write every finding to a file that only its owner can read; say where it is."""
    if not report.findings:
        return None
    moment = f"{clock.london(clock.now()):%Y-%m-%d-%H%M%S}"
    path = given or settings.HARBOUR_HOME / "imports" / f"ssda903-{moment}-findings.csv"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, READABLE_BY_OWNER_ALONE)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        presenters.write_findings(report.findings, file)
    return path
