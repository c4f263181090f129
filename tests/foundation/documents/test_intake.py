"""What a file has to be before it is kept: judged by its bytes, refused in a sentence."""

import contextlib
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from harbour.foundation.documents import intake
from harbour.foundation.documents.uploads import LARGEST
from harbour.foundation.documents.vocabulary import FileType, Scan
from harbour.foundation.kernel.refusals import Refused
from tests.builders import files
from tests.builders.scanner import a_scanner

SCRIPT = b"<script>alert(1)</script>"
EXTERNAL = b'<Relationships><Relationship Type="%s" Target="http://x" TargetMode="External"/>'
RELATION = (
    b'<Relationships><Relationship Type="http://o/relationships/attachedTemplate" '
    b'Target="http://x" TargetMode="%s"/></Relationships>'
)
# What would make a reader of XML open a file or an address, or fill its memory.
XXE = {
    "an outside entity": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "an outside entity of parameters": b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://x/e.dtd"> %b;]>',
    "an outside grammar": b'<!DOCTYPE a SYSTEM "http://x/a.dtd"><a/>',
    "a bomb of entities": b"<!DOCTYPE a ["
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><a>&l9;</a>",
    "a bomb in wide letters": '<!DOCTYPE a [<!ENTITY b "b">]>'.encode("utf-16-le"),
    "entities in letters of seven bits": b"<?xml version='1.0' encoding='UTF-7'?>"
    b"+ADwAIQ-DOCTYPE a+AFs-...",
    "entities in letters of a mainframe": b"<?xml version='1.0' encoding='cp037'?>LZ",
}
TEMPLATE = EXTERNAL % b"http://o/relationships/attachedTemplate"


@pytest.fixture(autouse=True)
def no_scanner(settings: Settings) -> None:
    settings.HARBOUR_CLAMD = ""


@pytest.fixture
def scanner(settings: Settings) -> Iterator[str]:
    with a_scanner() as address:
        settings.HARBOUR_CLAMD = address
        yield address


@pytest.mark.parametrize(
    ("data", "kept_as"),
    [
        (files.a_pdf(), FileType.PDF),
        (files.a_packed_pdf(b"1 0 <</Type/Page>>"), FileType.PDF),
        (files.a_picture("JPEG"), FileType.JPEG),
        (files.a_picture("PNG"), FileType.PNG),
        (files.a_document(), FileType.DOCX),
        (files.a_workbook(), FileType.XLSX),
        (
            files.a_document({"word/_rels/d.rels": EXTERNAL % b"http://o/relationships/hyperlink"}),
            FileType.DOCX,
        ),
        ("She said: “fine”, £20".encode(), FileType.TEXT),
        ("caf\xe9 at 5 < 6".encode("cp1252"), FileType.TEXT),
    ],
)
def test_a_file_is_known_by_its_bytes_whatever_its_name(data: bytes, kept_as: FileType) -> None:
    assert intake.accepted("holiday.exe", data).file_type is kept_as


