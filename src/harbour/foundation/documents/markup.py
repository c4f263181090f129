"""Read XML that a stranger wrote: elements and text alone, never a definition, never an entity.

A file that carries a document type is refused at that place, so there is nothing to expand and
nothing to fetch. Depth and the length of a text are bounded; what is read is not kept.
"""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

DEEPEST = 40
LONGEST_TEXT = 100_000
PIECE = 64 * 1024
LAST = True


class Unreadable(Exception):
    """Why a file cannot be read as XML, as a sentence without its full stop."""


type Begun = Callable[[str, dict[str, str]], None]
type Ended = Callable[[str, str], None]


def read(source: IO[bytes], *, begun: Begun, ended: Ended) -> None:
    """Tell of each element as it begins, with its attributes, and as it ends, with its own text."""
    _Reading(begun, ended).read(source)


def plain_name(name: str) -> str:
    """Return the name of an element or attribute without its namespace or prefix."""
    return name.rpartition(":")[2]


class _Reading:
    """One file: the texts of the elements that are open."""

    def __init__(self, begun: Begun, ended: Ended) -> None:
        self._begun, self._ended = begun, ended
        self._texts: list[list[str]] = []
        self._length = 0

    def read(self, source: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            while piece := source.read(PIECE):
                parser.Parse(piece)
            parser.Parse(b"", LAST)
        except (expat.ExpatError, LookupError, ValueError) as broken:
            line = parser.ErrorLineNumber
            raise Unreadable(f"The XML breaks off or is not well formed at line {line}") from broken

    def _refuse(self, *_: object) -> None:
        raise Unreadable("The file carries a document type, which nothing here needs")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._texts) >= DEEPEST:
            raise Unreadable(f"Elements are nested more than {DEEPEST} deep")
        self._texts.append([])
        self._length = 0
        self._begun(plain_name(name), attributes)

    def _text(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise Unreadable(f"A text is longer than {LONGEST_TEXT:,} letters")
        self._texts[-1].append(text)

    def _end(self, name: str) -> None:
        self._length = 0
        self._ended(plain_name(name), "".join(self._texts.pop()))
