"""The register of figures: what each is called, counts, covers and rests on."""

from dataclasses import dataclass, field
from enum import StrEnum

from harbour.insight.reporting.rules import Band
from harbour.work.cases.vocabulary import Model
from harbour.work.missing.vocabulary import Population

# Ages of children when a referral came: every age once.
CHILD_BANDS = (Band(0, 9), Band(10, 12), Band(13, 14), Band(15, 16), Band(17, 17), Band(18, None))
# Ages of adults of concern as committees have asked for them. They share the age of 25, so each is a share of its
# own and together they divide nothing (`rules.check_partition` refuses them).
ADULT_BANDS = (Band(19, 25), Band(25, 39))
OLDEST = 150


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
    def is_personal(self) -> bool:
        """Say whether the figure counts people, episodes or what is written of them."""
        return self.unit not in IMPERSONAL


BEGAN = "An episode counts in the quarter in which it began, by the clocks of England."
POPULATIONS = {
    Population.NOT_LOOKED_AFTER: (
        "not_looked_after",
        "own children, not looked after",
        "children for whom the authority is responsible and who are not looked after",
    ),
    Population.LOOKED_AFTER_HERE: (
        "looked_after_here",
        "own looked-after children placed in the area",
        "children looked after by the authority and placed in its own area",
    ),
    Population.LOOKED_AFTER_ELSEWHERE: (
        "looked_after_elsewhere",
        "own looked-after children placed elsewhere",
        "children looked after by the authority and placed in another authority's area",
    ),
    Population.HOSTED: (
        "hosted",
        "other authorities' looked-after children placed here",
        "children looked after by an authority outside the partnership and placed in the area",
    ),
}


def _of_population(population: Population) -> tuple[Definition, ...]:
    name, title, sentence = POPULATIONS[population]
    episodes = cell("missing", "episodes", population=population)
    children = cell("missing", "children", population=population)
    shared = {"subject": Subject.MISSING, "population": sentence, "window": Window.QUARTER}
    sexes = (f"missing.{name}.episodes_boys", f"missing.{name}.episodes_girls")
    children_by_sex = (f"missing.{name}.children_boys", f"missing.{name}.children_girls")
    return (
        Definition(
            id=f"missing.{name}.episodes",
            title=f"Missing episodes: {title}",
            unit=Unit.EPISODES,
            formula=Count(episodes),
            definition=f"Episodes recorded as missing, not as away without authorisation. {BEGAN} Of two that overlap "
            "for one child, one counts.",
            parts=sexes,
            **shared,
        ),
        Definition(
            id=f"missing.{name}.children",
            title=f"Children missing: {title}",
            unit=Unit.CHILDREN,
            formula=Count(children),
            definition="Children with at least one missing episode in the quarter, each counted once.",
            parts=children_by_sex,
            **shared,
        ),
        Definition(
            id=f"missing.{name}.per_child",
            title=f"Episodes a child: {title}",
            unit=Unit.PER_CHILD,
            formula=Ratio(episodes, children, "episodes of children"),
            definition="Missing episodes divided by the children who were missing. A fall in episodes with no fall in "
            "children is another story than a fall in both.",
            **shared,
        ),
        *(
            Definition(
                id=f"missing.{name}.{what}_{word}",
                title=f"{noun} {title}, {word}",
                unit=unit,
                formula=Count(cell("missing", what, population=population, sex=sex)),
                definition=f"As '{noun} {title}', of {word} alone.",
                closed_with=(f"missing.{name}.{what}_{other}",),
                **shared,
            )
            for what, noun, unit in (
                ("episodes", "Missing episodes:", Unit.EPISODES),
                ("children", "Children missing:", Unit.CHILDREN),
            )
            for word, sex, other in (("boys", "M", "girls"), ("girls", "F", "boys"))
        ),
    )


