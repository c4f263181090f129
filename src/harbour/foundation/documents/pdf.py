"""Make a PDF that everybody can read: tagged, titled, in British English, marked on every page.

A template is a typst file of a room (`meetings/minutes.typ`). What is in the record reaches it as
one JSON value and is set as plain text: no markup in it is ever obeyed, and no font or file outside
the package is read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
from django.apps import apps
from django.http import HttpResponse

import harbour
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock

MARKING = "OFFICIAL-SENSITIVE"
# PDF/UA-1: the compiler itself refuses a document without title, language or alternative text.
STANDARD: Final = "ua-1"
_PACKAGE = Path(harbour.__file__).parent
_FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands on every page of a document: how it is marked, who made it for whom, and when."""

    title: str
    reader: str
    agency: str
    made_at: str
    # The request in which it was made: the ledger's row of it carries the same mark.
    request: str = ""
    marking: str = MARKING


def frame(*, title: str, reader: Reader, at: datetime) -> Frame:
    """Return the frame of a document that this reader asks for now."""
    made = clock.london(at)
    return Frame(
        title=title,
        reader=f"{reader.name}, {reader.job}" if reader.job else reader.name,
        agency=reader.agency_name,
        made_at=f"{made:%a} {made.day} {made:%b %Y %H:%M}",
        request=reader.request_id,
    )


def render(template_name: str, frame: Frame, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a room's template with this data in it."""
    inputs = {"frame": json.dumps(frame.__dict__), "data": json.dumps(data)}
    return typst.compile(
        _template(template_name),
        root=_PACKAGE,
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=STANDARD,
    )


def answer(document: bytes, file_name: str) -> HttpResponse:
    """Return the PDF as a download that nothing on the way keeps; its name tells of nobody."""
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@cache
def _template(name: str) -> Path:
    """Return the file of a template; it lies beside the room's pages."""
    for room in apps.get_app_configs():
        found = Path(room.path) / "templates" / name
        if found.is_relative_to(_PACKAGE) and found.is_file():
            return found
    raise FileNotFoundError(name)
