"""A real OpenID provider on loopback, and the half of a browser that walks through it."""

import contextlib
import hashlib
import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, override

import pytest

from harbour.config import processes

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "provider.mjs")
SERVER = "http://testserver"
CALLBACK = f"{SERVER}/accounts/provider/council/answer/"
AFTER = f"{SERVER}/accounts/login/"
SECRET = "an-invented-client-secret-of-the-tests"


class _Stop(urllib.request.HTTPRedirectHandler):
    @override
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nothing: the test looks at each step."""


@dataclass
class Visitor:
    """A browser's visit at the provider: it keeps cookies and follows until it is sent to us."""

    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def ask(self, url: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, where it leads, and the body."""
        opener = urllib.request.build_opener(
            _Stop, urllib.request.HTTPCookieProcessor(self.jar), urllib.request.ProxyHandler({})
        )
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        try:
            with opener.open(url, body, timeout=10) as answer:
                return answer.status, "", answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers.get("Location", ""), answer.read().decode()

    def through(self, url: str) -> str:
        """Return the address of ours to which the provider leads in the end."""
        here = url
        for _ in range(12):
            status, onward, body = self.ask(here)
            assert onward, f"{here} leads nowhere: {status} {body[:400]}"
            here = urllib.parse.urljoin(here, onward)
            if here.startswith(SERVER):
                return here
        raise AssertionError(f"The provider leads in circles: {here}")


@dataclass(frozen=True)
class Agency:
    """The provider while it runs."""

    address: str

    def tell(self, what: str, text: str) -> None:
        """Set the people there are, or the mischief of the next tokens."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(f"{self.address}/{what}", text.encode(), timeout=10).close()

    def knows(self, **people: dict[str, Any]) -> None:
        """Say who there is, by subject."""
        self.tell("people", json.dumps(people))

    def app(self, **settings: Any) -> dict[str, Any]:
        """Return the provider as the settings hold it."""
        base = {"server_url": self.address, "oauth_pkce_enabled": True, "uid_field": "sub"}
        base |= {"scope": ["openid", "profile", "email"], "groups_claim": "groups"}
        base |= {"second_factor": {"claim": "amr", "values": ["mfa"]}}
        return {
            "provider_id": "council",
            "name": "Middleshire County Council",
            "client_id": "harbour",
            "secret": SECRET,
            "settings": base | settings,
        }


@contextlib.contextmanager
def running() -> Iterator[Agency]:
    """Install the provider once into a cache folder, run it, and end it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("No Node on this machine: install node and npm to meet a real OpenID provider.")
    folder = _installed(npm)
    port = processes.free_port("127.0.0.1", 9870)
    command = [node, "provider.mjs", str(port), CALLBACK, AFTER]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as serving:
        try:
            assert serving.stdout is not None
            said = serving.stdout.readline()
            assert said.startswith("ready"), f"The provider did not start: {said}"
            yield Agency(f"http://127.0.0.1:{port}")
        finally:
            serving.terminate()


def _installed(npm: str) -> Path:
    seal = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "harbour" / f"oidc-{seal}"
    if not (folder / "whole").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(HERE / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip("npm cannot fetch the OpenID provider of the tests: no registry here.")
        (folder / "whole").touch()
    return folder


def ways_of_mischief() -> list[str]:
    """Return the names of the bad tokens that the provider can be told to give."""
    source = (HERE / "provider.mjs").read_text(encoding="utf-8")
    block = source.split("const WAYS = {", 1)[1].split("\n};", 1)[0]
    return re.findall(r'^  "?([a-z-]+)"?:', block, re.MULTILINE)
