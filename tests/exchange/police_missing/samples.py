"""Invented extracts, as CSV and as a workbook."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

HEADING = ("MISPER Ref", "Forename", "Surname", "DOB", "Missing From", "Date Found", "Risk Level")
GOOD = {
    "MISPER Ref": "MP/1",
    "Forename": "Amara",
    "Surname": "Quill",
    "DOB": "14/03/2009",
    "Missing From": "01/03/2024 22:15",
    "Date Found": "02/03/2024 06:40",
    "Risk Level": "Medium",
}
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)


def rows(*changes: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return a good row for each set of changes, changed."""
    return [tuple({**GOOD, **each}[name] for name in HEADING) for each in changes]


def as_csv(lines: Sequence[Sequence[str]], heading: Sequence[str] = HEADING) -> bytes:
    """Write an extract as a police system exports it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heading, *lines])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Sequence[Sequence[str]], heading: Sequence[str] = HEADING) -> bytes:
    """Write the same rows as a workbook: texts inside the cells, days and times as numbers."""
    written = [heading, *lines]
    body = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{chr(65 + at)}{row}"{_cell(cell)}</c>' for at, cell in enumerate(cells))
        + "</row>"
        for row, cells in enumerate(written, start=1)
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "xl/workbook.xml": '<workbook xmlns:r="urn:r"><sheets><sheet name="Extract" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" '
        'Target="worksheets/first.xml"/></Relationships>',
        "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy '
        'hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
        "xl/worksheets/first.xml": f"<worksheet><sheetData>{body}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _cell(text: str) -> str:
    # 1 March 2024, 22:15, counted from 30 December 1899.
    if text == GOOD["Missing From"]:
        return ' s="1"><v>45352.927083333336</v>'
    return f' t="inlineStr"><is><t>{escape(text)}</t></is>'