def _means() -> tuple[Definition, ...]:
    episodes = cell("missing", "episodes")
    population = "children of all four missing populations, which are also told apart below"
    shared = {"subject": Subject.MISSING, "population": population}
    named = (
        ("mean_year", "this year", Window.YEAR),
        ("mean_previous_year", "the year before", Window.PREVIOUS_YEAR),
        ("mean_year_before", "two years before", Window.YEAR_BEFORE),
    )
    bases = (
        (
            "change_on_two_years",
            "the mean of the two years before",
            ("mean_year_before", "mean_previous_year"),
        ),
        ("change_on_previous_year", "the year before", ("mean_previous_year",)),
        ("change_on_year_before", "two years before", ("mean_year_before",)),
    )
    return (
        Definition(
            id="missing.all.episodes",
            title="Missing episodes: all four populations",
            unit=Unit.EPISODES,
            formula=Count(episodes),
            window=Window.QUARTER,
            definition=f"The four populations added up. {BEGAN}",
            parts=tuple(f"missing.{name}.episodes" for name, _, _ in POPULATIONS.values()),
            **shared,
        ),
        *(
            Definition(
                id=f"missing.all.{name}",
                title=f"Missing episodes a quarter, {when}",
                unit=Unit.PER_QUARTER,
                formula=Mean(episodes),
                window=window,
                definition="Missing episodes of the year's quarters, divided by the number of quarters.",
                **shared,
            )
            for name, when, window in named
        ),
        *(
            Definition(
                id=f"missing.all.{name}",
                title=f"Change in missing episodes a quarter on {words}",
                unit=Unit.PERCENT,
                formula=Change(
                    "missing.all.mean_year", tuple(f"missing.all.{each}" for each in base)
                ),
                window=Window.YEAR,
                definition=f"(this year's mean − base) ÷ base × 100; the base is {words}.",
                **shared,
            )
            for name, words, base in bases
        ),
    )


def _interviews() -> tuple[Definition, ...]:
    returns = cell("interviews", "returns")
    population = "children of all four missing populations who came back in the quarter"
    shared = {"subject": Subject.INTERVIEWS, "population": population, "window": Window.QUARTER}
    return tuple(
        Definition(
            id=f"interviews.{number}",
            title=title,
            unit=Unit.PERCENT,
            formula=Share(cell("interviews", number), returns, "returns"),
            definition=definition,
            **shared,
        )
        for number, title, definition in (
            (
                "offered",
                "Return home interviews offered",
                "Returns after which an interview was offered, of all returns.",
            ),
            (
                "in_time",
                "Return home interviews offered within 72 hours",
                "Returns after which an interview was offered within 72 elapsed hours, of all returns.",
            ),
            (
                "held",
                "Return home interviews held",
                "Returns after which an interview was held, of all returns.",
            ),
        )
    )


