"""`harbour import ssda903` as a person calls it."""

import csv
import json
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import Settings

from harbour.exchange.ssda903 import command
from harbour.exchange.ssda903.models import ImportRun
from harbour.record.people.models import Identifier, Person
from harbour.record.providers.models import Placement
from harbour.work.missing.models import Episode
from tests.conftest import role
from tests.exchange.ssda903 import samples


@pytest.fixture(autouse=True)
def home(cast: SimpleNamespace, settings: Settings, tmp_path: Path) -> Path:
    del cast
    settings.HARBOUR_HOME = tmp_path / "home"
    return tmp_path / "home"


def put(folder: Path, **tables: bytes) -> Path:
    for name, content in tables.items():
        (folder / f"{name}.csv").write_bytes(content)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "return").mkdir()
    return put(tmp_path / "return", **{name: samples.table(name, {}) for name in samples.GOOD_ROWS})


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def kept() -> tuple[int, ...]:
    with role("harbour_sec_owner"):
        return tuple(model.objects.count() for model in (Person, Placement, Episode, ImportRun))


def test_a_folder_comes_in_and_a_second_run_says_that_nothing_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run([str(folder), "--year-ending", "2018", "--format", "json"]) == 0
    first = told(capsys)
    before = kept()

    assert command.run([str(folder), "--year-ending", "2018", "--format", "json"]) == 0
    second = told(capsys)

    assert (first["changed"], first["message"]) == (True, "The return came in.")
    assert second["changed"] is False
    assert second["message"] == "Nothing changed: the hub has all of this already."
    assert {file["outcome"] for file in second["files"]} == {"nothing changed"}
    assert first["totals"] == second["totals"]
    assert first["totals"]["children"] == first["totals"]["missing_episodes"] == 1
    assert kept() == before


def test_a_trial_writes_nothing_and_says_what_would_come_in(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run([str(folder), "--dry-run", "--format", "json"]) == 0

    report = told(capsys)
    assert report["message"] == "This is what would come in; nothing was written."
    assert [file["rows_new"] for file in report["files"]] == [1] * 6
    assert not any(kept())


def test_a_refused_row_is_told_with_where_it_is_and_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, missing=samples.table("missing", {}, {"MIS_START": "31/02/2018"}))

    assert command.run([str(folder), "--format", "json"]) == 1
    report = told(capsys)

    refused = samples.only([each for each in report["findings"] if each["severity"] == "refused"])
    where = (refused["table"], refused["row"], refused["column"], refused["value"])
    assert where == ("missing", 3, "MIS_START", "31/02/2018")
    assert "31/03/2018" in refused["what_to_do"]
    assert report["totals"]["missing_episodes"] == 0
    assert kept()[2] == 0

    assert command.run([str(folder), "--accept-rest", "--format", "json"]) == 0
    assert told(capsys)["totals"]["missing_episodes"] == 1
    assert kept()[2] == 1


def test_the_text_names_counts_findings_other_tables_and_the_file_of_findings(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        folder,
        header=samples.table("header", {"UPN": "=A1", "MOTHER": ""}),
        oc3=b"CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\r\n",
        rota=b"week,on call\r\n1,Someone\r\n",
    )

    assert command.run([str(folder)]) == 0

    text = capsys.readouterr().out
    assert "1 children, 1 placement episodes, 1 missing episodes of 1 children, 1 reviews." in text
    assert "flagged  header UPN: A UPN is a letter and twelve digits" in text
    assert "Tables of the return that are not read yet: oc3.csv." in text
    assert "Not a table of the return: rota.csv." in text
    assert "(told by its dates; --year-ending says otherwise)" in text
    (written,) = (home / "imports").iterdir()
    assert str(written) in text
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    with written.open(encoding="utf-8-sig", newline="") as file:
        row = samples.only([row for row in csv.DictReader(file) if row["table"] == "header"])
    # A spreadsheet must not take the cell for a formula.
    assert (row["row"], row["value"]) == ("2", "'=A1")


def test_signs_that_steer_a_terminal_are_not_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, header=samples.table("header", {"SEX": "\x1b[2J"}))

    assert command.run([str(folder)]) == 1

    assert "\x1b" not in capsys.readouterr().out


def test_one_authority_is_named_or_the_invented_ones_first_is_taken(
    folder: Path, capsys: pytest.CaptureFixture[str], cast: SimpleNamespace
) -> None:
    assert (
        command.run([str(folder), "--authority", cast.city.name.upper(), "--format", "json"]) == 0
    )
    assert told(capsys)["authority"] == cast.city.name
    with role("harbour_sec_owner"):
        assert set(Identifier.objects.filter(value="A1").values_list("issuer_id", flat=True)) == {
            cast.city.pk
        }

    assert command.run([str(folder), "--dry-run", "--format", "json"]) == 0
    assert told(capsys)["authority"] == cast.county.name


def test_real_authorities_are_never_guessed(
    folder: Path, capsys: pytest.CaptureFixture[str], cast: SimpleNamespace
) -> None:
    cast.records_import.email = "returns@county.gov.uk"
    cast.records_import.save()

    assert command.run([str(folder)]) == 2

    said = capsys.readouterr().err
    assert "--authority" in said
    assert cast.county.name in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.csv"], "There is no file or folder nowhere.csv."),
        (["{empty}"], "There is no CSV or XML file there"),
        (["{folder}", "--authority", "Atlantis"], "No returns of Atlantis are read here."),
    ],
)
def test_what_cannot_start_says_why(
    arguments: list[str],
    sentence: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    filled = [each.format(empty=tmp_path / "empty", folder=folder) for each in arguments]

    assert command.run(filled) == 2

    assert sentence in capsys.readouterr().err


def test_files_that_are_no_table_at_all_end_in_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "rota.csv"
    other.write_bytes(b"week,on call\r\n1,Someone\r\n")

    assert command.run([str(other)]) == 1

    assert "None of these files is a table of the return" in capsys.readouterr().out


def test_the_public_return_comes_in_whole_and_a_second_run_changes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    samples.shared_files("ssda903")
    arguments = [str(samples.SHARED / "ssda903"), "--year-ending", "2018", "--format", "json"]

    assert command.run(arguments) == 0
    first = told(capsys)
    before = kept()
    assert command.run(arguments) == 0
    second = told(capsys)

    totals = first["totals"]
    assert (totals["children"], totals["placement_episodes"]) == (2675, 5050)
    assert (totals["missing_episodes"], totals["children_missing"]) == (43, 39)
    assert totals["refused"] == 0
    assert second["changed"] is False
    assert second["totals"]["children"] == 2675
    assert kept() == before == (2675, 5050, 43, 6)
    with role("harbour_sec_owner"):
        overlapping = Episode.objects.filter(overlaps=True)
        people = Identifier.objects.filter(value="366621").values("person")
        assert overlapping.count() == overlapping.filter(person__in=people).count() == 1
