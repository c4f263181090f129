"""Every page of the gallery, with and without errors, in a browser: axe, 320 px, anchors."""

import mimetypes
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOST = "http://localhost"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BROKEN_ANCHORS = """
[...document.querySelectorAll('.govuk-error-summary a')]
  .filter(each => !document.getElementById(each.hash.slice(1))).map(each => each.hash)
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="No Chromium on this machine."),
]


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def answers(browser: Client) -> dict[str, Answer]:
    """Every page of the gallery as the server answers it."""
    pages = {
        path: browser.get(path)
        for path in (
            "/gallery/", "/gallery/form/", "/gallery/question/", "/gallery/meeting/",
            "/gallery/meeting/?wall=1", "/nowhere/",
        )
    }  # fmt: skip
    pages["/errors/"] = browser.post("/gallery/form/", {"harm": "none"})
    pages["/refused/"] = browser.post("/deed/", {"text": "refuse"})
    pages["/conflict/"] = browser.post("/conflict/", {"text": "Black hoodie", "place": "Quay"})
    return {
        path: Answer(each.status_code, dict(each.headers), each.content)
        for path, each in pages.items()
    }


@pytest.fixture
def chromium(answers: dict[str, Answer]) -> Iterator[Browser]:
    """Open a browser after the server has answered: Playwright's loop and the ORM do not mix."""
    del answers
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def _serve(page: Page, answers: dict[str, Answer]) -> None:
    def fulfil(route: Route) -> None:
        address = urlsplit(route.request.url)
        wanted = f"{address.path}?{address.query}" if address.query else address.path
        if address.path.startswith("/static/"):
            found = finders.find(address.path.removeprefix("/static/"))
            assert isinstance(found, str), f"{address.path} is named by a page and not there"
            kind = mimetypes.guess_type(found)[0]
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            answer = answers[wanted]
            route.fulfill(status=answer.status, headers=answer.headers, body=answer.body)

    page.route("**/*", fulfil)


@pytest.mark.parametrize("width", [1200, 320])
def test_every_page_is_open_to_everybody(
    chromium: Browser, answers: dict[str, Answer], width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    _serve(page, answers)

    for path in answers:
        page.goto(HOST + path)
        found = Axe().run(page, options={"runOnly": TAGS})
        faults = [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]]

        assert faults == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(BROKEN_ANCHORS) == [], path
    assert [line for line in said if "the server responded with a status of 4" not in line] == []
    page.close()


def test_a_conditional_question_opens_and_closes(
    chromium: Browser, answers: dict[str, Answer]
) -> None:
    page = chromium.new_page()
    _serve(page, answers)
    page.goto(f"{HOST}/gallery/form/")

    assert not page.is_visible("#id_known_harm")
    page.check("#id_harm_2")
    assert page.is_visible("#id_known_harm")
    page.check("#id_harm_0")
    assert not page.is_visible("#id_known_harm")
    page.close()


def test_without_script_nothing_is_hidden(chromium: Browser, answers: dict[str, Answer]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    _serve(page, answers)
    page.goto(f"{HOST}/gallery/form/")

    assert page.is_visible("#id_known_harm")
    context.close()


def test_a_form_with_errors_puts_the_reader_at_the_summary(
    chromium: Browser, answers: dict[str, Answer]
) -> None:
    page = chromium.new_page()
    _serve(page, answers)
    page.goto(f"{HOST}/errors/")

    assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
    page.close()
