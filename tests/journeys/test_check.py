"""The demo's check walks the main job over HTTP, and again on what the first walk left."""

import pytest

from harbour.demo import check


def test_the_main_job_can_be_walked_and_walked_again(
    hub: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        failed = check.run(hub)

        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if line.startswith("FAILED")] == []
        assert failed == 0
        assert lines[-1].startswith(f"{len(check.STEPS)} of {len(check.STEPS)} steps")


def test_a_hub_that_does_not_answer_fails_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run("http://127.0.0.1:9") == 1

    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("FAILED") for line in lines) == len(check.STEPS)
