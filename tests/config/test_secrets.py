"""Secrets: made once, kept from everybody else, and given way to the environment's."""

import json
from pathlib import Path

import pytest

from harbour.config import secrets


def test_secrets_are_made_once_and_read_again(tmp_path: Path) -> None:
    first = secrets.load(tmp_path, environ={})

    assert secrets.load(tmp_path, environ={}) == first


def test_nobody_but_the_owner_can_read_the_file(tmp_path: Path) -> None:
    secrets.load(tmp_path / "home", environ={})

    assert (tmp_path / "home" / secrets.FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_a_file_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    secrets.load(tmp_path, environ={})
    (tmp_path / secrets.FILE_NAME).chmod(0o644)

    with pytest.raises(secrets.UnusableSecrets, match="chmod 600"):
        secrets.load(tmp_path, environ={})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    secrets.load(tmp_path, environ={})

    loaded = secrets.load(tmp_path, environ={"HARBOUR_APP_PASSWORD": "given"})

    assert loaded.app_password == "given"
    assert "given" not in (tmp_path / secrets.FILE_NAME).read_text()


def test_a_secret_that_came_later_is_added_and_the_others_stay(tmp_path: Path) -> None:
    first = secrets.load(tmp_path, environ={})
    path = tmp_path / secrets.FILE_NAME
    kept = json.loads(path.read_text())
    del kept["backup_password"]
    path.write_text(json.dumps(kept))

    second = secrets.load(tmp_path, environ={})

    assert second.secret_key == first.secret_key
    assert second.backup_password not in {"", first.backup_password}


def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / secrets.FILE_NAME
    path.write_text("{")
    path.chmod(0o600)

    with pytest.raises(secrets.UnusableSecrets, match="restore it from a backup"):
        secrets.load(tmp_path, environ={})
    assert path.read_text() == "{"


@pytest.mark.parametrize("key", ["not hexadecimal", "ab", "ab" * 65])
def test_a_context_key_that_cannot_sign_is_refused(tmp_path: Path, key: str) -> None:
    loaded = secrets.load(tmp_path, environ={"HARBOUR_CONTEXT_KEY": key})

    with pytest.raises(secrets.UnusableSecrets, match="HARBOUR_CONTEXT_KEY"):
        _ = loaded.context_key_bytes


def test_no_two_installations_share_a_secret() -> None:
    assert secrets.invented() != secrets.invented()
