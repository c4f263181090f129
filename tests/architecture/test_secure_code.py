"""Habits that a reader of the source can count on, because nothing else passes."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection
from urllib3.util import parse_url

from harbour.foundation.audit import egress
from tests.architecture.house import CHECKOUT, SOURCE, Source, sources

PATTERNS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall"}
SCRIPTS = sorted((CHECKOUT / "frontend" / "js").glob("*.js"))


def _calls(source: Source) -> Iterator[tuple[ast.Call, str, str]]:
    """Yield every call of a method or a function of a module, as `owner.name`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield node, owner.id if isinstance(owner, ast.Name) else "", node.func.attr


def _is_fixed(node: ast.expr) -> bool:
    """Say whether a text is written down: letters, names of constants, and what was escaped."""
    match node:
        case ast.Constant():
            return True
        case ast.Name():
            return node.id.strip("_").isupper()
        case ast.BinOp():
            return _is_fixed(node.left) and _is_fixed(node.right)
        case ast.JoinedStr():
            return all(_is_fixed(each) for each in node.values)
        case ast.FormattedValue():
            return _is_fixed(node.value)
        case _:
            return False


# Built of names in a child's record; every piece passes `re.escape` first.
ESCAPED = {"hub/subject_access/rules.py"}


def _patterns(source: Source) -> list[ast.expr]:
    return [
        call.args[0] for call, owner, name in _calls(source) if owner == "re" and name in PATTERNS
    ]


def test_a_pattern_is_written_down_or_made_of_escaped_words() -> None:
    loose = {
        each.name for each in sources() for pattern in _patterns(each) if not _is_fixed(pattern)
    }

    assert loose == ESCAPED
    assert all("re.escape(" in (SOURCE / name).read_text("utf-8") for name in ESCAPED)


def test_a_text_with_places_to_fill_in_is_written_down() -> None:
    """Format strings are constants; what fills them in cannot hold places of its own."""
    loose = [
        f"{each.name}:{call.lineno}"
        for each in sources()
        for call, _owner, name in _calls(each)
        if name in {"format", "format_map"}
        and isinstance(call.func, ast.Attribute)
        and not _is_fixed(call.func.value)
        and not _made_by_the_driver(each, call.func.value)
    ]

    assert loose == []


# Statements of `psycopg.sql`, and a sentence that a table of constants holds.
WITH_PLACES = {"grant", "statement", "why", "against"}


def _made_by_the_driver(source: Source, made: ast.expr) -> bool:
    if isinstance(made, ast.Name):
        return source.name in {"config/database.py", "record/linkage/rules.py"} and (
            made.id in WITH_PLACES
        )
    return isinstance(made, ast.Call) and ast.unparse(made.func) == "sql.SQL"


def test_what_is_logged_is_written_down() -> None:
    loose = [
        f"{each.name}:{call.lineno}"
        for each in sources()
        for call, owner, name in _calls(each)
        if owner in {"log", "logger", "logging", "LOG"}
        and name in {"debug", "info", "warning", "error", "exception", "critical"}
        and not _is_fixed(call.args[0])
    ]

    assert loose == []


def _modules(source: Source) -> set[str]:
    named: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            named |= {each.name for each in node.names}
        if isinstance(node, ast.ImportFrom):
            named.add(node.module or "")
    return named


def _those_with(*roots: str) -> set[str]:
    return {
        each.name
        for each in sources()
        if any(
            name == root or name.startswith(f"{root}.") for name in _modules(each) for root in roots
        )
    }


def test_memory_is_left_to_python() -> None:
    """One call of the operating system, with two numbers; no other code of ours has pointers."""
    assert _those_with("ctypes", "cffi", "mmap", "_ctypes") == {"config/processes.py"}
    assert [path.name for path in SOURCE.rglob("*") if path.suffix in {".c", ".pyx", ".so"}] == []


LIBRARIES = (
    "hashlib",
    "hmac",
    "secrets",
    "random",
    "ssl",
    "jwt",
    "cryptography",
    "argon2",
    "django.utils.crypto",
    "django.contrib.auth.hashers",
)


def test_every_use_of_cryptography_stands_in_its_list() -> None:
    text = (CHECKOUT / "docs" / "security-design.md").read_text("utf-8")
    _before, _, after = text.partition("### Where it is used")
    listed = set(re.findall(r"^\| `([\w/.]+\.py)` \|", after.partition("\n## ")[0], re.MULTILINE))

    assert listed == _those_with(*LIBRARIES)


# The modules that speak to anything but the database, and to whom.
SPEAKS = {
    "config/doctor.py": "a port of this machine: is it free?",
    "config/processes.py": "a port of this machine: is it free, does the server answer?",
    "foundation/audit/egress.py": "witnesses that an administrator entered",
    "foundation/audit/witnessing.py": "the mail server that the settings name",
    "foundation/documents/clamd.py": "the scanner that the settings name",
    "demo/check/visitor.py": "the demo that it checks",
}


