"""What is so: what a grade needs, when an allocation must be answered, when a child is reviewed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from harbour.foundation.access.vocabulary import Facet
from harbour.foundation.kernel.clock import LONDON, london, london_date
from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.working_days import add_working_days, is_working_day
from harbour.work.cases.vocabulary import (
    AllocationRole,
    AllocationState,
    HarmStatus,
    HarmWhen,
    Stage,
)


@dataclass(frozen=True, kw_only=True)
class Practice[T]:
    """A number that a partnership sets for itself, with where it comes from."""

    value: T
    source: str
    note: str


# No statute says how soon a worker must take on a child at high risk; a shift must not pass.
ACKNOWLEDGE_HIGH_WITHIN = Practice(
    value=timedelta(hours=4), source="local", note="a high grade is taken on within the shift"
)
ACKNOWLEDGE_WITHIN_WORKING_DAYS = Practice(
    value=1, source="local", note="any other grade is taken on by the end of the next working day"
)
END_OF_WORKING_DAY = Practice(value=time(17), source="local", note="office hours of the hub")
# Exploitation review at 12 weeks; the longest interval in published procedures is three months.
REVIEW_WITHIN = Practice(
    value=timedelta(weeks=12), source="local", note="review of a child at risk of exploitation"
)


@dataclass(frozen=True, kw_only=True)
class Grade:
    """One grade of a scale: its word, its rank (higher is graver), the roles it asks for."""

    code: str
    label: str
    rank: int
    needs: tuple[AllocationRole, ...] = ()
    may_have: tuple[AllocationRole, ...] = ()


def read_scale(stored: Iterable[Mapping[str, Any]]) -> tuple[Grade, ...]:
    """Return the grades of a stored scale, gravest first."""
    grades = (
        Grade(
            code=each["code"],
            label=each["label"],
            rank=each["rank"],
            needs=tuple(AllocationRole(role) for role in each.get("needs", ())),
            may_have=tuple(AllocationRole(role) for role in each.get("may_have", ())),
        )
        for each in stored
    )
    return tuple(sorted(grades, key=lambda grade: -grade.rank))


def grade_of(scale: Collection[Grade], code: str) -> Grade:
    """Return the grade with this code; refuse a code that the scale does not have."""
    for grade in scale:
        if grade.code == code:
            return grade
    labels = ", ".join(grade.label.lower() for grade in scale)
    raise Refused(f"Choose one of the grades in use: {labels}.")


def is_gravest(scale: Collection[Grade], code: str) -> bool:
    """Say whether no grade of the scale is graver than this one."""
    return grade_of(scale, code).rank == max(grade.rank for grade in scale)


def unfilled(grade: Grade, filled: Collection[str]) -> tuple[AllocationRole, ...]:
    """Return the roles that the grade asks for and nobody is allocated to or offered."""
    return tuple(role for role in grade.needs if role not in filled)


def check_needs_are_met(grade: Grade, *, filled: Collection[str], reason: str) -> None:
    """Refuse a grade whose roles are not filled, unless somebody writes down why."""
    missing = unfilled(grade, filled)
    if missing and not reason.strip():
        roles = " and ".join(role.label.lower() for role in missing)
        raise Refused(
            f"A {grade.label.lower()} grade needs a {roles}. "
            "Allocate them, or record why nobody is allocated."
        )


def check_rationale(rationale: str) -> None:
    """Refuse a grade that nobody gives a reason for."""
    if not rationale.strip():
        raise Refused("Write down why this grade was decided.")


def check_where_decided(*, in_meeting: bool, reason: str) -> None:
    """Refuse a grade decided by one person alone, unless they write down why it could not wait."""
    if not in_meeting and not reason.strip():
        raise Refused("Grades are decided in the daily meeting. Write down why this one is not.")


def check_harm(harm: HarmStatus, harm_when: HarmWhen) -> None:
    """Refuse harm that does not say when, and a time for harm that is not known.

    Nothing here looks at the grade: confirmed harm may stand with any risk.
    """
    if harm is HarmStatus.NONE_KNOWN and harm_when:
        raise Refused("Harm that is not known cannot be current or past.")
    if harm is not HarmStatus.NONE_KNOWN and not harm_when:
        raise Refused("Say whether the harm is current or past.")


def acknowledge_by(*, offered_at: datetime, urgent: bool) -> datetime:
    """Return when an allocation must be answered: within hours where the grade is the gravest."""
    if urgent:
        return offered_at + ACKNOWLEDGE_HIGH_WITHIN.value
    day = add_working_days(london_date(offered_at), ACKNOWLEDGE_WITHIN_WORKING_DAYS.value)
    return datetime.combine(day, END_OF_WORKING_DAY.value, tzinfo=LONDON).astimezone(UTC)


def review_on(decided_at: datetime) -> date:
    """Return the last working day within the review interval."""
    day = london_date(decided_at) + REVIEW_WITHIN.value
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


# Where an allocation may go from where it is. Declined and ended are history; another is offered.
TRANSITIONS: Mapping[AllocationState, frozenset[AllocationState]] = {
    AllocationState.OFFERED: frozenset(
        {AllocationState.ACKNOWLEDGED, AllocationState.DECLINED, AllocationState.ENDED}
    ),
    AllocationState.ACKNOWLEDGED: frozenset({AllocationState.ENDED}),
    AllocationState.DECLINED: frozenset(),
    AllocationState.ENDED: frozenset(),
}
OPEN_STATES = frozenset(state for state, following in TRANSITIONS.items() if following)


def check_transition(state: AllocationState, following: AllocationState) -> None:
    """Refuse a step that the state of an allocation does not allow."""
    if following not in TRANSITIONS[state]:
        raise Refused(f"This allocation is {state.label.lower()} and cannot be changed that way.")


def is_overdue(*, acknowledge_by: datetime, at: datetime) -> bool:
    """Say whether the time to answer an offer has passed."""
    return at > acknowledge_by


# The way a case goes. Closed may follow anything; a step back is written with its reason.
STAGE_ORDER: tuple[Stage, ...] = (
    Stage.CONCERN,
    Stage.DISCLOSURE,
    Stage.INVESTIGATION,
    Stage.CHARGING,
    Stage.COURT,
    Stage.RECOVERY,
    Stage.CLOSED,
)


def goes_back(present: Stage | None, following: Stage) -> bool:
    """Say whether the next stage lies before the present one."""
    return present is not None and STAGE_ORDER.index(following) < STAGE_ORDER.index(present)


def check_stage_follows(present: Stage | None, following: Stage, *, note: str) -> None:
    """Refuse the stage the case is already in, and a step back that nobody explains."""
    if following is present:
        raise Refused(f"The case is already at the stage {following.label.lower()}.")
    if goes_back(present, following) and not note.strip():
        raise Refused("This stage lies before the present one. Write down why the case goes back.")


def check_not_in_future(day: date, *, at: datetime, what: str) -> None:
    """Refuse a day that has not come yet."""
    if day > london(at).date():
        raise Refused(f"{what} cannot be in the future.")


# What a worker must be able to see to do what they were given. Their role narrows it further.
_SEEN_BY_ALL = (Facet.IDENTITY, Facet.CONTACT, Facet.MISSING, Facet.CASE)
_SEEN_BY_LEADS = (
    *_SEEN_BY_ALL,
    Facet.PLACEMENT,
    Facet.REFERRAL,
    Facet.ASSESSMENT,
    Facet.MEETING,
    Facet.SHARING,
)
FACETS_OF_ROLE: Mapping[AllocationRole, tuple[Facet, ...]] = {
    AllocationRole.DETECTIVE: _SEEN_BY_LEADS,
    AllocationRole.SOCIAL_WORKER: _SEEN_BY_LEADS,
    AllocationRole.LEAD: _SEEN_BY_LEADS,
    AllocationRole.NURSE: (*_SEEN_BY_ALL, Facet.PLACEMENT, Facet.ASSESSMENT),
    AllocationRole.YOUTH_JUSTICE: (*_SEEN_BY_ALL, Facet.ASSESSMENT),
    AllocationRole.YOUTH_WORKER: _SEEN_BY_ALL,
}
# Which roles of the hub may be given which part.
ROLES_THAT_FIT: Mapping[AllocationRole, frozenset[str]] = {
    AllocationRole.DETECTIVE: frozenset({"detective"}),
    AllocationRole.SOCIAL_WORKER: frozenset(
        {"front_door", "team_manager", "neighbour_social_worker"}
    ),
    AllocationRole.YOUTH_WORKER: frozenset({"youth_worker"}),
    AllocationRole.NURSE: frozenset({"nurse"}),
    AllocationRole.YOUTH_JUSTICE: frozenset({"youth_justice"}),
    AllocationRole.LEAD: frozenset(
        {"front_door", "team_manager", "neighbour_social_worker", "youth_justice", "coordinator"}
    ),
}


def check_fits(role: AllocationRole, held: Collection[str]) -> None:
    """Refuse to give a part to somebody whose roles do not fit it."""
    if not ROLES_THAT_FIT[role] & set(held):
        raise Refused(f"This person does not work as a {role.label.lower()}.")
