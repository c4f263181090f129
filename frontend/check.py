"""Compare frontend sources and compiled assets with the manifest of the latest build.

A source that was edited without a rebuild fails here, and so does a compiled file edited by hand.
`check.py --write`, which `build.sh` calls last, writes the manifest anew.
"""

# A script beside its sources, not a package.
# ruff: noqa: INP001

import hashlib
import json
import sys
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent
COMPILED = FRONTEND.parent / "src" / "harbour" / "foundation" / "ui" / "static" / "harbour"
MANIFEST = FRONTEND / "manifest.json"
SOURCES = (
    "sass/**/*.scss",
    "js/**/*.js",
    "images/*",
    "build.sh",
    "package.json",
    "package-lock.json",
)


def fingerprints(root: Path, patterns: tuple[str, ...]) -> dict[str, str]:
    """Return the SHA-256 of each file under `root` that a pattern names."""
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(found)
    }


def measured() -> dict[str, dict[str, str]]:
    """Return the manifest that the files on disk would have."""
    return {
        "sources": fingerprints(FRONTEND, SOURCES),
        "compiled": fingerprints(COMPILED, ("**/*",)),
    }


def differences(recorded: dict[str, dict[str, str]], found: dict[str, dict[str, str]]) -> list[str]:
    """Return one line for each file that is not as the latest build left it."""
    lines = []
    for kind in ("sources", "compiled"):
        before, after = recorded.get(kind, {}), found[kind]
        lines += [
            f"{kind}: {name}"
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        ]
    return lines


def main(arguments: list[str]) -> int:
    """Check the manifest, or write it when asked; return the exit status."""
    found = measured()
    if arguments == ["--write"]:
        MANIFEST.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        return 0
    recorded = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}
    changed = differences(recorded, found)
    if not changed:
        return 0
    sys.stderr.write(
        "Not as the latest build left it; run frontend/build.sh and commit the result:\n"
    )
    sys.stderr.write("".join(f"  {line}\n" for line in changed))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
