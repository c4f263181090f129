"""Small files of every kind that is taken in, and of kinds that attack."""

import zipfile
import zlib
from io import BytesIO

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
GPS_IFD, MAKE = 0x8825, 0x010F
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def a_pdf(inside: bytes = b"", after: bytes = b"") -> bytes:
    """Return a PDF of one empty page, with something more in it or behind it."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" + inside + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n" + after
    )


def a_packed_pdf(inside: bytes) -> bytes:
    """Return a PDF that holds something in a packed stream of objects."""
    packed = zlib.compress(inside)
    return (
        b"%PDF-1.7\n4 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n"
        + packed
        + b"\nendstream endobj\ntrailer<<>>\n%%EOF\n"
    )


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (12, 8), **kept: object) -> bytes:
    """Return a picture that knows which telephone took it and where."""
    exif = Image.Exif()
    exif[MAKE] = "Canary Camera"
    exif[GPS_IFD] = {1: "N", 2: (IFDRational(52), IFDRational(30), IFDRational(1))}
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, exif=exif, **kept)
    return out.getvalue()


def an_animation() -> bytes:
    """Return a PNG that moves."""
    out = BytesIO()
    frames = [Image.new("RGB", (4, 4), each) for each in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def a_document(
    more: dict[str, bytes] | None = None, *, main: str = WORD, folder: str = "word/document.xml"
) -> bytes:
    """Return a Word document, or an Excel workbook, with more parts in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{main}"/></Types>')
        archive.writestr(folder, "<document/>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def with_a_link(name: str) -> bytes:
    """Return a Word document with a symbolic link in it, as Unix archives write one."""
    out = BytesIO(a_document())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo(name)
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def a_workbook(more: dict[str, bytes] | None = None) -> bytes:
    """Return an Excel workbook."""
    return a_document(more, main=EXCEL, folder="xl/workbook.xml")
