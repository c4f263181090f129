"""Commands whose work is done by a room: the database is made ready, the room is called."""

import importlib
import sys

from harbour.config import installation, processes, secrets


def import_files(argv: list[str]) -> int:
    """Hand the arguments to the room of the format that is named first."""
    folder = installation.PACKAGE / "exchange"
    rooms = (path.parent.name for path in folder.glob("*/command.py"))
    formats = sorted(name.replace("_", "-") for name in rooms)
    if not argv or argv[0] not in formats:
        told_formats = ", ".join(formats)
        print(f"Usage: ./harbour import FORMAT PATH...\nFormats: {told_formats}", file=sys.stderr)
        return 2
    return _run(f"harbour.exchange.{argv[0].replace('-', '_')}.command", argv[1:])


def report(argv: list[str]) -> int:
    """Hand the arguments to the room of figures."""
    return _run("harbour.insight.reporting.command", argv)


def audit(argv: list[str]) -> int:
    """Hand the arguments to the room of the audit ledger, whose proof reads past the policies."""
    if argv == ["rotate-key"]:
        secrets.rotate_ledger_key(installation.home())
        print("The worker signs with the new key from its next start; the old one endorses it.")
        return 0
    return _run("harbour.foundation.audit.command", argv, database_as="migrate")


def _run(module: str, argv: list[str], *, database_as: str = "app") -> int:
    with processes.stoppable(), installation.ready_database() as environment:
        environment["HARBOUR_DATABASE_AS"] = database_as
        installation.set_up_django(environment)
        return int(importlib.import_module(module).run(argv))
