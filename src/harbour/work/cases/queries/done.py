"""Read what is done for a child: plan, stage, models of exploitation, their words, notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from harbour.foundation.access.reader import Reader
from harbour.foundation.kernel.refusals import Missing
from harbour.work.cases.models import ChildVoice, ModelTag, Note, PlanAction, StageEntry
from harbour.work.cases.vocabulary import Model, PlanKind, Stage


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One owned, dated action of a child's plan."""

    id: UUID
    person_id: UUID
    kind: PlanKind
    text: str
    owner_id: UUID
    owner_name: str
    due_on: date
    recorded_at: datetime
    recorded_by_id: UUID
    done_at: datetime | None
    done_by_id: UUID | None
    done_by_name: str
    outcome: str
    version: int

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be done."""
        return self.done_at is None

    def is_overdue(self, day: date) -> bool:
        """Say whether it should have been done before this day."""
        return self.is_open and self.due_on < day


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """The case entered a stage."""

    id: UUID
    stage: Stage
    entered_on: date
    note: str
    recorded_at: datetime
    recorded_by_id: UUID


@dataclass(frozen=True, kw_only=True)
class ModelLine:
    """A model of exploitation seen in the case, with dates."""

    id: UUID
    model: Model
    starts_on: date
    ends_on: date | None
    recorded_at: datetime
    recorded_by_id: UUID


@dataclass(frozen=True, kw_only=True)
class VoiceLine:
    """What the child said, in their own words."""

    id: UUID
    said_on: date
    words: str
    said_to: str
    recorded_at: datetime
    recorded_by_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """A dated note."""

    id: UUID
    person_id: UUID
    at: datetime
    text: str
    recorded_at: datetime
    recorded_by_id: UUID


def plan_action(reader: Reader, action_id: UUID) -> PlanAction:
    """Return a plan action that the reader may see; raise `Missing` where there is none."""
    del reader  # the database filters by the context of the same person
    row = PlanAction.objects.filter(pk=action_id).first()
    if row is None:
        raise Missing
    return row


def model_tag(reader: Reader, tag_id: UUID) -> ModelTag:
    """Return a model of exploitation that was seen; raise `Missing` where there is none."""
    del reader
    row = ModelTag.objects.filter(pk=tag_id).first()
    if row is None:
        raise Missing
    return row


def plan(reader: Reader, person_id: UUID, *, open_only: bool = False) -> tuple[PlanLine, ...]:
    """Return the plan of a child, soonest due first."""
    del reader
    rows = PlanAction.objects.filter(person_id=person_id)
    return _plan_lines(rows.filter(done_at=None) if open_only else rows)


def my_plan_actions(reader: Reader) -> tuple[PlanLine, ...]:
    """Return the open plan actions that the reader owns, soonest due first."""
    return _plan_lines(PlanAction.objects.filter(owner_id=reader.user_id, done_at=None))


def open_plan_actions(
    reader: Reader, person_ids: Iterable[UUID]
) -> dict[UUID, tuple[PlanLine, ...]]:
    """Return the open plan actions of each of these children, in one query."""
    del reader
    rows = PlanAction.objects.filter(person_id__in=set(person_ids), done_at=None)
    found: dict[UUID, tuple[PlanLine, ...]] = {}
    for line in _plan_lines(rows):
        found[line.person_id] = (*found.get(line.person_id, ()), line)
    return found


def _plan_lines(rows: QuerySet[PlanAction]) -> tuple[PlanLine, ...]:
    ordered = rows.select_related("owner", "done_by").order_by("due_on", "recorded_at")
    return tuple(_plan_line(row) for row in ordered)


def _plan_line(row: PlanAction) -> PlanLine:
    return PlanLine(
        id=row.id,
        person_id=row.person_id,
        kind=PlanKind(row.kind),
        text=row.text,
        owner_id=row.owner_id,
        owner_name=row.owner.name,
        due_on=row.due_on,
        recorded_at=row.recorded_at,
        recorded_by_id=row.recorded_by_id,
        done_at=row.done_at,
        done_by_id=row.done_by_id,
        done_by_name=row.done_by.name if row.done_by else "",
        outcome=row.outcome,
        version=row.version,
    )


def stages(reader: Reader, person_id: UUID) -> tuple[StageLine, ...]:
    """Return the stages that the case entered, first to last."""
    del reader
    rows = StageEntry.objects.filter(person_id=person_id).order_by("entered_on", "recorded_at")
    return tuple(
        StageLine(
            id=row.id,
            stage=Stage(row.stage),
            entered_on=row.entered_on,
            note=row.note,
            recorded_at=row.recorded_at,
            recorded_by_id=row.recorded_by_id,
        )
        for row in rows
    )


def current_stage(reader: Reader, person_id: UUID) -> Stage | None:
    """Return the stage the case is at, or nothing where none is recorded."""
    entered = stages(reader, person_id)
    return entered[-1].stage if entered else None


def models_seen(reader: Reader, person_id: UUID) -> tuple[ModelLine, ...]:
    """Return the models of exploitation seen in the case, newest first."""
    del reader
    rows = ModelTag.objects.filter(person_id=person_id).order_by("-starts_on", "-recorded_at")
    return tuple(
        ModelLine(
            id=row.id,
            model=Model(row.model),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            recorded_at=row.recorded_at,
            recorded_by_id=row.recorded_by_id,
        )
        for row in rows
    )


def child_voice(reader: Reader, person_id: UUID) -> tuple[VoiceLine, ...]:
    """Return what the child said, newest first."""
    del reader
    rows = ChildVoice.objects.filter(person_id=person_id).order_by("-said_on", "-recorded_at")
    return tuple(
        VoiceLine(
            id=row.id,
            said_on=row.said_on,
            words=row.words,
            said_to=row.said_to,
            recorded_at=row.recorded_at,
            recorded_by_id=row.recorded_by_id,
        )
        for row in rows
    )


def notes(reader: Reader, person_id: UUID) -> tuple[NoteLine, ...]:
    """Return the notes on a child, newest first."""
    del reader
    rows = Note.objects.filter(person_id=person_id).order_by("-at", "-recorded_at")
    return tuple(_note_line(row) for row in rows)


def note(reader: Reader, note_id: UUID) -> NoteLine:
    """Return one note that the reader may see; raise `Missing` where there is none."""
    del reader
    row = Note.objects.filter(pk=note_id).first()
    if row is None:
        raise Missing
    return _note_line(row)


def _note_line(row: Note) -> NoteLine:
    return NoteLine(
        id=row.id,
        person_id=row.person_id,
        at=row.at,
        text=row.text,
        recorded_at=row.recorded_at,
        recorded_by_id=row.recorded_by_id,
    )
