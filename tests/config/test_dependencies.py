"""What Harbour is made of: each package with its age, and the holes that are known in it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harbour.config import dependencies, installation
from harbour.foundation.kernel import clock

NOW = clock.now()


def _hole(folder: Path, code: str, **told: object) -> None:
    said = {
        "id": code,
        "published": (NOW - timedelta(days=10)).isoformat(),
        "affected": [
            {"package": {"name": "Django", "ecosystem": "PyPI"}, "versions": [_django().version]}
        ],
        "database_specific": {"severity": "HIGH"},
    }
    (folder / f"{code}.json").write_text(json.dumps(said | told), "utf-8")


def _django() -> dependencies.Package:
    packages = dependencies.inventory(installation.CHECKOUT / "uv.lock")
    return next(each for each in packages if each.name == "django")


def test_every_package_that_is_installed_is_in_the_inventory_with_its_day() -> None:
    known = {each.name for each in dependencies.inventory(installation.CHECKOUT / "uv.lock")}
    lock = (installation.CHECKOUT / "requirements.lock").read_text("utf-8").splitlines()
    installed = {line.partition("==")[0].partition("[")[0] for line in lock if "==" in line}

    assert len(installed) > 20
    assert installed - known == set()
    assert datetime(2020, 1, 1, tzinfo=UTC) < _django().published < NOW


def test_a_hole_that_is_left_longer_than_promised_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _hole(tmp_path, "PYSEC-1")

    assert dependencies.show(["--osv", str(tmp_path)]) == 1
    assert "LATE: PYSEC-1 (HIGH) in django" in capsys.readouterr().err


@pytest.mark.parametrize(
    "told",
    [
        {"withdrawn": NOW.isoformat()},
        {"published": (NOW - timedelta(days=2)).isoformat()},
        {"database_specific": {"severity": "LOW"}},
        {"affected": [{"package": {"name": "django", "ecosystem": "npm"}, "versions": ["1"]}]},
        {"affected": [{"package": {"name": "django", "ecosystem": "PyPI"}, "versions": ["1.0"]}]},
    ],
)
def test_what_is_no_hole_of_ours_or_not_late_lets_the_check_pass(
    tmp_path: Path, told: dict[str, object]
) -> None:
    _hole(tmp_path, "PYSEC-2", **told)

    assert dependencies.show(["--osv", str(tmp_path)]) == 0


def test_without_an_export_holes_are_unknown_and_not_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert dependencies.show([]) == 0
    assert "Known holes: unknown" in capsys.readouterr().out
