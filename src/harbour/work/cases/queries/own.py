"""The entries of a chronology that this room keeps itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.work.cases.queries import decided, done
from harbour.work.cases.vocabulary import AllocationState, EntryKind, HarmStatus


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happened, was said or was decided; `source_id` is the record it opens."""

    kind: EntryKind
    at: datetime | date
    title: str
    source_id: UUID
    text: str = ""
    by_id: UUID | None = None
    by_name: str = ""
    agency_id: UUID | None = None
    agency_name: str = ""


def gradings(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    """Yield what was decided about harm and risk."""
    for line in decided.gradings(reader, person_id):
        yield Entry(
            kind=EntryKind.GRADING,
            at=line.decided_at,
            title=f"Graded {line.label.lower()}. Harm {harm_words(line).lower()}",
            text=line.rationale,
            by_id=line.decided_by_id,
            source_id=line.id,
        )


def harm_words(line: decided.GradingLine) -> str:
    """Return the harm status in words: Suspected, current."""
    if line.harm is HarmStatus.NONE_KNOWN:
        return line.harm.label
    return f"{line.harm.label}, {line.harm_when.label.lower()}"


def allocations(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    """Yield who was offered, and what they answered."""
    for line in decided.allocations(reader, person_id):
        role = line.role.label.lower()
        yield Entry(
            kind=EntryKind.ALLOCATION,
            at=line.offered_at,
            title=f"Offered to {line.worker_name} as {role}",
            by_id=line.offered_by_id,
            source_id=line.id,
        )
        if line.answered_at is not None:
            declined = bool(line.declined_reason)
            yield Entry(
                kind=EntryKind.ALLOCATION,
                at=line.answered_at,
                title=f"{line.worker_name} "
                + (f"declined as {role}" if declined else f"acknowledged as {role}"),
                text=line.declined_reason,
                by_id=line.worker_id,
                source_id=line.id,
            )
        if line.state is AllocationState.ENDED and line.ended_at is not None:
            yield Entry(
                kind=EntryKind.ALLOCATION,
                at=line.ended_at,
                title=f"{line.worker_name} no longer {role}",
                text=line.ended_reason,
                by_id=line.ended_by_id,
                source_id=line.id,
            )


def plan(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    """Yield what was planned and what was done."""
    for line in done.plan(reader, person_id):
        yield Entry(
            kind=EntryKind.PLAN,
            at=line.recorded_at,
            title=f"Planned: {line.text}",
            text=f"{line.owner_name}, by {line.due_on:%a} {line.due_on.day} {line.due_on:%b %Y}",
            by_id=line.recorded_by_id,
            source_id=line.id,
        )
        if line.done_at is not None:
            yield Entry(
                kind=EntryKind.PLAN,
                at=line.done_at,
                title=f"Done: {line.text}",
                text=line.outcome,
                by_id=line.done_by_id,
                source_id=line.id,
            )


def stages(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    """Yield the stages that the case entered."""
    for line in done.stages(reader, person_id):
        yield Entry(
            kind=EntryKind.STAGE,
            at=line.entered_on,
            title=f"Stage: {line.stage.label}",
            text=line.note,
            by_id=line.recorded_by_id,
            source_id=line.id,
        )


def models_seen(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    """Yield the models of exploitation seen, and when they were no longer seen."""
    for line in done.models_seen(reader, person_id):
        days = [(line.starts_on, "seen")]
        if line.ends_on is not None:
            days.append((line.ends_on, "no longer seen"))
        for day, words in days:
            yield Entry(
                kind=EntryKind.MODEL,
                at=day,
                title=f"{line.model.label} {words}",
                by_id=line.recorded_by_id,
                source_id=line.id,
            )


def voice(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    """Yield what the child said."""
    for line in done.child_voice(reader, person_id):
        yield Entry(
            kind=EntryKind.VOICE,
            at=line.said_on,
            title=f"Said to {line.said_to}" if line.said_to else "In the child's own words",
            text=line.words,
            by_id=line.recorded_by_id,
            source_id=line.id,
        )


def notes(reader: Reader, person_id: UUID) -> Iterator[Entry]:
    """Yield the notes."""
    for line in done.notes(reader, person_id):
        yield Entry(
            kind=EntryKind.NOTE,
            at=line.at,
            title="Note",
            text=line.text,
            by_id=line.recorded_by_id,
            source_id=line.id,
        )
