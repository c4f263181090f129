"""The plan, stages, models, the child's words and notes: what is written, and by whom."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.foundation.audit.models import Entry
from harbour.foundation.kernel import clock, events
from harbour.foundation.kernel.refusals import Missing, Refused
from harbour.foundation.kernel.versions import Conflict
from harbour.work.cases import actions, queries
from harbour.work.cases.models import ChildVoice, PlanAction
from harbour.work.cases.vocabulary import Model, PlanKind, Stage
from tests.builders.cases import a_child_voice, a_note, a_plan_action, an_offer
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
Unbound = Callable[[], AbstractContextManager[None]]
TODAY = date(2019, 6, 3)


def _planned(owner: User, text: str = "Ring school") -> actions.Planned:
    return actions.Planned(
        kind=PlanKind.EDUCATION, text=text, owner_id=owner.pk, due_on=date(2031, 1, 2)
    )


def test_an_action_is_its_owners_until_it_is_done(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        action = a_plan_action(reader, child.pk, cast.nurse.pk)

    with as_user(cast.nurse) as reader:
        assert [each.id for each in queries.my_plan_actions(reader)] == [action.pk]
        row = queries.plan_action(reader, action.pk)
        actions.complete_plan_action(
            action=row, outcome="Agreed with mum.", seen_version=1, by=reader, at=clock.now()
        )
        assert queries.my_plan_actions(reader) == ()
        (line,) = queries.plan(reader, child.pk)

    assert (line.done_by_name, line.outcome, line.is_open) == (
        "Grace Okoro",
        "Agreed with mum.",
        False,
    )


def test_done_can_be_taken_back(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        row = a_plan_action(reader, child.pk, cast.nurse.pk)
        actions.complete_plan_action(
            action=row, outcome="", seen_version=1, by=reader, at=clock.now()
        )
        with pytest.raises(Refused, match="already done"):
            actions.complete_plan_action(
                action=row, outcome="", seen_version=2, by=reader, at=clock.now()
            )
        actions.reopen_plan_action(action=row, seen_version=2, by=reader, at=clock.now())
        with pytest.raises(Refused, match="still open"):
            actions.reopen_plan_action(action=row, seen_version=3, by=reader, at=clock.now())

        (line,) = queries.plan(reader, child.pk, open_only=True)

    assert (line.is_open, line.version) == (True, 3)
    assert line.is_overdue(date(2031, 5, 2))
    assert not line.is_overdue(date(2031, 5, 1))


def test_two_people_who_change_an_action_are_shown_both_texts(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        action = a_plan_action(reader, child.pk, cast.nurse.pk)
        mine, theirs = (queries.plan_action(reader, action.pk) for _ in range(2))
        actions.change_plan_action(
            action=theirs,
            planned=_planned(cast.nurse, "Ring school today"),
            seen_version=1,
            by=reader,
            at=clock.now(),
        )

        with pytest.raises(Conflict) as found:
            actions.change_plan_action(
                action=mine,
                planned=_planned(cast.nurse, "Ring school tomorrow"),
                seen_version=1,
                by=reader,
                at=clock.now(),
            )

    assert (found.value.theirs["text"], found.value.mine["text"]) == (
        "Ring school today",
        "Ring school tomorrow",
    )


def test_an_action_needs_words_and_an_owner(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        nobody = actions.Planned(kind=PlanKind.SAFETY, text="Ring", owner_id=uuid4(), due_on=TODAY)
        for planned, refusal in ((_planned(cast.nurse, " "), "what is to be"), (nobody, "Choose")):
            with pytest.raises(Refused, match=refusal):
                actions.add_plan_action(
                    person_id=child.pk, planned=planned, by=reader, at=clock.now()
                )


def test_the_youth_worker_allocated_keeps_the_plan_and_a_stranger_does_not(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.team_manager) as reader:
        child = a_child(reader, cast.county)
        an_offer(reader, child.pk, cast.youth_worker.pk)

    with as_user(cast.youth_worker) as reader:
        action = a_plan_action(reader, child.pk, cast.youth_worker.pk)
    with as_user(cast.city_front_door) as reader:
        with pytest.raises(Missing):
            queries.plan_action(reader, action.pk)
        with pytest.raises(Missing):
            a_plan_action(reader, child.pk, cast.city_front_door.pk)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            PlanAction(
                person=child,
                kind=PlanKind.SAFETY,
                text="Ring",
                owner_id=reader.user_id,
                due_on=TODAY,
                recorded_at=clock.now(),
                recorded_by_id=reader.user_id,
            ).save(force_insert=True)


def test_a_case_goes_through_stages(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.detective) as reader, as_user(cast.front_door) as front_door:
        child = a_child(front_door, cast.county)
    with as_user(cast.detective) as reader:
        for stage in (Stage.DISCLOSURE, Stage.INVESTIGATION):
            actions.enter_stage(
                person_id=child.pk, stage=stage, entered_on=TODAY, by=reader, at=clock.now()
            )
        with pytest.raises(Refused, match="why the case goes back"):
            actions.enter_stage(
                person_id=child.pk,
                stage=Stage.CONCERN,
                entered_on=TODAY,
                by=reader,
                at=clock.now(),
            )

        assert queries.current_stage(reader, child.pk) is Stage.INVESTIGATION


def test_several_models_stand_at_once_and_one_ends(cast: SimpleNamespace, as_user: AsUser) -> None:
    with as_user(cast.detective) as reader, as_user(cast.front_door) as front_door:
        child = a_child(front_door, cast.county)
    with as_user(cast.detective) as reader:
        tags = [
            actions.tag_model(
                person_id=child.pk, model=model, starts_on=TODAY, by=reader, at=clock.now()
            )
            for model in (Model.COUNTY_LINES, Model.ONLINE)
        ]
        with pytest.raises(Refused, match="already recorded"):
            actions.tag_model(
                person_id=child.pk, model=Model.ONLINE, starts_on=TODAY, by=reader, at=clock.now()
            )
        with pytest.raises(Refused, match="before the day"):
            actions.end_model(
                tag=tags[0], ends_on=TODAY - timedelta(days=1), by=reader, at=clock.now()
            )
        actions.end_model(
            tag=queries.model_tag(reader, tags[0].pk), ends_on=TODAY, by=reader, at=clock.now()
        )
        with pytest.raises(Refused, match="already recorded"):
            actions.end_model(
                tag=queries.model_tag(reader, tags[0].pk), ends_on=TODAY, by=reader, at=clock.now()
            )

        open_ones = [
            each.model for each in queries.models_seen(reader, child.pk) if not each.ends_on
        ]

    assert open_ones == [Model.ONLINE]


def test_what_the_child_said_is_kept_as_said_and_never_edited(
    cast: SimpleNamespace, as_user: AsUser
) -> None:
    with as_user(cast.nurse) as reader, as_user(cast.front_door) as front_door:
        child = a_child(front_door, cast.county)
    with as_user(cast.nurse) as reader:
        voice = a_child_voice(reader, child.pk, "i dont want to go back there\n")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ChildVoice.objects.filter(pk=voice.pk).update(words="I do not want to go back there.")

        (line,) = queries.child_voice(reader, child.pk)

    assert line.words == "i dont want to go back there\n"


@pytest.mark.parametrize(
    ("who", "answer"), [("analyst", Refused), ("records_officer", Missing), ("neighbour", Missing)]
)
def test_who_only_reads_writes_nothing_and_who_does_not_read_is_told_nothing(
    cast: SimpleNamespace, as_user: AsUser, who: str, answer: type[Exception]
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)

    with as_user(getattr(cast, who)) as reader, pytest.raises(answer):
        a_note(reader, child.pk)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"text": " "}, "Write the note"), ({"noted_at": clock.now() + timedelta(days=1)}, "future")],
)
def test_a_note_has_words_and_a_past(
    cast: SimpleNamespace, as_user: AsUser, said: dict[str, object], refusal: str
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        at = clock.now()
        known: dict[str, object] = {"text": "Rang home.", "noted_at": at}
        with pytest.raises(Refused, match=refusal):
            actions.add_note(person_id=child.pk, by=reader, at=at, **(known | said))  # type: ignore[arg-type]  # mixed


def test_everything_new_is_written_in_the_ledger_and_told_to_watchers(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[events.Touched] = []
    monkeypatch.setattr(events, "_handlers", [told.append])
    at = clock.now()
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county)
        a_note(reader, child.pk)
        a_child_voice(reader, child.pk)
        actions.enter_stage(
            person_id=child.pk, stage=Stage.CONCERN, entered_on=TODAY, by=reader, at=at
        )
        actions.tag_model(person_id=child.pk, model=Model.GANG, starts_on=TODAY, by=reader, at=at)
        a_plan_action(reader, child.pk, cast.front_door.pk)

    with unbound():
        written = set(
            Entry.objects.filter(event__startswith="cases.").values_list("event", flat=True)
        )
    assert written == {
        "cases.note_added",
        "cases.child_voice_recorded",
        "cases.stage_entered",
        "cases.model_tagged",
        "cases.plan_action_added",
    }
    assert [each.source for each in told] == ["note", "childvoice", "stageentry", "modeltag"]
