"""Policies with one term broken: every operand of every AND and OR, and the policy whole."""

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


def mutants(table: str) -> list[Mutant]:
    """Return every mutant of every policy of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT policyname, cmd, qual, with_check FROM pg_policies WHERE tablename = %s "
            "AND schemaname = 'public' ORDER BY policyname",
            [table],
        )
        policies = cursor.fetchall()
    return [each for policy in policies for each in _of(table, *policy)]


def _of(table: str, name: str, verb: str, qual: str | None, check: str | None) -> Iterator[Mutant]:
    told = {"table": table, "policy": name, "verb": verb}
    yield Mutant(**told, change="dropped", statement=f"DROP POLICY {name} ON {table}")
    alike = qual is not None and qual == check  # a check that repeats the USING is broken with it
    for clause, expression in (("USING", qual), ("WITH CHECK", check)):
        if expression is None or (alike and clause == "WITH CHECK"):
            continue
        for term, broken in [("everything", "true"), *broken_terms(expression)]:
            both = f" WITH CHECK ({broken})" if alike else ""
            yield Mutant(
                **told,
                change=f"{clause}: {term}",
                statement=f"ALTER POLICY {name} ON {table} {clause} ({broken}){both}",
            )
