"""A small site with holes, for the scanners to find first. Needs nothing but Python."""

import html
import sqlite3
import sys
from collections.abc import Callable, Iterable
from typing import override
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

type Start = Callable[[str, list[tuple[str, str]]], object]

PAGE = """<html><body><h1>Weak</h1>
<a href="/find?name=ada">Find</a> <a href="/say?said=hello">Say</a> <a href="/go?next=/">Go</a>
<a href="/number?value=1">Number</a>
<form action="/find" method="get"><input name="name"><input type="submit"></form>
</body></html>"""
ROWS = sqlite3.connect(":memory:", check_same_thread=False)
ROWS.executescript("CREATE TABLE child (name TEXT); INSERT INTO child VALUES ('ada'), ('ben');")


def find(said: str) -> tuple[str, str, str]:
    """Paste the words into the statement, and show what the database says of it."""
    try:
        rows = ROWS.execute(f"SELECT name FROM child WHERE name = '{said}'").fetchall()  # noqa: S608
    except sqlite3.Error as error:
        return "200 OK", f"sqlite3.OperationalError: {html.escape(str(error))}", ""
    return "200 OK", html.escape(str(rows)), ""


def answer(path: str, sent: dict[str, list[str]]) -> tuple[str, str, str]:
    """Return status, body and where it leads."""
    said = next(iter(sent.values()), [""])[0]
    if path == "/find":
        return find(said)
    if path == "/say":
        return "200 OK", f"<p>{said}</p>", ""
    if path == "/go":
        return "302 Found", "", said
    if path == "/number":
        return ("200 OK", str(int(said)), "") if said.isdigit() else ("500 Broken", said, "")
    return "200 OK", PAGE, ""


def site(environ: dict[str, str], start: Start) -> Iterable[bytes]:
    """Answer without one of the headers that Harbour sends."""
    status, body, onward = answer(environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"]))
    headers = [("Content-Type", "text/html"), ("Set-Cookie", "session=weak")]
    clean = onward.replace("\r", "").replace("\n", "")
    start(status, [*headers, *([("Location", clean)] if onward else [])])
    return [body.encode("utf-8", "replace")]


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    @override
    def log_message(self, *args: object) -> None:
        """Keep quiet."""


if __name__ == "__main__":
    with make_server("127.0.0.1", int(sys.argv[1]), site, handler_class=Quiet) as server:
        server.serve_forever()
