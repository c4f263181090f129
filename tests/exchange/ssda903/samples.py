"""A small invented return: children who do not exist, in the shape of the real one."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from html import escape
from pathlib import Path

import pytest

from harbour.exchange.ssda903.rules.returns import Return, read_return

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

HEADER = {
    "CHILD": "A1",
    "SEX": "2",
    "DOB": "03/05/2006",
    "ETHNIC": "WBRI",
    "UPN": "G855200012345",
    "MOTHER": "",
    "MC_DOB": "",
}
EPISODE = {
    "CHILD": "A1",
    "DECOM": "01/06/2016",
    "RNE": "S",
    "LS": "C2",
    "CIN": "N1",
    "PLACE": "K2",
    "PLACE_PROVIDER": "PR4",
    "DEC": "",
    "REC": "",
    "REASON_PLACE_CHANGE": "",
    "HOME_POST": "LE1 1AA",
    "PL_POST": "LE3 2BB",
    "URN": "1234567",
}
ABSENCE = {
    "CHILD": "A1",
    "DOB": "03/05/2006",
    "MISSING": "M",
    "MIS_START": "10/07/2017",
    "MIS_END": "12/07/2017",
}
HEALTH = {
    "CHILD": "A1",
    "DOB": "03/05/2006",
    "SDQ_SCORE": "17",
    "SDQ_REASON": "",
    "CONVICTED": "0",
    "HEALTH_CHECK": "",
    "IMMUNISATIONS": "1",
    "TEETH_CHECK": "1",
    "HEALTH_ASSESSMENT": "1",
    "SUBSTANCE_MISUSE": "0",
    "INTERVENTION_RECEIVED": "",
    "INTERVENTION_OFFERED": "",
}
ALONE = {"CHILD": "A1", "SEX": "2", "DOB": "03/05/2006", "DUC": ""}
REVIEW = {"CHILD": "A1", "DOB": "03/05/2006", "REVIEW": "05/09/2017", "REVIEW_CODE": "PN1"}

GOOD_ROWS: Mapping[str, Mapping[str, str]] = {
    "header": HEADER,
    "episodes": EPISODE,
    "missing": ABSENCE,
    "oc2": HEALTH,
    "uasc": ALONE,
    "reviews": REVIEW,
}


def as_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Write rows the way a children's social care system exports them."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def table(name: str, *changes: Mapping[str, str]) -> bytes:
    """Write one table: a good row for each set of changes, changed."""
    return as_csv([{**GOOD_ROWS[name], **change} for change in changes])


def read(*, year_ending: int | None = 2018, **tables: bytes) -> Return:
    """Read tables as if each came in a file named after it."""
    return read_tables(tables, year_ending=year_ending)


def read_tables(tables: Mapping[str, bytes], *, year_ending: int | None = 2018) -> Return:
    """Read tables by name."""
    files = {f"{name}.csv": content for name, content in tables.items()}
    return read_return(files, year_ending=year_ending, this_year_ends=2018)


def whole(**instead: bytes) -> Return:
    """Read a whole good return, some tables of it replaced."""
    return read_tables({name: table(name, {}) for name in GOOD_ROWS} | instead)


def only[Told](findings: Sequence[Told]) -> Told:
    """Return the one finding there is."""
    assert len(findings) == 1, findings
    return findings[0]


def shared_files(folder: str) -> dict[str, bytes]:
    """Return the files of a folder of public data beside the project, or skip the test."""
    path = SHARED / folder
    if not path.is_dir():
        pytest.skip(f"public data is not here: no folder {folder} beside the project")
    return {file.name: file.read_bytes() for file in sorted(path.glob("*.csv"))}


REPEATED = {"episodes": "EPISODE", "missing": "AMISSING", "reviews": "AREVIEW", "oc2": "OC2"}
IN_XML = {"CHILD": "CHILDID", "PLACE": "PL"}
NAMED_ONCE = {"CHILD", "DOB"}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a CSV table back."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_xml(files: Mapping[str, bytes]) -> bytes:
    """Write the CSV tables of a return as its XML form: child by child, in the header's order."""
    read = {name.removesuffix(".csv"): rows_of(content) for name, content in files.items()}
    theirs: dict[tuple[str, str], list[dict[str, str]]] = {}
    for name in (*REPEATED, "uasc"):
        for row in read.get(name, []):
            theirs.setdefault((name, row["CHILD"]), []).append(row)
    return (
        "<?xml version='1.0' encoding='UTF-8'?><EXPSSDA903>"
        + "".join(_child_as_xml(row, theirs) for row in read["header"])
        + "</EXPSSDA903>"
    ).encode()


def _child_as_xml(
    header: Mapping[str, str], theirs: Mapping[tuple[str, str], Sequence[Mapping[str, str]]]
) -> str:
    alone = theirs.get(("uasc", header["CHILD"]), ())
    values = dict(header) | {"UASC": str(len(alone)), "DUC": alone[0]["DUC"] if alone else ""}
    groups = {
        name: "".join(
            f"<{element}>{_values_as_xml(row, leave_out=NAMED_ONCE)}</{element}>"
            for row in theirs.get((name, header["CHILD"]), ())
        )
        for name, element in REPEATED.items()
    }
    episodes = groups.pop("episodes")
    inside = _values_as_xml(values) + "".join(groups.values())
    return f"<CHILD><HEADER>{inside}</HEADER>{episodes}</CHILD>"


def _values_as_xml(row: Mapping[str, str], *, leave_out: Collection[str] = ()) -> str:
    return "".join(
        f"<{IN_XML.get(name, name)}>{escape(value)}</{IN_XML.get(name, name)}>"
        for name, value in row.items()
        if name not in leave_out
    )
