"""The check's own eyes: what it takes a page to say, ask and offer."""

import pytest

from harbour.demo.check.reading import Page, Reader, Unreadable

SOURCE = """
<!doctype html><html><head><title>Concern - Harbour</title><style>p { color: red }</style></head>
<body><nav aria-label="Menu"><a href="/">My work</a></nav>
<main><h1>A concern</h1><p>Amara was <strong>seen</strong>
twice.</p><script>hidden()</script><a href="/x/?a=1&amp;b=2">Open <span>the page</span></a>
<form method="post" action="/decide/">
<input type="hidden" name="form_key" value="k1"><input type="hidden" name="v" value="3">
<input type="radio" name="decision" value="a" id="d0"><label for="d0">Advice</label>
<input type="radio" name="decision" value="m" id="d1" checked><label for="d1">To the meeting</label>
<input type="checkbox" name="about" value="cse" id="c0"><label for="c0">Sexual</label>
<input type="checkbox" name="about" value="cce" id="c1"><label for="c1">Criminal</label>
<select name="who"><option value="">Nobody</option><option value="7">Owen Pryce</option></select>
<textarea name="why">
Because</textarea><input name="off" disabled value="no"><input type="submit" value="x">
<button type="submit">Record <span>it</span></button></form></main></body></html>
"""


@pytest.fixture
def page() -> Page:
    return Reader(Page("http://h/here/", 200, "text/html", SOURCE.encode())).read(SOURCE)


def test_words_are_read_as_one_sees_them(page: Page) -> None:
    page.says("Amara was seen twice.", "A concern")
    assert page.title == "Concern - Harbour"
    assert "hidden()" not in page.text
    assert [each.words for each in page.bar] == ["My work"]
    assert page.link("Open the page") == "/x/?a=1&b=2"


def test_a_form_is_sent_as_it_stands_with_its_hidden_fields(page: Page) -> None:
    form = page.form("Record it")

    assert (form.method, form.action) == ("post", "/decide/")
    assert form.pairs == [
        ("form_key", "k1"),
        ("v", "3"),
        ("decision", "m"),
        ("who", ""),
        ("why", "Because"),
    ]


def test_a_choice_may_be_named_by_its_words_or_its_value(page: Page) -> None:
    form = page.form("Record it").fill(decision="Advice", who="Owen", about=["cse", "Criminal"])

    assert ("decision", "a") in form.pairs
    assert ("who", "7") in form.pairs
    assert [value for name, value in form.pairs if name == "about"] == ["cse", "cce"]


def test_what_a_page_does_not_offer_is_said(page: Page) -> None:
    with pytest.raises(Unreadable, match="does not offer 'Close', only: Advice, To the meeting"):
        page.form("Record it").fill(decision="Close")
    with pytest.raises(Unreadable, match="does not ask for reason"):
        page.form("Record it").fill(reason="x")
    with pytest.raises(Unreadable, match="no form with 'Send', only: Record it"):
        page.form("Send")
    with pytest.raises(Unreadable, match="has no link 'Elsewhere'"):
        page.link("Elsewhere")
    with pytest.raises(Unreadable, match="does not say 'Nothing'"):
        page.says("Nothing")
    with pytest.raises(Unreadable, match="shows 'form_key' and must not"):
        page.hides("form_key")
