"""The web server as it is started, on a socket: where a request ends, what it may be made of."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator

import pytest

from harbour.config import processes
from tests.architecture.house import CHECKOUT

HOST = "127.0.0.1"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Start the server with the product's own command, in front of a program that tells."""
    free = processes.free_port(HOST, 20_000 + os.getpid() % 20_000)
    command = processes.web_command(host=HOST, port=free, workers=1, threads=1)
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'src'}"}
    told = [*command[:-1], "tests.attacks.echo:application"]
    with processes.child("web server", told, environment) as running:
        processes.wait_until_answering(running, host=HOST, port=free)
        yield free


def _sent(port: int, request: bytes) -> bytes:
    """Return everything that comes back until the server is silent."""
    with socket.create_connection((HOST, port), timeout=5) as line:
        line.sendall(request)
        line.settimeout(1)
        answer = b""
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while piece := line.recv(65_536):
                answer += piece
    return answer


def _request(head: bytes, body: bytes = b"", method: bytes = b"POST") -> bytes:
    return method + b" /first HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n" + body


SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
# What two servers in a row could read as one request and as two.
DOUBTFUL = {
    "a length and pieces": _request(
        b"Content-Length: 6\r\nTransfer-Encoding: chunked", b"0\r\n\r\n" + SMUGGLED
    ),
    "pieces and a length": _request(
        b"Transfer-Encoding: chunked\r\nContent-Length: 4", b"0\r\n\r\n" + SMUGGLED
    ),
    "two lengths": _request(b"Content-Length: 0\r\nContent-Length: 37", SMUGGLED),
    "two lengths in one": _request(b"Content-Length: 0, 37", SMUGGLED),
    "a length with a sign": _request(b"Content-Length: +0", SMUGGLED),
    "a length below nothing": _request(b"Content-Length: -1", SMUGGLED),
    "a length in other digits": _request(b"Content-Length: 0x0", SMUGGLED),
    "a space before the colon": _request(b"Content-Length : 0\r\nContent-Length: 37", SMUGGLED),
    "pieces of an unknown kind": _request(b"Transfer-Encoding: xchunked", SMUGGLED),
    "pieces named twice": _request(
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", b"0\r\n\r\n" + SMUGGLED
    ),
    "a piece of a doubtful size": _request(
        b"Transfer-Encoding: chunked", b"0x0\r\n\r\n" + SMUGGLED
    ),
    "a header on two lines": _request(b"X-Fold: a\r\n Content-Length: 37", SMUGGLED),
    "a header with a bare return": _request(b"X-A: a\rContent-Length: 37", SMUGGLED),
    "a header with a nought": _request(b"X-A: a\0b", SMUGGLED),
    "a header of nothing": _request(b": a", SMUGGLED),
    "headers without an end": _request(b"X-A: " + b"a" * 2_000_000),
    "headers without number": _request(b"\r\n".join(b"X-%d: a" % n for n in range(20_000))),
    "an address without an end": b"GET /" + b"a" * 2_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a request of another protocol": b"PRI * HTTP/3.7\r\n\r\nSM\r\n\r\n" + SMUGGLED,
}


@pytest.fixture(scope="module")
def answers(port: int) -> dict[str, bytes]:
    return {what: _sent(port, request) for what, request in DOUBTFUL.items()}


def _status(answer: bytes) -> str:
    return answer[9:12].decode() if answer.startswith(b"HTTP/1.1 ") else ""


def test_one_request_is_one(port: int) -> None:
    plain = _sent(port, _request(b"Content-Length: 3\r\nConnection: close", b"abc"))
    pieces = b"3\r\nabc\r\n0\r\n\r\n"
    _sent(port, _request(b"Transfer-Encoding: chunked\r\nConnection: close", pieces))

    head, _, body = plain.partition(b"\r\n\r\n")
    assert json.loads(body)["body"] == "abc"
    assert int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]) == len(body)
    assert b"transfer-encoding" not in head.lower()


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_doubtful_request_is_refused_or_ends_with_its_connection(
    answers: dict[str, bytes], what: str
) -> None:
    """Nothing that follows on the same line is read as a request of its own."""
    assert b"/smuggled" not in answers[what]
    assert answers[what].count(b"HTTP/1.1 200") <= 1


@pytest.mark.parametrize("what", ["headers without an end", "an address without an end"])
def test_what_has_no_end_is_refused_early(answers: dict[str, bytes], what: str) -> None:
    assert _status(answers[what]) in {"", "400", "414", "431"}


def test_the_server_lives_after_all_of_it(port: int, answers: dict[str, bytes]) -> None:
    assert len(answers) == len(DOUBTFUL)
    time.sleep(0.1)

    assert _status(_sent(port, _request(b"Connection: close", method=b"GET"))) == "200"


def test_only_the_plain_protocol_is_spoken() -> None:
    """Behind an edge there is HTTP/1.1: no header of another version can reach it."""
    command = processes.web_command(host=HOST, port=1, workers=1, threads=1)

    assert command[command.index("--http") + 1] == "1"
    assert "--no-ws" in command
