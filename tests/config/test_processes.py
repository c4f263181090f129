"""Programs beside each other: found dead, stopped in order, and a busy port is stepped over."""

import os
import signal
import socket
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


def test_a_program_with_the_terminal_gives_its_own_exit_code() -> None:
    command = [sys.executable, "-c", "raise SystemExit(7)"]

    assert processes.foreground(command, dict(os.environ)) == 7
