"""A virus scanner that speaks clamd's protocol on loopback, and knows one file."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import override

from tests.builders.files import EICAR


class _Line(socketserver.StreamRequestHandler):
    @override
    def handle(self) -> None:
        """Answer one INSTREAM as clamd does."""
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        heard = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            heard += self.rfile.read(length)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in heard else b"stream: OK\0"
        self.wfile.write(found)


@contextmanager
def a_scanner() -> Iterator[str]:
    """Run a scanner; yield its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Line) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
