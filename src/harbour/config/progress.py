"""One sentence at a time for the person who waits."""

import sys
from collections.abc import Callable

Progress = Callable[[str], None]


def told(sentence: str) -> None:
    """Tell the person at the terminal; standard output stays the command's own."""
    print(sentence, file=sys.stderr, flush=True)


def silent(_sentence: str) -> None:
    """Tell nobody."""
