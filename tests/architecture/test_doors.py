"""The doors of a room: what each says of itself, and that every act marks the ledger."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.architecture.house import Function, Source, sources

DOORS = ("rules", "policy", "queries", "actions")
# Acts that write no ledger row and are not told by whom, each with why.
SILENT = {
    "harbour.foundation.access.actions.publish_roles": "run at every start by the migration role; "
    "the catalog gate compares the result with the code",
    "harbour.foundation.access.actions.grant_library_tables": "run at every start by the migration "
    "role; the catalog gate judges the result",
    "harbour.work.assessments.actions.publish_tools": "run by a migration, as the migration role",
    "harbour.work.referrals.actions.news.fire": "part of the act that brought the news, which "
    "writes its own row; the firing says what fired it",
    "harbour.record.restrictions.actions.look_out": "a row in the ledger that its writer may read "
    "would tell her that there is an owner to tell; the lookout says who and when",
    "harbour.work.discussions.actions.asks.notice_repeats": "part of the act that brought the "
    "news, which writes its own row",
    "harbour.work.returns.actions.naming.take_names": "part of the act that brought the "
    "news, which writes its own row",
    "harbour.work.missing.actions.imported.take_in": "part of one file's import, which writes one "
    "row with every child of the file",
    "harbour.work.referrals.actions.drafts.keep_draft": "an unsent answer; `receive` writes "
    "the row when it is sent",
    "harbour.work.referrals.actions.drafts.take_draft": "hands an unsent answer back for its key",
    "harbour.record.people.actions.state_reason": "every look of the session carries the reason",
    "harbour.work.referrals.actions.drafts.count_try": "counts tries by hashed address",
    "harbour.insight.reporting.actions.open_figures": "run by an operator before anybody holds the "
    "role; every report that the principal prints is written down",
    "harbour.exchange.ssda903.actions.principals.open_returns": "run by an operator before anybody "
    "holds a role; the people it opens are written down by the import itself",
}
LEDGER = "harbour.foundation.audit.actions"


def _doors(*furniture: str) -> Iterator[tuple[Source, Function]]:
    for each in sources():
        if each.room is not None and each.furniture in furniture:
            for node in each.doors():
                yield each, node


def test_every_door_says_what_it_does() -> None:
    dumb = [
        f"{each.name}:{node.name}"
        for each, node in _doors(*DOORS)
        if not (ast.get_docstring(node) or "").strip()
    ]

    assert not dumb, f'Complete "This function will ..." in a first line for: {dumb}'


def test_no_two_doors_of_a_room_say_the_same() -> None:
    said: dict[tuple[object, str], list[str]] = {}
    for each, node in _doors(*DOORS):
        line = (ast.get_docstring(node) or "").split("\n", 1)[0]
        said.setdefault((each.room, line), []).append(node.name)
    copied = {line: names for (_, line), names in said.items() if len(names) > 1}

    assert not copied, f"A copied line explains one of them at most: {copied}"


def test_actions_are_told_who_and_when() -> None:
    loose = [
        name
        for name, node in _acts().items()
        if name not in SILENT
        and (node.args.args or not {"by", "at"} <= {arg.arg for arg in node.args.kwonlyargs})
    ]

    assert not loose, (
        "Make every argument keyword-only, by= and at= among them; what only reads belongs in "
        f"queries, what only computes in rules, what serves one module takes an underscore: {loose}"
    )


def test_every_action_writes_the_ledger() -> None:
    silent = sorted(_acts().keys() - _recording() - SILENT.keys())

    assert not silent, (
        "Call audit.record in the transaction of the deed, or name the action in SILENT with the "
        f"reason: {silent}"
    )


def test_no_silent_action_is_listed_in_vain() -> None:
    assert _acts().keys() >= SILENT.keys(), (
        f"Strike from SILENT what is no longer there: {SILENT.keys() - _acts().keys()}"
    )
    assert not _recording() & SILENT.keys(), "Strike from SILENT what writes the ledger."


def test_only_actions_write_rows() -> None:
    writers = {"bulk_create", "bulk_update", "update_or_create", "get_or_create"}
    astray = [
        f"{each.name}:{node.lineno} {node.func.attr}"
        for each in sources()
        if each.room is not None
        and each.room.floor != "foundation"
        and each.furniture in {"views", "presenters", "forms", "queries", "policy", "rules"}
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writers
    ]

    assert not astray, f"Only actions write: {astray}"


@cache
def _acts() -> dict[str, Function]:
    """Return the acts of every room: of a package, what it hands on or what others call."""
    called = {
        _followed(name, _exports())
        for each in sources()
        for node in each.functions()
        for name in _called(each, node)
        if not name.startswith(f"{each.dotted.rpartition('.')[0]}.")
    }
    called |= {
        target
        for each in sources()
        if each.path.name == "__init__.py" and each.furniture == "actions"
        for _, target in _exported(each)
    }
    return {
        name: node
        for each, node in _doors("actions")
        if each.room is not None
        and not each.dotted.startswith(LEDGER)
        and (name := f"{each.dotted}.{node.name}")
        and (each.path.name == "actions.py" or name in called)
    }


@cache
def _exports() -> dict[str, str]:
    return {name: target for each in sources() for name, target in _exported(each)}


@cache
def _recording() -> frozenset[str]:
    """Return the dotted names of functions that write the ledger, themselves or through another."""
    calls = {
        f"{each.dotted}.{node.name}": set(_called(each, node))
        for each in sources()
        if each.room is not None
        for node in each.tree.body
        if isinstance(node, ast.FunctionDef)
    }
    found = {f"{LEDGER}.record"}
    while True:
        more = {
            name
            for name, called in calls.items()
            if name not in found and found & {_followed(each, _exports()) for each in called}
        }
        if not more:
            return frozenset(found)
        found |= more


def _followed(name: str, exports: dict[str, str]) -> str:
    while name in exports:
        name = exports[name]
    return name


def _exported(source: Source) -> Iterator[tuple[str, str]]:
    """Yield what a package hands on from its own modules."""
    for name, stands in source.names.items():
        if (given := f"{source.dotted}.{name}") != stands:
            yield given, stands


def _called(source: Source, function: Function) -> Iterator[str]:
    """Yield the dotted names of what a function calls, as far as its imports tell."""
    known = source.names
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in known:
            yield known[node.func.id]
        elif isinstance(node.func, ast.Attribute):
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            if owner in known:
                yield f"{known[owner]}.{node.func.attr}"
