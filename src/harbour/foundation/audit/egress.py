"""The one module that speaks to a web address outside: signed roots, and nothing else.

It asks for HTTPS, connects to an address that it looked at itself, follows no redirect, waits no
longer than it says, and reads no more of an answer than it needs. Addresses inside the hub's own
network are refused unless the operator names their host.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import override
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE_SECONDS = 5
LONGEST_ANSWER = 200


class NotSent(Exception):
    """Nothing was taken; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class _Target:
    host: str
    port: int
    path: str


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address that was looked at, under the name that its certificate bears."""

    def __init__(self, target: _Target, address: str, context: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE_SECONDS, context=context)
        self._address = address
        self._trust = context

    @override
    def connect(self) -> None:
        """Connect to that very address: its name is not looked up a second time."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def problem_with(address: str) -> str:
    """Say in a sentence why an address cannot be used; empty where it can."""
    try:
        _target(address)
    except NotSent as problem:
        return str(problem)
    return ""


def post(address: str, body: str) -> str:
    """Send one JSON line; return how it was taken. Raise `NotSent` where it was not."""
    target = _target(address)
    connection = _Pinned(target, _looked_up(target), _trust())
    try:
        connection.request("POST", target.path, body.encode(), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read(LONGEST_ANSWER).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as problem:
        raise NotSent(f"{type(problem).__name__}: {problem}"[:LONGEST_ANSWER]) from problem
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise NotSent(f"It answered {answer.status}.")
    return f"{answer.status} {said}".strip()[:LONGEST_ANSWER]


def _target(address: str) -> _Target:
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError:
        raise NotSent("This is not a web address.") from None
    if parts.scheme != "https" or not parts.hostname:
        raise NotSent("Give a web address that begins with https://")
    if parts.username or parts.password or parts.fragment:
        raise NotSent("Give the address without a name, a password or a #fragment.")
    if not address.isascii() or any(each.isspace() or each == "\\" for each in address):
        raise NotSent("Give the address without spaces and backslashes, in plain letters.")
    if "%" in parts.netloc:
        raise NotSent("Give the host as it is named, without % and numbers.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(host=parts.hostname, port=port, path=path)


def _looked_up(target: _Target) -> str:
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise NotSent(f"{target.host} is not known.") from problem
    addresses = [str(each[4][0]) for each in found]
    if target.host not in settings.HARBOUR_WITNESS_INNER_HOSTS:
        for each in addresses:
            if not ipaddress.ip_address(each.split("%")[0]).is_global:
                raise NotSent(f"{target.host} is an address of an inner network.")
    return addresses[0]


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.HARBOUR_WITNESS_CA or None)
