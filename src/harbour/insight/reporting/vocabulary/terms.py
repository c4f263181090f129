"""The terms in which a figure is defined."""

from dataclasses import dataclass, field
from enum import StrEnum

from harbour.insight.reporting.rules import Band

# Ages of children when a referral came: every age once.
CHILD_BANDS = (Band(0, 9), Band(10, 12), Band(13, 14), Band(15, 16), Band(17, 17), Band(18, None))
# Ages of adults of concern as committees have asked for them. They share the age of 25, so each is
# a share of its own and together they divide nothing (`rules.check_partition` refuses them).
ADULT_BANDS = (Band(19, 25), Band(25, 39))
OLDEST = 150


class Span(StrEnum):
    """A stretch of time for which missing episodes are counted ahead."""

    QUARTER = "quarter"
    YEAR = "year"


class Window(StrEnum):
    """Which stretch of time a figure of a quarter covers."""

    QUARTER = "the quarter"
    YEAR = "the council's year up to the end of the quarter"
    PREVIOUS_YEAR = "the council's year before"
    YEAR_BEFORE = "the council's year before that"
    TWO_YEARS = "the last eight quarters"
    LONG_TERM = "the last twelve quarters, or as many as there are"
    ACADEMIC_YEAR = "the last school year that had ended"
    LAST_DAY = "the last day of the quarter"
    SIX_MONTHS = "the last day of the quarter and the six months before"


class Unit(StrEnum):
    """What a value is a number of."""

    EPISODES = "episodes"
    CHILDREN = "children"
    PER_CHILD = "episodes a child"
    PER_QUARTER = "episodes a quarter"
    REFERRALS = "referrals"
    PEOPLE = "people"
    ASSESSMENTS = "assessments"
    CASES = "cases"
    RETURNS = "returns"
    PERCENT = "per cent"
    AGE_BAND = "age band"
    MODEL = "category"
    AUTHORITIES = "authorities"
    HOMES = "homes"
    LINES = "lines"
    SCHOOLS = "schools"


# Numbers of these say nothing of a person, however small.
IMPERSONAL = frozenset({Unit.AUTHORITIES, Unit.HOMES, Unit.LINES, Unit.SCHOOLS})


class Subject(StrEnum):
    """What a figure is about: the headings of the page."""

    MISSING = "Children who go missing"
    INTERVIEWS = "Return home interviews"
    REFERRALS = "Concerns"
    EXPLOITATION = "Models of exploitation and assessments"
    ADULTS = "Adults of concern and county lines"
    AREA = "Homes and schools"


@dataclass(frozen=True)
class Cell:
    """A number that the database counts: of which fact, which of its numbers, for which group."""

    fact: str
    number: str
    group: tuple[tuple[str, str], ...] = ()


def cell(fact: str, number: str, **group: str) -> Cell:
    """Return a cell; what is not named stands for all."""
    return Cell(fact, number, tuple(sorted(group.items())))


@dataclass(frozen=True)
class Count:
    """A number as it was counted, summed over the quarters of the window."""

    of: Cell


@dataclass(frozen=True)
class Share:
    """A part in per cent of its whole."""

    part: Cell
    whole: Cell
    noun: str


@dataclass(frozen=True)
class Ratio:
    """How many of one for each of another."""

    part: Cell
    whole: Cell
    noun: str


@dataclass(frozen=True)
class Mean:
    """The mean of a count over the quarters of the window."""

    of: Cell


@dataclass(frozen=True)
class Place:
    """Which of several groups has the first, second ... number."""

    fact: str
    number: str
    dimension: str
    names: tuple[tuple[str, str], ...]
    rank: int
    noun: str


@dataclass(frozen=True)
class Change:
    """A change in per cent from the mean of other figures."""

    of: str
    base: tuple[str, ...]


Formula = Count | Share | Ratio | Mean | Place | Change


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A figure of the register."""

    id: str
    subject: Subject
    title: str
    unit: Unit
    population: str
    window: Window
    formula: Formula
    definition: str
    # Figures that are groups of this one: it is at least the largest and at most their sum.
    parts: tuple[str, ...] = ()
    # Figures that must be closed together, because one gives away the other.
    closed_with: tuple[str, ...] = field(default=())
    caution: str = ""

    @property
    def slug(self) -> str:
        """Return the word that tells the figure in an address."""
        return self.id.replace(".", "-")

    @property
    def is_personal(self) -> bool:
        """Say whether the figure counts people, episodes or what is written of them."""
        return self.unit not in IMPERSONAL
