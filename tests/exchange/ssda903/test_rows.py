"""From cells to typed rows: what is refused, what is flagged, and what it says."""

from collections.abc import Mapping
from datetime import date

import pytest

from harbour.exchange.ssda903.rules.findings import Finding, Severity
from harbour.exchange.ssda903.rules.returns import Return
from harbour.exchange.ssda903.rules.rows import EpisodeRow, HeaderRow
from harbour.exchange.ssda903.vocabulary import TABLES, Kind
from tests.exchange.ssda903 import samples


def changed(name: str, **cells: str) -> Return:
    return samples.read_tables({name: samples.table(name, cells)})


def test_a_good_return_has_nothing_to_say() -> None:
    result = samples.whole()

    assert result.findings == []
    assert [len(file.rows) for file in result.files] == [1] * 6


def test_cells_become_typed_values() -> None:
    result = samples.whole()

    assert result.files[0].rows == (
        HeaderRow(
            row=2,
            child="A1",
            sex="2",
            born_on=date(2006, 5, 3),
            ethnicity="WBRI",
            upn="G855200012345",
            mother="",
            first_child_born_on=None,
        ),
    )
    episode = result.files[1].rows[0]
    assert isinstance(episode, EpisodeRow)
    assert (episode.starts_on, episode.ends_on) == (date(2016, 6, 1), None)


DATES = [(t.name, c.name, c.rule) for t in TABLES for c in t.columns if c.kind is Kind.DATE]
CODES = [(t.name, c.name, c.rule) for t in TABLES for c in t.columns if c.kind is Kind.CODE]
REQUIRED = [(t.name, c.name) for t in TABLES for c in t.columns if c.required]


@pytest.mark.parametrize(("name", "column", "rule"), DATES)
def test_an_unreadable_date_says_where_it_is_and_what_to_do(
    name: str, column: str, rule: str
) -> None:
    finding = samples.only(changed(name, **{column: "31/02/2018"}).findings)

    assert finding == Finding(
        table=name,
        row=2,
        column=column,
        value="31/02/2018",
        problem="There is no such day in the calendar",
        what_to_do="Write the date as day/month/year with four digits for the year: 31/03/2018",
        severity=Severity.REFUSED,
        rule=rule,
        child="A1",
    )


@pytest.mark.parametrize(("name", "column", "rule"), CODES)
def test_an_unknown_code_is_refused_with_some_that_would_do(
    name: str, column: str, rule: str
) -> None:
    finding = samples.only(changed(name, **{column: "Q9"}).findings)

    assert (finding.table, finding.row, finding.column, finding.value) == (name, 2, column, "Q9")
    assert finding.severity is Severity.REFUSED
    assert finding.problem.startswith("This is not a code for ")
    assert finding.what_to_do.startswith("Use one of the codes of the guide: ")
    assert finding.rule == rule


@pytest.mark.parametrize(("name", "column"), REQUIRED)
def test_a_blank_that_leaves_a_row_without_sense_refuses_it(name: str, column: str) -> None:
    result = changed(name, **{column: ""})

    finding = samples.only(result.findings)
    assert (finding.column, finding.value, finding.severity) == (column, "", Severity.REFUSED)
    assert finding.what_to_do == f"Fill in {column}"
    assert result.files[0].rows == ()


@pytest.mark.parametrize(
    ("name", "cells", "rule"),
    [
        ("missing", {"MIS_START": ""}, "564"),
        ("missing", {"MISSING": "", "MIS_END": ""}, "565"),
        ("missing", {"MIS_START": "31/02/2017"}, "1004"),
        ("missing", {"MIS_END": "13/10/21"}, "1005"),
        ("missing", {"MISSING": "X"}, "1006"),
        ("header", {"SEX": "3"}, "101"),
        ("header", {"ETHNIC": "WHITE"}, "103"),
        ("oc2", {"SDQ_SCORE": "41"}, "180"),
        ("oc2", {"SDQ_SCORE": "-1"}, "180"),
        ("oc2", {"SDQ_SCORE": "17.5"}, "180"),
        ("oc2", {"CONVICTED": "2"}, "181"),
    ],
)
def test_refusals_carry_the_number_of_the_published_check(
    name: str, cells: Mapping[str, str], rule: str
) -> None:
    finding = samples.only(changed(name, **cells).findings)

    assert (finding.rule, finding.severity) == (rule, Severity.REFUSED)


