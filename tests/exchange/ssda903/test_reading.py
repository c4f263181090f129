"""From bytes to a sheet: encodings, quotation, columns, and files that are something else."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harbour.exchange.ssda903.rules.findings import Severity
from harbour.exchange.ssda903.rules.reading import read_sheet
from harbour.exchange.ssda903.vocabulary import NOT_READ_YET, TABLES, Table
from tests.exchange.ssda903 import samples

REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\r\nA1,03/05/2006,05/09/2017,PN1\r\n"


@pytest.mark.parametrize(
    "content",
    [
        REVIEWS.encode(),
        REVIEWS.encode("utf-8-sig"),
        REVIEWS.encode("utf-16"),
        REVIEWS.replace("\r\n", "\n").encode(),
        REVIEWS.rstrip().encode(),
        (REVIEWS + "\r\n\r\n,,,\r\n   \r\n").encode(),
        REVIEWS.replace("A1", '"A1"').encode(),
        REVIEWS.replace(",", ";").encode(),
        REVIEWS.replace(",", "\t").encode(),
        REVIEWS.replace("CHILD,DOB,REVIEW,REVIEW_CODE", " child , Dob,review,Review code").encode(),
    ],
    ids=[
        "plain",
        "byte-order mark",
        "utf-16",
        "unix line ends",
        "no last line end",
        "blank lines at the end",
        "quoted",
        "semicolons",
        "tabs",
        "headings in another case",
    ],
)
def test_the_same_table_is_read_however_it_was_saved(content: bytes) -> None:
    sheet = read_sheet("reviews.csv", content)

    assert [cells.values for cells in sheet.rows] == [
        {"CHILD": "A1", "DOB": "03/05/2006", "REVIEW": "05/09/2017", "REVIEW_CODE": "PN1"}
    ]
    assert sheet.findings == ()


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    content = REVIEWS + '\r\n"A\r\n2",03/05/2006,05/09/2017,PN1\r\nA3,03/05/2006,05/09/2017,PN1'

    assert [cells.row for cells in read_sheet("x.csv", content.encode()).rows] == [2, 4, 5]


def test_windows_1252_is_read_where_utf_8_does_not_fit() -> None:
    content = samples.table("header", {"CHILD": "É1"}).decode().encode("cp1252")

    assert read_sheet("x.csv", content).rows[0].values["CHILD"] == "É1"


@pytest.mark.parametrize("known", TABLES, ids=lambda known: known.name)
def test_a_table_is_known_by_its_columns_in_any_order_under_any_name(known: Table) -> None:
    names = list(known.names)
    random.Random(7).shuffle(names)
    content = ",".join(names) + "\n" + ",".join("x" for _ in names)

    assert read_sheet("Export (3).csv", content.encode()).table is known


@pytest.mark.parametrize(("name", "own"), NOT_READ_YET.items())
def test_tables_the_hub_does_not_read_are_named(name: str, own: frozenset[str]) -> None:
    content = ",".join(["CHILD", "DOB", *sorted(own)]) + "\n"
    sheet = read_sheet("anything.csv", content.encode())

    assert (sheet.table, sheet.not_read_yet, sheet.findings) == (None, name, ())


def test_a_file_of_another_kind_is_no_table() -> None:
    sheet = read_sheet("rota.csv", b"week,on call\n1,Someone\n")

    assert (sheet.table, sheet.not_read_yet, sheet.findings) == (None, "", ())


@pytest.mark.parametrize(
    ("known", "column"), [(known, name) for known in TABLES for name in known.names]
)
def test_a_missing_column_is_named_with_its_table(known: Table, column: str) -> None:
    names = [name for name in known.names if name != column]
    sheet = read_sheet(f"{known.name}.csv", (",".join(names) + "\n").encode())

    finding = samples.only(sheet.findings)
    assert (finding.table, finding.row, finding.column) == (known.name, 0, column)
    assert finding.severity is Severity.REFUSED
    assert column in finding.what_to_do
    assert not sheet.readable


def test_a_column_that_stands_there_twice_is_refused() -> None:
    content = REVIEWS.replace("REVIEW_CODE", "REVIEW_CODE,Review code").replace("PN1", "PN1,PN2")

    finding = samples.only(read_sheet("x.csv", content.encode()).findings)
    assert (finding.column, finding.problem) == ("REVIEW_CODE", "The column stands there twice")


def test_columns_the_return_does_not_have_are_named_and_the_rest_is_read() -> None:
    content = REVIEWS.replace("DOB,", "DOB,Team,").replace("2006,", "2006,North,")
    sheet = read_sheet("reviews.csv", content.encode())

    assert sheet.unknown_columns == ("TEAM",)
    assert sheet.rows[0].values["REVIEW_CODE"] == "PN1"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "The file is empty"),
        (b"\r\n\r\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"PK\x03\x04rest", "This is a spreadsheet workbook, not a CSV file"),
        (b"CHILD\x00DOB", "The file is not text"),
        (b"\x81\x8d\x8f", "The file is not text"),
    ],
)
def test_a_file_that_is_no_csv_is_refused_with_a_sentence(content: bytes, problem: str) -> None:
    finding = samples.only(read_sheet("header.csv", content).findings)

    assert (finding.problem, finding.row) == (problem, 0)
    assert finding.what_to_do


def test_a_quotation_mark_that_never_closes_is_refused_with_its_row() -> None:
    content = REVIEWS + 'A2,"03/05/2006,05/09/2017,PN1\r\nA3,03/05/2006,05/09/2017,PN1\r\n'

    finding = samples.only(read_sheet("reviews.csv", content.encode()).findings)
    assert finding.problem.startswith("A quotation mark after row 2 is never closed")


def test_a_row_with_too_many_values_is_refused_alone() -> None:
    content = REVIEWS + "A2,03/05/2006,05/09/2017,PN1,what is this\r\n"
    sheet = read_sheet("reviews.csv", content.encode())

    finding = samples.only(sheet.findings)
    assert (finding.row, finding.value, finding.severity) == (3, "what is this", Severity.REFUSED)
    assert [cells.row for cells in sheet.rows] == [2]


def test_a_row_that_ends_early_is_flagged_and_read() -> None:
    content = samples.table("header", {}).decode().replace(",,\r\n", "\r\n")
    sheet = read_sheet("header.csv", content.encode())

    finding = samples.only(sheet.findings)
    assert (finding.row, finding.value, finding.severity) == (2, "5 of 7", Severity.FLAGGED)
    assert len(sheet.rows) == 1


def test_files_with_headings_alone_are_tables_without_rows() -> None:
    sheet = read_sheet("missing.csv", b"CHILD,DOB,MISSING,MIS_START,MIS_END\r\n")

    assert (sheet.rows, sheet.findings, sheet.readable) == ((), (), True)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    for name in ("header.csv", "other.bin"):
        assert read_sheet(name, content).file_name == name


@given(st.text(max_size=200))
def test_no_text_after_a_good_heading_makes_the_reader_fail(text: str) -> None:
    content = ("CHILD,DOB,REVIEW,REVIEW_CODE\n" + text).encode("utf-8", "surrogatepass")

    assert read_sheet("reviews.csv", content).file_name == "reviews.csv"


def test_public_files_of_awkward_csv_are_no_table_and_no_failure() -> None:
    for name, content in samples.shared_files("badinput/csv_spectrum/csvs").items():
        assert read_sheet(name, content).table is None


def test_public_naughty_strings_are_refused_or_kept_and_never_lost() -> None:
    path = samples.SHARED / "badinput" / "naughty" / "blns.json"
    if not path.is_file():
        pytest.skip("public data is not here: no badinput/naughty/blns.json beside the project")
    strings = [text for text in json.loads(path.read_text("utf-8")) if text.strip()]
    rows = [{**samples.REVIEW, "CHILD": text} for text in strings]

    result = samples.read(reviews=samples.as_csv(rows))

    file = result.files[0]
    refused = {finding.row for finding in file.refused}
    kept = {row.row for row in file.rows}
    repeats = {finding.row for finding in file.findings if "repeats" in finding.problem}
    assert refused | kept | repeats == set(range(2, len(strings) + 2))
    assert not refused & kept
