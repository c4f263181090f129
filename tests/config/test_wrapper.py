"""The script at the root: it finds a Python that works among those that only look so."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What the script itself may use: POSIX, and present everywhere.
TOOLS = ("sh", "cat", "cksum", "dirname", "mkdir", "readlink", "rm", "sleep")
DEAD_SHIM = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"
OLD = "#!/bin/sh\nexit 1\n"
# Says yes to the question for its version, and shows by an own exit code that it was chosen.
WORKING = '#!/bin/sh\ncase $1 in -c) exit 0 ;; esac\necho "CHOSEN $0" >&2\nexit 9\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make a checkout in a folder with a space in its name, and a PATH with plain tools alone."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("harbour", "uv.lock", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, f"{name} is needed by ./harbour and is not on this machine"
        (tools / name).symlink_to(found)
    return folder


def _program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def _call(checkout: Path, *folders: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(map(str, [*folders, checkout.parent / "tools"]))
    return subprocess.run(
        [checkout / "harbour", "doctor"],
        env={"PATH": path, "HOME": str(checkout.parent / "home"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_python_it_says_what_to_install(checkout: Path) -> None:
    done = _call(checkout)

    assert done.returncode == 1
    assert "needs Python 3.12 or newer" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr
    assert done.stdout == ""
    assert not (checkout / ".venv-lock").exists()


def test_a_dead_shim_and_an_old_python_are_passed_over(checkout: Path, tmp_path: Path) -> None:
    _program(tmp_path / "shims" / "python3.14", DEAD_SHIM)
    _program(tmp_path / "shims" / "python3", OLD)
    works = _program(tmp_path / "usr bin" / "python3.12", WORKING)

    done = _call(checkout, tmp_path / "shims", tmp_path / "usr bin")

    assert f"CHOSEN {works}" in done.stderr


def test_the_newest_python_is_chosen(checkout: Path, tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "python3.12", WORKING)
    _program(tmp_path / "bin" / "python3", WORKING)
    newest = _program(tmp_path / "bin" / "python3.13", WORKING)

    done = _call(checkout, tmp_path / "bin")

    assert f"CHOSEN {newest}" in done.stderr


def test_pythons_that_only_pyenv_knows_are_found(checkout: Path, tmp_path: Path) -> None:
    versions = tmp_path / "home" / ".pyenv" / "versions"
    _program(versions / "3.11.7" / "bin" / "python", OLD)
    works = _program(versions / "3.12.1" / "bin" / "python", WORKING)

    done = _call(checkout)

    assert f"CHOSEN {works}" in done.stderr


def test_a_named_python_goes_before_all_others(checkout: Path, tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "python3.14", WORKING)
    named = _program(tmp_path / "else where" / "python", WORKING)

    done = _call(checkout, tmp_path / "bin", HARBOUR_PYTHON=str(named))

    assert f"CHOSEN {named}" in done.stderr


def test_a_named_python_that_does_not_run_is_not_replaced_in_silence(
    checkout: Path, tmp_path: Path
) -> None:
    _program(tmp_path / "bin" / "python3.14", WORKING)

    done = _call(checkout, tmp_path / "bin", HARBOUR_PYTHON="/nowhere/python")

    assert done.returncode == 1
    assert "HARBOUR_PYTHON names /nowhere/python" in done.stderr


def test_a_lock_left_by_a_killed_call_is_taken_over(checkout: Path) -> None:
    gone = subprocess.run(["sh", "-c", "echo $$"], capture_output=True, text=True, check=True)
    (checkout / ".venv-lock").mkdir()
    (checkout / ".venv-lock" / "pid").write_text(gone.stdout)

    done = _call(checkout)

    assert "needs Python 3.12 or newer" in done.stderr


@pytest.mark.usefixtures("checkout")
def test_it_works_through_a_link_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "harbour").symlink_to("../a checkout/harbour")

    done = subprocess.run(
        [tmp_path / "links" / "harbour"],
        env={"PATH": str(tmp_path / "tools"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "needs Python 3.12 or newer" in done.stderr
