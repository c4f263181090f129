"""Write down what is to be done, what was done, and what the child said."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from harbour.foundation.access import queries as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import events
from harbour.foundation.kernel.models import Recorded
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import update_versioned
from harbour.work.cases import policy, queries, rules
from harbour.work.cases.models import ChildVoice, ModelTag, Note, PlanAction, StageEntry
from harbour.work.cases.vocabulary import Model, PlanKind, Stage


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An action that somebody is to do by a day."""

    kind: PlanKind
    text: str
    owner_id: UUID
    due_on: date


@transaction.atomic
def add_plan_action(*, person_id: UUID, planned: Planned, by: Reader, at: datetime) -> PlanAction:
    """Add an action to a child's plan, with an owner and a day."""
    policy.check_can_plan(by, person_id)
    _check_planned(planned)
    action = PlanAction(
        person_id=person_id,
        kind=planned.kind,
        text=planned.text.strip(),
        owner_id=planned.owner_id,
        due_on=planned.due_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    action.save(force_insert=True)
    _remember(Act.COLLECT, "cases.plan_action_added", action, person_id, by=by, at=at)
    return action


@transaction.atomic
def change_plan_action(
    *, action: PlanAction, planned: Planned, seen_version: int, by: Reader, at: datetime
) -> None:
    """Change what is to be done, by whom or by when; raise `Conflict` if somebody was quicker."""
    policy.check_can_change(by, action)
    _check_planned(planned)
    update_versioned(
        action,
        seen_version=seen_version,
        kind=planned.kind,
        text=planned.text.strip(),
        owner_id=planned.owner_id,
        due_on=planned.due_on,
    )
    _remember(Act.ALTER, "cases.plan_action_changed", action, action.person_id, by=by, at=at)


@transaction.atomic
def complete_plan_action(
    *, action: PlanAction, outcome: str, seen_version: int, by: Reader, at: datetime
) -> None:
    """Write that an action is done and what came of it."""
    policy.check_can_change(by, action)
    update_versioned(
        action,
        seen_version=seen_version,
        done_at=at,
        done_by_id=by.user_id,
        outcome=outcome.strip(),
    )
    _remember(Act.ALTER, "cases.plan_action_done", action, action.person_id, by=by, at=at)


@transaction.atomic
def reopen_plan_action(*, action: PlanAction, seen_version: int, by: Reader, at: datetime) -> None:
    """Take back that an action is done."""
    policy.check_can_reopen(by, action)
    update_versioned(action, seen_version=seen_version, done_at=None, done_by_id=None)
    _remember(Act.ALTER, "cases.plan_action_reopened", action, action.person_id, by=by, at=at)


@transaction.atomic
def enter_stage(
    *, person_id: UUID, stage: Stage, entered_on: date, note: str = "", by: Reader, at: datetime
) -> StageEntry:
    """Write that the case entered a stage."""
    policy.check_can_write_case(by, person_id)
    rules.check_not_in_future(entered_on, at=at, what="The day the stage began")
    rules.check_stage_follows(queries.current_stage(by, person_id), stage, note=note)
    entry = StageEntry(
        person_id=person_id,
        stage=stage,
        entered_on=entered_on,
        note=note.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    entry.save(force_insert=True)
    _remember(Act.COLLECT, "cases.stage_entered", entry, person_id, by=by, at=at)
    _publish(person_id, entry, "The same child's case entered another stage.", by=by, at=at)
    return entry


@transaction.atomic
def tag_model(
    *, person_id: UUID, model: Model, starts_on: date, by: Reader, at: datetime
) -> ModelTag:
    """Write that a model of exploitation is seen in the case."""
    policy.check_can_write_case(by, person_id)
    rules.check_not_in_future(starts_on, at=at, what="The day it was first seen")
    seen = queries.models_seen(by, person_id)
    if any(each.model is model and each.ends_on is None for each in seen):
        raise Refused(f"{model.label} is already recorded for this child.")
    tag = ModelTag(
        person_id=person_id,
        model=model,
        starts_on=starts_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    tag.save(force_insert=True)
    _remember(Act.COLLECT, "cases.model_tagged", tag, person_id, by=by, at=at)
    _publish(person_id, tag, "A model of exploitation was seen with the same child.", by=by, at=at)
    return tag


@transaction.atomic
def end_model(*, tag: ModelTag, ends_on: date, by: Reader, at: datetime) -> None:
    """Write that a model of exploitation is no longer seen; the row stays, with its dates."""
    policy.check_can_write_case(by, tag.person_id)
    rules.check_not_in_future(ends_on, at=at, what="The day it ended")
    if tag.ends_on is not None:
        raise Refused("An end is already recorded.")
    if ends_on < tag.starts_on:
        raise Refused("The day it ended cannot be before the day it was first seen.")
    ModelTag.objects.filter(pk=tag.pk, ends_on=None).update(ends_on=ends_on)
    tag.ends_on = ends_on
    _remember(Act.ALTER, "cases.model_ended", tag, tag.person_id, by=by, at=at)


@transaction.atomic
def record_child_voice(
    *, person_id: UUID, words: str, said_on: date, said_to: str = "", by: Reader, at: datetime
) -> ChildVoice:
    """Write down what the child said, as they said it. It is never edited."""
    policy.check_can_write_case(by, person_id)
    if not words.strip():
        raise Refused("Write down what the child said.")
    rules.check_not_in_future(said_on, at=at, what="The day it was said")
    voice = ChildVoice(
        person_id=person_id,
        words=words,
        said_on=said_on,
        said_to=said_to.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    voice.save(force_insert=True)
    _remember(Act.COLLECT, "cases.child_voice_recorded", voice, person_id, by=by, at=at)
    _publish(person_id, voice, "The same child said something new.", by=by, at=at)
    return voice


@transaction.atomic
def add_note(*, person_id: UUID, text: str, noted_at: datetime, by: Reader, at: datetime) -> Note:
    """Add a dated note to the chronology."""
    policy.check_can_write_case(by, person_id)
    if not text.strip():
        raise Refused("Write the note.")
    if noted_at > at:
        raise Refused("A note cannot be about the future. Add an action to the plan instead.")
    note = Note(
        person_id=person_id,
        text=text.strip(),
        at=noted_at,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    note.save(force_insert=True)
    _remember(Act.COLLECT, "cases.note_added", note, person_id, by=by, at=at)
    _publish(person_id, note, "A note was added about the same child.", by=by, at=at)
    return note


def _check_planned(planned: Planned) -> None:
    if not planned.text.strip():
        raise Refused("Write down what is to be done.")
    if planned.owner_id not in access.introduced([planned.owner_id]):
        raise Refused("Choose somebody who works in the hub.")


def _remember(
    act: Act, event: str, row: Recorded, person_id: UUID, *, by: Reader, at: datetime
) -> None:
    audit.record(act, event, by=by, at=at, subjects=[person_id], groups=[Facet.CASE], about=row)


def _publish(person_id: UUID, row: Recorded, reason: str, *, by: Reader, at: datetime) -> None:
    events.publish(
        events.Touched(
            children=(person_id,),
            source=type(row).__name__.lower(),
            source_id=row.pk,
            reason=reason,
            at=at,
            by_id=by.user_id,
        )
    )
