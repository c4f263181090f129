"""Small readers of pages."""

import re

from django.http import HttpResponse


def text_of(response: HttpResponse) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
