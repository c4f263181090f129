"""An extract of missing reports: each bad row named, nothing half-written, the same once more."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from harbour.exchange.police_missing import actions, command, policy, queries
from harbour.exchange.police_missing.models import ColumnMapping, ExtractRun, RowFinding
from harbour.exchange.police_missing.rules import columns
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people.models import AuthorityTie, CareStatus
from harbour.record.providers.models import Placement
from harbour.work.missing import queries as missing
from harbour.work.missing.models import Episode, ReturnInterview
from tests.builders.missing import an_episode
from tests.builders.people import a_child
from tests.conftest import role
from tests.exchange.police_missing import samples

type AsUser = Callable[[User], AbstractContextManager[Reader]]


@pytest.fixture
def child(cast: SimpleNamespace, as_user: AsUser) -> UUID:
    """Amara Quill, of the county, and what the columns of the extract mean."""
    with as_user(cast.coordinator) as reader:
        actions.say_columns(
            authority=cast.county,
            names=samples.HEADING,
            fields=columns.guessed(samples.HEADING),
            by=reader,
            at=clock.now(),
        )
        return a_child(reader, cast.county).pk


@pytest.fixture
def run(
    cast: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Import a file as a person calls it; return the exit code and what was said."""

    def run(content: bytes, *options: str, name: str = "extract.csv") -> tuple[int, str]:
        path = tmp_path / name
        path.write_bytes(content)
        code = command.run([str(path), "--authority", cast.county.name, *options])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def kept() -> tuple[int, ...]:
    with role("harbour_sec_owner"):
        return tuple(
            model.objects.count() for model in (Episode, ReturnInterview, ExtractRun, RowFinding)
        )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_extract_comes_in_and_once_more_changes_nothing(
    form: str, child: UUID, run: Callable[..., tuple[int, str]]
) -> None:
    write = samples.as_csv if form == "csv" else samples.as_xlsx
    content = write(samples.rows({}))

    code, said = run(content, name=f"extract.{form}")
    first = kept()
    again, then = run(content, name=f"extract.{form}")

    assert (code, again) == (0, 0)
    assert first == (1, 1, 1, 0)
    assert kept() == first
    assert "1 new" in said
    assert "Nothing changed" in then
    with role("harbour_sec_owner"):
        episode, interview = Episode.objects.get(), ReturnInterview.objects.get()
        assert episode.person_id == child
        assert episode.started_at == datetime(2024, 3, 1, 22, 15, tzinfo=UTC)
        assert episode.returned_at == datetime(2024, 3, 2, 6, 40, tzinfo=UTC)
        assert (episode.police_reference, episode.police_risk) == ("MP/1", "medium")
        assert interview.due_at == episode.returned_at + timedelta(hours=72)
        entry = Entry.objects.get(event="police_missing.came_in")
        assert entry.subjects == [child]


BAD: dict[str, tuple[dict[str, str], str]] = {
    "no reference": ({"MISPER Ref": ""}, "Police reference of the report: The cell is blank"),
    "no day": ({"Missing From": "soon"}, "This is not a moment that can be read"),
    "no such day": ({"Missing From": "31/02/2024 10:00"}, "There is no such day"),
    "no such hour": ({"Missing From": "01/02/2024 25:00"}, "There is no such time"),
    "an hour that was not": ({"Missing From": "31/03/2024 01:30"}, "the clocks went forward"),
    "the future": ({"Missing From": "01/03/2094 10:00"}, "It lies in the future"),
    "back before": ({"Date Found": "01/03/2024 10:00"}, "back before being missing"),
    "a word": ({"Risk Level": "Purple"}, "This word is not known here"),
    "no name": ({"Surname": ""}, "nobody can tell who the child is"),
    "a stranger": ({"Surname": "Nobody"}, "No child with this name and date of birth"),
    "an adult": (
        {
            "Missing From": "14/03/2026 08:00",
            "Date Found": "",
            "DOB": "14/03/2005",
            "Forename": "Grown",
        },
        "18 or over",
    ),
    "a control letter": ({"Surname": "Qu\x07ill"}, "characters that are not writing"),
}


