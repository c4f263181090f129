"""`./harbour check attack`: scanners against a weak site, then against Harbour, all on loopback."""

import argparse
import contextlib
import hashlib
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from harbour.config import installation, processes
from harbour.config.progress import told
from harbour.demo import partnership
from tests.journeys import walk

HOST = "127.0.0.1"
LOCK = installation.CHECKOUT / "requirements-attack.lock"
TOKEN = "a" * 32
AS = "team_manager"
# Modules of wapiti that ask nobody outside this machine.
MODULES = "sql,timesql,xss,permanentxss,file,exec,redirect,crlf,methods,backup,csp,cookieflags"
MODULES += ",http_headers,htaccess,ldap,upload"
# What a scanner must leave alone: it would sign itself out.
SIGNS_OUT = "account"
# Said of a loopback server, which speaks no TLS; and of one that is slow under attack.
EXPECTED = {"Secure Flag cookie", "HTTP Strict Transport Security (HSTS)", "Resource consumption"}


@dataclass(frozen=True)
class Target:
    """A site to attack: where it is, how to be somebody there, and what it offers."""

    name: str
    address: str
    cookies: str
    parameters: tuple[str, ...]
    schema: Path

    @property
    def headers(self) -> list[str]:
        """Return what every request carries."""
        given = [f"Cookie: {self.cookies}", f"X-CSRFToken: {TOKEN}"] if self.cookies else []
        return [part for each in given for part in ("-H", each)]


@dataclass(frozen=True)
class Score:
    """What one scanner found at one target."""

    scanner: str
    target: str
    found: tuple[str, ...]
    asked: str


def run(argv: list[str]) -> int:
    """Find the holes of the weak site, then none in Harbour; 0 if both came true."""
    parser = argparse.ArgumentParser(prog="harbour check attack", description=run.__doc__)
    parser.add_argument("--minutes", type=int, default=3, help="for each scanner and target")
    parser.add_argument("--scanner", choices=sorted(SCANNERS), help="only this one")
    options = parser.parse_args(argv)
    chosen = [SCANNERS[options.scanner]] if options.scanner else list(SCANNERS.values())
    tools = _installed()
    with tempfile.TemporaryDirectory(prefix="harbour-attack-") as name:
        folder = Path(name)
        scores = []
        with _weak(folder) as weak, _harbour(folder) as harbour:
            for target in (weak, harbour):
                for scanner in chosen:
                    told(f"{scanner.__name__.removeprefix('_')} against {target.name}")
                    scores.append(scanner(target, tools, folder, options.minutes * 60))
    _print(scores)
    blind = [each.scanner for each in scores if each.target == "weak" and not each.found]
    holes = [each.scanner for each in scores if each.target == "harbour" and each.found]
    if blind:
        told(f"Found nothing on the weak site, and prove nothing: {', '.join(blind)}")
    return 1 if blind or holes else 0


def _installed() -> Path:
    """Install the scanners once, by the hashes of their lock, into a folder of the cache."""
    seal = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "harbour" / f"attack-{seal}"
    if not (folder / "whole").exists():
        told("Installing the scanners.")
        venv.create(folder, with_pip=True, clear=True)
        command = [str(folder / "bin" / "pip"), "install", "--quiet", "--no-deps"]
        command += ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
        subprocess.run(command, check=True)
        (folder / "whole").touch()
    return folder / "bin"


@contextlib.contextmanager
def _weak(folder: Path) -> Iterator[Target]:
    port = processes.free_port(HOST, 8470)
    site = Path(__file__).with_name("weak_site.py")
    address = f"http://{HOST}:{port}"
    paths = {f"/{name}": _operation(name, ("value",)) for name in ("find", "say", "number")}
    schema = _schema(folder / "weak.json", paths)
    with processes.child(
        "weak site", [sys.executable, str(site), str(port)], dict(os.environ)
    ) as web:
        processes.wait_until_answering(web, host=HOST, port=port)
        yield Target("weak", address, "", (f"{address}/find?name=ada",), schema)


@contextlib.contextmanager
def _harbour(folder: Path) -> Iterator[Target]:
    port = processes.free_port(HOST, 8480)
    environment = {**os.environ, "HARBOUR_DATABASE_AS": "app", "HARBOUR_DEMO": "1"}
    web = processes.web_command(host=HOST, port=port, workers=1, threads=4)
    address = f"http://{HOST}:{port}"
    with processes.child("Harbour", web, environment, log=folder / "harbour.log") as serving:
        processes.wait_until_answering(serving, host=HOST, port=port)
        cookies = f"{_signed_in(address)}; harbour_csrf={TOKEN}"
        parameters = (
            f"{address}/homes/?page=1&size=25&sort=name",
            f"{address}/referrals/?status=new&late=1&page=1",
            f"{address}/figures/?year=2025-26&quarter=1",
            f"{address}/people/find/ given=ada&family=quill&postcode=AB1",
        )
        yield Target("harbour", address, cookies, parameters, _schema_of_all(folder))


