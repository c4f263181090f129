"""What is so: how windows join, the order of the agenda, where views differ, what closes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.foundation.kernel.refusals import Refused
from harbour.hub.meetings.vocabulary import Group, ReasonKind

# Local practice: the partnership meets every working day, so the very first window is one day.
FIRST_WINDOW = timedelta(hours=24)
# A window may be opened ahead of its meeting, so that agencies prepare; never further.
OPENED_AHEAD = timedelta(hours=24)
# Local practice: views are opened once police and social care have given theirs, or with a reason.
WAITED_FOR: tuple[AgencyKind, ...] = (AgencyKind.AUTHORITY, AgencyKind.POLICE)
KIND_WORDS: Mapping[AgencyKind, str] = {
    AgencyKind.AUTHORITY: "social care",
    AgencyKind.POLICE: "the police",
}
GROUP_OF: Mapping[ReasonKind, Group] = {
    ReasonKind.MISSING: Group.MISSING_NOW,
    ReasonKind.RETURNED: Group.RETURNED,
    ReasonKind.REFERRAL: Group.NEW_CONCERN,
    ReasonKind.WATCH: Group.RESURFACED,
    ReasonKind.OFFER: Group.NOT_ACKNOWLEDGED,
}


@dataclass(frozen=True, kw_only=True)
class Window:
    """From when until when a meeting looks, and which meeting it follows."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One thing that puts a child on the agenda. The sentence names nobody."""

    person_id: UUID
    kind: ReasonKind
    sentence: str
    source: str
    source_id: UUID
    at: datetime
    # A child carried over stays in the group it was in.
    carried_group: Group | None = None

    @property
    def group(self) -> Group:
        """Return the group this reason alone would put the child in."""
        return self.carried_group or GROUP_OF.get(self.kind, Group.NEW_CONCERN)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A child on the agenda with every reason, in the group of the most pressing one."""

    person_id: UUID
    group: Group
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class Given:
    """How one agency would decide, as far as it can differ from another's."""

    agency_id: UUID
    harm: str
    harm_when: str
    grade: str


def next_window(*, last_ended_at: datetime | None, ends_at: datetime) -> Window:
    """Return the window that begins where the last one ended; the first is a day long."""
    begins_at = ends_at - FIRST_WINDOW if last_ended_at is None else last_ended_at
    return Window(begins_at=begins_at, ends_at=ends_at)


def check_window(window: Window, *, at: datetime) -> None:
    """Refuse a window that is empty, or that ends further ahead than a day."""
    if window.ends_at <= window.begins_at:
        raise Refused("The window must end after the last meeting's window ended.")
    if window.ends_at > at + OPENED_AHEAD:
        raise Refused("The window cannot end more than a day from now.")


def joins(*, last_ended_at: datetime | None, begins_at: datetime) -> bool:
    """Say whether a window begins where the last one ended; the first joins by being first."""
    return last_ended_at is None or begins_at == last_ended_at


def agenda(reasons: Iterable[Reason]) -> tuple[Entry, ...]:
    """Return one entry a child with all reasons, in the order in which the meeting takes them."""
    by_child: dict[UUID, list[Reason]] = {}
    for reason in sorted(reasons, key=lambda each: (_rank(each.group), each.at)):
        by_child.setdefault(reason.person_id, []).append(reason)
    entries = [
        Entry(person_id=person_id, group=held[0].group, reasons=tuple(held))
        for person_id, held in by_child.items()
    ]
    return tuple(sorted(entries, key=lambda each: (_rank(each.group), each.reasons[0].at)))


def _rank(group: Group) -> int:
    return list(Group).index(group)


def not_given(given_by: Collection[AgencyKind]) -> tuple[AgencyKind, ...]:
    """Return which of the agencies that are waited for have not given their view."""
    return tuple(kind for kind in WAITED_FOR if kind not in given_by)


def check_reveal(*, given_by: Collection[AgencyKind], reason: str) -> None:
    """Refuse to open views before police and social care gave theirs, unless somebody says why."""
    absent = not_given(given_by)
    if absent and not reason.strip():
        words = " and ".join(KIND_WORDS[kind] for kind in absent)
        raise Refused(
            f"The view of {words} is not given yet. Wait for it, or write down why you do not."
        )


def differing(views: Sequence[Given]) -> frozenset[UUID]:
    """Return the agencies that do not see it as most do; all where no view has a majority."""
    if len({(each.harm, each.harm_when, each.grade) for each in views}) < 2:
        return frozenset()
    counts: dict[tuple[str, str, str], int] = {}
    for each in views:
        seen = (each.harm, each.harm_when, each.grade)
        counts[seen] = counts.get(seen, 0) + 1
    most, number = max(counts.items(), key=lambda pair: pair[1])
    if number * 2 <= len(views):
        return frozenset(each.agency_id for each in views)
    return frozenset(
        each.agency_id for each in views if (each.harm, each.harm_when, each.grade) != most
    )


def check_close(*, undecided: int, window: Window, at: datetime) -> None:
    """Refuse to close over an undecided child, or before the window has ended."""
    if undecided:
        children = "1 child is" if undecided == 1 else f"{undecided} children are"
        raise Refused(f"{children} not decided yet. Decide each, or carry it over with a reason.")
    if at < window.ends_at:
        raise Refused(
            "The window of this meeting has not ended yet. What comes in until then belongs to it."
        )


def check_reason(reason: str) -> None:
    """Refuse to leave a grade as it is, or to carry a child over, without a reason."""
    if not reason.strip():
        raise Refused("Write down why.")
