"""Make the demo's data where it is lacking: the partnership and its three years, then this week."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable

from harbour.demo import partnership, today
from harbour.demo.night import station
from harbour.foundation.access.models import User


class DemoFailed(Exception):
    """The demo's data could not be made; what was said stands above."""


def prepare(progress: Callable[[str], None]) -> None:
    """Make the demo's data unless it is there. Called in a process that acts as the application."""
    if not User.objects.filter(pk=partnership.user_id("coordinator")).exists():
        progress("Inventing the partnership and three years of its history.")
        _as_migration_role("harbour.demo.history")
    if not today.is_there():
        progress("Playing this week: concerns, a child missing, a meeting to open.")
        today.play()
    if not station.is_there():
        progress("Last night: a child found at a station, and emergency access.")
        _as_migration_role("harbour.demo.night")


def sign_ins() -> Iterable[str]:
    """Return the members of the cast, one a line, for the terminal."""
    width = max(len(each.name) for each in partnership.cast_members())
    yield "Choose on the sign-in page who you are:"
    for each in partnership.cast_members():
        yield f"  {each.name:<{width}}  {each.job}"


def _as_migration_role(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module],
        env={**os.environ, "HARBOUR_DATABASE_AS": "migrate"},
        check=False,
    )
    if done.returncode:
        raise DemoFailed("The demo's history could not be written; what was said stands above.")
