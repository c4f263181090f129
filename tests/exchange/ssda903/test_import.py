"""A return in the record: what comes in, what a second run does, what stays out, and who may."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import DataError, transaction

from harbour.exchange.ssda903.actions import principals, runs
from harbour.exchange.ssda903.actions.outcomes import Outcome
from harbour.exchange.ssda903.models import (
    Flag,
    HealthYear,
    ImportRun,
    Motherhood,
    Review,
    Unaccompanied,
)
from harbour.exchange.ssda903.rules.returns import Return
from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel.refusals import Refused
from harbour.record.people.models import CareStatus, Identifier, Person
from harbour.record.providers.models import Home, Placement
from harbour.work.missing.models import Episode, ReturnInterview
from tests.exchange.ssda903 import samples

type AsUser = Callable[[User], AbstractContextManager[Reader]]

AT = datetime(2018, 5, 1, 9, 30, tzinfo=UTC)
KEPT = (
    Person,
    Identifier,
    CareStatus,
    Placement,
    Episode,
    ReturnInterview,
    Review,
    HealthYear,
    Unaccompanied,
    Motherhood,
    ImportRun,
    Flag,
)


def bring_in(
    result: Return, by: Reader, cast: SimpleNamespace, *, accept_rest: bool = False
) -> list[runs.FileOutcome]:
    how = runs.Import(
        authority=cast.county, year_ending=result.year_ending, accept_rest=accept_rest
    )
    outcomes: list[runs.FileOutcome] = []
    for file in result.files:
        header_refused = any(
            each.outcome is Outcome.REFUSED and each.file.table.name == "header"
            for each in outcomes
        )
        outcomes.append(
            runs.import_file(file=file, how=how, header_refused=header_refused, by=by, at=AT)
        )
    return outcomes


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in KEPT}


def child() -> Person:
    return Person.objects.get(
        pk__in=Identifier.objects.filter(scheme="la_child", value="A1").values("person")
    )


def test_a_whole_return_becomes_a_childs_record(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.records_import) as reader:
        outcomes = bring_in(samples.whole(), reader, cast)

        assert {each.outcome for each in outcomes} == {Outcome.CAME_IN}
        person = child()
        assert (person.born_on, person.sex, person.ethnicity) == (date(2006, 5, 3), "F", "WBRI")
        placement = Placement.objects.get(person=person)
        assert (placement.legal_status, placement.placement_type) == ("C2", "K2")
        assert placement.responsible == cast.county
        status = CareStatus.objects.get(person=person)
        assert (status.legal_status, status.starts_on) == ("C2", date(2016, 6, 1))
        episode = Episode.objects.get(person=person)
        assert (episode.kind, episode.returned, episode.overlaps) == ("M", True, False)
        assert (episode.started_precision, episode.returned_precision) == ("day", "day")
        assert Review.objects.get(person=person).participation == "PN1"
        assert HealthYear.objects.get(person=person).sdq_score == 17
        assert Unaccompanied.objects.filter(person=person).exists()


def test_the_authoritys_front_door_sees_the_child_and_the_citys_does_not(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)

    with as_user(cast.front_door):
        assert child().sex == "F"
        assert HealthYear.objects.count() == 1
    with as_user(cast.city_front_door):
        assert not Identifier.objects.filter(value="A1").exists()
        assert not any(model.objects.exists() for model in (Review, HealthYear, Flag, ImportRun))


def test_days_without_times_stay_days_and_start_no_clock(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)

        episode = Episode.objects.get()
        # Both days are in British Summer Time: midnight in England is 23:00 the day before in UTC.
        assert episode.started_at == datetime(2017, 7, 9, 23, 0, tzinfo=UTC)
        assert episode.returned_at == datetime(2017, 7, 11, 23, 0, tzinfo=UTC)
        assert ReturnInterview.objects.get(episode=episode).due_at is None


def test_a_second_run_changes_nothing_and_says_so(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)
        before = counts()

        again = bring_in(samples.whole(), reader, cast)

        assert {each.outcome for each in again} == {Outcome.NOTHING_CHANGED}
        assert counts() == before


def test_next_years_return_closes_what_was_open_and_adds_what_is_new(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    closed = {"DEC": "10/06/2018", "REC": "X1", "REASON_PLACE_CHANGE": "CARPL"}
    follows = {"DECOM": "10/06/2018", "RNE": "P", "PLACE": "U6"}
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)

        episodes = samples.table("episodes", closed, follows)
        outcome = bring_in(samples.read(year_ending=2019, episodes=episodes), reader, cast)[0]

        assert (outcome.brought.new, outcome.brought.changed) == (1, 1)
        ends = list(Placement.objects.order_by("starts_on").values_list("ends_on", flat=True))
        assert ends == [date(2018, 6, 10), None]
        assert CareStatus.objects.get().ends_on is None


def test_legal_statuses_follow_the_episodes(cast: SimpleNamespace, as_user: AsUser) -> None:
    episodes = samples.table(
        "episodes",
        {"LS": "C1", "DEC": "01/09/2016", "REC": "X1"},
        {"LS": "C1", "DECOM": "01/09/2016", "RNE": "P", "DEC": "01/02/2017", "REC": "X1"},
        {"LS": "C2", "DECOM": "01/02/2017", "RNE": "L"},
    )
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(episodes=episodes), reader, cast)

        told = CareStatus.objects.order_by("starts_on").values_list(
            "legal_status", "starts_on", "ends_on"
        )
        assert list(told) == [
            ("C1", date(2016, 6, 1), date(2017, 2, 1)),
            ("C2", date(2017, 2, 1), None),
        ]


@pytest.mark.parametrize(
    ("name", "cells", "where"),
    [
        ("missing", {"MIS_START": "31/02/2018"}, ("missing", 3, "MIS_START", "31/02/2018")),
        ("missing", {"MISSING": "Q"}, ("missing", 3, "MISSING", "Q")),
        ("episodes", {"LS": "Z9"}, ("episodes", 3, "LS", "Z9")),
        ("reviews", {"CHILD": "B7"}, ("reviews", 3, "CHILD", "B7")),
    ],
)
def test_a_refused_row_keeps_its_whole_file_out_until_the_rest_is_accepted(
    name: str,
    cells: Mapping[str, str],
    where: Sequence[object],
    cast: SimpleNamespace,
    as_user: AsUser,
) -> None:
    result = samples.whole(**{name: samples.table(name, {}, cells)})
    place = [file.table.name for file in result.files].index(name)
    with as_user(cast.records_import) as reader:
        refused = bring_in(result, reader, cast)[place]

        assert refused.outcome is Outcome.REFUSED
        finding = next(each for each in refused.findings if each.severity == "refused")
        assert (finding.table, finding.row, finding.column, finding.value) == where
        assert finding.what_to_do
        assert not ImportRun.objects.filter(table=name).exists()

        accepted = bring_in(result, reader, cast, accept_rest=True)[place]

        assert accepted.outcome is Outcome.CAME_IN_IN_PART
        assert accepted.brought.new == 1
        run = ImportRun.objects.get(table=name)
        assert (run.in_part, run.rows_refused) == (True, 1)


def test_a_missing_column_keeps_the_file_out_whatever_is_accepted(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    without = samples.as_csv([{k: v for k, v in samples.ABSENCE.items() if k != "MIS_END"}])
    with as_user(cast.records_import) as reader:
        outcomes = bring_in(samples.whole(missing=without), reader, cast, accept_rest=True)

        absences = next(each for each in outcomes if each.file.table.name == "missing")
        assert absences.outcome is Outcome.REFUSED
        assert samples.only(absences.findings).column == "MIS_END"
        assert not Episode.objects.exists()


def test_where_the_header_stays_out_one_sentence_says_why_the_others_do(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    result = samples.whole(header=samples.table("header", {"DOB": "soon"}))
    with as_user(cast.records_import) as reader:
        outcomes = bring_in(result, reader, cast)

        assert {each.outcome for each in outcomes} == {Outcome.REFUSED}
        said = {each.findings[-1].problem for each in outcomes[1:]}
        assert said == {
            "The header table did not come in, and its children are not known without it"
        }
        assert not any(counts().values())


def test_of_overlapping_absences_both_are_kept_and_one_counts(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    absences = samples.table(
        "missing",
        {"MIS_START": "20/11/2017", "MIS_END": "04/12/2017"},
        {"MISSING": "A", "MIS_START": "02/11/2017", "MIS_END": "22/12/2017"},
        {"MIS_START": "22/12/2017", "MIS_END": "23/12/2017"},
    )
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(missing=absences), reader, cast)

        kept = Episode.objects.order_by("started_at").values_list("kind", "overlaps")
        assert list(kept) == [("A", True), ("M", False), ("M", False)]
        assert Flag.objects.filter(rule="574", person=child()).count() == 2


def test_an_absence_that_ends_before_it_begins_is_kept_without_a_time_of_return(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(
            samples.whole(missing=samples.table("missing", {"MIS_END": "01/07/2017"})), reader, cast
        )

        episode = Episode.objects.get()
        assert (episode.returned, episode.returned_at) == (True, None)


def test_the_return_of_an_open_absence_comes_with_a_later_file(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    still_gone = samples.table("missing", {"MIS_END": ""})
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(missing=still_gone), reader, cast)
        assert not Episode.objects.get().returned
        assert not ReturnInterview.objects.exists()

        bring_in(samples.read(missing=samples.table("missing", {})), reader, cast)

        episode = Episode.objects.get()
        assert (episode.returned, episode.version) == (True, 2)
        assert ReturnInterview.objects.filter(episode=episode).exists()


def test_an_absence_recorded_by_hand_on_the_day_is_not_doubled(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(missing=samples.table("missing", {"MIS_END": ""})), reader, cast)
        Episode.objects.update(
            source_key="",
            started_at=datetime(2017, 7, 10, 21, 15, tzinfo=UTC),
            started_precision="minute",
            returned=True,
            returned_at=datetime(2017, 7, 13, 6, 0, tzinfo=UTC),
            returned_precision="minute",
        )

        outcome = bring_in(samples.read(missing=samples.table("missing", {})), reader, cast)[0]

        assert outcome.outcome is Outcome.NOTHING_CHANGED
        assert Episode.objects.get().returned_at == datetime(2017, 7, 13, 6, 0, tzinfo=UTC)
        assert any("another day of return" in each.problem for each in outcome.findings)


def test_what_a_person_corrected_is_kept_and_told(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)
        Person.objects.filter(pk=child().pk).update(ethnicity="MWBC", ethnicity_source="self")

        outcome = bring_in(samples.whole(), reader, cast)[0]

        assert outcome.outcome is Outcome.NOTHING_CHANGED
        assert child().ethnicity == "MWBC"
        finding = samples.only(outcome.findings)
        assert (finding.rule, finding.column, finding.severity) == ("204", "ETHNIC", "flagged")


def test_blanks_are_filled_in_when_the_return_comes_to_know(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    unknown = samples.table("header", {"ETHNIC": "NOBT", "SEX": "", "UPN": "UN4"})
    mother = samples.table("header", {"MOTHER": "1", "MC_DOB": "04/01/2018"})
    with as_user(cast.records_import) as reader:
        bring_in(samples.read(header=unknown), reader, cast)
        assert not Identifier.objects.filter(scheme="upn").exists()

        outcome = bring_in(samples.read(header=mother), reader, cast)[0]

        assert (outcome.brought.new, outcome.brought.changed) == (0, 1)
        assert (child().sex, child().ethnicity, child().version) == ("F", "WBRI", 2)
        assert Identifier.objects.get(scheme="upn").value == "G855200012345"
        assert Motherhood.objects.get().first_child_born_on == date(2018, 1, 4)


def test_a_child_the_hub_knows_by_pupil_number_and_birth_is_not_opened_twice(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.read(header=samples.table("header", {})), reader, cast)

        renumbered = samples.table("header", {"CHILD": "Z9"}, {"CHILD": "Z8", "DOB": "04/05/2006"})
        outcome = bring_in(samples.read(header=renumbered), reader, cast)[0]

        assert (outcome.brought.new, outcome.brought.changed) == (1, 1)
        assert Person.objects.count() == 2
        numbers = Identifier.objects.filter(scheme="la_child", person=child())
        assert sorted(numbers.values_list("value", flat=True)) == ["A1", "Z9"]
        assert "taken to be the same" in outcome.findings[-1].problem


def test_wrong_numbers_come_in_with_what_is_wrong(cast: SimpleNamespace, as_user: AsUser) -> None:
    header = samples.table("header", {"UPN": "A855200012345"})
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(header=header), reader, cast)

        number = Identifier.objects.get(scheme="upn")
        assert (number.value, number.flag) == (
            "A855200012345",
            "The check letter of this UPN is wrong",
        )
        flag = Flag.objects.get(person=child())
        assert (flag.row, flag.column, flag.value) == (2, "UPN", "A855200012345")


def test_each_file_writes_one_ledger_row_about_its_children_and_nothing_of_what_it_says(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)

        entries = Entry.objects.filter(event="ssda903.came_in")
        assert entries.count() == 6
        assert {tuple(entry.subjects) for entry in entries} == {(child().pk,)}
        assert {entry.act for entry in entries} == {"collect"}
        assert {entry.detail["table"] for entry in entries} == set(samples.GOOD_ROWS)


@pytest.mark.parametrize("member", ["front_door", "director", "administrator", "coordinator"])
def test_nobody_else_imports_a_return(member: str, cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(getattr(cast, member)) as reader, pytest.raises(Refused):
        bring_in(samples.whole(), reader, cast)


def test_a_principal_imports_for_its_own_authority_alone(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import_city) as reader:
        with pytest.raises(Refused) as refusal:
            bring_in(samples.whole(), reader, cast)

        assert "has the remit" in refusal.value.sentence


def test_a_placement_in_a_home_of_the_register_opens_the_child_to_the_home_while_it_lasts(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        home = Home(
            agency=cast.home_agency,
            urn="1234567",
            authority=cast.city,
            recorded_at=AT,
            recorded_by_id=reader.user_id,
        )
        home.save(force_insert=True)
        bring_in(samples.whole(), reader, cast)
        placement = Placement.objects.get()
        assert (placement.home, placement.host) == (home, cast.city)
        assert Episode.objects.get().population == "own_looked_after_elsewhere"

    with as_user(cast.home_manager):
        assert Placement.objects.exists()
        assert Episode.objects.exists()
        assert not HealthYear.objects.exists()
        assert not Flag.objects.exists()

    left = samples.table("episodes", {"DEC": "30/04/2018", "REC": "E4A"})
    with as_user(cast.records_import) as reader:
        bring_in(samples.read(year_ending=2019, episodes=left), reader, cast)

    with as_user(cast.home_manager):
        assert not Placement.objects.exists()


def test_a_home_given_by_hand_stays_when_the_return_has_no_number_for_it(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)
        home = Home(
            agency=cast.home_agency,
            authority=cast.county,
            recorded_at=AT,
            recorded_by_id=reader.user_id,
        )
        home.save(force_insert=True)
        Placement.objects.update(home=home)

        outcome = bring_in(samples.whole(), reader, cast)[1]

        assert outcome.outcome is Outcome.NOTHING_CHANGED
        assert Placement.objects.get().home == home


def test_a_placement_recorded_by_hand_for_the_same_day_is_not_doubled(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.records_import) as reader:
        bring_in(samples.whole(), reader, cast)
        Placement.objects.update(source_key="")

        outcome = bring_in(samples.whole(), reader, cast)[1]

        assert outcome.outcome is Outcome.NOTHING_CHANGED
        assert "recorded by hand" in samples.only(outcome.findings).problem


def test_an_installation_with_an_authority_is_not_opened_again(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused) as refusal:
        principals.open_returns(authority_name="Another", on=AT.date())

    assert "authority already" in refusal.value.sentence
    assert cast.records_import.is_system


def test_what_an_empty_record_would_take_is_told_without_a_database() -> None:
    result = samples.whole(reviews=samples.table("reviews", {}, {"CHILD": "B7"}))
    how = runs.Import(authority=Agency(name="Somewhere"), year_ending=2018)

    told = runs.expected_of_an_empty_record(files=result.files, how=how)

    assert [each.brought.new for each in told] == [1, 1, 1, 1, 1, 0]
    assert told[-1].outcome is Outcome.REFUSED


def test_a_failure_half_way_through_a_file_leaves_nothing_of_it(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    result = samples.whole()
    how = runs.Import(authority=cast.county, year_ending=2018)
    unstorable = replace(
        samples.whole(uasc=samples.table("uasc", {"SEX": "1"})).findings[0], value="\0"
    )
    episodes = replace(result.files[1], findings=(unstorable,))
    with as_user(cast.records_import) as reader:
        runs.import_file(file=result.files[0], how=how, by=reader, at=AT)
        before = counts()

        # The rows are written before the findings, and no database keeps this finding.
        with pytest.raises(DataError, match="NUL"), transaction.atomic():
            runs.import_file(file=episodes, how=how, by=reader, at=AT)

        assert counts() == before
