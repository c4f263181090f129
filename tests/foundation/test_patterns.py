"""Every pattern of the product against long hostile texts: none takes more than its share."""

import ast
import contextlib
import importlib
import itertools
import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from tests.architecture.house import Source, sources

LONG = 40_000
# Processor time, not the clock: other tests run beside this one. A pattern that looks at each pair
# of letters once needs more for a text of this length, any other a few thousandths.
AT_MOST_SECONDS = 0.1
OF_THE_MODULE = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall"}


def _written_in(source: Source) -> set[str | bytes]:
    return {
        node.args[0].value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in OF_THE_MODULE
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str | bytes)
    }


def _kept_by(source: Source) -> set["re.Pattern[str] | re.Pattern[bytes]"]:
    if "re.compile" not in source.text:
        return set()
    module = importlib.import_module(source.dotted)
    return {each for each in vars(module).values() if isinstance(each, re.Pattern)}


def _compiled(written: str | bytes) -> "re.Pattern[str] | re.Pattern[bytes]":
    if isinstance(written, str):
        return re.compile(written)
    return re.compile(written)


def patterns() -> list["re.Pattern[str] | re.Pattern[bytes]"]:
    """Return every pattern that a module keeps or writes where it uses it."""
    found: dict[tuple[object, int], re.Pattern[str] | re.Pattern[bytes]] = {}
    for source in sources():
        for each in [*_kept_by(source), *(_compiled(text) for text in _written_in(source))]:
            found.setdefault((each.pattern, each.flags), each)
    return list(found.values())


def hostile(pattern: str) -> list[str]:
    """Return long texts made of what a pattern looks for, each spoilt at its end."""
    words = re.findall(r"[A-Za-z<>/%$&=:;.,'\"-]{2,}", re.sub(r"\\[A-Za-z]", " ", pattern))
    pieces = {" ", "0", "a", "A", "-", "\n", "a ", "0-", "a.", "'", *words}
    pieces |= {letter for letter in pattern if not letter.isalnum()}
    pieces |= {"".join(pair) for pair in itertools.pairwise(words)}
    pieces |= {f"{word} " for word in words}
    return [piece * (LONG // len(piece)) + "\0!" for piece in sorted(pieces)]


class _TooSlow(Exception):
    """The processor time of one text is used up."""


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Interrupt what uses more processor time: a pattern looks for signals while it runs."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow_for(pattern: "re.Pattern[str] | re.Pattern[bytes]") -> str:
    """Return the beginning of a text for which a pattern is too slow; empty if there is none."""
    text = ""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    try:
        for text in hostile(written):
            with _at_most(AT_MOST_SECONDS):
                if isinstance(pattern.pattern, str):
                    pattern.sub("", text)
                else:
                    pattern.sub(b"", text.encode())
    except _TooSlow:
        return repr(text[:40])
    return ""


def test_no_pattern_is_slow_for_a_hostile_text() -> None:
    slow = {str(each.pattern): slow_for(each) for each in patterns()}

    assert len(slow) > 40
    assert {pattern: text for pattern, text in slow.items() if text} == {}


@pytest.mark.parametrize("planted", [r"^(a+)+$", r"<a[^>]*b", r"\s+$"])
def test_a_pattern_that_is_slow_is_found(planted: str) -> None:
    assert slow_for(re.compile(planted))
