"""What is so: how pressing a task is, in which order tasks stand, since when changes are shown."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from harbour.foundation.kernel.clock import london_date
from harbour.foundation.ui import when
from harbour.hub.home.vocabulary import ChangeKind, TaskKind, Urgency

# What falls due within these hours is for now: a shift that ends must not hide it.
NOW_WITHIN = timedelta(hours=4)
# A page opened again within this time is the same look: what was new stays new.
ONE_LOOK = timedelta(minutes=30)
# What is shown to somebody who never looked before.
FIRST_LOOK_BACK = timedelta(hours=24)
# Of one kind, so many are shown; the others are counted and stand in their own list.
SHOWN_OF_A_KIND = 8


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do: what, for whom, by when."""

    kind: TaskKind
    source_id: UUID
    what: str
    due: datetime | date | None = None
    person_id: UUID | None = None
    who: str = ""
    detail: str = ""
    version: int = 0
    # Pressing whatever the clock says, such as a child who is missing now.
    is_pressing: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happened to a child since the reader last looked."""

    kind: ChangeKind
    at: datetime
    what: str
    person_id: UUID | None
    source_id: UUID


@dataclass(frozen=True, kw_only=True)
class Left:
    """How many tasks of a kind are not shown."""

    kind: TaskKind
    number: int


def urgency(task: Task, *, at: datetime) -> Urgency:
    """Return how pressing a task is. One whose time nobody recorded is for today."""
    if task.is_pressing:
        return Urgency.NOW
    if task.due is None:
        return Urgency.TODAY
    limit = when.end_of(task.due)
    if limit <= at + (NOW_WITHIN if isinstance(task.due, datetime) else timedelta(0)):
        return Urgency.NOW
    today = london_date(at)
    if london_date(limit) <= today:
        return Urgency.TODAY
    return Urgency.THIS_WEEK if london_date(limit) <= today + timedelta(days=7) else Urgency.LATER


def grouped(tasks: Iterable[Task], *, at: datetime) -> dict[Urgency, tuple[Task, ...]]:
    """Return tasks by urgency, each group with the nearest moment first."""
    found: dict[Urgency, list[Task]] = {each: [] for each in Urgency}
    for task in tasks:
        found[urgency(task, at=at)].append(task)
    return {
        each: tuple(sorted(held, key=lambda task: _nearness(task, at)))
        for each, held in found.items()
    }


def _nearness(task: Task, at: datetime) -> tuple[bool, datetime]:
    return (not task.is_pressing, when.end_of(task.due) if task.due else at)


def shortened(
    tasks: Iterable[Task], *, listed: Container[TaskKind]
) -> tuple[tuple[Task, ...], tuple[Left, ...]]:
    """Return the most pressing tasks, and how many are left of each kind that has its own list."""
    by_kind: dict[TaskKind, list[Task]] = {}
    for task in tasks:
        by_kind.setdefault(task.kind, []).append(task)
    shown: list[Task] = []
    left: list[Left] = []
    for kind, held in by_kind.items():
        limit = SHOWN_OF_A_KIND if kind in listed else len(held)
        shown += held[:limit]
        if len(held) > limit:
            left.append(Left(kind=kind, number=len(held) - limit))
    return tuple(shown), tuple(left)


def since(*, since_at: datetime | None, seen_at: datetime | None, at: datetime) -> datetime:
    """Return from when changes are shown: from the look before this one."""
    if since_at is None or seen_at is None:
        return at - FIRST_LOOK_BACK
    return since_at if at - seen_at <= ONE_LOOK else seen_at