def _referrals() -> tuple[Definition, ...]:
    exploitation = cell("exploitation_referrals", "referrals")
    boys = cell("exploitation_referrals", "referrals", sex="M")
    every = cell("screening", "referrals")
    names = tuple((str(place), band.label) for place, band in enumerate(CHILD_BANDS, start=1))
    of_all = "referrals of every kind received by the authority's front door"
    of_one = "referrals received by the authority's front door that name sexual exploitation"
    shared = {"subject": Subject.REFERRALS, "window": Window.QUARTER}
    return (
        Definition(
            id="referrals.exploitation",
            title="Referrals for sexual exploitation",
            unit=Unit.REFERRALS,
            population=of_one,
            formula=Count(exploitation),
            definition="Referrals received in the quarter with sexual exploitation among their concerns, alone or with others.",
            **shared,
        ),
        *(
            Definition(
                id=f"referrals.exploitation.age_{word}",
                title=f"{label} age group of children referred for sexual exploitation",
                unit=Unit.AGE_BAND,
                population=of_one,
                formula=Place(
                    "exploitation_referrals", "referrals", "band", names, rank, "referrals"
                ),
                definition="Ages on the day the referral came, in the bands 0-9, 10-12, 13-14, 15-16, 17 and 18 or over, "
                "by number of referrals.",
                **shared,
            )
            for rank, word, label in ((1, "first", "Largest"), (2, "second", "Second largest"))
        ),
        Definition(
            id="referrals.exploitation.boys",
            title="Referrals for sexual exploitation that are about boys, long term",
            unit=Unit.PERCENT,
            population=of_one,
            formula=Share(boys, exploitation, "referrals"),
            definition="Referrals that speak of a boy, of all that name sexual exploitation. Compare authorities only with "
            "the counts beside the percentages.",
            subject=Subject.REFERRALS,
            window=Window.LONG_TERM,
        ),
        Definition(
            id="referrals.all",
            title="Referrals of every kind",
            unit=Unit.REFERRALS,
            population=of_all,
            formula=Count(every),
            definition="Referrals received in the quarter.",
            **shared,
        ),
        *(
            Definition(
                id=f"referrals.from_{word}",
                title=f"Referrals from {label}",
                unit=Unit.REFERRALS,
                population=of_all,
                formula=Count(cell("screening", "referrals", source=source)),
                definition=f"Referrals received in the quarter whose local source is {label}.",
                **shared,
            )
            for word, source, label in (
                ("youth_offending", "yos", "the Youth Offending Service"),
                ("education", "education", "education"),
            )
        ),
        Definition(
            id="referrals.in_time",
            title="Referrals screened within one working day",
            unit=Unit.PERCENT,
            population=of_all,
            formula=Share(cell("screening", "in_time"), every, "referrals"),
            definition="Referrals decided by the end of the next working day, of all received in the quarter.",
            **shared,
        ),
        Definition(
            id="referrals.to_meeting",
            title="Referrals taken to the daily meeting",
            unit=Unit.PERCENT,
            population=of_all,
            formula=Share(cell("screening", "to_meeting"), every, "referrals"),
            definition="Referrals that screening sent to the daily meeting, of all received in the quarter: the "
            "conversion that tells more volume from more need.",
            **shared,
        ),
    )


def _exploitation() -> tuple[Definition, ...]:
    of_tools = "assessments of children the authority is responsible for or hosts"
    of_models = "children in whose case a model was first seen in the quarter"
    shared = {"subject": Subject.EXPLOITATION, "window": Window.QUARTER}
    names = tuple((each.value, each.value) for each in Model)
    cases = cell("models", "cases")
    return (
        Definition(
            id="assessments.exploitation",
            title="Sexual-exploitation assessments completed",
            unit=Unit.ASSESSMENTS,
            population=of_tools,
            formula=Count(cell("assessments", "exploitation")),
            definition="Sexual-exploitation risk assessment tools completed in the quarter.",
            **shared,
        ),
        Definition(
            id="assessments.pairs",
            title="Sexual-exploitation assessments received with a gang assessment",
            unit=Unit.ASSESSMENTS,
            population=of_tools,
            formula=Count(cell("assessments", "pairs")),
            definition="Pairs of the two tools completed together for one child; a pair counts when its later tool was "
            "completed.",
            **shared,
        ),
        Definition(
            id="models.cases",
            title="Cases with a model of exploitation",
            unit=Unit.CASES,
            population=of_models,
            formula=Count(cases),
            definition="Children in whose case at least one model was first seen in the quarter.",
            **shared,
        ),
        *(
            Definition(
                id=f"models.{word}",
                title=f"{label} common model of exploitation",
                unit=Unit.MODEL,
                population=of_models,
                formula=Place("models", "cases", "model", names, rank, "cases"),
                definition="Models by number of children; one child's case may show several, so they do not add up.",
                **shared,
            )
            for rank, word, label in ((1, "first", "Most"), (2, "second", "Second most"))
        ),
        Definition(
            id="models.group",
            title="Cases linked to the group model",
            unit=Unit.CASES,
            population=of_models,
            formula=Count(cell("models", "cases", model=Model.GROUP)),
            definition="Children in whose case the group model was first seen in the quarter.",
            **shared,
        ),
    )


