"""A server that says how it read a request: one request is one, whatever its framing claims."""

import json
from collections.abc import Callable, Iterable
from typing import Any

SEEN: list[str] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the method, the path, the body and how many requests there were."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    SEEN.append(environ["PATH_INFO"])
    said = {"path": environ["PATH_INFO"], "body": body.decode("latin-1"), "seen": SEEN}
    content = json.dumps(said).encode()
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    )
    return [content]
