"""What is so: by when a placement is notified, what a notification lacks, how old a telling is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from harbour.foundation.kernel.working_days import add_working_days
from harbour.work.hosting.vocabulary import (
    IN_WRITING,
    CareOrder,
    Channel,
    Direction,
    Duty,
    Gap,
    Said,
    State,
)

# Regulation 41 says "without delay". A working day is what this partnership counts as that.
WITHOUT_DELAY = 1
# Regulation 13(4): before the placement is made; within five working days where an emergency.
EMERGENCY_WITHIN = 5
# What was told of a child longer ago than this is asked for again.
TELLING_STALE_AFTER = timedelta(days=183)
# A pack that nobody acknowledged is chased after so many working days.
PACK_ACKNOWLEDGED_WITHIN = 10


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a notification says."""

    duty: Duty
    channel: Channel
    given: str = ""
    family: str = ""
    born_on: date | None = None
    accommodated: Said = Said.UNSAID
    care_order: CareOrder = CareOrder.UNSAID
    placing_named: bool = False
    placing_contact: str = ""
    reviewer_contact: str = ""
    ehc_plan: Said = Said.UNSAID
    ehc_authority_named: bool = False
    needs_given: bool = False
    care_plan_given: bool = False


def due_on(duty: Duty, happened_on: date, *, emergency: bool = False) -> date:
    """Return the last day on which a notification is in time."""
    if duty is Duty.REG_41:
        return add_working_days(happened_on, WITHOUT_DELAY)
    return add_working_days(happened_on, EMERGENCY_WITHIN) if emergency else happened_on


def missing_parts(said: Contents) -> tuple[str, ...]:
    """Return by name what a notification must state and does not."""
    lacks = [
        ("the child's name", not (said.given and said.family)),
        ("that it is in writing", said.channel not in IN_WRITING),
    ]
    if said.duty is Duty.REG_41:
        lacks += [
            ("the child's date of birth", said.born_on is None),
            ("whether accommodated under section 20 or 21", said.accommodated is Said.UNSAID),
            (
                "whether under a care or supervision order, section 31",
                said.care_order is CareOrder.UNSAID,
            ),
            ("the placing authority", not said.placing_named),
            ("contact details for the placing authority", not said.placing_contact),
            ("contact details for the independent reviewing officer", not said.reviewer_contact),
            ("whether there is an EHC plan", said.ehc_plan is Said.UNSAID),
            (
                "the authority responsible for the EHC plan",
                said.ehc_plan is Said.YES and not said.ehc_authority_named,
            ),
        ]
    else:
        lacks += [
            ("the assessment of needs, and why this placement suits", not said.needs_given),
            ("the care plan", not said.care_plan_given),
        ]
    return tuple(name for name, is_missing in lacks if is_missing)


def state(*, lacks: Collection[str], taken_in: bool) -> State:
    """Return where a notification stands: what it lacks is asked for also once it is taken in."""
    if lacks:
        return State.INCOMPLETE
    return State.TAKEN_IN if taken_in else State.COMPLETE


def wants(*, direction: Direction, duty: Duty, in_home: bool, own_area: bool) -> bool:
    """Say whether a placement must be notified so.

    A home need not notify the authority that placed the child there: regulation 41(2). A placing
    authority tells the authority of another area, of arrivals: regulation 13(4).
    """
    if own_area:
        return False
    return in_home if duty is Duty.REG_41 else direction is Direction.ARRIVAL


def is_stale(told_on: date, *, today: date) -> bool:
    """Say whether what was told is so old that it is asked for again."""
    return today - told_on > TELLING_STALE_AFTER


@dataclass(frozen=True, kw_only=True)
class Known:
    """What this hub knows of a hosted child."""

    placing_notified: bool
    placing_contact: bool
    reviewer_contact: bool
    told_on: date | None
    interviewer_agreed: bool
    consultation_offered: bool


def gaps(known: Known, *, today: date) -> tuple[Gap, ...]:
    """Return what is not told or not agreed of a hosted child, the placing authority's first."""
    stale = known.told_on is not None and is_stale(known.told_on, today=today)
    found = (
        (Gap.PLACING, not known.placing_notified),
        (Gap.CONTACT, not known.placing_contact),
        (Gap.REVIEWER, not known.reviewer_contact),
        (Gap.FLAGS, known.told_on is None),
        (Gap.OLD_FLAGS, stale),
        (Gap.INTERVIEWER, not known.interviewer_agreed),
        (Gap.CONSULTATION, not known.consultation_offered),
    )
    return tuple(gap for gap, is_open in found if is_open)
