"""Entity bombs, foreign entities and other traps of XML, against the one reader of it."""

import time
from io import BytesIO
from pathlib import Path

import pytest

from harbour.exchange.ssda903.rules import xml_form
from harbour.foundation.documents import markup

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)
SECRET = "not to be told: 71942"


def traps(secret: Path) -> dict[str, bytes]:
    """Return files that would eat all memory, read a file of the server, or call another."""
    return {
        "a bomb": f"<!DOCTYPE r [{LAUGHS}]><r>&l9;</r>".encode(),
        "a long entity many times": (
            f'<!DOCTYPE r [<!ENTITY a "{"x" * 50_000}">]><r>{"&a;" * 5_000}</r>'.encode()
        ),
        "a file of the server": (
            f'<!DOCTYPE r [<!ENTITY f SYSTEM "{secret.as_uri()}">]><r>&f;</r>'.encode()
        ),
        "an address inside": b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><r/>',
        "a definition elsewhere": b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><r/>',
        "a definition in another encoding": (
            f"<!DOCTYPE r [{LAUGHS}]><r>&l9;</r>".encode("utf-16")
        ),
        "an empty definition": b"<!DOCTYPE r><r/>",
    }


def read(content: bytes) -> list[str]:
    """Return every text of a file."""
    texts: list[str] = []
    markup.read(BytesIO(content), begun=lambda *_: None, ended=lambda _, text: texts.append(text))
    return texts


def test_plain_markup_is_read() -> None:
    assert read(b"<a:r xmlns:a='urn:x'><v>one &amp; two</v></a:r>") == ["one & two", ""]


@pytest.mark.parametrize("name", traps(Path("/")))
def test_what_declares_anything_is_refused_unread(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    texts: list[str] = []
    began = time.process_time()

    with pytest.raises(markup.Unreadable, match="document type"):
        markup.read(
            BytesIO(traps(secret)[name]),
            begun=lambda *_: None,
            ended=lambda _, text: texts.append(text),
        )

    assert texts == []
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<r>" * 100_000, "deep"),
        (b"<r>" + b"x" * 2_000_000 + b"</r>", "longer"),
        (b"<r><v>1</v>", "breaks off"),
        (b"<r>&unknown;</r>", "well formed"),
        (b"<?xml version='1.0' encoding='no-such'?><r/>", "well formed"),
        (b"<r>\xff\xfe\x00</r>", "well formed"),
    ],
)
def test_what_is_too_deep_too_long_or_broken_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(markup.Unreadable, match=said):
        read(content)


def test_a_return_with_a_trap_is_one_finding(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")

    for content in traps(secret).values():
        if xml_form.is_xml(content):
            (sheet,) = xml_form.read_sheets("return.xml", content)
            assert not sheet.readable
            assert sheet.rows == ()
            assert SECRET not in str(sheet)
