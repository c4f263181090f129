"""Look into a Word or Excel file, which is an archive, without believing what it says of itself."""

import html
import re
import stat
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from harbour.foundation.documents.vocabulary import FileType

MOST_PARTS = 2_000
MOST_BYTES = 100 * 1024 * 1024
PIECE = 64 * 1024
ENCRYPTED = 0x1
# The end of an archive: 22 bytes and a comment, which a document has not.
END = b"PK\x05\x06"
END_BYTES = 22
MAIN = {
    FileType.DOCX: b"wordprocessingml.document.main+xml",
    FileType.XLSX: b"spreadsheetml.sheet.main+xml",
}
FOLDER = {FileType.DOCX: "word/", FileType.XLSX: "xl/"}
ACTIVE = re.compile(
    r"vbaProject|vbaData|/activeX/|/embeddings/|oleObject|/macrosheets/|/externalLinks/",
    re.IGNORECASE,
)
# What a document loads from elsewhere when it is opened. A link that a person follows is not that.
# A mark ends where the next begins: no sign of it may stand in a value.
RELATION = re.compile(r"<(?:[\w.-]{1,40}:)?Relationship\b([^<]*)", re.IGNORECASE)
OUTSIDE = re.compile(r"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
FOLLOWED = re.compile(r"\bType\s*=\s*[\"'][^\"'<]*/relationships/hyperlink[\"']")
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Markup in letters that the marks above would not be found in.
ENCODING = re.compile(
    rb"^\W{0,3}<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})", re.IGNORECASE
)
READABLE = {b"utf-8", b"us-ascii", b"ascii", b"utf-16", b"utf-16le", b"utf-16be", b"iso-8859-1"}
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")


class Unsafe(Exception):
    """Why a document is not taken in, as the end of a sentence."""


def type_of(data: bytes) -> FileType | None:
    """Return which document an archive is, or nothing."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    for file_type, folder in FOLDER.items():
        if any(name.startswith(folder) for name in names):
            return file_type
    return None


def check(data: bytes, file_type: FileType) -> None:
    """Refuse a document that is more, or other, than a document of its type."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_outside(data, archive)
            _check_parts(archive, file_type)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as broken:
        raise Unsafe("is damaged and cannot be read") from broken
    except ValueError as broken:
        raise Unsafe("is damaged and cannot be read") from broken


def _check_outside(data: bytes, archive: zipfile.ZipFile) -> None:
    if data[-END_BYTES : -END_BYTES + 4] != END:
        raise Unsafe("has something hidden behind it")
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Unsafe("has too many parts to be a document")
    if len({each.filename for each in parts}) != len(parts):
        raise Unsafe("has two parts of one name")
    for each in parts:
        path = PurePosixPath(each.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in each.filename or "\0" in str(path):
            raise Unsafe("tries to write outside itself")
        if each.flag_bits & ENCRYPTED:
            raise Unsafe("has a password, so nobody can check it")
        if stat.S_ISLNK(each.external_attr >> 16):
            raise Unsafe("has a link in it that leads elsewhere")
        if ACTIVE.search(each.filename):
            raise Unsafe("has a program or another file inside")


def _check_parts(archive: zipfile.ZipFile, file_type: FileType) -> None:
    """Read every part for real, up to the limit: the sizes an archive states may be lies."""
    left = MOST_BYTES
    for each in archive.infolist():
        content = _read(archive, each, left)
        left -= len(content)
        if content.startswith(ARCHIVES):
            raise Unsafe("has another archive inside")
        name = each.filename.lower()
        if name == "[content_types].xml" and (
            MAIN[file_type] not in content or b"macroEnabled" in content
        ):
            raise Unsafe("is not a plain document of its kind")
        if name.endswith((".xml", ".rels", ".vml")):
            _check_markup(_plain(content))
        if name.endswith(".rels") and _loads(_plain(content)):
            raise Unsafe("would load something from elsewhere when it is opened")


def _check_markup(markup: bytes) -> None:
    """Refuse declarations, and letters in which a declaration could hide."""
    written = ENCODING.search(markup)
    if written and written[1].lower() not in READABLE:
        raise Unsafe("is written in letters that no document of its kind uses")
    if DECLARES.search(markup):
        raise Unsafe("declares what a document has no need to declare")


def _loads(markup: bytes) -> bool:
    """Say whether a list of relations names anything outside but links that a person follows."""
    for relation in RELATION.finditer(markup.decode("utf-8", "replace")):
        said = html.unescape(relation[1])
        if OUTSIDE.search(said) and not FOLLOWED.search(said):
            return True
    return False


def _plain(content: bytes) -> bytes:
    """Return markup with one byte a letter, whatever its encoding: enough to look for marks."""
    return content.replace(b"\0", b"")


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    with archive.open(part) as content:
        while piece := content.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise Unsafe("unpacks to far more than a document would")
            pieces.append(piece)
    return b"".join(pieces)
