"""Where this installation keeps its state, and the environment that its processes are given."""

import contextlib
import hashlib
import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import django

from harbour.config import cluster, database
from harbour.config.progress import Progress, told
from harbour.config.secrets import FILE_NAME, Secrets, UnusableSecrets, load

CHECKOUT = Path(__file__).resolve().parents[3]
PACKAGE = CHECKOUT / "src" / "harbour"
SETTINGS = "harbour.config.settings"
# Packages that bring tables of their own: another version may bring another migration.
PACKAGES_WITH_TABLES = ("django", "django-allauth", "procrastinate")

# Longer than any page takes, shorter than anybody waits.
LONGEST_STATEMENT = "60"

Environment = dict[str, str]


def home() -> Path:
    """Give the folder that holds everything this installation keeps."""
    given = os.environ.get("HARBOUR_HOME")
    return Path(given).expanduser().resolve() if given else CHECKOUT / ".harbour"


def own_cluster(secrets: Secrets) -> cluster.Cluster:
    """Give the embedded server that is used where no other is named."""
    return cluster.Cluster(cluster.embedded_binaries(), home() / "postgres", secrets.admin_password)


@contextlib.contextmanager
def ready_database(progress: Progress = told) -> Iterator[Environment]:
    """Yield the environment of processes that use the database, which is set up and migrated."""
    if _set_up_by_others():
        yield _environment_of_others()
        return
    secrets = load(home())
    with _administered(secrets, progress) as admin_url:
        name = _database_name(admin_url)
        database.prepare(admin_url, secrets=secrets, database=name)
        environment = environment_for(admin_url, secrets=secrets, name=name, state=home())
        _migrate_if_needed(admin_url, name, environment, progress)
        yield environment


def environment_for(admin_url: str, *, secrets: Secrets, name: str, state: Path) -> Environment:
    """Say what a process must know of one database: all but the administrator's address."""
    known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return known | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "HARBOUR_HOME": str(state),
        "HARBOUR_SECRET_KEY": secrets.secret_key,
        "HARBOUR_CONTEXT_KEY": secrets.context_key,
        "HARBOUR_FILE_KEY": secrets.file_key,
        "HARBOUR_LEDGER_KEY": secrets.ledger_key,
        "HARBOUR_LEDGER_KEY_BEFORE": known.get("HARBOUR_LEDGER_KEY_BEFORE")
        or secrets.ledger_key_before,
        "HARBOUR_APP_DATABASE_URL": database.with_login(
            admin_url, user=database.APP_ROLE, password=secrets.app_password, database=name
        ),
        "HARBOUR_MIGRATE_DATABASE_URL": database.with_login(
            admin_url, user=database.MIGRATE_ROLE, password=secrets.migrate_password, database=name
        ),
    }


def for_the_web(environment: Environment) -> Environment:
    """Leave out what the web server has no use for, and let no statement of a page run for ever.

    It signs no root of the ledger. A worker's or a command's statement may take its time.
    """
    kept = {
        key: value for key, value in environment.items() if not key.startswith("HARBOUR_LEDGER_KEY")
    }
    return {"HARBOUR_STATEMENT_SECONDS": LONGEST_STATEMENT} | kept


def migrate(environment: Environment) -> None:
    """Bring schema and roles up to date, as the migration role, in processes of their own."""
    told_apart = environment | {"HARBOUR_DATABASE_AS": "migrate"}
    for command in (["migrate", "--no-input", "--verbosity=0"], ["roles"]):
        if subprocess.run(
            [sys.executable, "-m", "django", *command], env=told_apart, check=False
        ).returncode:
            raise database.UnusableDatabase("The migrations failed; what they said stands above.")


def set_up_django(environment: Environment) -> None:
    """Make this very process one that uses the database, as the application."""
    os.environ.update(environment)
    django.setup()


def remove_own_database() -> None:
    """Remove the embedded server and its data; the secrets stay."""
    own_cluster(load(home())).remove()
    (home() / "migrated.json").unlink(missing_ok=True)


def _set_up_by_others() -> bool:
    return bool(os.environ.get("HARBOUR_APP_DATABASE_URL")) and not os.environ.get("DATABASE_URL")


def _environment_of_others() -> Environment:
    """Use the addresses that an operator gives, who then gives the keys of that database too."""
    told = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": SETTINGS, "HARBOUR_HOME": str(home())}
    if all(map(os.environ.get, ("HARBOUR_SECRET_KEY", "HARBOUR_CONTEXT_KEY"))):
        return told
    if not (home() / FILE_NAME).exists():
        raise UnusableSecrets(
            "HARBOUR_APP_DATABASE_URL names a database that was set up elsewhere: give the keys it "
            "was set up with, HARBOUR_SECRET_KEY and HARBOUR_CONTEXT_KEY."
        )
    secrets = load(home())
    return told | {
        "HARBOUR_SECRET_KEY": secrets.secret_key,
        "HARBOUR_CONTEXT_KEY": secrets.context_key,
        "HARBOUR_FILE_KEY": secrets.file_key,
        "HARBOUR_LEDGER_KEY": secrets.ledger_key,
        "HARBOUR_LEDGER_KEY_BEFORE": secrets.ledger_key_before,
    }


def _administered(secrets: Secrets, progress: Progress) -> contextlib.AbstractContextManager[str]:
    given = os.environ.get("DATABASE_URL")
    return contextlib.nullcontext(given) if given else own_cluster(secrets).running(progress)


def _database_name(admin_url: str) -> str:
    """Take the name in the address, unless it is the server's own maintenance database."""
    named = urlsplit(admin_url).path.removeprefix("/")
    return named if named not in {"", "postgres"} else database.DATABASE_NAME


def _migrate_if_needed(
    admin_url: str, name: str, environment: Environment, progress: Progress
) -> None:
    note = home() / "migrated.json"
    if note.exists() and json.loads(note.read_text()) == _migrated_state(admin_url, name):
        return
    progress("Bringing the database's tables up to date.")
    migrate(environment)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(_migrated_state(admin_url, name)))


def _migrated_state(admin_url: str, name: str) -> list[str]:
    """Describe the migrations that there are and those that this very database has had."""
    files = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.glob("*/*/migrations/*.py"))
    versions = [importlib.metadata.version(package) for package in PACKAGES_WITH_TABLES]
    roles = (PACKAGE / "foundation" / "access" / "roles.py").read_text(encoding="utf-8")
    there = hashlib.sha256("\n".join([*files, *versions, roles]).encode()).hexdigest()
    with database.admin_connection(admin_url, database=name) as admin:
        if admin.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
            return [there]
        had = admin.execute(
            "SELECT system_identifier::text, count(*)::text, max(id)::text"
            " FROM django_migrations, pg_control_system() GROUP BY 1"
        ).fetchone()
        return [there, name, *(had or ())]