def _adults() -> tuple[Definition, ...]:
    everybody = cell("adults", "people")
    population = "adults of concern, by the authority in which they live"
    shared = {"subject": Subject.ADULTS, "population": population, "window": Window.TWO_YEARS}
    return (
        Definition(
            id="adults.identified",
            title="Adults of concern identified in two years",
            unit=Unit.PEOPLE,
            formula=Count(everybody),
            definition="People first recorded as an adult of concern, whatever has been established since: identified is "
            "not convicted.",
            **shared,
        ),
        *(
            Definition(
                id=f"adults.{word}",
                title=f"Adults of concern who are {label}",
                unit=Unit.PERCENT,
                formula=Share(cell("adults", "people", sex=sex), everybody, "people"),
                definition=f"Adults of concern recorded as {label}, of all identified.",
                **shared,
            )
            for word, sex, label in (
                ("male", "M", "male"),
                ("female", "F", "female"),
                ("unknown", "U", "of unknown sex"),
            )
        ),
        *(
            Definition(
                id=f"adults.aged_{band.low}_{band.high}",
                title=f"Adults of concern aged {band.label}",
                unit=Unit.PERCENT,
                formula=Share(cell("adults", "people", band=str(place)), everybody, "people"),
                definition=f"Adults of concern aged {band.label} when identified, of all identified, those of unknown age "
                "included in the whole.",
                caution="The bands 19-25 and 25-39 share the age of 25: they cannot be added up.",
                **shared,
            )
            for place, band in enumerate(ADULT_BANDS, start=1)
        ),
        Definition(
            id="lines.active",
            title="County lines confirmed, active or recently active",
            unit=Unit.LINES,
            subject=Subject.ADULTS,
            population="lines recorded in the authority's register",
            window=Window.SIX_MONTHS,
            formula=Count(cell("lines", "lines")),
            definition="Lines with status confirmed that were active on the last day of the quarter or in the six months "
            "before it.",
        ),
    )


def _area() -> tuple[Definition, ...]:
    shared = {"subject": Subject.AREA}
    outreach = "primary schools and children reached by prevention programmes in the area"
    return (
        Definition(
            id="homes.independent",
            title="Independent children's homes",
            unit=Unit.HOMES,
            window=Window.LAST_DAY,
            population="homes in the authority's area that it does not run",
            formula=Count(cell("homes", "homes")),
            definition="Independent homes open on the last day of the quarter.",
            **shared,
        ),
        Definition(
            id="missing.hosted.placing_authorities",
            title="Authorities whose children were missing here",
            unit=Unit.AUTHORITIES,
            window=Window.QUARTER,
            population=POPULATIONS[Population.HOSTED][2],
            formula=Count(cell("missing", "placers", population=Population.HOSTED)),
            definition="Authorities outside the partnership responsible for a hosted child who was missing in the quarter.",
            **shared,
        ),
        *(
            Definition(
                id=f"outreach.{number}",
                title=f"{label} reached by prevention programmes",
                unit=unit,
                population=outreach,
                window=Window.ACADEMIC_YEAR,
                formula=Count(cell("outreach", number)),
                definition="As the programmes report it for a school year, September to August; estimated where nobody "
                "counted heads.",
                caution="A school year, not a council's year; the numbers are estimates.",
                **shared,
            )
            for number, label, unit in (
                ("schools", "Primary schools", Unit.SCHOOLS),
                ("children", "Children in primary schools", Unit.CHILDREN),
            )
        ),
    )


REGISTER: tuple[Definition, ...] = (
    *_means(),
    *(each for population in Population for each in _of_population(population)),
    *_interviews(),
    *_referrals(),
    *_exploitation(),
    *_adults(),
    *_area(),
)
BY_ID = {each.id: each for each in REGISTER}
