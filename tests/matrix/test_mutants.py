"""A matrix that a wrong policy would pass proves nothing.

Every term of every policy is broken in turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from harbour.demo import partnership
from tests.matrix import ground as grounds
from tests.matrix import rows
from tests.matrix.decisions import Asked, mismatches
from tests.matrix.world import decisive

# One who reads and writes all, one who reads much and writes little, one of another authority, one
# who sees nobody, and nobody.
ASKED = {
    *map(
        partnership.user_id,
        ("front_door", "panel_chair", "analyst", "records_officer", "city_front_door"),
    ),
    None,
}
# What these ask of the meeting or the worker, beside the child, is proved in the rooms' own tests.
PROVED_ELSEWHERE = (
    "item_of_",
    "allocation_answer_own",
    "what_was_said",
    "completed_stays",
    "removed_stays",
    "share_",
)
# Breaking these terms changes no answer. Every role that reaches an authority reads identity, and a
# standing is only read by its own audience; an agenda item is only read by who reads its meeting,
# who is that very audience.
CHANGES_NOTHING = (
    "harbour_sec.audiences('identity'::text)",
    "harbour_sec.audiences('meeting'::text)",
)


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
            "SELECT policyname, cmd, qual, with_check FROM pg_policies WHERE tablename = %s",
            [table],
        )
        policies = cursor.fetchall()
    found = []
    for name, verb, qual, check in policies:
        if name.startswith(PROVED_ELSEWHERE):
            continue
        found.append(
            Mutant(
                table=table,
                policy=name,
                verb=verb,
                change="dropped",
                statement=f"DROP POLICY {name} ON {table}",
            )
        )
        for clause, expression in (("USING", qual), ("WITH CHECK", check)):
            if expression is None or (verb == "UPDATE" and clause == "WITH CHECK"):
                continue  # the check of an update repeats its USING: broken together below
            both = " WITH CHECK ({0})" if verb == "UPDATE" else ""
            changes = [("everything", "true"), *broken_terms(expression)]
            changes = [each for each in changes if not _changes_nothing(each[0])]
            found += [
                Mutant(
                    table=table,
                    policy=name,
                    verb=verb,
                    change=f"{clause}: {term}",
                    statement=f"ALTER POLICY {name} ON {table} {clause} "
                    f"({broken}){both.format(broken)}",
                )
                for term, broken in changes
            ]
    return found


def _changes_nothing(term: str) -> bool:
    return " AND " not in term and any(each in term for each in CHANGES_NOTHING)


@pytest.mark.parametrize("table", [each.name for each in rows.TABLES])
def test_every_mutant_of_every_policy_is_killed(ground, holders, as_owner, table):
    world = grounds.populate(ground, decisive(ground.cast))
    tables = [each for each in rows.TABLES if each.name == table]
    asked = Asked(ground=ground, world=world, tables=tables)
    holders = [each for each in holders if each.user_id in ASKED]
    assert list(mismatches(asked, holders, grounds.acting)) == []
    survivors = []
    for mutant in mutants(table):
        with transaction.atomic():
            as_owner(mutant.statement)
            writes = mutant.verb != "SELECT"
            found = mismatches(asked, holders, grounds.acting, writes=writes)
            if next(found, None) is None:
                survivors.append((mutant.policy, mutant.change))
            found.close()
            transaction.set_rollback(True)

    assert survivors == []
