"""The command line: every command is listed and leads somewhere; a wrong one says what there is."""

import importlib

import pytest

from harbour.config import cli, doctor


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0

    said = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if f"  {name}" not in said] == []


@pytest.mark.parametrize("command", cli.COMMANDS.values(), ids=list(cli.COMMANDS))
def test_every_command_leads_to_a_function(command: cli.Command) -> None:
    module, name = command.function.split(":")

    assert callable(getattr(importlib.import_module(module), name))


def test_a_command_that_there_is_not_is_said_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["demon"]) == 2

    said = capsys.readouterr().err
    assert "There is no command demon." in said
    assert "demo [--check]" in said


def test_an_unknown_format_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "telex", "file"]) == 2

    assert "Formats: " in capsys.readouterr().err


def test_the_doctor_speaks_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    doctor.run([])

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(doctor.CHECKS)
    assert [line for line in lines if not line.startswith(("ok  ", "MISSING  "))] == []
