"""A web process over a pool of four: answers what standard input asks for, says what came back."""

import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

POOL, THREADS = 4, 8


def _serve() -> None:
    """Be the web process: answer what standard input asks for, and say what came back."""
    told = json.load(sys.stdin)
    django.setup()
    settings.ROOT_URLCONF = "tests.boundary.canaries"
    if told["hole"]:
        # Imported late: pages are known once Django is set up.
        from tests.boundary import holes  # noqa: PLC0415

        holes.make(told["hole"])
    pool = {"min_size": POOL, "max_size": POOL, "timeout": 30}
    connections.settings["default"]["OPTIONS"]["pool"] = pool
    application = WSGIHandler()
    result: dict[str, Any] = {"answers": Counter(), "strange": [], "shown": []}
    lock, left = threading.Lock(), [told["requests"]]

    def browse(number: int) -> None:
        chance = random.Random(told["seed"] * 1000 + number)
        while True:
            with lock:
                if left[0] <= 0:
                    return
                left[0] -= 1
            user, (key, cookie) = chance.choice(list(told["people"].items()))
            page = "/look/" if chance.random() < 0.8 else "/fail/"
            status, body = _get(application, page, cookie)
            with lock:
                _judge(result, user, key, status, body)

    threads = [threading.Thread(target=browse, args=(each,)) for each in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    json.dump(result, sys.stdout)


def _judge(result: dict[str, Any], user: str, key: str, status: int, body: str) -> None:
    result["answers"][str(status)] += 1
    if status != 200:
        if "|" in body:
            result["strange"].append(body)
        return
    request, reader, who, seen = body.split("|")
    result["shown"].append(request)
    if (reader, who, seen) != (user, user, str([key])):
        result["strange"].append(f"{key} got {body}")


def _get(application: Callable[..., Any], page: str, cookie: str) -> tuple[int, str]:
    """Ask as a server would, so that the connection goes back to the pool as it does there."""
    answered: list[int] = []

    def start(status: str, headers: object, exc_info: object = None) -> None:
        del headers, exc_info
        answered.append(int(status.split(maxsplit=1)[0]))

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": page,
        "QUERY_STRING": "",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_COOKIE": cookie,
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    response = application(environ, start)
    try:
        body = b"".join(response).decode()
    finally:
        response.close()
    return answered[-1], body


if __name__ == "__main__":
    _serve()
