"""Who is told that an entry is kept finds it, though the web server was killed meanwhile.

`./harbour check storm` kills the database and the worker too, and lets another server lose.
"""

import contextlib
import os
import signal
from pathlib import Path
from types import SimpleNamespace

from harbour.config import processes
from tests.boundary import storm, storm_ground

HOST = "127.0.0.1"


def test_what_was_acknowledged_survives_the_death_of_the_web_server(
    committed: SimpleNamespace, tmp_path: Path
) -> None:
    episode, cookie = storm_ground.ground(committed)
    environment = {**os.environ, "HARBOUR_DATABASE_AS": "app", "HARBOUR_DEMO": "1"}
    beside = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    port = processes.free_port(HOST, 8650 + 50 * beside)
    web = processes.web_command(host=HOST, port=port, workers=1, threads=2)

    with processes.child("web server", web, environment, log=tmp_path / "web.log") as serving:
        processes.wait_until_answering(serving, host=HOST, port=port)
        report = storm.run(
            storm.Target(address=f"http://{HOST}:{port}", episode=episode, cookie=cookie),
            storm.Weather(
                seconds=4,
                clients=2,
                pause=(1.5, 2),
                blows={"web worker": lambda: _kill_children(serving.process.pid)},
            ),
            admin_url=os.environ["HARBOUR_TEST_DATABASE_URL"],
        )

    assert (report.lost, report.doubled, report.gave_up, report.unwritten) == ([], [], [], 0)
    assert report.acknowledged > 5
    assert report.asked_again > 0  # the death was felt


def _kill_children(number: int) -> None:
    for each in Path(f"/proc/{number}/task/{number}/children").read_text().split():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(each), signal.SIGKILL)
