"""Run in the validator's own environment: print what its checks of the missing table hit, as JSON.

    python validator_hits.py FOLDER YEAR RULESET

FOLDER holds the CSV tables of a return; YEAR is the one in which the collection ends. The hub never
imports this file: it knows the `csc-validator-be-903` package alone.
"""

import importlib
import json
import logging
import sys
from pathlib import Path


def main(folder: str, year: str, ruleset: str) -> None:
    """Print each check with the children and first days of the rows that it hits."""
    column_names = importlib.import_module("lac_validator.config").column_names
    validator = importlib.import_module("lac_validator.lac_validator").LacValidator
    logging.disable(logging.CRITICAL)
    registry = importlib.import_module(f"lac_validator.rules.{ruleset}").registry
    wanted = {code: rule for code, rule in registry.items() if "Missing" in rule.tables}
    known = {frozenset(columns) for columns in column_names.values()}
    files = []
    for path in sorted(Path(folder).glob("*.csv")):
        content = path.read_bytes()
        heading = content.decode("utf-8-sig").splitlines()[0].split(",")
        if frozenset(heading) in known:
            files.append({"name": path.name, "file_content": content, "description": "This year"})
    metadata = {"collectionYear": year, "localAuthority": "E10000015"}
    found = validator(metadata=metadata, files=files, registry=wanted)
    table = found.ds_results["Missing"]
    hits = {}
    for column in table.columns:
        if column.startswith("ERR_"):
            rows = table[table[column].fillna(0) == 1].itertuples()
            hits[column.removeprefix("ERR_")] = sorted(f"{r.CHILD} {r.MIS_START}" for r in rows)
    failed = [str(code) for code in found.fails]
    sys.stdout.write(json.dumps({"hits": hits, "ran": len(found.dones), "failed": failed}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
