"""Figures of adults of concern, county lines, homes and schools."""

from typing import Any

from harbour.insight.reporting.vocabulary.missing import POPULATIONS
from harbour.insight.reporting.vocabulary.terms import (
    ADULT_BANDS,
    Count,
    Definition,
    Share,
    Subject,
    Unit,
    Window,
    cell,
)
from harbour.work.missing.vocabulary import Population


def adults() -> tuple[Definition, ...]:
    everybody = cell("adults", "people")
    population = "adults of concern, by the authority in which they live"
    shared: dict[str, Any] = {
        "subject": Subject.ADULTS,
        "population": population,
        "window": Window.TWO_YEARS,
    }
    return (
        Definition(
            id="adults.identified",
            title="Adults of concern identified in two years",
            unit=Unit.PEOPLE,
            formula=Count(everybody),
            definition="People first recorded as an adult of concern, whatever has been "
            "established since: identified is "
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
                definition=f"Adults of concern aged {band.label} when identified, of all "
                "identified, those of unknown age "
                "included in the whole.",
                caution="The bands 19-25 and 25-39 share the age of 25: they cannot be added up.",
                **shared,
            )
            for place, band in enumerate(ADULT_BANDS, start=1)
        ),
    )


def lines() -> Definition:
    """Return the figure of county lines."""
    return Definition(
        id="lines.active",
        title="County lines confirmed, active or recently active",
        unit=Unit.LINES,
        subject=Subject.ADULTS,
        population="lines recorded in the authority's register",
        window=Window.SIX_MONTHS,
        formula=Count(cell("lines", "lines")),
        definition="Lines with status confirmed that were active on the last day of the "
        "quarter or in the six months "
        "before it.",
    )


def area() -> tuple[Definition, ...]:
    shared: dict[str, Any] = {"subject": Subject.AREA}
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
            definition="Authorities outside the partnership responsible for a hosted child who "
            "was missing in the quarter.",
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
                definition="As the programmes report it for a school year, September to August; "
                "estimated where nobody "
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
