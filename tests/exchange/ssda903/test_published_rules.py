"""Each published check has a row that breaks it and a row that does not."""

from collections.abc import Mapping, Sequence

import pytest

from harbour.exchange.ssda903.rules.published import RULES
from tests.exchange.ssda903 import samples

type Rows = Mapping[str, Sequence[Mapping[str, str]]]

# number, the tables that differ from the good return, and the rows that must be flagged
BROKEN: list[tuple[str, str, Rows, list[int]]] = [
    (
        "301",
        "header",
        {"header": [{"DOB": "01/04/2018"}, {"CHILD": "A2", "DOB": "31/03/2018"}]},
        [2],
    ),
    (
        "174",
        "header",
        {
            "header": [
                {"SEX": "1", "MOTHER": "1", "MC_DOB": "01/01/2018"},
                {"CHILD": "A2", "DOB": "03/05/2001", "MOTHER": "1", "MC_DOB": "01/01/2018"},
            ]
        },
        [2],
    ),
    ("611", "header", {"header": [{"MOTHER": "1"}, {"CHILD": "A2", "MOTHER": "0"}]}, [2]),
    (
        "612",
        "header",
        {
            "header": [
                {"DOB": "03/05/2001", "MOTHER": "0", "MC_DOB": "01/01/2018"},
                {"CHILD": "A2", "DOB": "03/05/2001", "MOTHER": "1", "MC_DOB": "01/01/2018"},
            ]
        },
        [2],
    ),
    (
        "620",
        "header",
        {
            "header": [
                {"MOTHER": "1", "MC_DOB": "02/05/2017"},
                {"CHILD": "A2", "MOTHER": "1", "MC_DOB": "03/05/2017"},
            ]
        },
        [2],
    ),
    (
        "142",
        "episodes",
        {
            "episodes": [
                {"DECOM": "01/06/2016"},
                {"DECOM": "01/06/2017"},
                {"CHILD": "A2", "DEC": "01/06/2017", "REC": "X1"},
                {"CHILD": "A2", "DECOM": "01/06/2017"},
            ]
        },
        [2],
    ),
    (
        "148",
        "episodes",
        {
            "episodes": [
                {"REC": "X1"},
                {"CHILD": "A2", "DEC": "01/06/2017"},
                {"CHILD": "A3", "DEC": "01/06/2017", "REC": "E4A"},
                {"CHILD": "A4"},
            ]
        },
        [2, 3],
    ),
    ("302", "episodes", {"episodes": [{"DECOM": "02/05/2006"}, {"DECOM": "01/06/2016"}]}, [2]),
    ("302", "episodes", {"episodes": [{"DECOM": "03/05/2006"}]}, []),
    ("352", "episodes", {"header": [{"DOB": "01/06/1998"}], "episodes": [{}]}, [2]),
    ("352", "episodes", {"header": [{"DOB": "02/06/1998"}], "episodes": [{}]}, []),
    ("353", "episodes", {"episodes": [{"DECOM": "13/10/1991"}, {"DECOM": "14/10/1991"}]}, [2]),
    (
        "354",
        "episodes",
        {"episodes": [{"DECOM": "01/04/2018"}, {"CHILD": "A2", "DECOM": "31/03/2018"}]},
        [2],
    ),
    (
        "355",
        "episodes",
        {"episodes": [{"DEC": "01/06/2016", "REC": "X1"}, {"DEC": "02/06/2016", "REC": "X1"}]},
        [2],
    ),
    (
        "356",
        "episodes",
        {"episodes": [{"DEC": "31/05/2016", "REC": "X1"}, {"DEC": "01/06/2016", "REC": "X1"}]},
        [2],
    ),
    (
        "385",
        "episodes",
        {"episodes": [{"DEC": "01/04/2018", "REC": "X1"}, {"DEC": "31/03/2018", "REC": "X1"}]},
        [2],
    ),
    (
        "392b",
        "episodes",
        {
            "episodes": [
                {"PL_POST": ""},
                {"CHILD": "A2", "HOME_POST": ""},
                {"CHILD": "A3", "HOME_POST": "", "LS": "V4"},
                {"CHILD": "A4", "HOME_POST": ""},
            ],
            "uasc": [{"CHILD": "A4"}],
        },
        [2, 3],
    ),
    (
        "445",
        "episodes",
        {"episodes": [{"LS": "D1"}, {"CHILD": "A2", "LS": "D1", "DECOM": "31/12/2005"}]},
        [2],
    ),
    (
        "446",
        "episodes",
        {"episodes": [{"LS": "E1", "DECOM": "30/11/2005"}, {"LS": "E1", "DECOM": "01/12/2005"}]},
        [2],
    ),
    (
        "501",
        "episodes",
        {
            "episodes": [
                {"DECOM": "01/06/2017", "DEC": "04/06/2017"},
                {"DECOM": "02/06/2017", "DEC": "06/06/2017"},
                {"DECOM": "06/06/2017"},
                {"CHILD": "A2", "DECOM": "08/06/2017", "DEC": "09/06/2017"},
                {"CHILD": "A2", "DECOM": "08/06/2017", "DEC": "10/06/2017"},
                {"CHILD": "A2", "DECOM": "15/06/2017"},
            ]
        },
        [3, 6],
    ),
    (
        "526",
        "episodes",
        {"episodes": [{"PLACE_PROVIDER": ""}, {"PLACE_PROVIDER": "", "PLACE": "T1"}]},
        [2],
    ),
    ("567", "missing", {"missing": [{"MIS_END": "09/07/2017"}, {"MIS_END": "10/07/2017"}]}, [2]),
    (
        "570",
        "missing",
        {
            "missing": [
                {"MIS_START": "01/04/2018", "MIS_END": ""},
                {"CHILD": "A2", "MIS_START": "31/03/2018", "MIS_END": ""},
            ]
        },
        [2],
    ),
    (
        "571",
        "missing",
        {
            "missing": [
                {"MIS_START": "01/03/2017", "MIS_END": "31/03/2017"},
                {"CHILD": "A2", "MIS_START": "01/03/2017", "MIS_END": "01/04/2017"},
                {"CHILD": "A3", "MIS_END": "01/04/2018"},
                {"CHILD": "A4", "MIS_END": ""},
            ]
        },
        [2, 4],
    ),
    (
        "574",
        "missing",
        {
            "missing": [
                {"MIS_START": "01/06/2017", "MIS_END": "05/06/2017"},
                {"MIS_START": "04/06/2017", "MIS_END": ""},
                {"CHILD": "A2", "MIS_START": "03/06/2017", "MIS_END": "04/06/2017"},
                {"CHILD": "A2", "MIS_START": "04/06/2017", "MIS_END": "07/06/2017"},
                {"CHILD": "A3", "MIS_START": "06/06/2017", "MIS_END": ""},
                {"CHILD": "A3", "MIS_START": "07/06/2017", "MIS_END": "09/06/2017"},
                {"CHILD": "A4", "MIS_START": "02/11/2017", "MIS_END": "22/12/2017"},
                {"CHILD": "A4", "MIS_START": "20/11/2017", "MIS_END": "04/12/2017"},
                {"CHILD": "A4", "MIS_START": "22/12/2017", "MIS_END": "23/12/2017"},
            ]
        },
        [2, 3, 6, 7, 8, 9],
    ),
    (
        "575",
        "missing",
        {
            "episodes": [
                {"DEC": "01/09/2017", "REC": "X1"},
                {"DECOM": "01/09/2017"},
            ],
            "missing": [{"MIS_END": ""}, {"MIS_START": "02/09/2017", "MIS_END": ""}],
        },
        [2],
    ),
    (
        "577",
        "missing",
        {
            "episodes": [
                {"DEC": "01/09/2017", "REC": "E4A"},
                {"CHILD": "A2", "DEC": "01/09/2017", "REC": "X1"},
                {"CHILD": "A2", "DECOM": "01/09/2017"},
            ],
            "missing": [{"MIS_END": ""}, {"CHILD": "A2", "MIS_END": ""}],
        },
        [2],
    ),
    (
        "578",
        "missing",
        {
            "episodes": [{"DEC": "09/07/2017", "REC": "E4A"}, {"CHILD": "A2", "DEC": "10/07/2017"}],
            "missing": [{}, {"CHILD": "A2"}],
        },
        [2],
    ),
    (
        "581",
        "missing",
        {
            "episodes": [{"DECOM": "11/07/2017"}, {"CHILD": "A2", "DECOM": "10/07/2017"}],
            "missing": [{}, {"CHILD": "A2"}],
        },
        [2],
    ),
    (
        "586",
        "missing",
        {"missing": [{"DOB": "10/07/2017"}, {"CHILD": "A2", "DOB": "09/07/2017"}]},
        [2],
    ),
    ("197a", "oc2", {"oc2": [{"SDQ_REASON": "SDQ2"}, {"CHILD": "A2"}]}, [2]),
    (
        "192",
        "oc2",
        {
            "oc2": [
                {"SUBSTANCE_MISUSE": "1"},
                {"CHILD": "A2", "SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "1"},
            ]
        },
        [2],
    ),
    ("193", "oc2", {"oc2": [{"INTERVENTION_RECEIVED": "1"}, {"CHILD": "A2"}]}, [2]),
    (
        "158",
        "oc2",
        {
            "oc2": [
                {
                    "SUBSTANCE_MISUSE": "1",
                    "INTERVENTION_RECEIVED": "1",
                    "INTERVENTION_OFFERED": "1",
                },
                {"CHILD": "A2", "SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "1"},
            ]
        },
        [2],
    ),
    (
        "159",
        "oc2",
        {
            "oc2": [
                {"SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "0"},
                {
                    "CHILD": "A2",
                    "SUBSTANCE_MISUSE": "1",
                    "INTERVENTION_RECEIVED": "0",
                    "INTERVENTION_OFFERED": "1",
                },
            ]
        },
        [2],
    ),
    ("304", "uasc", {"uasc": [{"DUC": "04/05/2024"}, {"CHILD": "A2", "DUC": "03/05/2024"}]}, [2]),
    ("104", "uasc", {"uasc": [{"DUC": "31/03/2017"}, {"CHILD": "A2", "DUC": "01/04/2017"}]}, [2]),
    (
        "440",
        "reviews",
        {
            "reviews": [
                {"REVIEW_CODE": "PN0"},
                {"REVIEW_CODE": "PN0", "REVIEW": "03/05/2010"},
            ]
        },
        [2],
    ),
    (
        "441",
        "reviews",
        {"reviews": [{"REVIEW": "02/05/2010"}, {"REVIEW": "03/05/2010"}]},
        [2],
    ),
    ("Two rows disagree", "missing", {"missing": [{"DOB": "04/05/2006"}, {"CHILD": "A2"}]}, [2]),
    ("Two rows disagree", "oc2", {"oc2": [{"DOB": "04/05/2006"}]}, [2]),
    ("Two rows disagree", "uasc", {"uasc": [{"DOB": "04/05/2006"}]}, [2]),
    ("Two rows disagree", "reviews", {"reviews": [{"DOB": "04/05/2006"}, {}]}, [2]),
    ("Two rows disagree", "uasc", {"uasc": [{"SEX": "1"}]}, [2]),
    (
        "Same number",
        "header",
        {
            "header": [
                {},
                {"CHILD": "A2"},
                {"CHILD": "A3", "UPN": "UN1"},
                {"CHILD": "A4", "UPN": "UN1"},
            ]
        },
        [2, 3],
    ),
    ("No care", "missing", {"missing": [{}, {"CHILD": "A2"}]}, [3]),
    ("After the year", "reviews", {"reviews": [{"REVIEW": "01/04/2018"}, {}]}, [2]),
]
SENTENCES = {
    "Same number": "Another child of this table has the same UPN",
    "Two rows disagree": "is not the one in the header table",
    "No care": "The child has an absence and no episode of care",
    "After the year": "The review is dated after the end of the collection year",
}


@pytest.mark.parametrize(("number", "name", "rows", "flagged"), BROKEN)
def test_a_published_check_flags_the_rows_that_break_it_and_no_other(
    number: str, name: str, rows: Rows, flagged: list[int]
) -> None:
    result = samples.whole(
        **{table: samples.table(table, *changes) for table, changes in rows.items()}
    )

    sentence = SENTENCES.get(number, "")
    found = [
        finding.row
        for finding in result.findings
        if finding.table == name
        and (finding.rule == number if not sentence else sentence in finding.problem)
    ]
    assert found == flagged
    assert not any(file.refused for file in result.files)


def test_every_check_has_a_row_that_breaks_it() -> None:
    assert {rule.number for rule in RULES} - {""} == {number for number, *_ in BROKEN} - set(
        SENTENCES
    )


def test_every_check_says_what_to_do() -> None:
    for rule in RULES:
        assert rule.problem
        assert rule.what_to_do
        assert rule.column in rule.table.names
