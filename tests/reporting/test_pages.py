"""Who sees a quarter's figures, how small numbers are closed, and what leaves the hub."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from harbour.foundation.access import queries as people
from harbour.foundation.access import roles
from harbour.foundation.access.models import Holding, User
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.documents.tables import safe_cell
from harbour.foundation.kernel import clock
from harbour.insight.reporting import actions, command, queries, rules
from harbour.insight.reporting.presenters import files
from tests.builders.missing import ActingAs, ClientFor, Unbound, a_return, an_episode
from tests.builders.people import a_child

type Browser = Callable[[User], Client]


@pytest.fixture
def two_missing(cast: SimpleNamespace, as_user: ActingAs) -> rules.Quarter:
    """Two children missing now; the quarter in which they went."""
    with as_user(cast.coordinator) as reader:
        for given in ("Amara", "Kit"):
            an_episode(reader, a_child(reader, cast.county, given=given).pk, hours=1)
    return rules.quarter_of(clock.london_date(clock.now() - timedelta(hours=1)))


def quarter_address(quarter: rules.Quarter, name: str = "quarter", *more: str) -> str:
    """Return the address of a quarter's page."""
    return reverse(f"reporting:{name}", args=(quarter.slug, quarter.number, *more))


def rows_of(browser: Client, quarter: rules.Quarter) -> dict[str, dict[str, Any]]:
    """Return what the download says, by figure."""
    response = browser.get(quarter_address(quarter, "download", "json"))
    return {each["id"]: each for each in json.loads(response.content)}


@pytest.mark.usefixtures("no_second_factor")
def test_a_worker_sees_exact_numbers(
    cast: SimpleNamespace, client_for: ClientFor, two_missing: rules.Quarter
) -> None:
    rows = rows_of(client_for(cast.coordinator), two_missing)

    assert rows["missing.not_looked_after.children"]["value"] == 2
    assert rows["missing.not_looked_after.episodes"]["value"] == 2


@pytest.mark.usefixtures("no_second_factor")
def test_a_director_sees_one_to_five_as_c_and_is_told_so(
    cast: SimpleNamespace, client_for: ClientFor, two_missing: rules.Quarter
) -> None:
    browser = client_for(cast.director)

    rows = rows_of(browser, two_missing)
    page = browser.get(quarter_address(two_missing)).content.decode()

    assert rows["missing.not_looked_after.children"]["value"] == "c"
    assert rows["missing.not_looked_after.per_child"]["value"] == "c"
    assert rows["missing.not_looked_after.per_child"]["base"] is None
    assert "between 1 and 5" in rows["missing.not_looked_after.children"]["definition"]
    assert rows["missing.hosted.children"]["value"] == 0
    assert "from 1 to 5 are shown as c" in page


