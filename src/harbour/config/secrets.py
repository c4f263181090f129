"""Passwords and keys: from the environment, else made once and kept where only the owner reads."""

import json
import os
import secrets as random
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "secrets.json"
# HMAC-SHA256 works on blocks of 64 bytes: a key of one block is used whole.
CONTEXT_KEY_BYTES = 64
SHORTEST_CONTEXT_KEY = 32
FILE_KEY_BYTES = 32
LEDGER_KEY_BYTES = 32  # the seed of an Ed25519 key
SHORTEST_SECRET_KEY = 50  # as Django's own check has it

# The environment wins over the file, so that an operator's secret store needs no file at all.
ENVIRONMENT = {
    "secret_key": "HARBOUR_SECRET_KEY",
    "context_key": "HARBOUR_CONTEXT_KEY",
    "file_key": "HARBOUR_FILE_KEY",
    "ledger_key": "HARBOUR_LEDGER_KEY",
    "app_password": "HARBOUR_APP_PASSWORD",
    "migrate_password": "HARBOUR_MIGRATE_PASSWORD",
    "backup_password": "HARBOUR_BACKUP_PASSWORD",
}


class UnusableSecrets(Exception):
    """The secrets cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True)
class Passwords:
    """The passwords of the roles that sign in to the database."""

    app: str
    migrate: str
    backup: str
    test: str


@dataclass(frozen=True)
class Secrets:
    """Everything that must not be known outside the processes of one installation."""

    secret_key: str
    context_key: str
    file_key: str
    ledger_key: str
    app_password: str
    migrate_password: str
    backup_password: str
    admin_password: str
    test_password: str
    # The key before this one: it endorses its successor when that is published.
    ledger_key_before: str = ""

    @property
    def passwords(self) -> Passwords:
        return Passwords(
            app=self.app_password,
            migrate=self.migrate_password,
            backup=self.backup_password,
            test=self.test_password,
        )

    @property
    def context_key_bytes(self) -> bytes:
        try:
            key = bytes.fromhex(self.context_key)
        except ValueError as error:
            raise UnusableSecrets("HARBOUR_CONTEXT_KEY must be hexadecimal digits.") from error
        if not SHORTEST_CONTEXT_KEY <= len(key) <= CONTEXT_KEY_BYTES:
            raise UnusableSecrets(
                "HARBOUR_CONTEXT_KEY must be 32 to 64 bytes long, in hexadecimal."
            )
        return key


def invented() -> Secrets:
    """Make fresh secrets that nothing else knows."""
    return Secrets(
        secret_key=random.token_urlsafe(64),
        context_key=random.token_hex(CONTEXT_KEY_BYTES),
        file_key=random.token_hex(FILE_KEY_BYTES),
        ledger_key=random.token_hex(LEDGER_KEY_BYTES),
        app_password=random.token_urlsafe(24),
        migrate_password=random.token_urlsafe(24),
        backup_password=random.token_urlsafe(24),
        admin_password=random.token_urlsafe(24),
        test_password=random.token_urlsafe(24),
    )


def load(home: Path, environ: Mapping[str, str] = os.environ) -> Secrets:
    """Read the secrets of the installation in `home`, making those that exist nowhere yet."""
    given = {field: environ[name] for field, name in ENVIRONMENT.items() if environ.get(name)}
    path = home / FILE_NAME
    kept = _read(path) if path.exists() else {}
    needed = asdict(invented())
    complete = needed | {key: value for key, value in kept.items() if key in needed}
    if complete != kept and not ENVIRONMENT.keys() <= given.keys():
        _write(path, complete)
    return Secrets(**(complete | given))


def rotate_ledger_key(home: Path, environ: Mapping[str, str] = os.environ) -> None:
    """Make a new key for the ledger's roots; keep the one before it, which endorses it."""
    if environ.get(ENVIRONMENT["ledger_key"]):
        raise UnusableSecrets(
            "The ledger's key comes from HARBOUR_LEDGER_KEY: give it a new value there, and the "
            "one it has now to HARBOUR_LEDGER_KEY_BEFORE."
        )
    before = load(home, environ)
    made = {
        "ledger_key": random.token_hex(LEDGER_KEY_BYTES),
        "ledger_key_before": before.ledger_key,
    }
    _write(home / FILE_NAME, asdict(before) | made)


def findings(environ: Mapping[str, str]) -> list[str]:
    """Say what a server process lacks of the secrets that the command line hands to it."""
    found = []
    if len(environ.get("HARBOUR_SECRET_KEY", "")) < SHORTEST_SECRET_KEY:
        found.append(f"HARBOUR_SECRET_KEY must be at least {SHORTEST_SECRET_KEY} characters long.")
    try:
        key = bytes.fromhex(environ.get("HARBOUR_CONTEXT_KEY", ""))
    except ValueError:
        key = b""
    if not SHORTEST_CONTEXT_KEY <= len(key) <= CONTEXT_KEY_BYTES:
        found.append(
            f"HARBOUR_CONTEXT_KEY must be {SHORTEST_CONTEXT_KEY} to {CONTEXT_KEY_BYTES} bytes, "
            "in hexadecimal."
        )
    if not environ.get("HARBOUR_APP_DATABASE_URL"):
        found.append("HARBOUR_APP_DATABASE_URL must say where the database is.")
    return found


def permissions_problem(home: Path) -> str:
    """Say in a sentence who else can read the secrets file; empty when nobody can."""
    path = home / FILE_NAME
    if path.exists() and path.stat().st_mode & 0o077:
        return f"{path} can be read by other users of this machine: chmod 600 it."
    return ""


def _read(path: Path) -> dict[str, str]:
    if problem := permissions_problem(path.parent):
        raise UnusableSecrets(problem)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnusableSecrets(f"{path} is not readable JSON: restore it from a backup.") from error
    return {str(key): str(value) for key, value in kept.items()}


def _write(path: Path, values: dict[str, str]) -> None:
    """Write whole or not at all: a second process never reads half a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(values, file, indent=1)
    draft.replace(path)
