"""The schedule: how long records are kept, from when, by which law, and which rule wins.

Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 50;
authorities' published schedules for the rest. The database has the same rules as a table and
works the clocks out itself (policies.sql); tests hold both to each other.
"""

from dataclasses import dataclass
from datetime import date

from harbour.hub.retention.vocabulary import Trigger

ADULT_AGE = 18


@dataclass(frozen=True, kw_only=True)
class ScheduleRule:
    """A line of the schedule."""

    code: str
    covers: str
    trigger: Trigger
    years: int
    source: str
    owner: str

    @property
    def said(self) -> str:
        """Return the period in words."""
        years = f"{self.years} years"
        if self.trigger is Trigger.REVIEW:
            return f"Reviewed every {years}, each decision recorded"
        return f"{years} from {str(self.trigger.label)[:1].lower()}{str(self.trigger.label)[1:]}"


SCHEDULE = (
    ScheduleRule(
        code="looked_after",
        covers="Record of a child who was looked after",
        trigger=Trigger.BIRTH_LOOKED_AFTER,
        years=75,
        source="Care Planning, Placement and Case Review (England) Regulations 2010, reg 50",
        owner="records_officer",
    ),
    ScheduleRule(
        code="looked_after_died",
        covers="Record of a looked-after child who died before 18",
        trigger=Trigger.DEATH_LOOKED_AFTER,
        years=15,
        source="Care Planning, Placement and Case Review (England) Regulations 2010, reg 50",
        owner="records_officer",
    ),
    ScheduleRule(
        code="adopted",
        covers="Record of a child who was adopted",
        trigger=Trigger.ADOPTION,
        years=100,
        source="Authority's schedule for adoption, as quoted in [2015] EWHC 2134 (Admin)",
        owner="records_officer",
    ),
    ScheduleRule(
        code="section_47",
        covers="Record of a child about whom there was a section 47 enquiry",
        trigger=Trigger.SECTION_47,
        years=35,
        source="Authority's schedule for child protection; Children Act 1989 s47",
        owner="team_manager",
    ),
    ScheduleRule(
        code="child",
        covers="Record of any other child",
        trigger=Trigger.BIRTH,
        years=25,
        source="Authority's schedule for children in need; Limitation Act 1980",
        owner="team_manager",
    ),
    ScheduleRule(
        code="unlinked_concern",
        covers="A concern that was linked to no child",
        trigger=Trigger.RECEIPT,
        years=6,
        source="Limitation Act 1980 s5",
        owner="front_door",
    ),
    ScheduleRule(
        code="intelligence",
        covers="Police intelligence: adults of concern, county lines",
        trigger=Trigger.REVIEW,
        years=6,
        source="College of Policing, APP Information management; never a child's 75 years",
        owner="detective",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What of a child's life decides how long the record is kept."""

    born_on: date | None
    died_on: date | None = None
    looked_after: bool = False
    adopted_on: date | None = None
    section_47_last_contact: date | None = None


@dataclass(frozen=True, kw_only=True)
class Clock:
    """When a rule lets a record go."""

    rule: str
    due_on: date


def anniversary(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February, the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def clocks(facts: Facts) -> tuple[Clock, ...]:
    """Return every clock that runs for a record, the longest first."""
    starts = {
        Trigger.BIRTH: facts.born_on,
        Trigger.BIRTH_LOOKED_AFTER: facts.born_on if facts.looked_after else None,
        Trigger.ADOPTION: facts.adopted_on,
        Trigger.SECTION_47: facts.section_47_last_contact,
    }
    if facts.looked_after and facts.died_on and _died_a_child(facts.born_on, facts.died_on):
        starts |= {Trigger.BIRTH_LOOKED_AFTER: None, Trigger.DEATH_LOOKED_AFTER: facts.died_on}
    found = [
        Clock(rule=each.code, due_on=anniversary(start, each.years))
        for each in SCHEDULE
        if (start := starts.get(each.trigger))
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.rule), reverse=True))


def governing(facts: Facts) -> Clock | None:
    """Return the clock that runs longest: the record goes when it has run out, and not before.

    None where nothing is known to count from: such a record stays until somebody decides.
    """
    return next(iter(clocks(facts)), None)


def _died_a_child(born_on: date | None, died_on: date) -> bool:
    return born_on is None or died_on < anniversary(born_on, ADULT_AGE)