@pytest.mark.usefixtures("no_second_factor")
def test_the_whole_does_not_tell_the_part_that_is_closed(
    cast: SimpleNamespace, client_for: ClientFor, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        for given in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal"):
            an_episode(reader, a_child(reader, cast.county, given=given).pk, hours=1)
        hosted = a_child(reader, cast.neighbour_authority, given="Ira", host=cast.county)
        an_episode(reader, hosted.pk, hours=1)
    quarter = rules.quarter_of(clock.london_date(clock.now() - timedelta(hours=1)))
    browser = client_for(cast.director)

    rows = rows_of(browser, quarter)
    address = quarter_address(quarter, "figure", "missing-not_looked_after-episodes")

    assert rows["missing.all.episodes"]["value"] == 9
    assert rows["missing.hosted.episodes"]["value"] == "c"
    assert rows["missing.not_looked_after.episodes"]["value"] == "c"
    assert "Not shown" in browser.get(address).content.decode()


@pytest.mark.usefixtures("no_second_factor")
def test_a_director_sees_no_child_on_the_page(
    cast: SimpleNamespace, client_for: ClientFor, two_missing: rules.Quarter
) -> None:
    page = client_for(cast.director).get(quarter_address(two_missing)).content.decode()

    assert "Amara" not in page
    assert not re.search(r"\bKit\b", page)


def test_the_database_counts_only_for_roles_that_read_figures(
    cast: SimpleNamespace, as_user: ActingAs, two_missing: rules.Quarter
) -> None:
    facts = {}
    for who in ("director", "home_manager", "administrator", "public_intake"):
        with as_user(getattr(cast, who)):
            facts[who] = queries.Facts([two_missing]).is_recorded(0)

    assert facts == {
        "director": True, "home_manager": False, "administrator": False, "public_intake": False
    }  # fmt: skip


def test_nobody_without_a_context_counts_anything(two_missing: rules.Quarter) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('harbour.ctx', '', true)")

    assert not queries.Facts([two_missing]).is_recorded(0)


@pytest.mark.usefixtures("no_second_factor")
def test_a_home_manager_is_refused(cast: SimpleNamespace, client_for: ClientFor) -> None:
    assert client_for(cast.home_manager).get("/figures/2018-19/4/").status_code == 403


@pytest.mark.usefixtures("no_second_factor")
def test_a_download_is_written_to_the_ledger(
    cast: SimpleNamespace, client_for: ClientFor, unbound: Unbound, two_missing: rules.Quarter
) -> None:
    client_for(cast.director).get(quarter_address(two_missing, "download", "csv"))

    with unbound():
        entry = Entry.objects.get(event="reporting.quarter_exported")
    assert (entry.act, entry.detail["exact"], entry.subjects) == (Act.EXPORT, False, [])


@pytest.mark.usefixtures("no_second_factor")
@pytest.mark.parametrize(
    "path", ["2018-20/4/", "2018-19/5/", "2018-19/4/no-such-figure/", "2018-19/4/download/xls/"]
)
def test_what_is_not_there_is_not_found(
    cast: SimpleNamespace, client_for: ClientFor, path: str
) -> None:
    assert client_for(cast.coordinator).get(f"/figures/{path}").status_code == 404


@pytest.mark.usefixtures("no_second_factor")
def test_without_a_quarter_the_newest_is_shown(
    cast: SimpleNamespace, client_for: ClientFor, two_missing: rules.Quarter
) -> None:
    browser = client_for(cast.coordinator)

    assert browser.get("/figures/").headers["Location"] == quarter_address(two_missing)
    chosen = browser.get("/figures/?quarter=2018-19-4&authority=wexcombe-city-council")
    assert chosen.headers["Location"] == "/figures/2018-19/4/?authority=wexcombe-city-council"


@pytest.mark.usefixtures("no_second_factor")
def test_a_figure_has_a_page_with_its_definition(
    cast: SimpleNamespace, client_for: ClientFor, two_missing: rules.Quarter
) -> None:
    address = quarter_address(two_missing, "figure", "missing-not_looked_after-children")

    page = re.sub(r"\s+", " ", client_for(cast.coordinator).get(address).content.decode())

    assert "each counted once" in page
    assert "Quarter by quarter" in page
    assert "Reconciled" in page


@pytest.mark.parametrize("name", ["middleshire", "Middleshire County Council", "CITY"])
def test_an_authority_is_found_by_a_part_of_its_name(
    cast: SimpleNamespace, as_user: ActingAs, name: str
) -> None:
    with as_user(cast.coordinator):
        assert name.casefold() in queries.scope_named(name).name.casefold()


@pytest.mark.usefixtures("cast")
def test_the_command_prints_one_form_of_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["quarter", "2018-19", "4", "--authority", "wexcombe"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert {tuple(each) for each in rows} == {
        ("id", "title", "value", "unit", "population", "period", "base", "definition", "as_at")
    }
    assert rows[0]["period"] == {
        "from": "2019-01-01", "to": "2019-03-31", "label": "Quarter 4 2018/19"
    }  # fmt: skip
    assert len({each["id"] for each in rows}) == len(rows)


def test_an_installation_without_the_demo_is_opened_to_the_command(
    cast: SimpleNamespace, unbound: Unbound
) -> None:
    with unbound():
        Holding.objects.filter(user=cast.figures_command).delete()

    actions.open_figures(on=clock.london_date(clock.now()))
    actions.open_figures(on=clock.london_date(clock.now()))

    assert people.holders(roles.FIGURES_COMMAND).get().email == "figures@harbour.invalid"


@pytest.mark.usefixtures("cast")
def test_the_command_prints_a_page_and_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["quarter", "2018-19", "4", "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert command.run(["quarter", "2018-19", "4", "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert 'lang="en-GB"' in page
    assert tuple(table[0]) == files.COLUMNS


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    "argv", [["quarter", "2018-20", "4"], ["quarter", "2018-19", "4", "--authority", "Nowhere"]]
)
def test_the_command_says_what_it_cannot_do(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run(argv) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@x", "\tx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_a_returned_child_counts_among_the_returns(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk, hours=3)
        a_return(reader, episode, hours=2)
        quarter = rules.quarter_of(clock.london_date(clock.now()))
        scope = queries.scope_named("Middleshire County Council")
        report = queries.quarter_report(reader, quarter, scope, at=clock.now(), shown=1)

    offered = next(each for each in report.figures if each.definition.id == "interviews.offered")
    assert offered.base is not None
    assert (offered.base.numerator, offered.base.denominator) == (0, 1)