def test_few_modules_speak_to_anybody_and_each_is_known() -> None:
    spoken = _those_with(
        "socket",
        "http.client",
        "urllib.request",
        "requests",
        "urllib3",
        "httpx",
        "smtplib",
        "ftplib",
    )

    assert spoken == set(SPEAKS)


# Addresses that two readers of addresses may read in two ways.
CONFUSING = (
    "https://good.example.org@evil.example.org/",
    "https://good.example.org\\@evil.example.org/",
    "https://evil.example.org\\.good.example.org/",
    "https://good.example.org#@evil.example.org/",
    "https://good.example.org?@evil.example.org/",
    "https://good.example.org:443@evil.example.org:444/",
    "https:good.example.org/",
    "https:///good.example.org/",
    "https://good.example.org:99999/",
    "https://[::1%25eth0]/",
    "https://good.example.org\t.evil.example.org/",
    "https://g\N{LATIN SMALL LETTER O WITH DIAERESIS}od.example.org/",
    "https://good.example.org./",
    "https://GOOD.example.org/",
    "https://good.example.org/path;x=@evil.example.org",
)


@pytest.mark.parametrize("address", CONFUSING)
def test_two_readers_of_one_address_agree_or_it_is_refused(address: str) -> None:
    if egress.problem_with(address):
        return

    theirs = parse_url(address).host or ""
    assert theirs.strip("[]").lower() == (urlsplit(address).hostname or "").lower()


def test_two_readers_of_one_json_agree(db: None) -> None:
    """Python's and the database's: the last of two keys counts for both, and NaN is refused."""
    del db
    written = '{"a": 1, "b": "\\u00e9\\ud83d\\ude00", "a": 2, "c": [1, 1.50, 1e2, null, true]}'
    with connection.cursor() as cursor:
        cursor.execute("SELECT (%s::text)::jsonb::text", [written])
        (theirs,) = cursor.fetchone()

    assert json.loads(theirs) == json.loads(written)
    others = ("orjson", "ujson", "simplejson", "yaml", "tomli", "xml", "lxml")
    # XML has one reader, which refuses a document type; nothing else reads what it has read.
    assert _those_with(*others) == {"foundation/documents/markup.py"}


def test_locks_are_taken_in_one_order_or_not_at_all() -> None:
    """Rows are not locked by hand: versions tell. Locks of a name last to the end of the deed."""
    by_hand = [
        each.name for each in sources() if re.search(r"select_for_update|FOR UPDATE\b", each.text)
    ]
    threads = _those_with("threading", "multiprocessing", "asyncio", "concurrent")
    unnamed = [
        path.name
        for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.sql")]
        if re.search(r"pg_(try_)?advisory_(?!xact_lock)", path.read_text("utf-8"))
    ]

    assert by_hand == []
    assert threads == {"foundation/audit/witnessing.py"}, "Witnesses are told side by side."
    assert unnamed == [], "Take a lock that ends with its transaction: pg_advisory_xact_lock."


def _without_texts(script: str) -> str:
    return re.sub(r"//.*$|`[^`]*`|\"[^\"\n]*\"", "", script, flags=re.MULTILINE)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_declares_what_it_names_and_leaves_document_alone(path) -> None:
    """Nothing on a page can stand in for a variable, and no object is made of what came in."""
    script = _without_texts(path.read_text("utf-8"))
    assigned = re.findall(r"^\s*([A-Za-z_$][\w$]*)\s*=[^=>]", script, re.MULTILINE)
    declared = re.findall(r"\b(?:const|let)\s+([\w$]+)", script)

    assert re.findall(r"\b(?:window|document|globalThis)\.[\w$]+\s*=[^=]", script) == []
    assert set(assigned) <= set(declared)
    assert "var " not in script
    assert re.findall(r"[^=!]==[^=]|!=[^=]", script) == [], "Compare with === and !==."
    pollution = (
        r"__proto__|\bprototype\b|Object\.assign|innerHTML|outerHTML|\beval\b|document\.write"
    )
    assert re.findall(pollution, script) == []
    assert re.findall(r"\w\[[a-zA-Z]\w*\]\s*=[^=]", script) == [], (
        "Use a Map for names from outside."
    )


def test_the_committed_script_runs_in_a_closure_of_its_own() -> None:
    build = (CHECKOUT / "frontend" / "build.sh").read_text("utf-8")
    built = (SOURCE / "foundation/ui/static/harbour/harbour.js").read_text("utf-8")

    assert "--format=iife" in build
    assert re.match(r'(?:"use strict";)?\(\(\)=>\{', built)


def test_every_change_is_checked_for_types_and_style() -> None:
    """The runner lints before it tests; the lint checks types strictly."""
    runner = (CHECKOUT / ".ci" / "run").read_text("utf-8").splitlines()
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]
    checks = (SOURCE / "config" / "checks.py").read_text("utf-8")

    assert "./harbour lint" in runner
    assert "set -euo pipefail" in runner
    assert settings["mypy"]["strict"] is True
    assert "mypy" in checks
