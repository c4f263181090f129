"""`harbour doctor`: says in sentences what is there and what is missing, and changes nothing."""

import argparse
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harbour.config import cluster, database, demonstration, installation, secrets

ROOM_NEEDED = 2 * 1024**3
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The fonts of the pages in the browser tests; without them the pictures differ, nothing else.
FONTS = ("Liberation", "Arial")


@dataclass(frozen=True)
class Finding:
    """One sentence; `well` is false where something must be done before Harbour works."""

    sentence: str
    well: bool = True


def run(argv: list[str]) -> int:
    """Say what is there and what is missing; exit 1 if Harbour cannot work like this."""
    argparse.ArgumentParser(prog="harbour doctor", description=run.__doc__).parse_args(argv)
    findings = [check() for check in CHECKS]
    for finding in findings:
        print(f"{'ok     ' if finding.well else 'MISSING'}  {finding.sentence}")
    return 0 if all(finding.well for finding in findings) else 1


def python() -> Finding:
    return Finding(f"Python {platform.python_version()} at {sys.executable}.")


def postgres() -> Finding:
    """Look at the server that would be used, without starting one."""
    if os.environ.get("DATABASE_URL"):
        return _named_server(os.environ["DATABASE_URL"])
    if os.environ.get("HARBOUR_APP_DATABASE_URL"):
        return Finding("HARBOUR_APP_DATABASE_URL names a database that was set up elsewhere.")
    program = cluster.embedded_binaries() / "postgres"
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    if done.returncode:
        return Finding(f"{program} does not run: {done.stderr.strip()}", well=False)
    return Finding(f"{done.stdout.strip()}, embedded; its data is in {installation.home()}.")


def chromium() -> Finding:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return Finding(f"Chromium for the browser tests at {found}.")
    return Finding("No Chromium: the browser tests are skipped (apt-get install chromium).")


def fonts() -> Finding:
    if not shutil.which("fc-list"):
        return Finding("Fonts cannot be listed (no fc-list); the browser tests work without.")
    listed = subprocess.run(["fc-list"], capture_output=True, text=True, check=False).stdout
    if any(name in listed for name in FONTS):
        return Finding("Fonts for the browser tests are installed.")
    return Finding("No Arial-like font: pictures differ (apt-get install fonts-liberation).")


def port() -> Finding:
    host, wanted = demonstration.HOST, demonstration.PORT
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError:
            return Finding(f"Port {wanted} is taken: the demo will use the next free one.")
    return Finding(f"Port {wanted} is free.")


def disk() -> Finding:
    free = shutil.disk_usage(_existing(installation.home())).free
    said = f"{free / 1024**3:.1f} GiB free for {installation.home()}"
    if free < ROOM_NEEDED:
        return Finding(f"{said}; the demo wants 2 GiB.", well=False)
    return Finding(f"{said}.")


def state() -> Finding:
    home = installation.home()
    if not os.access(_existing(home), os.W_OK):
        return Finding(f"{home} cannot be written: set HARBOUR_HOME to a folder.", well=False)
    if problem := secrets.permissions_problem(home):
        return Finding(problem, well=False)
    if not home.exists():
        return Finding(f"{home} will be made by the first command that needs it.")
    return Finding(f"{home} is writable, and its secrets are readable by their owner alone.")


def _named_server(url: str) -> Finding:
    try:
        with database.admin_connection(url, database="postgres") as admin:
            version = admin.info.parameter_status("server_version")
    except database.UnusableDatabase as problem:
        return Finding(str(problem), well=False)
    return Finding(f"PostgreSQL {version} at the address in DATABASE_URL, as an administrator.")


def _existing(path: Path) -> Path:
    """Give the path itself, or the nearest folder above it that exists."""
    return next(each for each in (path, *path.parents) if each.exists())


CHECKS: tuple[Callable[[], Finding], ...] = (
    python,
    postgres,
    state,
    disk,
    port,
    chromium,
    fonts,
)
