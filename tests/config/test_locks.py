"""The lock for uv and the locks for pip say the same, and so does pyproject.toml."""

import itertools
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOW = (
    "uv lock && "
    "uv export --locked --no-emit-project --no-header -o requirements.lock && "
    "uv export --locked --no-emit-project --no-header --group dev -o requirements-dev.lock"
)


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def _locked() -> dict[str, dict[str, Any]]:
    return {package["name"]: package for package in _toml("uv.lock")["package"]}


def _pinned(name: str) -> dict[str, tuple[str, set[str]]]:
    """Read name, version and hashes of each package in a requirements file."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.finditer(
        r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?P<rest>.*)$", text, re.MULTILINE
    )
    return {
        each["name"]: (each["version"], set(re.findall(r"--hash=(sha256:\w+)", each["rest"])))
        for each in found
    }


def _without_spaces(requirement: str) -> str:
    return re.sub(r"\s", "", requirement).replace("_", "-").lower()


def _needed(groups: tuple[str, ...]) -> set[str]:
    """Follow the lock from the project's own dependencies to all that they need."""
    project = _locked()["harbour"]
    edges = list(project["dependencies"])
    for group in groups:
        edges += project["dev-dependencies"][group]
    needed: set[str] = set()
    while edges:
        edge = edges.pop()
        package = _locked()[edge["name"]]
        wanted = {(edge["name"], extra) for extra in ("", *edge.get("extra", ()))}
        for name, extra in wanted:
            key = f"{name}[{extra}]"
            if key not in needed:
                needed.add(key)
                optional = package.get("optional-dependencies", {})
                edges += optional.get(extra, ()) if extra else package.get("dependencies", ())
    return {key.split("[")[0] for key in needed}


@pytest.mark.parametrize(
    ("name", "groups"),
    [("requirements.lock", ()), ("requirements-dev.lock", ("dev",))],
)
def test_pip_installs_what_uv_installs(name: str, groups: tuple[str, ...]) -> None:
    pinned = _pinned(name)

    assert set(pinned) == _needed(groups), f"Bring the locks together: {HOW}"
    for package, (version, hashes) in pinned.items():
        locked = _locked()[package]
        files = [*locked.get("wheels", ()), *([locked["sdist"]] if "sdist" in locked else [])]
        assert version == locked["version"], f"{package}: {HOW}"
        assert hashes == {each["hash"] for each in files}, f"{package}: {HOW}"


def test_the_lock_was_made_from_these_dependencies() -> None:
    declared = {
        _without_spaces(each) for each in _toml("pyproject.toml")["project"]["dependencies"]
    }

    locked = set()
    for each in _locked()["harbour"]["metadata"]["requires-dist"]:
        extras = f"[{','.join(each['extras'])}]" if "extras" in each else ""
        locked.add(_without_spaces(f"{each['name']}{extras}{each['specifier']}"))

    assert locked == declared, f"Lock again: {HOW}"


def test_nothing_is_built_from_source() -> None:
    without = [name for name, each in _locked().items() if "wheels" not in each]

    assert without == ["harbour"], "A machine without a compiler could not install these."


def test_every_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    unexplained = [
        line
        for above, line in itertools.pairwise(lines)
        if re.match(r'\s+"[\w-]+(\[[\w,-]+\])?[><=~]', line) and not above.strip().startswith("#")
    ]

    assert unexplained == [], "Write the reason on the line above."
