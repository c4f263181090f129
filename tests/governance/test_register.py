"""Every table and every field is declared: who owns it, how long it lives, what it holds."""

import csv
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from harbour.foundation.access.roles import ROLES
from tests.architecture.house import models

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "governance"
MUTABILITY = {"append-only", "mutable"}
# Mutable, though not by a statement of the application's own: each with what changes it.
CHANGED_BY_OTHERS = {
    "access_rolegrant": "every start, from the code",
    "discussions_heldwithin": "a release that changes the time",
    "emergency_bankholiday": "a release that knows more years",
    "emergency_breakglass": "harbour_sec.break_glass and end_break_glass",
    "linkage_deletion": "the database, when a name is added",
    "linkage_part": "the database, when a name is added",
    "linkage_token": "the database, when a name is added",
    "missing_repeatrule": "a release that changes the rule",
    "people_standing": "harbour_sec.end_standings",
    "reporting_missingcount": "the database, when an episode is written",
    "referrals_draft": "harbour_sec.keep_draft and take_draft",
    "retention_due": "harbour_sec.retention_find_due",
    "retention_rule": "a release that changes the schedule",
}
CLASSES = {"personal", "special-category", "operational", "none"}


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tables() -> set[str]:
    return {model._meta.db_table for model in models()}


def _fields() -> set[tuple[str, str]]:
    return {
        (model._meta.db_table, str(field.column))
        for model in models()
        for field in model._meta.local_concrete_fields
    }


def test_every_table_is_declared() -> None:
    new = _tables() - {row["table"] for row in _rows("tables.csv")}

    assert not new, (
        "Add to docs/governance/tables.csv, with whether rows change, how long they live, why, how "
        f"they go, and the role that answers for them: {sorted(new)}"
    )


def test_every_field_is_classed() -> None:
    new = _fields() - {(row["table"], row["field"]) for row in _rows("fields.csv")}

    assert not new, (
        "Add to docs/governance/fields.csv, with its class (personal, special-category, "
        f"operational, none) and what a scrubbed copy holds instead: {sorted(new)}"
    )


def test_nothing_is_declared_that_is_gone() -> None:
    tables = {row["table"] for row in _rows("tables.csv")} - _tables()
    fields = {(row["table"], row["field"]) for row in _rows("fields.csv")} - _fields()

    assert not tables, f"Strike from docs/governance/tables.csv: {sorted(tables)}"
    assert not fields, f"Strike from docs/governance/fields.csv: {sorted(fields)}"


def test_nothing_is_declared_twice() -> None:
    tables = [row["table"] for row in _rows("tables.csv")]
    fields = [(row["table"], row["field"]) for row in _rows("fields.csv")]

    assert tables == sorted(set(tables)), "Keep tables.csv sorted, each table once."
    assert fields == sorted(set(fields)), "Keep fields.csv sorted, each field once."


@pytest.mark.parametrize("row", _rows("tables.csv"), ids=lambda row: row["table"])
def test_a_table_says_how_long_it_lives_and_who_answers(row: dict[str, str]) -> None:
    owners = {role.code for role in ROLES if not role.system}

    assert row["mutability"] in MUTABILITY
    assert row["owner"] in owners, f"Name a role that a person holds, not {row['owner']!r}."
    assert row["retention"], "Say how long a row lives."
    assert row["source"], "Name the law or the schedule it rests on."
    assert row["disposal"], "Say how a row goes."


def test_every_field_says_what_it_holds() -> None:
    unclear = [
        f"{row['table']}.{row['field']}"
        for row in _rows("fields.csv")
        if row["class"] not in CLASSES or not row["scrub"]
    ]

    assert not unclear, (
        f"Name the class ({', '.join(sorted(CLASSES))}) and what a scrubbed copy holds instead, "
        f"`keep` where nothing is personal: {unclear}"
    )


def test_text_about_a_person_does_not_survive_a_scrub() -> None:
    kept = [
        f"{row['table']}.{row['field']}"
        for row in _rows("fields.csv")
        if row["class"] in {"personal", "special-category"}
        and row["scrub"] == "keep"
        and _is_free_text(row["table"], row["field"])
    ]

    assert not kept, f"Give each a scrub value: {kept}"


def _is_free_text(table: str, column: str) -> bool:
    for model in models():
        for field in model._meta.local_concrete_fields:
            if (model._meta.db_table, field.column) == (table, column):
                return field.get_internal_type() == "TextField" and not field.choices
    return False


def test_the_database_keeps_append_only_tables_append_only(db: None) -> None:
    del db
    open_to_change = []
    with connection.cursor() as cursor:
        for row in _rows("tables.csv"):
            if row["mutability"] == "append-only":
                cursor.execute(
                    "SELECT has_any_column_privilege('harbour_app', %s, 'UPDATE')"
                    " OR has_table_privilege('harbour_app', %s, 'DELETE')",
                    [row["table"], row["table"]],
                )
                if cursor.fetchone()[0]:
                    open_to_change.append(row["table"])

    assert not open_to_change, f"Revoke UPDATE and DELETE, or declare mutable: {open_to_change}"


def test_what_nobody_may_change_is_declared_append_only(db: None) -> None:
    del db
    fixed = []
    with connection.cursor() as cursor:
        for row in _rows("tables.csv"):
            if row["mutability"] == "mutable" and row["table"] not in CHANGED_BY_OTHERS:
                cursor.execute(
                    "SELECT has_any_column_privilege('harbour_app', %s, 'UPDATE')"
                    " OR has_table_privilege('harbour_app', %s, 'DELETE')",
                    [row["table"], row["table"]],
                )
                if not cursor.fetchone()[0]:
                    fixed.append(row["table"])

    assert not fixed, f"Declare append-only: {fixed}"
