"""The environment of the processes: complete, and without the administrator's address."""

from pathlib import Path

import pytest

from harbour.config import database, installation, secrets


def test_processes_do_not_learn_the_administrators_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = "postgresql://postgres:crown-jewel@db/harbour"
    monkeypatch.setenv("DATABASE_URL", address)

    told = installation.environment_for(
        address, secrets=secrets.invented(), name="harbour", state=tmp_path
    )

    assert [name for name, value in told.items() if "crown-jewel" in value] == []


def test_the_application_and_the_migrations_sign_in_apart(tmp_path: Path) -> None:
    told = installation.environment_for(
        "postgresql://postgres:p@db/x", secrets=secrets.invented(), name="hub", state=tmp_path
    )

    app = database.django_database(told["HARBOUR_APP_DATABASE_URL"])
    migrate = database.django_database(told["HARBOUR_MIGRATE_DATABASE_URL"])
    assert (app["USER"], app["HOST"], app["NAME"]) == ("harbour_app", "db", "hub")
    assert (migrate["USER"], migrate["HOST"], migrate["NAME"]) == ("harbour_migrate", "db", "hub")
    assert app["PASSWORD"] != migrate["PASSWORD"]


def test_state_lies_where_harbour_home_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HARBOUR_HOME", str(tmp_path / "state"))

    assert installation.home() == tmp_path / "state"


def test_a_database_set_up_by_others_needs_its_keys(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HARBOUR_HOME", str(tmp_path))
    monkeypatch.setenv("HARBOUR_APP_DATABASE_URL", "postgresql://harbour_app:p@db/harbour")
    for name in ("DATABASE_URL", "HARBOUR_SECRET_KEY", "HARBOUR_CONTEXT_KEY"):
        monkeypatch.delenv(name, raising=False)

    with (
        pytest.raises(secrets.UnusableSecrets, match="HARBOUR_CONTEXT_KEY"),
        installation.ready_database(),
    ):
        pass


def test_a_database_set_up_by_others_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = {
        "HARBOUR_HOME": str(tmp_path),
        "HARBOUR_APP_DATABASE_URL": "postgresql://harbour_app:p@db/harbour",
        "HARBOUR_SECRET_KEY": "s",
        "HARBOUR_CONTEXT_KEY": "ab" * 64,
    }
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    with installation.ready_database() as told:
        assert given.items() <= told.items()
    assert list(tmp_path.iterdir()) == []
