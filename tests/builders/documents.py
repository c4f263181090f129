"""Read a PDF back: its text page by page, and the kinds of its tagged elements."""

import re
from io import BytesIO

import pikepdf


def opened(document: bytes) -> pikepdf.Pdf:
    """Return the document as a tree of objects."""
    return pikepdf.open(BytesIO(document))


def pages_of(document: bytes) -> list[str]:
    """Return the text of each page, one line for each line set."""
    with opened(document) as pdf:
        return [_text(page) for page in pdf.pages]


def text_of(document: bytes) -> str:
    """Return the whole text, with every run of white space as one space."""
    return re.sub(r"\s+", " ", "\n".join(pages_of(document)))


def tags_of(document: bytes) -> list[str]:
    """Return the kinds of the structure tree's elements, in reading order."""
    found: list[str] = []
    with opened(document) as pdf:
        _walk(pdf.Root.StructTreeRoot, found)
    return found


def _walk(element: pikepdf.Object, found: list[str]) -> None:
    if isinstance(element, pikepdf.Array):
        for each in element:
            _walk(each, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element["/S"]).removeprefix("/"))
        if "/K" in element:
            _walk(element["/K"], found)


def _text(page: pikepdf.Page) -> str:
    fonts = {
        str(name): _characters(font.ToUnicode.read_bytes().decode("latin-1"))
        for name, font in page.obj.Resources.Font.items()
    }
    shown: list[str] = []
    font: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        word = str(step.operator)
        if word == "Tf":
            font = fonts[str(step.operands[0])]
        elif word in {"Tj", "TJ"}:
            shown.append("".join(_glyphs(step.operands[0], font)))
        elif word == "ET":
            shown.append("\n")
    return "".join(shown)


def _glyphs(shown: pikepdf.Object, font: dict[int, str]) -> list[str]:
    parts = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return [font.get(codes[i] * 256 + codes[i + 1], "") for i in range(0, len(codes), 2)]


def _characters(cmap: str) -> dict[int, str]:
    """Return which characters a font's glyphs stand for, from its ToUnicode map."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(
            r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block
        ):
            for offset, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(int(text, 16) + offset)
    return found
