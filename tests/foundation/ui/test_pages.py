"""How a view answers: page, refusal, absence, conflict, fault."""

import re

import pytest
from django.test import Client

SIGNED_IN_PAGES = ["/gallery/", "/gallery/form/", "/gallery/question/", "/gallery/meeting/"]


@pytest.mark.parametrize("path", SIGNED_IN_PAGES)
def test_what_signed_in_people_see_is_kept_nowhere(browser: Client, path: str) -> None:
    response = browser.get(path)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("db", "demo")
@pytest.mark.parametrize("path", SIGNED_IN_PAGES)
def test_nobody_is_shown_the_gallery(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302


def test_a_page_says_to_whom_and_how_sensitive(browser: Client) -> None:
    html = browser.get("/gallery/").content.decode()

    assert "OFFICIAL-SENSITIVE" in html
    assert re.search(r"Shown to [^,]+, .+, on \w{3} \d", html)
    assert "every child, adult and agency here is invented" in html


def test_every_page_has_one_heading_a_title_and_a_way_past_the_menu(browser: Client) -> None:
    for path in SIGNED_IN_PAGES:
        html = browser.get(path).content.decode()

        assert html.count("<h1") == 1
        assert "<title> - Harbour" not in html
        assert 'href="#main-content"' in html
        assert 'id="main-content"' in html


def test_scripts_carry_a_nonce_or_come_from_here(browser: Client) -> None:
    response = browser.get("/gallery/")

    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*src=\"/static/)[^>]*>", response.content.decode()) == []


def test_a_form_with_errors_says_so_in_its_title_and_summary(browser: Client) -> None:
    html = browser.post("/deed/", {"text": ""}).content.decode()

    assert "<title>Error: Note - Harbour</title>" in " ".join(html.split())
    assert '<a href="#id_text">Enter text</a>' in html


def test_a_refusal_is_a_page_with_its_sentence(browser: Client) -> None:
    response = browser.post("/deed/", {"text": "refuse"})

    assert response.status_code == 403
    assert "Only the chair may write this note." in response.content.decode()


def test_absent_and_hidden_look_the_same(browser: Client) -> None:
    hidden = browser.get("/missing/")
    absent = browser.get("/nowhere/")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert _words(hidden.content) == _words(absent.content)


def _words(content: bytes) -> str:
    html = content.decode()
    start = html.index("<main")
    return html[start : html.index("</main>")]


def test_a_fault_is_a_page_that_tells_nothing(browser: Client) -> None:
    browser.raise_request_exception = False

    response = browser.get("/fault/")

    assert response.status_code == 500
    assert "broken on purpose" not in response.content.decode()
    assert "call 999" in response.content.decode()


def test_a_conflict_shows_both_texts_and_carries_the_choice(browser: Client) -> None:
    response = browser.post(
        "/conflict/", {"text": "Black hoodie", "place": "Quay", "seen_version": 4}
    )
    html = response.content.decode()

    assert response.status_code == 409
    assert 'name="text" value="Grey hoodie" checked' in " ".join(html.split())
    assert 'value="Black hoodie"' in html
    assert '<input type="hidden" name="seen_version" value="5">' in html
    assert '<input type="hidden" name="place" value="Quay">' in html
    assert 'name="seen_version" value="4"' not in html


def test_a_form_from_an_old_page_is_answered_in_plain_words(browser: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    response = strict.post("/deed/", {"text": "x"})

    assert response.status_code == 403
    assert "This form has grown too old" in response.content.decode()
