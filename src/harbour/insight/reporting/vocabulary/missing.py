"""Figures of children who go missing. Four populations, never mixed."""

from typing import Any

from harbour.insight.reporting.vocabulary.terms import (
    Change,
    Count,
    Definition,
    Mean,
    Ratio,
    Share,
    Subject,
    Unit,
    Window,
    cell,
)
from harbour.work.missing.vocabulary import Population

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


def of_population(population: Population) -> tuple[Definition, ...]:
    name, title, sentence = POPULATIONS[population]
    episodes = cell("missing", "episodes", population=population)
    children = cell("missing", "children", population=population)
    shared: dict[str, Any] = {
        "subject": Subject.MISSING,
        "population": sentence,
        "window": Window.QUARTER,
    }
    sexes = (f"missing.{name}.episodes_boys", f"missing.{name}.episodes_girls")
    children_by_sex = (f"missing.{name}.children_boys", f"missing.{name}.children_girls")
    return (
        Definition(
            id=f"missing.{name}.episodes",
            title=f"Missing episodes: {title}",
            unit=Unit.EPISODES,
            formula=Count(episodes),
            definition="Episodes recorded as missing, not as away without authorisation. "
            f"{BEGAN} Of two that overlap "
            "for one child, one counts.",
            parts=sexes,
            **shared,
        ),
        Definition(
            id=f"missing.{name}.children",
            title=f"Children missing: {title}",
            unit=Unit.CHILDREN,
            formula=Count(children),
            definition="Children with at least one missing episode in the quarter, each counted "
            "once.",
            parts=children_by_sex,
            **shared,
        ),
        Definition(
            id=f"missing.{name}.per_child",
            title=f"Episodes a child: {title}",
            unit=Unit.PER_CHILD,
            formula=Ratio(episodes, children, "episodes of children"),
            definition="Missing episodes divided by the children who were missing. A fall in "
            "episodes with no fall in "
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


def means() -> tuple[Definition, ...]:
    episodes = cell("missing", "episodes")
    population = "children of all four missing populations, which are also told apart below"
    shared: dict[str, Any] = {"subject": Subject.MISSING, "population": population}
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
                definition="Missing episodes of the year's quarters, divided by the number of "
                "quarters.",
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
                definition="The difference from the base, in per cent of the base; the base is "
                f"{words}.",
                **shared,
            )
            for name, words, base in bases
        ),
    )


def interviews() -> tuple[Definition, ...]:
    returns = cell("interviews", "returns")
    population = "children of all four missing populations who came back in the quarter"
    shared: dict[str, Any] = {
        "subject": Subject.INTERVIEWS,
        "population": population,
        "window": Window.QUARTER,
    }
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
                "Returns with an interview offered within 72 elapsed hours, of all returns.",
            ),
            (
                "held",
                "Return home interviews held",
                "Returns after which an interview was held, of all returns.",
            ),
        )
    )
