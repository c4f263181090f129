"""Programs beside each other: found dead, stopped in order, and a busy port is stepped over."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harbour.config import processes


def test_the_next_free_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]

        assert processes.free_port("127.0.0.1", wanted) > wanted


def test_a_program_that_ends_by_itself_is_named_with_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('out of tea')"]
    with processes.child("kettle", command, dict(os.environ), log=tmp_path / "log") as kettle:
        kettle.process.wait()
        with pytest.raises(processes.Died, match=r"The kettle has ended by itself\.\nout of tea"):
            processes.watch(kettle)


def test_a_program_is_gone_when_its_block_ends() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with processes.child("sleeper", command, dict(os.environ)) as sleeper:
        assert sleeper.process.poll() is None

    assert sleeper.process.poll() is not None


@pytest.mark.parametrize("number", processes.STOP_SIGNALS)
def test_the_second_request_to_stop_does_not_disturb_the_first(number: int) -> None:
    cleaned_up = []

    def work() -> None:
        with processes.stoppable():
            try:
                os.kill(os.getpid(), number)
                time.sleep(1)
            finally:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.01)
                cleaned_up.append(True)

    with pytest.raises(KeyboardInterrupt):
        work()

    assert cleaned_up == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a program of this.")
def test_a_program_ends_when_we_are_killed() -> None:
    ours = """
import os, sys
from harbour.config import processes
command = [sys.executable, "-c", "import time; time.sleep(60)"]
with processes.child("sleeper", command, dict(os.environ)) as sleeper:
    print(sleeper.process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", ours], capture_output=True, text=True, check=False)
    command = Path("/proc", done.stdout.strip(), "cmdline")

    deadline = time.monotonic() + 10
    # A dead program that nobody has collected yet has an empty command line.
    while command.exists() and command.read_bytes() and time.monotonic() < deadline:
        time.sleep(0.05)

    assert time.monotonic() < deadline


def test_a_program_with_the_terminal_gives_its_own_exit_code() -> None:
    command = [sys.executable, "-c", "raise SystemExit(7)"]

    assert processes.foreground(command, dict(os.environ)) == 7
