"""A document says what it was given, to everybody, and obeys nothing that stands in it."""

import pytest

from harbour.foundation.documents import pdf
from tests.builders.documents import opened, pages_of, tags_of, text_of

FRAME = pdf.Frame(
    title="Specimen",
    reader="Robin Example, Nurse",
    agency="Example Trust",
    made_at="Wed 3 Apr 2019 14:05",
    request="0123456789abcdef0123456789abcdef",
)


def specimen(words: str = "Plain words.") -> bytes:
    return pdf.render(
        "documents/specimen.typ", FRAME, {"words": words, "facts": [["Harm", "Suspected"]]}
    )


def test_a_document_says_its_language_and_title() -> None:
    document = opened(specimen())

    assert str(document.Root.Lang) == "en-GB"
    assert str(document.docinfo["/Title"]) == "Specimen"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_a_document_is_tagged_with_headings_in_order() -> None:
    document = specimen()

    with opened(document) as pdf_file:
        assert bool(pdf_file.Root.MarkInfo.Marked)
    assert [tag for tag in tags_of(document) if tag.startswith("H")] == ["H1", "H2"]
    assert {"Table", "TH", "TD"} <= set(tags_of(document))


def test_a_document_declares_the_standard_for_accessible_pdf() -> None:
    with opened(specimen()).open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_page_is_marked_and_names_its_reader() -> None:
    pages = pages_of(specimen("\n".join(f"Line {number}" for number in range(120))))

    assert len(pages) > 1
    for page in pages:
        assert page.count("OFFICIAL-SENSITIVE") == 2
        assert "Robin Example, Nurse, Example Trust, on Wed 3 Apr 2019 14:05" in page
        assert f"Request {FRAME.request} in the ledger" in page


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "= A heading",
        "*bold* _slanted_",
        "$1/2$",
        "#panic()",
        "\\u{41}",
        "</script>",
    ],
)
def test_what_people_typed_is_printed_as_they_typed_it(words: str) -> None:
    document = specimen(words)

    assert words in text_of(document)
    assert [tag for tag in tags_of(document) if tag.startswith("H")] == ["H1", "H2"]


def test_a_template_outside_the_package_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        pdf.render("../../etc/passwd", FRAME, {})
