"""What docs/asvs.csv claims is there: every requirement, every test, every page and heading."""

import ast
import csv
import re
from collections import Counter
from functools import cache

import pytest

from tests.architecture.house import CHECKOUT

STATUS = {"held", "partly", "not", "deployer", "n/a"}
# OWASP ASVS 5.0.0: requirements of level 1, 2 and 3.
REQUIREMENTS = {"1": 70, "2": 183, "3": 92}
SKIPPED = {"skip", "skipif", "xfail"}
COLUMNS = ["req_id", "level", "applies", "status", "evidence", "note"]


@cache
def rows() -> list[dict[str, str]]:
    """Return the requirements in order."""
    with (CHECKOUT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@cache
def _tests(path: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((CHECKOUT / path).read_text(encoding="utf-8"))
    return {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}


@cache
def _headings(path: str) -> set[str]:
    text = (CHECKOUT / path).read_text(encoding="utf-8")
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in found}


def _is_there(evidence: str) -> bool:
    path, _, name = evidence.partition("::")
    if name:
        test = _tests(path).get(name) if (CHECKOUT / path).exists() else None
        return test is not None and not _is_skipped(test)
    path, _, heading = evidence.partition("#")
    return (CHECKOUT / path).exists() and (not heading or heading in _headings(path))


def _is_skipped(test: ast.FunctionDef) -> bool:
    return any(mark in ast.dump(each) for each in test.decorator_list for mark in SKIPPED)


def test_every_requirement_is_answered_once() -> None:
    ids = [each["req_id"] for each in rows()]

    assert len(ids) == len(set(ids)) == sum(REQUIREMENTS.values())
    assert Counter(each["level"] for each in rows()) == REQUIREMENTS


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["req_id"])
def test_a_requirement_is_answered_with_evidence_that_is_there(row: dict[str, str]) -> None:
    assert row["status"] in STATUS
    assert (row["applies"] == "no") == (row["status"] == "n/a")
    assert row["evidence"] or row["status"] != "held", "Name the test or the page that shows it."
    assert row["note"] or row["status"] == "held", "Say what is missing, or whose it is."
    gone = [each for each in row["evidence"].split() if not _is_there(each)]
    assert gone == [], "Name evidence that exists and is not skipped."


def test_a_test_that_is_skipped_or_gone_is_no_evidence() -> None:
    assert not _is_there("tests/architecture/test_asvs.py::test_of_nothing")
    assert not _is_there("tests/architecture/test_nothing.py::test_x")
    assert not _is_there("docs/visibility.md#nothing")
    assert _is_skipped(_tests_of("@pytest.mark.skipif(True)\ndef test_x() -> None: ..."))


def _tests_of(text: str) -> ast.FunctionDef:
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.FunctionDef)
    return node
