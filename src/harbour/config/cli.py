"""The command line: one table of commands, each loaded from where it lives when it is called."""

import importlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harbour.config.database import UnusableDatabase
from harbour.config.processes import Died
from harbour.config.secrets import UnusableSecrets

INTERRUPTED = 130


@dataclass(frozen=True)
class Command:
    """A command: how it is called, what it is for, and which function runs it."""

    usage: str
    purpose: str
    function: str

    def run(self, argv: list[str]) -> int:
        module, name = self.function.split(":")
        function: Callable[[list[str]], int] = getattr(importlib.import_module(module), name)
        return function(argv)


COMMANDS: Mapping[str, Command] = {
    "demo": Command(
        "demo [--check] [--reset] [--port N]",
        "show Harbour with invented data; --check walks the main job and exits",
        "harbour.config.demonstration:run",
    ),
    "test": Command(
        "test [--stock-postgres] [pytest arguments]",
        "run the tests, on the embedded or on an installed PostgreSQL",
        "harbour.config.checks:test",
    ),
    "lint": Command("lint", "check the source without running it", "harbour.config.checks:lint"),
    "bench": Command(
        "bench NAME [--size N] [--seed N]",
        "measure against a peer, in the same run",
        "harbour.config.checks:bench",
    ),
    "check": Command(
        "check boundary|policies|ledger|contexts|forgeries|attack|storm ...",
        "check what a release promises, far longer than the tests do",
        "harbour.config.checks:check",
    ),
    "serve": Command(
        "serve [--host H] [--port N] [--workers N]",
        "run the web server",
        "harbour.config.service:serve",
    ),
    "worker": Command("worker", "run the background worker", "harbour.config.service:work"),
    "import": Command(
        "import FORMAT PATH...",
        "read another system's files",
        "harbour.config.room_commands:import_files",
    ),
    "report": Command(
        "report quarter YEAR QUARTER",
        "print a quarter's figures",
        "harbour.config.room_commands:report",
    ),
    "audit": Command(
        "audit verify|export|tool|rotate-key",
        "prove the audit ledger, export an agency's part of it, change its key",
        "harbour.config.room_commands:audit",
    ),
    "manage": Command(
        "manage COMMAND...", "run a command of Django's", "harbour.config.service:manage"
    ),
    "dependencies": Command(
        "dependencies [--osv FOLDER]",
        "list the packages of others with their ages and their known holes",
        "harbour.config.dependencies:show",
    ),
    "doctor": Command(
        "doctor", "say what is there and what is missing", "harbour.config.doctor:run"
    ),
}


def main(argv: list[str] | None = None) -> int:
    """Run the command that the arguments name."""
    arguments = sys.argv[1:] if argv is None else argv
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in {"help", "-h", "--help"}:
        print(_help())
        return 0
    if name not in COMMANDS:
        print(f"There is no command {name}.\n\n{_help()}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[name].run(rest)
    except (UnusableDatabase, UnusableSecrets, Died) as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has enough (`| head`): nothing is left to say, at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _help() -> str:
    width = max(len(command.usage) for command in COMMANDS.values())
    lines = [f"  {each.usage:<{width}}  {each.purpose}" for each in COMMANDS.values()]
    return "\n".join(["Usage: ./harbour COMMAND", "", *lines])


if __name__ == "__main__":
    sys.exit(main())
