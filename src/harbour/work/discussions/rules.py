"""What is so about strategy discussions: when one is due, who must be there, where it stands."""

from collections.abc import Iterable
from datetime import date, datetime

from harbour.foundation.kernel.working_days import add_working_days
from harbour.work.discussions.vocabulary import Capacity, Outcome, Stage

# Working Together to Safeguard Children: at the least the local authority's children's social care,
# the police and health.
MINIMUM = (Capacity.POLICE, Capacity.SOCIAL_CARE, Capacity.HEALTH)
# Working Together: the initial conference is held within 15 working days of the strategy discussion
# at which the section 47 enquiry began.
CONFERENCE_WITHIN = 15


def due_on(*, asked_on: date, working_days: int) -> date:
    """Return the day by which a discussion is held."""
    return add_working_days(asked_on, working_days)


def conference_due_on(*, held_on: date, outcome: str) -> date | None:
    """Return the day by which an initial conference is held, where an enquiry began."""
    if outcome != Outcome.S47_ENQUIRY:
        return None
    return add_working_days(held_on, CONFERENCE_WITHIN)


def must_be_asked(*, hosted: bool) -> tuple[Capacity, ...]:
    """Return as what agencies are invited at the least.

    Of a child who lives in another authority's area both authorities are invited: each brings
    children's social care (DfE, January 2014).
    """
    if hosted:
        return (Capacity.POLICE, Capacity.HEALTH, Capacity.PLACING, Capacity.HOST)
    return MINIMUM


def not_invited(invited: Iterable[str], *, hosted: bool) -> tuple[Capacity, ...]:
    """Return who is still to be invited at the least."""
    there = set(invited)
    return tuple(each for each in must_be_asked(hosted=hosted) if each not in there)


def absent(attended: Iterable[str]) -> tuple[Capacity, ...]:
    """Return which of the three that make a discussion quorate were not there."""
    there = set(attended)
    # A placing or host authority's social workers are children's social care as well.
    if there & {Capacity.PLACING, Capacity.HOST}:
        there.add(Capacity.SOCIAL_CARE)
    return tuple(each for each in MINIMUM if each not in there)


def stage(*, held_at: datetime | None, closed_at: datetime | None) -> Stage:
    """Return where a discussion stands."""
    if closed_at is not None:
        return Stage.DROPPED if held_at is None else Stage.DECIDED
    return Stage.ASKED if held_at is None else Stage.HELD