@pytest.mark.parametrize(
    ("name", "cells", "problem"),
    [
        ("header", {"UPN": "A855200012345"}, "The check letter of this UPN is wrong"),
        ("header", {"UPN": "12345"}, "A UPN is a letter and twelve digits, or UN1 to UN5"),
        ("header", {"UPN": ""}, "The cell is blank"),
        ("header", {"ETHNIC": ""}, "The cell is blank"),
        ("header", {"SEX": ""}, "The cell is blank"),
        ("header", {"CHILD": "A/1"}, "A child identifier is letters and digits, at most twenty"),
        ("header", {"SEX": "F"}, "The guide for 2017-18 has no such code for sex"),
        ("episodes", {"PL_POST": "EH14 8EC"}, "No postcode has this shape"),
        ("episodes", {"HOME_POST": "none"}, "No postcode has this shape"),
        ("episodes", {"PLACE": "K3"}, "The guide for 2017-18 has no such code for placement"),
    ],
)
def test_what_looks_wrong_and_can_be_kept_is_flagged_and_comes_in(
    name: str, cells: Mapping[str, str], problem: str
) -> None:
    result = changed(name, **cells)

    finding = samples.only(result.findings)
    assert (finding.problem, finding.severity) == (problem, Severity.FLAGGED)
    assert len(result.files[0].rows) == 1


def test_codes_of_another_year_pass_in_their_own() -> None:
    content = samples.table("episodes", {"REC": "E45", "DEC": "01/06/2018"})

    assert samples.read(year_ending=2019, episodes=content).findings == []
    assert samples.only(samples.read(year_ending=2018, episodes=content).files[0].findings[:1]).rule


def test_lower_case_codes_and_fractions_of_spreadsheets_are_read() -> None:
    result = samples.read(
        header=samples.table("header", {"CHILD": "77.0", "ETHNIC": "wbri", "MOTHER": "0.0"})
    )

    row = result.files[0].rows[0]
    assert isinstance(row, HeaderRow)
    assert (row.child, row.ethnicity, row.mother) == ("77", "WBRI", "0")
    assert [f.problem for f in result.findings] == ["Read as 77", "Read as 0"]


def test_a_refused_row_keeps_no_other_row_out_of_what_can_come_in() -> None:
    result = samples.read(
        missing=samples.table("missing", {}, {"MIS_START": "soon"}, {"MIS_START": "01/09/2017"})
    )

    assert [row.row for row in result.files[0].rows] == [2, 4]
    assert result.files[0].rows_refused == 1


def test_the_year_is_told_by_the_dates_when_nobody_says_it() -> None:
    absences = samples.table("missing", {}, {"MIS_START": "01/03/2018", "MIS_END": "31/03/2018"})

    result = samples.read(year_ending=None, missing=absences)
    assert (result.year_ending, result.year_inferred) == (2018, True)
    assert samples.read(year_ending=2017, missing=absences).year_inferred is False


def test_a_row_word_for_word_the_same_is_read_once_and_flagged() -> None:
    result = samples.read(reviews=samples.table("reviews", {}, {}))

    finding = samples.only(result.findings)
    assert (finding.row, finding.value, finding.severity) == (3, "row 2", Severity.FLAGGED)
    assert len(result.files[0].rows) == 1


@pytest.mark.parametrize(
    ("name", "cells"),
    [("header", {"SEX": "1"}), ("oc2", {"SDQ_SCORE": "3"}), ("uasc", {"DUC": "01/06/2019"})],
)
def test_two_rows_of_one_child_that_disagree_are_not_both_read(
    name: str, cells: Mapping[str, str]
) -> None:
    result = samples.read_tables({name: samples.table(name, {}, cells)})

    refused = samples.only([f for f in result.findings if f.severity is Severity.REFUSED])
    assert (refused.row, refused.value) == (3, "A1")
    assert len(result.files[0].rows) == 1


def test_the_same_table_twice_is_read_once() -> None:
    result = samples.read(
        missing=samples.table("missing", {}), again=samples.table("missing", {"MISSING": "A"})
    )

    finding = samples.only(result.findings)
    assert (finding.value, finding.row) == ("again.csv", 0)
    assert sum(len(file.rows) for file in result.files) == 1
