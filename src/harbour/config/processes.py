"""Starting other programs, waiting for them, and stopping them all when the person says so."""

import contextlib
import ctypes
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from harbour.config.installation import Environment

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 10
START_SECONDS = 60
# From <sys/prctl.h>.
PR_SET_PDEATHSIG = 1
PRCTL = getattr(ctypes.CDLL(None), "prctl", None)


class Died(Exception):
    """A program that should run has ended; the sentence says which, and what it said last."""


@dataclass(frozen=True)
class Child:
    """A program that runs beside others until it is stopped."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path | None

    def check_alive(self) -> None:
        if self.process.poll() is None:
            return
        said = self.log.read_text(errors="replace").splitlines()[-15:] if self.log else []
        raise Died("\n".join([f"The {self.name} has ended by itself.", *said]))

    def stop(self) -> None:
        """Ask the program to end, and insist if it does not."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def web_command(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    """Give the command of the web server."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--log-level", "warning", "--http", "1"),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(PATIENCE_SECONDS - 2)),
        "harbour.config.wsgi:application",
    ]


def worker_command() -> list[str]:
    """Give the command of the worker that does jobs and keeps the schedule."""
    return [sys.executable, "-m", "django", "procrastinate", "worker"]


def gate_command() -> list[str]:
    """Give the command that loads the application once, and ends with what it refuses about."""
    return [sys.executable, "-c", "import harbour.config.wsgi"]


def _end_with_parent() -> None:
    """Ask Linux to end this program when its parent is killed and cannot say so itself."""
    if PRCTL is not None:
        PRCTL(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first request to stop into KeyboardInterrupt; the next ones do not disturb it."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in STOP_SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextlib.contextmanager
def child(
    name: str, command: list[str], environment: Environment, *, log: Path | None = None
) -> Iterator[Child]:
    """Run a program until the block ends. Ctrl-C at the terminal reaches it only through us."""
    with contextlib.ExitStack() as stack:
        output = None
        if log:
            log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            output = stack.enter_context(log.open("wb"))
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            # Runs between fork and exec: it calls one function that was looked up beforehand.
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )
        started = Child(name, process, log)
        try:
            yield started
        finally:
            started.stop()


def foreground(command: list[str], environment: Environment, *, folder: Path | None = None) -> int:
    """Run a program that has the terminal: Ctrl-C is its own, and we wait for it in any case."""
    process = subprocess.Popen(command, env=environment, cwd=folder)

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        process.terminate()

    def leave(_number: int, _frame: FrameType | None) -> None:
        """Do nothing: the terminal told the program already."""

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, leave),
        signal.SIGTERM: signal.signal(signal.SIGTERM, pass_on),
        signal.SIGHUP: signal.signal(signal.SIGHUP, pass_on),
    }
    try:
        return process.wait()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def watch(*children: Child) -> None:
    """Wait for as long as all of them run."""
    while True:
        for each in children:
            each.check_alive()
        time.sleep(0.5)


def wait_until_answering(web: Child, *, host: str, port: int) -> None:
    """Wait until the web server answers anything at all."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        web.check_alive()
        connection = http.client.HTTPConnection(host, port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/accounts/login/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise Died(f"The {web.name} did not answer within {START_SECONDS} seconds.")


def free_port(host: str, wanted: int) -> int:
    """Give the first free port from the wanted one on; any free one for 0."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, port))
                return int(probe.getsockname()[1])
    raise Died(f"No free port from {wanted} to {wanted + 49} on {host}.")