def test_every_bad_row_is_named_and_nothing_is_half_written(
    cast: SimpleNamespace,
    as_user: AsUser,
    child: UUID,
    run: Callable[..., tuple[int, str]],
    tmp_path: Path,
) -> None:
    with as_user(cast.coordinator) as reader:
        a_child(reader, cast.county, given="Grown", born_on=date(2005, 3, 14))
    changes = [{"MISPER Ref": f"B/{n}", **change} for n, (change, _) in enumerate(BAD.values())]
    good = [{"MISPER Ref": "G/1"}, {"MISPER Ref": "G/1"}]
    content = samples.as_csv(samples.rows(*changes, *good))
    refused = tmp_path / "refused.csv"

    code, said = run(content, "--refused", str(refused))

    assert code == 1
    assert kept()[:3] == (0, 0, 1)
    for _, problem in BAD.values():
        assert problem in said
    assert f"Row {len(BAD) + 2} has the same reference" in said
    with role("harbour_sec_owner"):
        rows = dict(RowFinding.objects.values_list("row", "problem"))
        assert sorted(rows) == [*range(2, len(BAD) + 2), len(BAD) + 3]
    assert len(refused.read_text("utf-8-sig").splitlines()) == len(BAD) + 2
    assert oct(refused.stat().st_mode)[-3:] == "600"

    again, _ = run(content)
    assert (again, kept()[2]) == (1, 1)
    rest, _ = run(content, "--accept-rest")
    assert (rest, kept()[:3]) == (0, (1, 1, 2))
    run(content, "--accept-rest")
    assert kept()[:3] == (1, 1, 2)


def test_a_reference_of_another_childs_report_is_refused(
    cast: SimpleNamespace, as_user: AsUser, child: UUID, run: Callable[..., tuple[int, str]]
) -> None:
    del child
    with as_user(cast.coordinator) as reader:
        a_child(reader, cast.county, given="Kit")
    run(samples.as_csv(samples.rows({})))
    before = kept()

    code, said = run(samples.as_csv(samples.rows({"Forename": "Kit"})))

    assert code == 1
    assert "A report about another child came with this reference before" in said
    assert kept()[:2] == before[:2]


def test_a_trial_writes_nothing(child: UUID, run: Callable[..., tuple[int, str]]) -> None:
    del child
    code, said = run(samples.as_csv(samples.rows({})), "--dry-run")

    assert code == 0
    assert "A trial: nothing is written." in said
    assert kept() == (0, 0, 0, 0)


def test_an_import_that_breaks_off_leaves_nothing(
    child: UUID, run: Callable[..., tuple[int, str]]
) -> None:
    """The database refuses the last thing that is written: all before it is gone too."""
    del child
    with role("harbour_owner"), connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON police_missing_extractrun FROM harbour_app")

    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        run(samples.as_csv(samples.rows({})))

    assert kept() == (0, 0, 0, 0)


def test_the_hubs_own_report_is_the_same_and_learns_of_the_return(
    cast: SimpleNamespace, as_user: AsUser, child: UUID, run: Callable[..., tuple[int, str]]
) -> None:
    with as_user(cast.coordinator) as reader:
        own = an_episode(reader, child, hours=30)
    began = clock.london(own.started_at + timedelta(minutes=20))
    back = clock.london(clock.now() - timedelta(hours=3))
    told = {
        "Missing From": f"{began:%d/%m/%Y %H:%M}",
        "Date Found": f"{back:%d/%m/%Y %H:%M}",
    }

    code, said = run(samples.as_csv(samples.rows(told)))

    assert code == 0
    assert "0 new, 1 changed" in said
    with role("harbour_sec_owner"):
        episode = Episode.objects.get()
        assert (episode.pk, episode.returned) == (own.pk, True)


