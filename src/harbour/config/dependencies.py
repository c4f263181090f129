"""Which packages of others Harbour is made of, how old they are, and which holes are known in them.

Nothing is asked over the network: an operator downloads the export of the OSV database for PyPI
(one JSON file a hole), carries it over, and names the folder.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harbour.config import installation
from harbour.foundation.kernel import clock

# From docs/security-design.md: how soon a hole that was published is mended.
MENDED_WITHIN = {"CRITICAL": timedelta(days=1), "HIGH": timedelta(days=7)}
ANY_OTHER = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Package:
    """A package as the lock names it, and the day on which that version was published."""

    name: str
    version: str
    published: datetime


@dataclass(frozen=True, kw_only=True)
class Hole:
    """A published hole of a package that is used here."""

    code: str
    package: Package
    severity: str
    published: datetime

    def is_late(self, now: datetime) -> bool:
        """Say whether it should have been mended by now."""
        return now - self.published > MENDED_WITHIN.get(self.severity, ANY_OTHER)


def inventory(lock: Path) -> list[Package]:
    """Return every package of the lock."""
    rows = tomllib.loads(lock.read_text("utf-8"))["package"]
    return [
        Package(name=each["name"], version=each["version"], published=min(_moments(each)))
        for each in rows
        if any(_moments(each))
    ]


def _moments(row: dict[str, object]) -> list[datetime]:
    wheels, source = row.get("wheels", []), row.get("sdist")
    files = [*(wheels if isinstance(wheels, list) else []), *([source] if source else [])]
    return [_moment(each["upload-time"]) for each in files if "upload-time" in each]


def _moment(text: object) -> datetime:
    found = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def holes(packages: Iterable[Package], folder: Path) -> Iterator[Hole]:
    """Yield what the export knows of these very versions; what was withdrawn is none."""
    known = {each.name: each for each in packages}
    for file in sorted(folder.rglob("*.json")):
        said = json.loads(file.read_text("utf-8"))
        if said.get("withdrawn"):
            continue
        for affected in said.get("affected", []):
            named = affected.get("package", {})
            package = known.get(str(named.get("name", "")).lower().replace("_", "-"))
            is_ours = package and named.get("ecosystem") == "PyPI"
            if package and is_ours and package.version in affected.get("versions", []):
                severity = str(said.get("database_specific", {}).get("severity", "UNKNOWN"))
                yield Hole(
                    code=said["id"],
                    package=package,
                    severity=severity.upper(),
                    published=_moment(said["published"]),
                )


def show(argv: list[str]) -> int:
    """Print every package with its age, and the known holes; end with 1 if one is left too long."""
    parser = argparse.ArgumentParser(prog="harbour dependencies", description=show.__doc__)
    parser.add_argument("--osv", type=Path, help="a folder with the export of OSV for PyPI")
    options = parser.parse_args(argv)
    now = clock.now()
    packages = inventory(installation.CHECKOUT / "uv.lock")
    for each in packages:
        print(f"{each.name} {each.version}, published {(now - each.published).days} days ago")
    if options.osv is None:
        print("Known holes: unknown. Name the folder of an OSV export with --osv.")
        return 0
    found = list(holes(packages, options.osv))
    late = [each for each in found if each.is_late(now)]
    for hole in found:
        state = "LATE" if hole in late else "open"
        print(f"{state}: {hole.code} ({hole.severity}) in {hole.package.name}", file=sys.stderr)
    print(f"Known holes: {len(found)}; left longer than we promise: {len(late)}.")
    return 1 if late else 0
