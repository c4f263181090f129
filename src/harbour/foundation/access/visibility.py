"""Who sees what, told from the policies' own declarations: nothing is repeated here.

The page docs/visibility.md holds what this module tells, and a test compares the two.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

POLICIES = """
SELECT tablename, cmd, permissive, qual, with_check FROM pg_policies
WHERE schemaname = 'public' AND roles && '{harbour_app,public}'::name[]
ORDER BY tablename, policyname
"""
VERBS = {"SELECT": "read", "INSERT": "add", "UPDATE": "change", "DELETE": "delete"}
BEGIN, END = "<!-- told by the policies: begin -->", "<!-- told by the policies: end -->"
# What an expression of a policy asks, as a person would say it.
PART = re.compile(r"audiences\('([a-z]*)(:write)?'")
RIGHT = re.compile(r"holds\('([a-z:_]+)'")
ASKS = re.compile(r"harbour_sec\.([a-z_]+)\(")
FOLLOWS = re.compile(r"\b(?:FROM|JOIN)\s+\(*([a-z_]+_[a-z_]+)\b")
PLAIN = {"uid", "audiences", "holds", "may_see"}
BEHIND = {"people_standing"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One table: what lets somebody read, add to and change its rows, and what narrows that."""

    table: str
    read: str
    add: str
    change: str
    narrowed: str

    def cells(self) -> tuple[str, ...]:
        """Return the cells of its line."""
        return (f"`{self.table}`", self.read, self.add, self.change, self.narrowed)


def lines() -> list[Line]:
    """Return every table with policies, by name."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute(POLICIES)
        for table, verb, permissive, qual, check in cursor.fetchall():
            said = told(" ".join(each for each in (qual, check) if each))
            if permissive != "PERMISSIVE":
                said = f"{VERBS.get(verb, 'any')}: {said}"
                found[table]["narrowed"].append(said)
                continue
            for each in [VERBS[verb]] if verb in VERBS else ["read", "add", "change"]:
                found[table][each].append(said)
    return [
        Line(
            table=table,
            **{name: _listed(said[name]) for name in ("read", "add", "change", "narrowed")},
        )
        for table, said in sorted(found.items())
    ]


def told(expression: str) -> str:
    """Return in a few words what an expression of a policy asks of the reader."""
    if expression.strip("() ") in {"true", "true true"}:
        return "everybody"
    if expression.strip("() ") in {"false", "false false"}:
        return "nobody"
    parts = [
        f"{part or 'any part'}{' (w)' if write else ''}" for part, write in PART.findall(expression)
    ]
    parts += [f"right {each}" for each in RIGHT.findall(expression)]
    if "harbour_sec.uid()" in expression:
        signed_in = re.search(r"uid\(\)( AS uid)?\) IS NOT NULL", expression)
        parts.append("signed in" if signed_in else "own")
    parts += [each.replace("_", " ") for each in ASKS.findall(expression) if each not in PLAIN]
    parts += [f"by {each}" for each in FOLLOWS.findall(expression) if each not in BEHIND]
    return ", ".join(dict.fromkeys(parts)) or "by its own columns"


def page() -> str:
    """Return the generated part of docs/visibility.md."""
    heads = ("table", "read", "added", "changed", "narrowed by")
    return "\n".join([BEGIN, *_table(heads, (each.cells() for each in lines())), END])


def _listed(said: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(said)) or "-"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> list[str]:
    names = list(heads)
    return [
        f"| {' | '.join(names)} |",
        "|" + "---|" * len(names),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
