"""The house as its files state it: floors and rooms in order, their sources, their templates."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.apps import apps
from django.db.models import Model

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "harbour"

type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Room:
    """A room: its floor, its name, and how high both stand."""

    floor: str
    name: str

    @property
    def folder(self) -> Path:
        """Return where the room's files are."""
        return SOURCE / self.floor / self.name

    @property
    def package(self) -> str:
        """Return the room's dotted name."""
        return f"harbour.{self.floor}.{self.name}"

    def stands_on(self, other: "Room") -> bool:
        """Say whether this room may know the other: itself, or one that the contract puts lower."""
        if self == other:
            return True
        if self.floor != other.floor:
            return floors().index(other.floor) > floors().index(self.floor)
        storeys = order_on(self.floor)
        return storeys[other.name] > storeys[self.name]


@dataclass(frozen=True)
class Source:
    """A module of a room, or of one of the two floors without rooms."""

    path: Path

    @property
    def name(self) -> str:
        """Return the path as a person would say it."""
        return str(self.path.relative_to(SOURCE))

    @property
    def dotted(self) -> str:
        """Return the module's name."""
        parts = list(self.path.relative_to(SOURCE.parent).with_suffix("").parts)
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> Room | None:
        """Return the room the module stands in."""
        return room_of(self.dotted)

    @property
    def furniture(self) -> str:
        """Return the piece of furniture it belongs to: `actions` for actions/gradings.py too."""
        parts = self.dotted.split(".")
        return parts[3] if len(parts) > 3 else ""

    @cached_property
    def text(self) -> str:
        """Return what the file says."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Return the file as a tree."""
        return ast.parse(self.text)

    @cached_property
    def names(self) -> dict[str, str]:
        """Return what each name at hand stands for: the module's own functions and its imports."""
        own = [node.name for node in self.tree.body if isinstance(node, ast.FunctionDef)]
        known = {name: f"{self.dotted}.{name}" for name in own}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    known[each.asname or each.name] = f"{node.module}.{each.name}"
        return known

    def functions(self) -> Iterator[Function]:
        """Yield every function, methods and inner ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def doors(self) -> Iterator[Function]:
        """Yield the public functions of the module itself."""
        for node in self.tree.body:
            if isinstance(node, Function.__value__) and not node.name.startswith("_"):
                yield node


@cache
def _contracts() -> dict[str, list[str]]:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return {each["id"]: each["layers"] for each in contracts if each["type"] == "layers"}


@cache
def floors() -> list[str]:
    """Return the floors from the top down, as import-linter's contract has them."""
    return [each.strip("()") for each in _contracts()["floors"]]


@cache
def order_on(floor: str) -> dict[str, int]:
    """Return how far down each room of a floor stands; neighbours share a number."""
    return {
        name.strip(" ()"): depth
        for depth, layer in enumerate(_contracts()[floor])
        for name in re.split(r"[|:]", layer)
    }


@cache
def rooms() -> list[Room]:
    """Return every room there is."""
    return [
        Room(floor, path.name)
        for floor in floors()
        if floor not in {"config", "demo"}
        for path in sorted((SOURCE / floor).iterdir())
        if (path / "__init__.py").exists()
    ]


@cache
def room_of(dotted: str) -> Room | None:
    """Return the room in which a module stands; the command line and the demo are no rooms."""
    parts = dotted.split(".")
    if len(parts) < 3 or parts[0] != "harbour":
        return None
    return next((each for each in rooms() if each.package == ".".join(parts[:3])), None)


def room_named(name: str) -> Room | None:
    """Return the room of this name."""
    return next((each for each in rooms() if each.name == name), None)


@cache
def sources() -> list[Source]:
    """Return every module of the product that a person wrote: migrations are Django's."""
    return [Source(path) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def models() -> list[type[Model]]:
    """Return every model of ours."""
    return [each for each in apps.get_models() if room_of(each.__module__) is not None]


def room_of_model(model: type[Model]) -> Room:
    """Return the room that owns a model."""
    room = room_of(model.__module__)
    if room is None:
        raise LookupError(f"{model} is not one of ours.")
    return room


@cache
def templates() -> list[tuple[Room, Path]]:
    """Return every template with its room."""
    return [
        (room, path)
        for room in rooms()
        for path in sorted((room.folder / "templates").rglob("*"))
        if path.is_file()
    ]