ATTACKS = {
    "a page of the web": b"<!DOCTYPE html><p>hello",
    "a picture with a script": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    "a picture with a script behind words": b"\n \n<svg onload=x()>" + SCRIPT,
    "a shell script": b"#!/bin/sh\nrm -rf /",
    "a program": b"MZ\x90\x00\x03" + bytes(60),
    "a rich text": rb"{\rtf1\ansi hello}",
    "a plain archive": files.a_document(main="", folder="a.txt").replace(b"[Content", b"[Kontent"),
    "a moving picture": b"GIF89a" + bytes(20),
    "a message": b"From: a@example.org\nMIME-Version: 1.0\n\nhello",
    "a PDF that begins as a script": b"/*" + files.a_pdf(),
    "a PDF that runs a script": files.a_pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "a PDF that hides the name": files.a_pdf(b"/OpenAction<</S/J#61vaScript>>"),
    "a PDF that packs the script": files.a_packed_pdf(b"1 0 <</S/JavaScript/JS(x)>>"),
    "a PDF that packs it oddly": files.a_packed_pdf(b"").replace(b"stream\nx", b"stream\nq", 1),
    "a PDF that starts programs": files.a_pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "a PDF with a file inside": files.a_pdf(b"/Names<</EmbeddedFiles 9 0 R>>"),
    "a PDF with a lock": files.a_pdf(b"/Encrypt 9 0 R"),
    "a PDF and an archive": files.a_pdf(after=files.a_document()),
    "a PDF and a page": files.a_pdf(after=SCRIPT),
    "a PDF that never ends": files.a_pdf().replace(b"%%EOF", b""),
    "half a picture": files.a_picture()[:200],
    "a picture that moves": files.an_animation(),
    "a document with macros": files.a_document({"word/vbaProject.bin": b"x"}),
    "a document meant for macros": files.a_document(
        main="application/vnd.ms-word.document.macroEnabled.main+xml"
    ),
    "a document with a program": files.a_document({"word/embeddings/oleObject1.bin": b"x"}),
    "a document with an archive": files.a_document({"word/media/a.png": b"PK\x03\x04zip"}),
    "a document that loads": files.a_document({"word/_rels/settings.xml.rels": TEMPLATE}),
    "a document that loads, in wide letters": files.a_document(
        {"word/_rels/s.xml.rels": TEMPLATE.decode().encode("utf-16")}
    ),
    "a document with entities": files.a_document(
        {"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}
    ),
    "a document that climbs out": files.a_document({"../../etc/passwd": b"x"}),
    "a document that starts at the root": files.a_document({"/etc/passwd": b"x"}),
    "a document that climbs out, as Windows": files.a_document({"..\\..\\run.bat": b"x"}),
    "a document with something behind": files.a_document() + SCRIPT,
    "a broken document": files.a_document()[:-40],
    "a workbook that follows others": files.a_workbook({"xl/externalLinks/e1.xml": b"x"}),
    "a document that loads, under another name": files.a_document(
        {"word/_rels/a.rels": RELATION.replace(b"<Rel", b"<o:Rel") % b"External"}
    ),
    "a document that loads, with a sign in its address": files.a_document(
        {"word/_rels/a.rels": RELATION.replace(b"http://x", b"http://x/?a>b") % b"External"}
    ),
    "a document that loads, with a letter by its number": files.a_document(
        {"word/_rels/a.rels": RELATION % b"Extern&#97;l"}
    ),
    "a document that loads, in single quotes": files.a_document(
        {"word/_rels/a.rels": RELATION.replace(b'"', b"'") % b"External"}
    ),
    "a document with a link that leads elsewhere": files.with_a_link("word/media/a.xml"),
    "a PDF that hides what it packs behind a word": files.a_packed_pdf(
        b"1 0 <</S/JavaScript/JS(x)>>"
    ).replace(b"/N 1", b"/N 1/X(obj)"),
    **{f"a document with {name}": files.a_document({"word/a.xml": x}) for name, x in XXE.items()},
}


@pytest.mark.parametrize("what", ATTACKS)
def test_what_is_not_a_plain_file_is_refused(what: str) -> None:
    with pytest.raises(Refused) as refused:
        intake.accepted("minutes.pdf", ATTACKS[what])

    assert refused.value.sentence.startswith("minutes.pdf ")
    assert "send that" in refused.value.sentence


SLOW = {
    "relations without an end": files.a_document(
        {"word/_rels/a.rels": b"<Relationship " * 1_500_000}
    ),
    "a PDF of beginnings": files.a_pdf(b"stream\n" * 700_000),
    "a PDF of packed lists": files.a_pdf(b"/ObjStm stream\nx\x9c\x03\0\0\0\0\x01" * 60_000),
}


@pytest.mark.parametrize("what", SLOW)
def test_a_file_made_to_be_slow_is_read_quickly_or_refused(what: str) -> None:
    """Each of these took hours where a beginning was looked at again for every beginning."""
    began = time.process_time()
    with contextlib.suppress(Refused):
        intake.accepted("slow.pdf", SLOW[what])

    assert time.process_time() - began < 10


def test_a_pdf_with_packed_lists_as_programs_write_it_is_taken_in() -> None:
    """A line ends after `endstream` too, and the next stream is a picture."""
    packed = files.a_packed_pdf(b"1 0 <</Type/Page>>").replace(b"endstream ", b"endstream\n")
    shown = b"5 0 obj<</Length 4>>stream\n\xff\0\1\2\nendstream\nendobj\ntrailer"

    kept = intake.accepted("a.pdf", packed.replace(b"trailer", shown))

    assert kept.file_type is FileType.PDF


def test_a_document_that_unpacks_for_ever_is_refused() -> None:
    bomb = files.a_document({"word/media/a.xml": bytes(120 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024

    with pytest.raises(Refused, match="unpacks to far more"):
        intake.accepted("bomb.docx", bomb)


def test_a_document_that_lies_about_its_size_is_refused() -> None:
    honest = files.a_document({"word/media/a.xml": bytes(101 * 1024 * 1024)})
    lying = honest.replace((101 * 1024 * 1024).to_bytes(4, "little"), (9).to_bytes(4, "little"))

    with pytest.raises(Refused):
        intake.accepted("bomb.docx", lying)


def test_a_flood_of_points_is_refused_unopened() -> None:
    with pytest.raises(Refused, match="too large a picture"):
        intake.accepted("map.png", files.a_picture("PNG", size=(9_000, 9_000)))


def test_an_empty_file_and_a_huge_one_are_refused() -> None:
    with pytest.raises(Refused, match=r"a\.pdf is empty"):
        intake.accepted("a.pdf", b"")
    with pytest.raises(Refused, match="larger than 10 MB"):
        intake.accepted("a.pdf", b"", size=LARGEST + 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_forgets_where_it_was_taken(kind: str) -> None:
    sent = files.a_picture(kind)
    assert b"Canary Camera" in sent

    kept = intake.accepted("me.jpg", sent)

    assert b"Canary Camera" not in kept.data
    with Image.open(BytesIO(kept.data)) as picture:
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert picture.size == (12, 8)


def test_what_hides_behind_a_picture_does_not_come_along() -> None:
    kept = intake.accepted("me.jpg", files.a_picture() + SCRIPT + files.a_document())

    assert SCRIPT not in kept.data
    assert b"PK\x03\x04" not in kept.data


def test_a_name_is_shown_without_its_path_and_without_an_end() -> None:
    with pytest.raises(Refused) as refused:
        intake.accepted("C:\\Users\\x\\" + "a" * 300 + "\x1b[31m.exe", b"")

    assert len(refused.value.sentence) < 200
    assert "\x1b" not in refused.value.sentence
    assert "Users" not in refused.value.sentence


def test_without_a_scanner_a_file_says_that_it_was_not_scanned() -> None:
    assert intake.accepted("a.pdf", files.a_pdf()).scan is Scan.NOT_SCANNED


def test_a_scanned_file_says_so(scanner: str) -> None:
    del scanner
    big = files.a_pdf() * 1 + b"\n" * 200_000

    assert intake.accepted("a.pdf", big).scan is Scan.CLEAN


def test_what_the_scanner_knows_is_refused(scanner: str) -> None:
    del scanner

    with pytest.raises(intake.Infected, match="Eicar-Test-Signature"):
        intake.accepted("a.txt", files.EICAR)


def test_a_scanner_that_is_down_lets_nothing_in(settings: Settings) -> None:
    settings.HARBOUR_CLAMD = "/nowhere/clamd.sock"

    with pytest.raises(Refused, match="did not answer"):
        intake.accepted("a.pdf", files.a_pdf())
