"""Everything points down: foreign keys, reverse accessors, templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.db.models.fields.related import RelatedField
from django.template.loader import get_template

from tests.architecture.house import (
    Room,
    models,
    room_named,
    room_of,
    room_of_model,
    sources,
    templates,
)

# Templates that replace those of the sign-in library.
OF_THE_SIGN_IN_LIBRARY = {"account", "mfa", "usersessions", "allauth"}
# Django's own form templates: the form renderer alone builds on them.
OF_DJANGO = "django/forms/"
TAG = re.compile(r"{%-?\s*(extends|include)\s+(\S+)")


def _relations() -> Iterator[tuple[type[Model], "RelatedField[Any, Any]", type[Model]]]:
    for model in models():
        for field in model._meta.get_fields():
            if not isinstance(field, RelatedField) or field.model is not model:
                continue
            target = field.related_model
            if room_of(target.__module__):
                yield model, field, target


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model.__name__}.{field.name} -> {target._meta.label}"
        for model, field, target in _relations()
        if not room_of_model(model).stands_on(room_of_model(target))
    ]

    assert not upward, (
        f"{upward}: keep the key in the higher room, or publish news through kernel.events."
    )


def test_no_reverse_accessor_crosses_rooms() -> None:
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model, field, target in _relations()
        if room_of_model(model) != room_of_model(target) and not field.remote_field.hidden
    ]

    assert not crossing, f'Give each related_name="+": {crossing}'


def _template_room(name: str) -> Room | None:
    if name.startswith(OF_DJANGO):
        return room_named("ui")
    folder = name.partition("/")[0]
    return room_named("entrance" if folder in OF_THE_SIGN_IN_LIBRARY else folder)


def test_templates_extend_and_include_only_what_stands_below() -> None:
    strange = []
    for room, path in templates():
        for tag, target in TAG.findall(path.read_text(encoding="utf-8")):
            other = _template_room(target.strip("\"'"))
            if target[0] not in "\"'":
                if room.name not in {"ui", "entrance"}:
                    strange.append(f"{_said(path)}: {tag} {target} is not a name")
            elif other is None or not room.stands_on(other):
                strange.append(f"{_said(path)}: {tag} {target}")

    assert not strange, (
        f"A template may use its own room's, a lower room's and ui's templates: {strange}"
    )


def test_python_names_only_templates_that_stand_below_it() -> None:
    strange = [
        f"{each.name}:{node.lineno} {node.value}"
        for each in sources()
        if each.room is not None
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[\w/]+/\w+\.html", node.value)
        and not ((other := _template_room(node.value)) and each.room.stands_on(other))
    ]

    assert not strange, f"Show a template of this room, of a lower room or of ui: {strange}"


def test_every_template_loads() -> None:
    for room, path in templates():
        if path.suffix in {".html", ".txt"}:
            get_template(str(path.relative_to(room.folder / "templates")))


def test_templates_stand_in_a_folder_of_their_room() -> None:
    astray = [
        _said(path)
        for room, path in templates()
        if (owner := _template_room(path.relative_to(room.folder / "templates").parts[0])) != room
        and room.name not in {"ui", "entrance"}
        and owner != room
    ]

    assert not astray, f"Put each under templates/<its room>/: {astray}"


def _said(path: Path) -> str:
    return "/".join(path.parts[-3:])
