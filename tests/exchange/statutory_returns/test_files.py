"""What an authority hands out: the same absences that came in, coded as each file asks."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from harbour.exchange.ssda903.actions import runs
from harbour.exchange.ssda903.models import ImportRun
from harbour.exchange.ssda903.rules.returns import read_return
from harbour.exchange.statutory_returns import rules
from harbour.exchange.statutory_returns import vocabulary as v
from harbour.exchange.statutory_returns.rules import Absence, Child
from harbour.exchange.statutory_returns.vocabulary import Format
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from tests.conftest import role
from tests.exchange.ssda903 import samples

type AsUser = Callable[[User], AbstractContextManager[Reader]]
type ClientFor = Callable[[User], Client]


def a_child(number: str = "510000") -> Child:
    return Child(
        id=uuid4(),
        number=number,
        born_on=date(2008, 3, 12),
        born_precision="day",
        sex="F",
        ethnicity="WBRI",
    )


def an_absence(child: Child, began: datetime, back: datetime | None, **said: Any) -> Absence:
    known: dict[str, Any] = {
        "kind": "M",
        "returned": back is not None,
        "offered": "yes",
        "accepted": "no",
    }
    return Absence(
        id=uuid4(), person_id=child.id, started_at=began, returned_at=back, **(known | said)
    )


def test_a_year_holds_what_lies_in_it_and_leaves_out_what_cannot_be_told() -> None:
    child, unknown = a_child(), a_child("")
    # 31 March, 23:30 in summer time, is still that day in England.
    last = datetime(2018, 3, 31, 22, 30, tzinfo=UTC)
    absences = [
        an_absence(
            child, datetime(2017, 3, 30, 9, tzinfo=UTC), datetime(2017, 3, 31, 9, tzinfo=UTC)
        ),
        an_absence(
            child, datetime(2017, 3, 30, 9, tzinfo=UTC), datetime(2017, 4, 1, 9, tzinfo=UTC)
        ),
        an_absence(child, last, datetime(2018, 4, 2, 9, tzinfo=UTC)),
        an_absence(child, datetime(2018, 4, 1, 9, tzinfo=UTC), None),
        an_absence(child, datetime(2017, 6, 1, 9, tzinfo=UTC), None, returned=True),
        an_absence(unknown, datetime(2017, 6, 1, 9, tzinfo=UTC), None),
    ]

    made = rules.ssda903(absences, {c.id: c for c in (child, unknown)}, year_ending=2018)

    assert made.rows == [
        ("510000", "12/03/2008", "M", "30/03/2017", "01/04/2017"),
        ("510000", "12/03/2008", "M", "31/03/2018", ""),
    ]
    assert [each.why for each in made.left] == [rules.NO_RETURN_DAY, rules.NO_NUMBER]
    assert made.people == {child.id}


@pytest.mark.parametrize(
    ("answer", "ssd", "annex_a"),
    [("yes", "Y", v.YES), ("no", "N", v.NO), ("na", "NA", v.NO), ("not_known", "", v.UNKNOWN)],
)
def test_answers_are_coded_as_each_file_asks(answer: str, ssd: str, annex_a: str) -> None:
    child = a_child()
    back = datetime(2018, 2, 2, 9, 5, tzinfo=UTC)
    early = an_absence(child, datetime(2017, 2, 27, 9, tzinfo=UTC), back)
    last = an_absence(
        child, datetime(2018, 2, 1, 9, tzinfo=UTC), back, offered=answer, accepted=answer
    )
    away = an_absence(child, datetime(2018, 2, 3, 9, tzinfo=UTC), None, kind="A")

    row = rules.ssd([last], {child.id: child}).rows[0]
    made = rules.annex_a([early, last, away], {child.id: child}, on=date(2018, 3, 1))

    assert row[2:] == ("2018-02-01T09:00:00", "M", "2018-02-02T09:05:00", ssd, ssd)
    told = dict(zip(made.columns, made.rows[0], strict=True))
    assert (told[v.TIMES_MISSING], told[v.TIMES_ABSENT]) == ("1", "1")
    assert (told["Gender"], told["Age"], told["Ethnicity"]) == ("b) Female", "9", "WBRI")
    interview = [value for name, value in told.items() if "Return Interview" in name]
    assert interview == [annex_a, annex_a]


def imported(cast: SimpleNamespace, reader: Reader) -> None:
    """Bring in a return with an absence that the checks flag."""
    tables = {name: samples.table(name, {}) for name in samples.GOOD_ROWS}
    tables["missing"] = samples.table("missing", {"MIS_START": "20/11/2017", "MIS_END": ""})
    tables["episodes"] = samples.table("episodes", {"DEC": "21/11/2017", "REC": "E8"})
    files = {f"{name}.csv": content for name, content in tables.items()}
    read = read_return(files, year_ending=2018, this_year_ends=2018)
    how = runs.Import(authority=cast.county, year_ending=2018)
    for file in read.files:
        runs.import_file(file=file, how=how, by=reader, at=clock.now())


def test_what_came_in_goes_out_as_it_came_and_each_file_is_a_disclosure(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.records_import) as reader:
        imported(cast, reader)
    browser = client_for(cast.coordinator)
    asked = {"authority": str(cast.county.pk), "year_ending": "2018", "reason": "Annual return"}

    desk = browser.get(reverse("statutory_returns:desk")).content.decode()
    files = {
        wanted: browser.post(
            reverse("statutory_returns:desk"), asked | {"wanted": wanted}
        ).content.decode()
        for wanted in Format.values
    }
    without_reason = browser.post(
        reverse("statutory_returns:desk"), asked | {"wanted": "ssd", "reason": ""}
    ).content.decode()

    assert v.TOLD_CHECKS["577"] in desk
    assert list(csv.reader(io.StringIO(files["ssda903"])))[1:] == [
        ["A1", "03/05/2006", "M", "20/11/2017", ""]
    ]
    assert len(list(csv.reader(io.StringIO(files["ssd"])))) == 2
    heading, *rows = csv.reader(io.StringIO(files["annex_a"]))
    assert heading == list(v.ANNEX_A_COLUMNS)
    assert all(len(row) == len(heading) for row in rows)
    assert "There is a problem" in without_reason
    with role("harbour_sec_owner"):
        disclosed = Entry.objects.filter(act=Act.DISCLOSE, event="statutory_returns.ssda903").get()
        assert (disclosed.reason, len(disclosed.subjects)) == ("Annual return", 1)
        assert (
            Entry.objects.filter(act=Act.DISCLOSE, event__startswith="statutory_returns.").count()
            == 3
        )


def test_a_return_that_came_shows_its_findings_by_kind(
    cast: SimpleNamespace, as_user: AsUser, client_for: ClientFor
) -> None:
    with as_user(cast.records_import) as reader:
        imported(cast, reader)
    with role("harbour_sec_owner"):
        run = ImportRun.objects.get(table="missing")
    browser = client_for(cast.coordinator)

    listed = browser.get(reverse("ssda903:runs")).content.decode()
    address = reverse("ssda903:run", args=(run.pk,))
    page = browser.get(address).content.decode()
    refused = browser.get(address, {"severity": "refused"}).content.decode()

    assert "missing.csv" in listed
    assert "577" in page
    assert "No row fits." in refused
    assert client_for(cast.director).get(address).status_code == 403
