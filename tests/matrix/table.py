"""The rules as docs/visibility.md states them.

Read from the page, never from the SQL or the code.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "visibility.md"
FACETS = (
    "identity",
    "contact",
    "placement",
    "referral",
    "assessment",
    "case",
    "missing",
    "meeting",
    "sharing",
)


@dataclass(frozen=True, kw_only=True)
class RoleRule:
    """One line of the table of roles."""

    reach: str
    reads: frozenset[str]
    writes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class RelationRule:
    """One line of the table of relations; no facets where the share names its own."""

    audience: str
    facets: frozenset[str] | None
    writes: bool


def _rows(heading: str) -> list[list[str]]:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@cache
def roles() -> dict[str, RoleRule]:
    """Return what each role reads and writes, by its code."""
    return {
        code: RoleRule(
            reach=reach,
            reads=frozenset(
                facet for facet, cell in zip(FACETS, cells, strict=True) if cell in "rw"
            ),
            writes=frozenset(
                facet for facet, cell in zip(FACETS, cells, strict=True) if cell == "w"
            ),
        )
        for code, reach, *cells in _rows("Roles: the person's side")
    }


@cache
def relations() -> dict[str, RelationRule]:
    """Return what each relation opens, by the first words of its line."""
    found = {}
    for name, audience, parts, writes in _rows("Relations: the child's side"):
        facets = None
        if parts == "all":
            facets = frozenset(FACETS)
        elif not parts.startswith("those"):
            facets = frozenset(part.strip() for part in parts.split(","))
        found[name.split()[0]] = RelationRule(
            audience=audience, facets=facets, writes=writes == "yes"
        )
    return found
