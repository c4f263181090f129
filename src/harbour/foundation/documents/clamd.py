"""Ask a clamd whether it knows anything bad of some bytes: the INSTREAM command over its socket.

Protocol: clamd(8). A command ends in a zero byte, data goes in pieces behind their length, and an
empty piece ends it.
"""

import socket
import struct
from contextlib import closing

PIECE = 64 * 1024
SECONDS = 30


class ScannerDown(Exception):
    """The scanner that should have looked did not answer, or did not finish."""


def found_in(data: bytes, *, address: str) -> str:
    """Return the name of what the scanner found, or nothing; raise `ScannerDown` if it cannot say.

    `address` is a socket's path, or host:port.
    """
    try:
        with closing(_connected(address)) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
    except OSError as broken:
        raise ScannerDown(str(broken)) from broken
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer == "stream: OK":
        return ""
    raise ScannerDown(answer)


def _connected(address: str) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (more := line.recv(4096)):
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace").strip()
