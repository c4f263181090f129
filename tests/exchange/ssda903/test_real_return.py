"""The public invented return of 2,675 children, beside the project where it lies there."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from harbour.exchange.ssda903 import vocabulary
from harbour.exchange.ssda903.actions import runs
from harbour.exchange.ssda903.actions.outcomes import Outcome
from harbour.exchange.ssda903.rules.findings import Severity, tallied
from harbour.exchange.ssda903.rules.returns import Return, read_return
from harbour.exchange.ssda903.rules.rows import MissingRow
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel import clock
from harbour.insight.reporting.models import MissingCount
from harbour.work.missing.vocabulary import Population
from tests.conftest import role
from tests.exchange.ssda903 import samples

COUNTED = (
    "starts_on",
    "kind",
    "population",
    "episodes",
    "children",
    "overlapping",
    "no_return_time",
)


@pytest.fixture(scope="module")
def result() -> Return:
    files = samples.shared_files("ssda903")
    return read_return(files, year_ending=2018, this_year_ends=2018)


def test_every_row_can_come_in_and_repeats_are_read_once(result: Return) -> None:
    counted = {file.table.name: (file.rows_read, len(file.rows)) for file in result.files}

    assert counted == {
        "header": (2675, 2675),
        "episodes": (5050, 5050),
        "missing": (43, 43),
        "oc2": (2675, 2675),
        "uasc": (132, 132),
        "reviews": (12582, 12580),
    }


def test_nothing_is_refused(result: Return) -> None:
    assert [f for f in result.findings if f.severity is Severity.REFUSED] == []


def test_the_43_absences_are_of_39_children(result: Return) -> None:
    file = result.file_of(vocabulary.MISSING_EPISODES)

    assert file
    assert len({row.child for row in file.rows}) == 39


def test_the_overlapping_absences_of_one_child_are_kept_and_flagged(result: Return) -> None:
    file = result.file_of(vocabulary.MISSING_EPISODES)

    assert file
    assert [row.row for row in file.rows if row.child == "366621"] == [36, 37]
    assert all(isinstance(row, MissingRow) for row in file.rows)
    flagged = [(f.child, f.row) for f in file.findings if f.rule == "574"]
    assert flagged == [("366621", 37), ("366621", 36)]


def test_wrong_check_letters_and_postcodes_are_flagged_row_by_row(result: Return) -> None:
    times = Counter((f.column, f.problem) for f in result.findings)

    # Of 2,675 random numbers one in 23 has the right letter by chance.
    assert times["UPN", "The check letter of this UPN is wrong"] == 2568
    assert times["HOME_POST", "No postcode has this shape"] == 2479
    assert times["PL_POST", "No postcode has this shape"] == 2432


def test_the_year_is_told_by_its_dates(result: Return) -> None:
    told = read_return(samples.shared_files("ssda903"), year_ending=None, this_year_ends=2026)

    assert (told.year_ending, told.year_inferred) == (2018, True)
    assert told.findings == result.findings


def test_tables_that_are_not_read_yet_are_listed(result: Return) -> None:
    assert [name for _, name in result.not_read_yet] == [
        "dolo",
        "ad1",
        "oc3",
        "placed_for_adoption",
        "previous_permanence",
        "sw_episodes",
    ]
    assert result.not_recognised == ()


def test_a_year_that_does_not_fit_flags_and_does_not_refuse() -> None:
    result = read_return(samples.shared_files("ssda903"), year_ending=2017, this_year_ends=2018)

    outside = [f for f in result.findings if f.rule == "571"]
    assert len(outside) == 43
    assert {f.severity for f in result.findings} == {Severity.FLAGGED}


def test_the_tally_accounts_for_every_finding(result: Return) -> None:
    assert sum(tally.times for tally in tallied(result.findings)) == len(result.findings)


def test_the_xml_form_holds_the_same_rows(result: Return) -> None:
    files = samples.shared_files("ssda903")
    xml = read_return({"return.xml": samples.as_xml(files)}, year_ending=2018, this_year_ends=2018)

    def rows(read: Return) -> dict[str, Counter[str]]:
        return {
            file.table.name: Counter(repr(replace(row, row=0)) for row in file.rows)
            for file in read.files
        }

    def told(read: Return) -> Counter[tuple[str, str, str, str]]:
        return Counter((f.table, f.child, f.column, f.problem) for f in read.findings)

    assert rows(xml) == rows(result)
    assert told(xml) == told(result)
    assert {file.file_name for file in xml.files} == {"return.xml"}


def test_the_absences_are_counted_by_population_from_either_form(
    cast: SimpleNamespace, as_user: Callable[[User], AbstractContextManager[Reader]]
) -> None:
    """Of 43 absences 19 are marked missing and count; of two that overlap the one away does not."""
    files = samples.shared_files("ssda903")
    gone = {row["CHILD"] for row in samples.rows_of(files["missing.csv"])}
    some = {
        name: samples.as_csv([r for r in samples.rows_of(files[name]) if r["CHILD"] in gone])
        for name in ("header.csv", "missing.csv")
    }
    forms = {"csv": some, "xml": {"return.xml": samples.as_xml(some)}}
    counted = {form: _imported_and_counted(each, cast, as_user) for form, each in forms.items()}

    absences = samples.rows_of(some["missing.csv"])
    missing = [each for each in absences if each["MISSING"] == "M"]
    away = {form: [each for each in rows if each["kind"] == "A"] for form, rows in counted.items()}
    counted = {form: [e for e in rows if e["kind"] == "M"] for form, rows in counted.items()}
    assert (counted["csv"], away["csv"]) == (counted["xml"], away["xml"])
    assert sum(each["episodes"] for each in counted["csv"]) == len(missing)
    assert sum(each["overlapping"] for each in counted["csv"]) == 0
    assert sum(each["overlapping"] for each in away["csv"]) == 1
    assert {each["population"] for each in counted["csv"]} == {Population.LOOKED_AFTER_HERE}


def _imported_and_counted(
    files: Mapping[str, bytes],
    cast: SimpleNamespace,
    as_user: Callable[[User], AbstractContextManager[Reader]],
) -> list[dict[str, Any]]:
    read = read_return(files, year_ending=2018, this_year_ends=2018)
    how = runs.Import(authority=cast.county, year_ending=2018)
    with transaction.atomic():
        with as_user(cast.records_import) as reader:
            for file in read.files:
                done = runs.import_file(file=file, how=how, by=reader, at=clock.now())
                assert done.outcome is Outcome.CAME_IN
        with role("harbour_sec_owner"):
            kept = MissingCount.objects.filter(span="year", authority=cast.county)
            found = list(kept.exclude(population="").order_by("starts_on", "kind").values(*COUNTED))
        transaction.set_rollback(True)
    return found
