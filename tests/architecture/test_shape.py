"""Sizes and furniture: who knows one room knows them all."""

import ast

import pytest

from tests.architecture.house import CHECKOUT, Room, Source, rooms, sources

FURNITURE = frozenset(
    {
        "__init__",
        "apps",
        "vocabulary",
        "rules",
        "models",
        "policies.sql",
        "policy",
        "queries",
        "actions",
        "forms",
        "presenters",
        "views",
        "tasks",
        "urls",
        "templates",
        "migrations",
    }
)
# A room beside the closed list, each with why it is there.
BEYOND = {
    ("exchange", "command"): "`./harbour import` calls the room of the format",
    ("exchange", "management"): "`./harbour manage open_returns`: Django looks for commands there",
    ("work", "tools"): "assessment tools as data: one file a version, published by a migration",
    ("insight", "command"): "`./harbour report` calls the room of figures",
    ("insight", "management"): "`./harbour manage open_figures`: Django looks for commands there",
}
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 500, 60, 250


def _pieces(room: Room) -> set[str]:
    return {
        path.name if path.suffix == ".sql" else path.stem
        for path in room.folder.iterdir()
        if path.name != "__pycache__" and not path.name.startswith(".")
    }


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_holds_the_furniture_of_every_room(room: Room) -> None:
    if room.floor == "foundation":
        return

    strange = {piece for piece in _pieces(room) - FURNITURE if (room.floor, piece) not in BEYOND}

    assert not strange, (
        f"{room.package} holds {sorted(strange)}. The list is closed: put it where its kind "
        "belongs (rule, policy, query, action, form, presenter, view), or in foundation/kernel."
    )


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_opens_with_its_purpose_and_no_code(room: Room) -> None:
    opening = Source(room.folder / "__init__.py")

    assert [type(each) for each in opening.tree.body] == [ast.Expr], (
        f"{opening.name} should hold one docstring: the duty, its words, what others may call."
    )


def test_no_module_is_longer_than_500_lines() -> None:
    long = {
        each.name: lines
        for each in sources()
        if (lines := len(each.text.splitlines())) > LONGEST_MODULE
    }

    assert not long, f"Make each a package of the same name, one file a noun: {long}"


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{each.name}:{node.name}": lines
        for each in sources()
        for node in each.functions()
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert not long, f"Split each by what its parts say: {long}"


def test_no_template_is_longer_than_250_lines() -> None:
    long = {
        path.name: lines
        for room in rooms()
        for path in (room.folder / "templates").rglob("*.html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_TEMPLATE
    }

    assert not long, f"Let the presenter hand over components, and show those: {long}"


def test_no_waiver_stands_without_its_reason() -> None:
    bare = [
        f"{each.name}:{number}"
        for each in sources()
        for number, line in enumerate(each.text.splitlines(), start=1)
        for mark in ("# noqa", "# type: ignore", "# pragma: no cover")
        if mark in line and not _reasoned(line.split(mark, 1)[1], each.text, number)
    ]

    assert not bare, f"Say why on the same line or the line above: {bare}"


def test_branches_of_a_function_are_counted_by_the_linter() -> None:
    settings = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")

    assert '"C90"' in settings
    assert "max-complexity = 10" in settings
    assert not [each.name for each in sources() if "noqa: C901" in each.text], "Split it instead."


def _reasoned(rest: str, text: str, number: int) -> bool:
    """Say whether a reason follows the mark, or stands as a comment right above it."""
    codes, _, reason = rest.partition("]") if "[" in rest else rest.partition(" - ")
    above = text.splitlines()[number - 2].strip() if number > 1 else ""
    return bool(reason.strip(" -#")) or "#" in codes or above.startswith("#")
