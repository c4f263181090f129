"""What a file has to be before it is kept: of a known type by its own bytes, passive, and clean.

What its name or its sender says of its type decides nothing. A refusal names the file and says
what to do.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import puremagic
from django.conf import settings

from harbour.foundation.documents import archives, clamd, pictures
from harbour.foundation.documents.uploads import LARGEST, LARGEST_SAID
from harbour.foundation.documents.vocabulary import FileType, Scan
from harbour.foundation.kernel.refusals import Refused

TAKEN_IN = "PDF, Word, Excel, JPEG, PNG and plain text files are taken in."
SHORT_NAME: Final = 60
# Names in a PDF that make it act, hold other files, or need a password.
ACTS = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|"
    rb"Movie|Sound|3D)(?![A-Za-z0-9])"
)
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
# A document of 10 MB has some dozens of packed lists of its parts.
MOST_LISTS = 300
UNPACKED_AT_MOST = 100 * 1024 * 1024
MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)\b|^#!|"
    rb"\bjavascript:|%PDF-|X-Mailer:|MIME-Version:",
    re.IGNORECASE | re.MULTILINE,
)
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class Infected(Refused):
    """The scanner knows the file; the sentence says so."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A file as it will be kept: its own type, its cleaned bytes, what the scanner said."""

    file_type: FileType
    data: bytes
    sha256: str
    scan: Scan


def accepted(name: str, data: bytes, *, size: int | None = None) -> Accepted:
    """Return the file as it may be kept; raise `Refused` with a sentence if it may not be.

    `size` is what was sent, where the bytes of a file that is too large were not held.
    """
    shown = _shown(name)
    _check_size(shown, len(data) if size is None else size)
    scan = _scanned(shown, data)
    file_type = _sniffed(data)
    if file_type is None:
        raise Refused(f"{shown} is {_guess(data)}. {TAKEN_IN} Save it as a PDF and send that.")
    try:
        data = CLEAN[file_type](data)
    except (pictures.Unusable, archives.Unsafe) as why:
        raise Refused(f"{shown} {why}, so it is not taken in. {WHAT_TO_DO[file_type]}") from why
    _check_size(shown, len(data))
    return Accepted(
        file_type=file_type, data=data, sha256=hashlib.sha256(data).hexdigest(), scan=scan
    )


def _shown(name: str) -> str:
    """Return a name as a sentence may carry it: no path, no control, not endless."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).strip()
    return plain if len(plain) <= SHORT_NAME else f"{plain[: SHORT_NAME - 1]}…"


def _check_size(shown: str, size: int) -> None:
    if size == 0:
        raise Refused(f"{shown} is empty. Open it on your computer to see whether it was saved.")
    if size > LARGEST:
        raise Refused(f"{shown} is larger than {LARGEST_SAID}. Send a smaller copy, or parts.")


def _scanned(shown: str, data: bytes) -> Scan:
    if not settings.HARBOUR_CLAMD:
        return Scan.NOT_SCANNED
    try:
        found = clamd.found_in(data, address=settings.HARBOUR_CLAMD)
    except clamd.ScannerDown as down:
        raise Refused(
            f"{shown} was not kept: the virus scanner did not answer. Try again in a few minutes."
        ) from down
    if found:
        raise Infected(
            f"{shown} was not kept: the virus scanner found {found} in it. Tell your IT support, "
            "and do not open it."
        )
    return Scan.CLEAN


def _sniffed(data: bytes) -> FileType | None:
    if data.startswith(b"%PDF-"):
        return FileType.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return FileType.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileType.PNG
    if data.startswith(b"PK\x03\x04"):
        return archives.type_of(data)
    return FileType.TEXT if _is_plain_text(data) else None


def _is_plain_text(data: bytes) -> bool:
    if CONTROLS & set(data) or MARKUP.search(data):
        return False
    # A second opinion: formats made of letters, such as RTF and PostScript.
    return not any(
        each.confidence >= 0.6 and not each.mime_type.startswith("text/plain") and each.mime_type
        for each in _known(data)
    )


def _known(data: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return []


def _guess(data: bytes) -> str:
    known = _known(data)
    if MARKUP.search(data[:4096]):
        return "a web page, a message or a program"
    return f"of another type ({known[0].name})" if known and known[0].name else "of another type"


def _clean_pdf(data: bytes) -> bytes:
    end = data.rfind(b"%%EOF")
    if end < 0 or data[end + 5 :].strip(b"\r\n\t \0"):
        raise archives.Unsafe("has something hidden behind its end")
    for text in _texts(data):
        if LOCKED.search(text):
            raise archives.Unsafe("has a password or a lock, so nobody can check it")
        if ACTS.search(text):
            raise archives.Unsafe("has a program, a form or another file inside")
    return data


def _texts(data: bytes) -> Iterator[bytes]:
    """Yield what stands in a PDF in the open, then what stands in its packed parts.

    Names may be written with numbers for letters, and are read as they are meant.
    """
    yield _meant(data)
    left, before, lists = UNPACKED_AT_MOST, 0, 0
    for begin in STREAM.finditer(data):
        # Only what describes the document can make it act; pictures and text cannot. The
        # description stands between the stream before and this one: no byte is looked at twice.
        described = data[before : begin.start()]
        before = begin.end()
        if b"/ObjStm" not in _meant(described):
            continue
        end = data.find(b"endstream", begin.end())
        lists += 1
        if end < 0 or lists > MOST_LISTS:
            raise archives.Unsafe("is damaged, or made so that nobody can check it")
        text = _unpacked(data[begin.end() : end], left)
        left -= len(text)
        yield _meant(text)


def _unpacked(packed: bytes, at_most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, at_most)
    except zlib.error as strange:
        raise archives.Unsafe("is packed in a way that nobody can check") from strange
    if len(text) >= at_most or unpacker.unconsumed_tail:
        raise archives.Unsafe("unpacks to far more than a document would")
    return text


def _meant(text: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _clean_text(data: bytes) -> bytes:
    try:
        return data.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").encode()


def _clean_archive(file_type: FileType) -> Callable[[bytes], bytes]:
    def clean(data: bytes) -> bytes:
        archives.check(data, file_type)
        return data

    return clean


CLEAN: dict[FileType, Callable[[bytes], bytes]] = {
    FileType.PDF: _clean_pdf,
    FileType.JPEG: lambda data: pictures.rewritten(data, FileType.JPEG),
    FileType.PNG: lambda data: pictures.rewritten(data, FileType.PNG),
    FileType.DOCX: _clean_archive(FileType.DOCX),
    FileType.XLSX: _clean_archive(FileType.XLSX),
    FileType.TEXT: _clean_text,
}
PRINT_IT = "Print it to a new PDF and send that."
SMALLER = "Save it again as a JPEG of ordinary size and send that."
WHAT_TO_DO = {
    FileType.PDF: PRINT_IT,
    FileType.JPEG: SMALLER,
    FileType.PNG: SMALLER,
    FileType.DOCX: PRINT_IT,
    FileType.XLSX: PRINT_IT,
    FileType.TEXT: PRINT_IT,
}
