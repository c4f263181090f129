"""The figures of the committee's papers come out of the register, counted by the database."""

import csv
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from harbour.demo.history import calibration
from harbour.foundation.access.context import acting_as
from harbour.foundation.kernel import clock
from harbour.insight.reporting import queries, rules

TABLE = Path(__file__).parent / "brief_figures.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
WANTED = [f"F{number:02d}" for number in range(1, 37)]


@pytest.fixture
def open_database(history: SimpleNamespace, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test read what is committed."""
    del history
    with django_db_blocker.unblock():
        yield


def test_every_figure_of_the_paper_that_can_be_computed_is_in_the_table() -> None:
    assert sorted({each["id"] for each in ROWS}) == WANTED


def test_the_generator_holds_itself_to_the_same_table() -> None:
    held = {
        (
            each.reference,
            each.figure_id,
            each.quarter.slug,
            str(each.quarter.number),
            calibration.NAMES[each.authority],
            each.value,
        )
        for each in calibration.EXPECTED
    }
    columns = ("id", "metric", "year", "quarter", "authority", "expected")

    assert held == {tuple(row[name] for name in columns) for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[f"{each['id']}-{each['metric']}" for each in ROWS])
def test_a_figure_of_the_paper_comes_out(
    row: dict[str, str], history: SimpleNamespace, open_database: None
) -> None:
    del open_database
    quarter = rules.parse_quarter(row["year"], row["quarter"])
    with transaction.atomic(), acting_as(history.figures_command.pk) as reader:
        scope = queries.scope_named(row["authority"])
        report = queries.one_figure(reader, row["metric"], quarter, scope, at=clock.now())

    assert calibration.written(report.figures[0].value) == row["expected"]


def test_the_rise_names_its_base_and_the_break(
    history: SimpleNamespace, open_database: None
) -> None:
    del open_database
    with transaction.atomic(), acting_as(history.figures_command.pk) as reader:
        report = queries.one_figure(
            reader, "missing.all.change_on_two_years", rules.Quarter(2018, 4),
            queries.scope_named(""), at=clock.now(),
        )  # fmt: skip

    rise = report.figures[0]
    assert rise.base is not None
    assert rise.base.text.startswith("590 a quarter against 285.5 a quarter")
    assert any("Break in the series on 1 April 2018" in note for note in rise.notes)
