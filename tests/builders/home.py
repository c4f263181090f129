"""A page of work read back: which tasks stand under which heading."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse


def my_work(client: Client) -> str:
    """Return the text of the page, without markup, on one line."""
    response = client.get(reverse("home:my_work"))
    assert response.status_code == 200
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))
