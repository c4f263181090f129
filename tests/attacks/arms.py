"""The attacks: each says what it got, and is the same for the weak server and for Harbour."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any, override
from urllib.parse import urlencode, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from tests.conftest import role

type Answer = HttpResponseBase

# What an attacker puts into fields: markup, a template, a statement, a formula.
POISON = "=1+1<img src=x onerror=alert(1)>\"';--{{7*7}}"
RAW_MARKUP = "<img src=x onerror"
MARK, DAY, NUMBER = "ATTACKED-7f3", "1903-03-03", "424242"
TOKEN = "a" * 32
OUTSIDE = "https://elsewhere.example.org"
ONWARD = [
    "//elsewhere.example.org/",
    "https://elsewhere.example.org/",
    "http:elsewhere.example.org",
    "https:/elsewhere.example.org",
    "/\\elsewhere.example.org",
    "\\\\elsewhere.example.org",
    "///elsewhere.example.org",
    "/%09/elsewhere.example.org",
    "\t//elsewhere.example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@elsewhere.example.org/",
    "https://testserver.elsewhere.example.org/",
    "//testserver:80@elsewhere.example.org",
]


class Quick(Argon2PasswordHasher):
    """The hash of passwords without its price, where an attack is on something else."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@dataclass
class Sender:
    """Sends what it likes, with somebody's cookies; keeps nothing that comes back."""

    cookies: str = ""
    handler: BaseHandler = field(default_factory=BaseHandler)

    def __post_init__(self) -> None:
        self.handler.load_middleware()

    def send(
        self,
        method: str,
        path: str,
        data: Mapping[str, Any] | list[tuple[str, str]] | None = None,
        *,
        forgeries_checked: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer; by default as a page of our own would send it."""
        cookies = "; ".join(filter(None, [self.cookies, (headers or {}).get("cookie", "")]))
        request = RequestFactory().generic(
            method,
            path,
            urlencode(data or {}, doseq=True),
            content_type="application/x-www-form-urlencoded",
            headers={**(headers or {}), "cookie": cookies},
        )
        if not forgeries_checked:
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # as our own page
        return self.handler.get_response(request)

    def forgotten(self, *args: Any, **kwargs: Any) -> Answer:
        """Send, and undo what it did."""
        with transaction.atomic():
            answer = self.send(*args, **kwargs)
            transaction.set_rollback(True)
        return answer


WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
CALLS = re.compile(r"harbour_sec\.(\w+)\s*\(")


@cache
def _functions_that_may_write() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE provolatile = 'v' "
            "AND pronamespace = 'harbour_sec'::regnamespace"
        )
        return frozenset(name for (name,) in cursor.fetchall())


def written(sender: Sender, path: str) -> tuple[Answer, set[str]]:
    """Open a page and forget it; return the answer, and by what tables and functions it wrote."""
    done: set[str] = set()

    def watch(execute: Any, sql: Any, *rest: Any) -> Any:
        said = str(sql)
        done.update(WRITES.findall(said))
        done.update(_functions_that_may_write().intersection(CALLS.findall(said)))
        return execute(sql, *rest)

    _functions_that_may_write()
    with transaction.atomic(), connection.execute_wrapper(watch):
        answer = sender.send("GET", path)
        transaction.set_rollback(True)
    return answer, done


def text_of(answer: Answer) -> str:
    """Return the body as text."""
    return getattr(answer, "content", b"").decode("utf-8", "replace")


# Cross-site request forgery


FORGERIES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no token": ({}, {}),
    "a made-up token": ({"csrfmiddlewaretoken": "b" * 32}, {}),
    "a foreign origin": ({"csrfmiddlewaretoken": TOKEN}, {"origin": OUTSIDE}),
    "a null origin": ({"csrfmiddlewaretoken": TOKEN}, {"origin": "null"}),
}


def forgeries_taken(sender: Sender, path: str, *names: str) -> list[str]:
    """Return the kinds of forged POST, all or these, that the server acts on."""
    taken = []
    for name in names or FORGERIES:
        data, headers = FORGERIES[name]
        planted = {"cookie": f"{settings.CSRF_COOKIE_NAME}={TOKEN}", **headers}
        answer = sender.forgotten("POST", path, data, forgeries_checked=True, headers=planted)
        if answer.status_code != 403:
            taken.append(f"{name}: {answer.status_code}")
    return taken


# Open redirects and host headers


def leads_out(answer: Answer) -> str:
    """Return where an answer leads, if that is not this server."""
    onward = answer.headers.get("Location", "")
    parts = urlsplit(onward.replace("\\", "/").strip())
    outside = parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", "testserver"}
    outside = outside or bool(parts.scheme and not parts.netloc)
    return onward if outside or onward.startswith(("//", "/\\", "\\")) else ""


def reflected_host(sender: Sender, path: str, headers: Mapping[str, str]) -> bool:
    """Say whether a host that the request made up comes back in the page or the address."""
    answer = sender.forgotten("GET", path, headers=headers)
    return "elsewhere.example.org" in text_of(answer) + answer.headers.get("Location", "")


# Mass assignment


class Forms(HTMLParser):
    """The forms of a page: where they lead and what they send, every field filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._open: dict[str, str] | None = None
        self._select = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form's fields up."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._open = {}
            self.forms.append((given.get("action", ""), self._open))
        elif self._open is not None:
            self._field(self._open, tag, given)

    def _field(self, form: dict[str, str], tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and given.get("value"):
            form.setdefault(self._select, given["value"])
        elif tag == "textarea" and name:
            form[name] = POISON
        elif tag == "input" and name and given.get("type") in {"radio", "checkbox"}:
            form.setdefault(name, given.get("value", "on"))
        elif tag == "input" and name and given.get("type") != "file":
            form[name] = given.get("value") or _invented(name, given.get("type", "text"))

    @override
    def handle_endtag(self, tag: str) -> None:
        """Close a form or a list of choices."""
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = ""


def _invented(name: str, kind: str) -> str:
    for end, value in (("_day", "2"), ("_month", "3"), ("_year", "2026"), ("_hour", "9")):
        if name.endswith(end):
            return value
    if kind == "email" or "email" in name:
        return "somebody@example.org"
    if "phone" in name or "number" in name:
        return "07700 900222"
    return "10:30" if "time" in name else POISON


def extras(victim: str) -> dict[str, str]:
    """Return fields that no form offers, with values that are found again anywhere."""
    people = (
        "recorded_by recorded_by_id user user_id worker_id owner owner_id agency agency_id by "
        "authority_id team_id person person_id decided_by_id ended_by_id approved_by id pk"
    )
    words = (
        "role roles is_active is_system is_staff is_superuser state status kind source permissions "
        "facets audience writes granted email name grade risk restricted password"
    )
    days = "recorded_at decided_at ends_at ends_on starts_on left_on at closed_at lifted_at"
    return (
        dict.fromkeys(people.split(), victim)
        | dict.fromkeys(words.split(), MARK)
        | dict.fromkeys(days.split(), DAY)
        | {"version": NUMBER, "seen_version": NUMBER}
    )


def marks_kept(victim: str) -> dict[str, int]:
    """Return in how many rows of which table something of the extra fields stands."""
    tables = sorted({model._meta.db_table for model in apps.get_models()})
    patterns = [f"%{each}%" for each in (victim, MARK, DAY, NUMBER)]
    counts = " UNION ALL ".join(
        # The names are those of our own tables.
        f"SELECT '{table}', count(*) FROM \"{table}\" t WHERE t::text LIKE ANY (%(marks)s)"  # noqa: S608
        for table in tables
    )
    with role("harbour_sec_owner"), connection.cursor() as cursor:
        cursor.execute(counts, {"marks": patterns})
        return {name: number for name, number in cursor.fetchall() if number}


@dataclass
class Tried:
    """What became of the forms of one page."""

    sent: int = 0
    accepted: int = 0
    kept: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)


def assign_more(
    sender: Sender, path: str, victim: str, before: Mapping[str, int], *, shown: str = ""
) -> Tried:
    """Fill in every form of a page, add fields that it does not offer, and see what stays."""
    tried = Tried()
    page = Forms()
    page.feed(shown or text_of(sender.forgotten("GET", path)))
    for action, offered in page.forms:
        if "/accounts/" in action:
            continue
        tried.sent += 1
        more = {name: value for name, value in extras(victim).items() if name not in offered}
        with transaction.atomic():
            answer = sender.send("POST", action or path, {**offered, **more})
            if answer.status_code == 302:
                tried.accepted += 1
                kept = marks_kept(victim)
                tried.kept += [
                    f"{action}: {name}" for name in kept if kept[name] != before.get(name, 0)
                ]
                led = sender.send("GET", answer.headers["Location"])
                tried.raw += [action] if RAW_MARKUP in text_of(led) else []
            transaction.set_rollback(True)
    return tried


# Headers


def lacking(answer: Answer, *, signed_in: bool) -> list[str]:
    """Return what an answer's headers leave open."""
    policy = answer.headers.get("Content-Security-Policy", "")
    cookies = answer.cookies.values()
    wanted: dict[str, Callable[[], bool]] = {
        "policy": lambda: (
            "default-src 'none'" in policy and ("base-uri 'none'" in policy or "sandbox" in policy)
        ),
        "unsafe policy": lambda: "unsafe-" not in policy and "*" not in policy,
        "frames": lambda: "frame-ancestors 'none'" in policy,
        "sniffing": lambda: answer.headers.get("X-Content-Type-Options") == "nosniff",
        "opener": lambda: answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": lambda: answer.headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "referrer": lambda: answer.headers.get("Referrer-Policy") == "same-origin",
        "type": lambda: (
            not text_of(answer)
            or "charset" in answer.headers.get("Content-Type", "")
            or "application/" in answer.headers.get("Content-Type", "")
        ),
        "kept": lambda: not signed_in or "no-store" in answer.headers.get("Cache-Control", ""),
        "told": lambda: "Server" not in answer.headers and "X-Powered-By" not in answer.headers,
        "cookies": lambda: all(len(each.OutputString()) < 4096 for each in cookies),
        "shared": lambda: "Access-Control-Allow-Origin" not in answer.headers,
    }
    return [name for name, holds in wanted.items() if not holds()]


# Sessions


def fixed(client: Client, sign_in: Callable[[Client], Any]) -> bool:
    """Plant a session, let its owner sign in over it, and say whether the planted one is in."""
    session = client.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(client)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    return "_auth_user_id" in thief.session


def formulas(table: str) -> Iterator[str]:
    """Return the cells of a CSV that a spreadsheet would run."""
    for row in csv.reader(io.StringIO(table)):
        for cell in row:
            number = cell.lstrip("-").replace(".", "", 1).isdigit()
            if cell[:1] in "=+-@\t\r\0" and cell and not number:
                yield cell