def test_overlaps_and_reports_without_an_end_are_kept_and_flagged(
    child: UUID, run: Callable[..., tuple[int, str]]
) -> None:
    del child
    rows = samples.rows(
        {"MISPER Ref": "1", "Missing From": "01/03/2024 10:00", "Date Found": "03/03/2024"},
        {"MISPER Ref": "2", "Missing From": "02/03/2024 10:00", "Date Found": "02/03/2024 12:00"},
        {"MISPER Ref": "3", "Missing From": "05/03/2024 10:00", "Date Found": ""},
        {"MISPER Ref": "4", "Missing From": "09/03/2024 10:00", "Date Found": ""},
    )

    code, said = run(samples.as_csv(rows))

    assert code == 0
    assert "Overlaps another episode of this child: not counted" in said
    assert "No return is told, but a later report began" in said
    with role("harbour_sec_owner"):
        kept = Episode.objects.order_by("started_at")
        assert [(each.overlaps, each.returned, each.returned_at is None) for each in kept] == [
            (False, True, False),
            (True, True, False),
            (False, True, True),
            (False, False, True),
        ]


def test_columns_are_said_by_a_person_and_kept_in_versions(
    cast: SimpleNamespace, as_user: AsUser, child: UUID, run: Callable[..., tuple[int, str]]
) -> None:
    del child
    other = samples.as_csv([("x",)], heading=("What",))
    code, said = run(other)
    assert (code, "Nobody has said yet" in said) == (2, True)

    fields = columns.guessed(samples.HEADING)
    without_risk = {**fields, "risk": ""}
    with as_user(cast.coordinator) as reader:
        for each in (fields, without_risk, without_risk):
            actions.say_columns(
                authority=cast.county, names=samples.HEADING, fields=each, by=reader, at=clock.now()
            )
        assert list(queries.mappings(reader).values_list("number", flat=True)) == [2, 1]
        with pytest.raises(Refused, match="Say which column holds"):
            actions.say_columns(
                authority=cast.county, names=samples.HEADING, fields={}, by=reader, at=clock.now()
            )
    with as_user(cast.nurse) as reader:
        assert not policy.can_map(reader, cast.county)
    with as_user(cast.city_front_door):
        assert not ColumnMapping.objects.exists()


def test_who_does_not_keep_returns_sees_no_refused_row(
    cast: SimpleNamespace, as_user: AsUser, child: UUID, run: Callable[..., tuple[int, str]]
) -> None:
    del child
    run(samples.as_csv(samples.rows({"Surname": "Nobody"})))

    def seen(user: User) -> tuple[int, int]:
        with as_user(user):
            return ExtractRun.objects.count(), RowFinding.objects.count()

    assert seen(cast.coordinator) == (1, 1)
    assert seen(cast.nurse) == (1, 0)
    assert seen(cast.city_front_door) == (0, 0)
    assert seen(cast.director) == (0, 0)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_basis_of_many_is_the_basis_of_each(
    seed: int, cast: SimpleNamespace, as_user: AsUser
) -> None:
    """Who is responsible, who hosts and who was looked after: read at once as one by one."""
    chance = random.Random(seed)
    places: list[Agency] = [cast.county, cast.city, cast.neighbour_authority]
    first = date(2023, 1, 1)

    def some_day() -> date:
        return first + timedelta(days=chance.randrange(400))

    with as_user(cast.coordinator) as reader:
        ids = [a_child(reader, cast.county, given=f"C{n}").pk for n in range(3)]
    with role("harbour_sec_owner"):
        for child in ids:
            for _ in range(4):
                start = some_day()
                span: dict[str, Any] = {
                    "person_id": child,
                    "starts_on": start,
                    "ends_on": start + timedelta(days=90) if chance.random() < 0.7 else None,
                    "recorded_at": clock.now(),
                    "recorded_by_id": cast.coordinator.pk,
                }
                AuthorityTie(
                    kind=chance.choice(["responsible", "host", "home"]),
                    authority=chance.choice(places),
                    **span,
                ).save(force_insert=True)
                if chance.random() < 0.5:
                    CareStatus(legal_status="C2", **span).save(force_insert=True)
                if chance.random() < 0.5:
                    Placement(
                        responsible=cast.county,
                        host=chance.choice([None, *places]),
                        **span,
                    ).save(force_insert=True)
    with as_user(cast.records_import) as reader, connection.cursor() as cursor:
        wanted = [(child, some_day()) for child in ids for _ in range(12)]
        found = missing.bases(reader, wanted)
        for child, day in wanted:
            cursor.execute("SELECT * FROM harbour_sec.missing_basis(%s, %s)", [child, day])
            basis = found[child, day]
            assert cursor.fetchone() == (basis.responsible, basis.host, basis.looked_after)
