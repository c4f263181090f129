"""Small readers of pages."""

import re
from typing import Protocol


class Answered(Protocol):
    """What a test client gets."""

    @property
    def content(self) -> bytes:
        """Return the page as it was sent."""


def text_of(response: Answered) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def title_of(response: Answered) -> str:
    """Return what stands in the browser's tab."""
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    return found[1] if found else ""
