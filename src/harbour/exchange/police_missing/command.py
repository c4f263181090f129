"""`harbour import police-missing`: read the police's extract of missing reports into the record."""

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from harbour.exchange.police_missing import actions, queries
from harbour.exchange.police_missing.models import ColumnMapping
from harbour.exchange.police_missing.presenters import told_as_text, write_refused
from harbour.exchange.police_missing.rules import columns
from harbour.exchange.police_missing.rules.rows import Finding, read_rows
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.agencies.models import Agency
from harbour.foundation.documents.tables import Line, UnreadableTable, read_table
from harbour.foundation.kernel import clock

DONE, NOT_ALL_CAME_IN, CANNOT_START = 0, 1, 2
READABLE_BY_OWNER_ALONE = 0o600


class CannotStart(Exception):
    """The import cannot begin; the sentence says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def run(argv: list[str]) -> int:
    """Read an extract of missing reports, as CSV or XLSX, and say what came of each row."""
    options = _parse(argv)
    try:
        told = _import(options)
    except CannotStart as stop:
        print(stop.sentence, file=sys.stderr)
        return CANNOT_START
    print(told_as_text(told, dry_run=options.dry_run, refused_file=options.refused))
    return NOT_ALL_CAME_IN if told.rows_refused and not options.accept_rest else DONE


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="harbour import police-missing", description=run.__doc__)
    parser.add_argument("path", type=Path, metavar="PATH", help="the extract, as CSV or XLSX")
    parser.add_argument("--authority", metavar="NAME", help="for whose children it is")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    parser.add_argument(
        "--accept-rest", action="store_true", help="bring in the other rows where some are refused"
    )
    parser.add_argument("--refused", type=Path, metavar="FILE", help="where to write refused rows")
    return parser.parse_args(argv)


def _import(options: argparse.Namespace) -> actions.Told:
    began = time.monotonic()

    def progress(said: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {said}", file=sys.stderr, flush=True)

    if not options.path.is_file():
        raise CannotStart(f"There is no file {options.path}.")
    content = options.path.read_bytes()
    progress(f"Reading {options.path.name}, {len(content) / 1e6:.1f} MB")
    try:
        lines = read_table(content)
    except UnreadableTable as unreadable:
        raise CannotStart(f"{unreadable}.") from unreadable
    authority, importer = _importer(options.authority)
    at = clock.now()
    with acting_as(importer.pk) as reader, transaction.atomic():
        mapping = _mapping(authority, lines[0])
        rows, findings = read_rows(lines[1:], mapping.fields, lines[0].cells, at=at)
        progress(f"{len(lines) - 1:,} rows read, {len(findings):,} of them unreadable")
        extract = actions.Extract(
            authority=authority,
            mapping=mapping,
            file_name=options.path.name,
            sha256=hashlib.sha256(content).hexdigest(),
            rows=tuple(rows),
            findings=tuple(findings),
        )
        told = actions.bring_in(
            extract=extract,
            accept_rest=options.accept_rest,
            progress=progress,
            by=reader,
            at=at,
        )
        transaction.set_rollback(options.dry_run)
    progress("Done")
    if options.refused:
        _write_refused(options.refused, lines[0].cells, told.findings)
    return told


def _importer(name: str | None) -> tuple[Agency, User]:
    importers = queries.importers()
    if not importers:
        raise CannotStart("Nothing can be imported: nobody holds the role 'Records import' here.")
    names = ", ".join(authority.name for authority, _ in importers)
    if name is None:
        if len(importers) > 1:
            raise CannotStart(f"Say for whose children it is with --authority NAME: {names}.")
        return importers[0]
    for authority, user in importers:
        if authority.name.casefold() == name.strip().casefold():
            return authority, user
    raise CannotStart(f"Nothing is imported for {name} here. Authorities: {names}.")


def _mapping(authority: Agency, heading: Line) -> ColumnMapping:
    twice = columns.twice(heading.cells)
    if twice:
        raise CannotStart(f"Columns stand there twice: {', '.join(twice)}. Rename one of each.")
    mapping = queries.mapping_for(authority, columns.layout(heading.cells))
    if mapping is None:
        raise CannotStart(
            "Nobody has said yet what the columns of this extract mean. Open Returns and imports, "
            "choose 'Say what the columns mean' and show it this file; then import again."
        )
    return mapping


def _write_refused(path: Path, names: Sequence[str], findings: Sequence[Finding]) -> None:
    """Write the refused rows to a file that only its owner can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, READABLE_BY_OWNER_ALONE)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        write_refused(file, names, findings)
