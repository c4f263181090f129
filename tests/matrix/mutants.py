"""Policies with one term broken: every operand of every AND and OR, and the policy whole."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One policy with one term broken."""

    table: str
    policy: str
    verb: str
    change: str
    statement: str
    definition: str  # a mark of the whole policy as it is


def _group_ends(text: str, start: int) -> int:
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    raise ValueError(text)


def _operands(text: str, word: str) -> list[tuple[int, int]]:
    """Return the spans of the operands of a run of AND or OR.

    All at the depth of the text's own start.
    """
    spans, depth, begin = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and text.startswith(f" {word} ", place):
            spans.append((begin, place))
            begin = place + len(word) + 2
    return [*spans, (begin, len(text))] if spans else []


def broken_terms(expression: str) -> Iterator[tuple[str, str]]:
    """Yield (what was broken.

    Expression) for every operand of every AND (made true) and OR (made false).
    """
    for start in (place for place, letter in enumerate(expression) if letter == "("):
        end = _group_ends(expression, start)
        inside = expression[start + 1 : end]
        body = inside.rpartition(" WHERE ")
        offset = (
            start
            + 1
            + (len(inside) - len(body[2]) if body[1] and inside.startswith(" SELECT") else 0)
        )
        text = expression[offset:end]
        for word, value in (("AND", "true"), ("OR", "false")):
            for first, last in _operands(text, word):
                broken = expression[: offset + first] + value + expression[offset + last :]
                yield text[first:last].strip(), broken
    yield from _values_left_out(expression)
    yield from _arms(expression)


def _values_left_out(expression: str) -> Iterator[tuple[str, str]]:
    """Yield what is left when one of several values that are enough is not."""
    for found in re.finditer(r"ARRAY\[([^][]*, [^][]*)\]", expression):
        values = found[1].split(", ")
        for value in values:
            rest = ", ".join(each for each in values if each != value)
            broken = expression[: found.start(1)] + rest + expression[found.end(1) :]
            yield f"without {value}", broken


def _arms(expression: str) -> Iterator[tuple[str, str]]:
    """Yield what is left when one arm of a CASE lets everything through."""
    for found in re.finditer(
        r"\b(?:THEN|ELSE)\s+(.+?)\s+(?=WHEN|ELSE|END\b)", expression, re.DOTALL
    ):
        yield f"arm: {found[1]}", expression[: found.start(1)] + "true" + expression[found.end(1) :]


def mutants(table: str) -> list[Mutant]:
    """Return every mutant of every policy of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT policyname, cmd, permissive, qual, with_check FROM pg_policies "
            "WHERE tablename = %s AND schemaname = 'public' ORDER BY policyname",
            [table],
        )
        policies = cursor.fetchall()
    return [each for policy in policies for each in _of(table, *policy)]


def _of(
    table: str, name: str, verb: str, kind: str, qual: str | None, check: str | None
) -> Iterator[Mutant]:
    text = "|".join(" ".join((each or "-").split()) for each in (verb, kind, qual, check))
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    told = {"table": table, "policy": name, "verb": verb, "definition": mark}
    yield Mutant(**told, change="dropped", statement=f"DROP POLICY {name} ON {table}")
    alike = qual is not None and qual == check  # a check that repeats the USING is broken with it
    for clause, expression in (("USING", qual), ("WITH CHECK", check)):
        if expression is None or (alike and clause == "WITH CHECK"):
            continue
        whole = [("everything", "true")] if expression != "true" else []
        for term, broken in [*whole, *broken_terms(expression)]:
            both = f" WITH CHECK ({broken})" if alike else ""
            yield Mutant(
                **told,
                change=f"{clause}: {term}",
                statement=f"ALTER POLICY {name} ON {table} {clause} ({broken}){both}",
            )
