"""A person at a browser without scripts, made of the standard library."""

import http.client
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from harbour.demo.check.reading import Form, Page, Reader, Unreadable
from harbour.record.people.views.reasons import FIELD
from harbour.record.people.vocabulary import Reason

PATIENCE_SECONDS = 30
MOST_REDIRECTS = 5
QUESTION = "Why are you opening this record?"
BECAUSE = Reason.MEETING


class Visitor:
    """Somebody with cookies, who opens pages, follows links and sends forms."""

    def __init__(self, base_url: str) -> None:
        self.base = base_url.rstrip("/")
        self.host = urlsplit(self.base).netloc
        self.cookies: dict[str, str] = {}
        self.page = Page(self.base, 0, "", b"")
        self.connection = http.client.HTTPConnection(self.host, timeout=PATIENCE_SECONDS)

    def open(self, address: str, expect: int = 200) -> Page:
        """Open a page, which must answer with this status (0: any)."""
        return self._ask("GET", address, [], expect)

    def follow(self, words: str, nth: int = 0) -> Page:
        """Follow the link with these words on the page one is at."""
        return self.open(self.page.link(words, nth))

    def press(self, button: str, nth: int = 0) -> Page:
        """Send the form with this button as it stands on the page one is at."""
        return self.send(self.page.form(button, nth))

    def send(self, form: Form, expect: int = 200) -> Page:
        """Send a form and go where it leads, to an answer with this status (0: any)."""
        if form.method == "get":
            return self.open(f"{urlsplit(form.action).path}?{urlencode(form.pairs)}", expect)
        return self._ask("POST", form.action, form.pairs, expect)

    def leave(self) -> None:
        """Close the browser."""
        self.connection.close()

    def _ask(self, method: str, address: str, pairs: list[tuple[str, str]], expect: int) -> Page:
        where = urljoin(self.page.address, address)
        for _ in range(MOST_REDIRECTS):
            answer, body = self._exchange(method, where, urlencode(pairs) if pairs else "")
            leads = answer.headers.get("Location")
            if not leads or answer.status not in {301, 302, 303, 307, 308}:
                break
            where, method, pairs = urljoin(where, leads), "GET", []
        else:
            raise Unreadable(f"{urlsplit(where).path} leads in a circle")
        kind = (answer.headers.get("Content-Type") or "").partition(";")[0]
        page = Page(where, answer.status, kind, body)
        if kind == "text/html":
            Reader(page).read(body.decode())
        if expect not in {0, page.status}:
            path = urlsplit(where).path
            raise Unreadable(f"{path} answers {page.status} and should {expect}{page.problems}")
        if page.title.startswith(QUESTION):
            return self._say_why(page, expect)
        self.page = page
        return page

    def _say_why(self, page: Page, expect: int) -> Page:
        """Press the reason, once a child, as everybody does who opens a child's record."""
        form = page.form(BECAUSE.label)
        pairs = [*form.pairs, (FIELD, BECAUSE.value)]
        return self._ask("POST", form.action, pairs, expect)

    def _exchange(
        self, method: str, where: str, sent: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        parts = urlsplit(where)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = self.base
        try:
            self.connection.request(method, target, sent or None, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server closed a connection that had rested; a browser opens another one, too.
            self.connection.close()
            self.connection.request(method, target, sent or None, headers)
            answer = self.connection.getresponse()
        body = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer, body
