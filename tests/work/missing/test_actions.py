"""What changes when a child is reported, logged, back, offered and interviewed; and who is told."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock, events
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.record.people import actions as people
from harbour.work.missing import actions, queries
from harbour.work.missing.models import Episode, LogEntry, ReturnInterview, RiskGrade
from harbour.work.missing.vocabulary import Answer, LogKind, Population, Precision
from tests.builders.missing import (
    ActingAs,
    Unbound,
    a_conversation,
    a_return,
    an_episode,
    an_offer,
    hours_ago,
)
from tests.builders.people import a_child


def deeds(unbound: Unbound) -> list[str]:
    with unbound():
        found = Entry.objects.filter(event__startswith="missing.").order_by("at", "event")
        return list(found.values_list("event", flat=True))


def test_a_report_opens_an_episode_with_log_grade_and_population(
    cast: SimpleNamespace, as_user: ActingAs, unbound: Unbound
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        episode = an_episode(reader, child.pk, done="Searched the town centre.")
        log = LogEntry.objects.get(episode=episode)
        grade = RiskGrade.objects.get(episode=episode)

    assert episode.population == Population.NOT_LOOKED_AFTER
    assert (episode.responsible, episode.authority) == (cast.county, cast.county)
    assert (log.kind, log.text) == (LogKind.REPORT, "Searched the town centre.")
    assert grade.grade == "medium"
    assert deeds(unbound) == ["missing.reported"]


def test_the_ledger_says_that_and_never_what(
    cast: SimpleNamespace, as_user: ActingAs, unbound: Unbound
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        an_episode(reader, child.pk, last_seen="Outside the arcade", done="Rang her aunt.")

    with unbound():
        row = Entry.objects.get(event="missing.reported")
    assert row.subjects == [child.pk]
    assert row.detail == {"kind": "M", "population": "own_not_looked_after"}


def test_a_looked_after_child_of_another_authority_is_hosted(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
        episode = an_episode(reader, child.pk)

    assert episode.population == Population.HOSTED
    assert episode.authority == cast.county
    assert episode.responsible == cast.neighbour_authority


def test_the_population_is_right_even_where_the_writer_sees_no_placements(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        people.add_care_status(
            person_id=child.pk,
            legal_status="C2",
            starts_on=date(2015, 1, 1),
            by=reader,
            at=clock.now(),
        )

    with as_user(cast.youth_justice) as reader:
        episode = an_episode(reader, child.pk)

    assert episode.population == Population.LOOKED_AFTER_HERE


def test_a_second_open_episode_is_refused_with_the_dates_of_the_first(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        first = an_episode(reader, child.pk, hours=9)

        with pytest.raises(Refused) as refused:
            an_episode(reader, child.pk, hours=2)

    assert f"{clock.london(first.started_at):%H:%M}, still open" in refused.value.sentence


def test_an_episode_that_would_run_into_a_later_one_is_refused(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        a_return(reader, an_episode(reader, child.pk, hours=9), hours=4)

        with pytest.raises(Refused, match="cannot overlap"):
            an_episode(reader, child.pk, hours=6)

        assert not an_episode(reader, child.pk, hours=4).returned


def test_a_report_of_tomorrow_is_refused(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)

        with pytest.raises(Refused, match="future"):
            an_episode(reader, child.pk, hours=-1)


def test_report_and_return_are_told_up_the_house(
    cast: SimpleNamespace, as_user: ActingAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[events.Touched] = []
    monkeypatch.setattr(events, "_handlers", [told.append])
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        told.clear()
        episode = an_episode(reader, child.pk)
        a_return(reader, episode)

    assert [each.source_id for each in told] == [episode.pk, episode.pk]
    assert all(each.children == (child.pk,) for each in told)


def test_the_risk_grade_changes_and_its_history_stays(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        actions.set_police_risk(
            episode=episode,
            risk=actions.Risk(grade="high", reason="Phone is off.", set_by="Control room"),
            seen_version=episode.version,
            by=reader,
            at=clock.now(),
        )
        history = RiskGrade.objects.filter(episode=episode).order_by("recorded_at")

        assert [each.grade for each in history] == ["medium", "high"]
        assert Episode.objects.get(pk=episode.pk).police_risk == "high"


def test_two_people_who_write_at_once_lose_no_words(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        seen = episode.version
        actions.take_over(episode=episode, seen_version=seen, by=reader, at=clock.now())

    with as_user(cast.out_of_hours) as reader:
        opened = queries.episode(reader, episode.pk)
        actions.add_log(episode=opened, text="Rang the home.", by=reader, at=clock.now())
        with pytest.raises(Conflict):
            actions.take_over(episode=opened, seen_version=seen, by=reader, at=clock.now())


def test_whoever_is_handed_an_episode_owns_it_when_they_acknowledge(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        actions.hand_over(
            episode=episode,
            to=cast.out_of_hours,
            note="Ring the home at ten.",
            seen_version=episode.version,
            by=reader,
            at=clock.now(),
        )
        offered = queries.missing_now(reader, at=clock.now())[0]
        assert (offered.owner_id, offered.offered_to_id) == (None, cast.out_of_hours.pk)
        with pytest.raises(Refused, match="handed to"):
            actions.acknowledge(
                episode=episode, seen_version=episode.version, by=reader, at=clock.now()
            )

    with as_user(cast.out_of_hours) as reader:
        mine = queries.episode(reader, episode.pk)
        actions.acknowledge(episode=mine, seen_version=mine.version, by=reader, at=clock.now())
        taken = queries.missing_now(reader, at=clock.now())[0]
        assert (taken.owner_id, taken.offered_to_id) == (cast.out_of_hours.pk, None)


def test_a_return_starts_the_72_hours(
    cast: SimpleNamespace, as_user: ActingAs, unbound: Unbound
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        interview = a_return(reader, episode, hours=2)

    assert episode.returned_at == hours_ago(2)
    assert interview.due_at == hours_ago(2) + timedelta(hours=72)
    assert deeds(unbound) == ["missing.reported", "missing.returned"]


def test_a_return_known_by_its_day_alone_starts_no_countdown(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk, hours=30)
        today = clock.london_date(clock.now())
        interview = a_return(reader, episode, hours=None, returned_on=today)

    assert interview.due_at is None
    assert episode.returned_precision == Precision.DAY
    assert episode.returned_at is not None
    assert clock.london_date(episode.returned_at) == today


def test_a_return_at_an_unknown_time_starts_no_countdown(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        interview = a_return(reader, episode, hours=None)

    assert (episode.returned, episode.returned_at, interview.due_at) == (True, None, None)


@pytest.mark.parametrize("hours", [7, -1])
def test_a_return_lies_between_the_episode_and_now(
    cast: SimpleNamespace, as_user: ActingAs, hours: float
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk, hours=5)

        with pytest.raises(Refused):
            a_return(reader, episode, hours=hours)

        assert not Episode.objects.get(pk=episode.pk).returned


def test_a_second_return_is_refused(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        a_return(reader, episode)

        with pytest.raises(Refused, match="already has a return"):
            a_return(reader, episode)


def test_a_prevention_check_follows_the_return(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.detective) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        with pytest.raises(Refused, match="return first"):
            check(episode, reader)
        a_return(reader, episode)
        check(episode, reader)

    assert episode.prevention_check_at == hours_ago(0)


def check(episode: Episode, reader: Reader) -> None:
    actions.record_prevention_check(
        episode=episode,
        check=actions.Check(outcome="safe", checked_at=hours_ago(0), found="Safe and well."),
        seen_version=episode.version,
        by=reader,
        at=clock.now(),
    )


def test_an_offer_opens_the_record_to_the_named_youth_worker_and_to_nobody_else(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        other = an_episode(reader, a_child(reader, cast.county, given="Rowan").pk)
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        interview = a_return(reader, episode)

    with as_user(cast.youth_worker) as reader, pytest.raises(Missing):
        queries.episode(reader, episode.pk)

    with as_user(cast.coordinator) as reader:
        an_offer(reader, interview, interviewer=cast.youth_worker)

    with as_user(cast.youth_worker) as reader:
        assert queries.episode(reader, episode.pk).pk == episode.pk
        assert [each.episode_id for each in queries.my_interviews(reader, at=clock.now())] == [
            episode.pk
        ]
        with pytest.raises(Missing):
            queries.episode(reader, other.pk)


def test_another_interviewer_ends_what_the_first_one_saw(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        interview = an_offer(reader, a_return(reader, episode), interviewer=cast.youth_worker)
        an_offer(reader, interview, interviewer=cast.coordinator, service="duty_social_worker")

    with as_user(cast.youth_worker) as reader, pytest.raises(Missing):
        queries.episode(reader, episode.pk)


def test_somebody_who_cannot_open_records_is_told_who_can(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.neighbour_authority, host=cast.county)
        interview = a_return(reader, an_episode(reader, child.pk))

    with as_user(cast.neighbour) as reader, pytest.raises(Refused, match="coordinator"):
        an_offer(reader, queries.interview(reader, interview.pk), interviewer=cast.youth_worker)


@pytest.mark.parametrize(
    "said",
    [
        {"offered": Answer.NO},
        {"offered": Answer.NOT_APPLICABLE},
        {"best_placed_reason": " "},
        {"service": ""},
        {"offered_at": "tomorrow"},
    ],
)
def test_an_offer_gives_its_reasons(
    cast: SimpleNamespace, as_user: ActingAs, said: dict[str, Any]
) -> None:
    if "offered_at" in said:
        said = {"offered_at": clock.now() + timedelta(days=1)}
    with as_user(cast.coordinator) as reader:
        interview = a_return(reader, an_episode(reader, a_child(reader, cast.county).pk))

        with pytest.raises(Refused):
            an_offer(reader, interview, **said)


def test_a_declined_interview_keeps_the_reason_and_the_carers_account(
    cast: SimpleNamespace, as_user: ActingAs, unbound: Unbound
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        interview = an_offer(reader, a_return(reader, episode))
        with pytest.raises(Refused, match="why the child declined"):
            answer(interview, reader, accepted=Answer.NO)
        answer(
            interview,
            reader,
            accepted=Answer.NO,
            declined_reason="Did not want to talk about it.",
            carer_account="Came back tired and hungry.",
        )

        assert queries.interviews_due(reader, at=clock.now()) == ()
    assert deeds(unbound)[-2:] == ["missing.interview_offered", "missing.interview_answered"]


def answer(interview: ReturnInterview, reader: Reader, **said: str) -> None:
    actions.record_answer(
        interview=interview,
        reply=actions.Reply(**said),
        seen_version=interview.version,
        by=reader,
        at=clock.now(),
    )


def test_an_answer_needs_an_offer(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.coordinator) as reader:
        interview = a_return(reader, an_episode(reader, a_child(reader, cast.county).pk))

        with pytest.raises(Refused, match="offer first"):
            answer(interview, reader, accepted=Answer.YES)


def test_the_child_s_words_are_never_edited_by_the_hub_nor_behind_its_back(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)
        interview = an_offer(reader, a_return(reader, episode), interviewer=cast.youth_worker)

    with as_user(cast.youth_worker) as reader:
        mine = queries.interview(reader, interview.pk)
        hold(mine, reader)
        assert (mine.held_by_id, mine.accepted) == (reader.user_id, Answer.YES)
        with pytest.raises(Refused, match="stays as it was said"):
            hold(mine, reader)
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            ReturnInterview.objects.filter(pk=mine.pk).update(child_words="Tidied up.")

        assert ReturnInterview.objects.get(pk=mine.pk).child_words.startswith("I just needed")


def hold(interview: ReturnInterview, reader: Reader) -> None:
    actions.hold_interview(
        interview=interview,
        said=a_conversation(),
        seen_version=interview.version,
        by=reader,
        at=clock.now(),
    )


def test_a_log_entry_cannot_be_changed(cast: SimpleNamespace, as_user: ActingAs) -> None:
    with as_user(cast.coordinator) as reader:
        episode = an_episode(reader, a_child(reader, cast.county).pk)

        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            LogEntry.objects.filter(episode=episode).update(text="Nothing was done.")


def test_the_analyst_reads_episodes_and_writes_none(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        child = a_child(reader, cast.county)
        episode = an_episode(reader, child.pk)

    with as_user(cast.analyst) as reader:
        seen = queries.episode(reader, episode.pk)
        with pytest.raises(Refused):
            actions.add_log(episode=seen, text="A thought.", by=reader, at=clock.now())


def test_a_home_manager_reports_a_child_placed_in_her_home_and_no_other(
    cast: SimpleNamespace, as_user: ActingAs
) -> None:
    with as_user(cast.coordinator) as reader:
        placed = a_child(reader, cast.county)
        other = a_child(reader, cast.county, given="Rowan")
        people.give_standing(
            person_id=placed.pk,
            audience=f"agency:{cast.home_agency.pk}",
            basis="placed",
            facets=("identity", "placement", "missing"),
            by=reader,
            at=clock.now(),
        )

    with as_user(cast.home_manager) as reader:
        assert not an_episode(reader, placed.pk, missing_from="care").returned
        with pytest.raises(Refused):
            an_episode(reader, other.pk)