def _signed_in(address: str) -> str:
    """Return the cookie of somebody who chairs the meeting and screens."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(jar), urllib.request.ProxyHandler({})
    )
    page = opener.open(f"{address}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    opener.open(f"{address}/demo/sign-in/{partnership.user_id(AS)}/", sent).close()
    return next(f"{each.name}={each.value}" for each in jar if each.name == "harbour_session")


# What there is to ask


def _operation(
    name: str, fields: tuple[str, ...], parts: tuple[str, ...] = ()
) -> dict[str, object]:
    place = [
        {"name": part, "in": "path", "required": True, "schema": _kind(part)} for part in parts
    ]
    query = [{"name": each, "in": "query", "schema": {"type": "string"}} for each in fields]
    answers = {"default": {"description": "Anything but a fault"}}
    form = {"type": "object", "properties": {each: {"type": "string"} for each in fields}}
    body = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    return {
        "get": {"operationId": f"get {name}", "parameters": [*place, *query], "responses": answers},
        "post": {
            "operationId": f"post {name}",
            "parameters": place,
            "requestBody": body,
            "responses": answers,
        },
    }


def _kind(part: str) -> dict[str, str]:
    if part in {"number", "session_id", "pk"}:
        return {"type": "integer"}
    return {"type": "string", "format": "uuid"} if part.endswith("_id") else {"type": "string"}


def _schema(path: Path, paths: dict[str, dict[str, object]]) -> Path:
    whole = {"openapi": "3.0.3", "info": {"title": "attacked", "version": "1"}, "paths": paths}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def _schema_of_all(folder: Path) -> Path:
    """Describe every address of ours, with fields that many forms and lists have."""
    fields = ("page", "sort", "size", "name", "given", "family", "reason", "version", "kind")
    paths = {}
    for each in walk.addresses():
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", each.route)
        if each.rule is None or not each.rule.signed_in or "(" in route or SIGNS_OUT in route:
            continue
        paths[f"/{route}"] = _operation(each.name, fields, each.parts)
    return _schema(folder / "harbour.json", paths)


# The scanners


LATE = "stopped by the clock"


def _told(command: list[str], seconds: int, folder: Path) -> str:
    """Return what a scanner said; if its time was over, with a last line that says so."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, check=False, cwd=folder
        )
    except subprocess.TimeoutExpired as late:
        text = (late.stdout or b"").decode("utf-8", "replace")
        return f"{text}\n{LATE}"
    return done.stdout + done.stderr


def _wapiti(target: Target, tools: Path, folder: Path, seconds: int) -> Score:
    report = folder / f"wapiti-{target.name}.json"
    command = [str(tools / "wapiti"), "-u", f"{target.address}/", "-m", MODULES, "-f", "json"]
    command += ["-o", str(report), "--flush-session", "--no-bugreport", "-v", "0", "-d", "4"]
    command += ["--store-session", str(folder), "-x", f"{target.address}/accounts/*"]
    command += ["-x", f"{target.address}/account/*", "--max-scan-time", str(seconds // 2)]
    # For each module.
    command += ["--max-attack-time", str(max(8, seconds // 8)), *target.headers]
    _told(command, seconds * 6, folder)
    if not report.exists():
        return Score("wapiti", target.name, ("no report: give it more minutes",), LATE)
    found = json.loads(report.read_text(encoding="utf-8"))
    named = {**found["vulnerabilities"], **found["anomalies"]}
    holes = tuple(
        f"{name} ({len(each)})" for name, each in named.items() if each and name not in EXPECTED
    )
    pages = found["infos"].get("crawled_pages_nbr", "?")
    return Score("wapiti", target.name, holes, f"{pages} pages, {len(MODULES.split(','))} modules")


def _sqlmap(target: Target, tools: Path, folder: Path, seconds: int) -> Score:
    holes: list[str] = []
    late = 0
    for asked in target.parameters:
        url, _, data = asked.partition(" ")
        command = [str(tools / "sqlmap"), "-u", url, "--batch", "--level", "2", "--risk", "2"]
        command += ["--output-dir", str(folder / "sqlmap"), "--disable-coloring", "--flush-session"]
        command += ["--timeout", "30", "--technique", "BEUT", "--time-sec", "3", *target.headers]
        command += ["--data", data] if data else []
        said = _told(command, seconds, folder)
        holes += re.findall(r"^Parameter: (.+)$", said, re.MULTILINE)
        late += said.endswith(LATE)
    asked = f"{len(target.parameters)} addresses, {late} {LATE}"
    return Score("sqlmap", target.name, tuple(holes), asked)


def _schemathesis(target: Target, tools: Path, folder: Path, seconds: int) -> Score:
    command = [str(tools / "schemathesis"), "run", str(target.schema), "-u", target.address]
    command += ["--checks", "not_a_server_error", "--max-examples", "8", "--workers", "2"]
    command += ["--no-color", "--phases", "fuzzing,coverage", *target.headers]
    said = _told(command, seconds * 3, folder)
    (folder / f"schemathesis-{target.name}.txt").write_text(said, encoding="utf-8")
    faults = sorted(set(re.findall(r"^_+ (GET|POST) (\S+) _+$", said, re.MULTILINE)))
    generated = re.search(r"(\d+) generated", said)
    asked = f"{generated[1]} cases" if generated else LATE
    return Score(
        "schemathesis", target.name, tuple(f"{verb} {path}" for verb, path in faults), asked
    )


SCANNERS: dict[str, Callable[[Target, Path, Path, int], Score]] = {
    "wapiti": _wapiti,
    "sqlmap": _sqlmap,
    "schemathesis": _schemathesis,
}


def _print(scores: list[Score]) -> None:
    line: Callable[..., str] = "{:<14} {:<9} {:<34} {}".format
    rows = [line("Scanner", "Target", "Asked", "Found")]
    rows += [
        line(each.scanner, each.target, each.asked, "; ".join(each.found) or "nothing")
        for each in scores
    ]
    sys.stdout.write("\n".join([*rows, ""]))
