"""Names, streets and sentences of invented people. No sentence tells of anybody who lives."""

import json
from importlib.resources import files
from typing import Any

_WRITTEN: dict[str, Any] = json.loads(
    files("harbour.demo.history").joinpath("words.json").read_text("utf-8")
)
GIVEN: dict[str, list[str]] = _WRITTEN["given"]
FAMILY: list[str] = _WRITTEN["family"]
STREETS: list[str] = _WRITTEN["streets"]
TOWNS: dict[str, list[str]] = _WRITTEN["towns"]
SCHOOLS: list[str] = _WRITTEN["schools"]
HOUSE_NAMES: list[str] = _WRITTEN["house_names"]
# Weights of the DfE's ethnicity codes among the invented children.
ETHNICITIES: dict[str, int] = _WRITTEN["ethnicities"]
NARRATIVES: dict[str, list[str]] = _WRITTEN["narratives"]
REASONS: dict[str, str] = _WRITTEN["reasons"]
RATIONALES: dict[str, str] = _WRITTEN["rationales"]
CHILD_VOICES: list[str] = _WRITTEN["child_voices"]
DECLINED: list[str] = _WRITTEN["declined"]
PLAN_ACTIONS: dict[str, str] = _WRITTEN["plan_actions"]
# Name, status, authority, origin, importing places, direction, active from, last active.
LINES: list[list[Any]] = _WRITTEN["lines"]
