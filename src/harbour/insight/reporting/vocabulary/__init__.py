"""The register of figures: what each is called, counts, covers and rests on."""

from harbour.insight.reporting.vocabulary import concerns, missing, surroundings
from harbour.insight.reporting.vocabulary.terms import (
    ADULT_BANDS,
    CHILD_BANDS,
    IMPERSONAL,
    OLDEST,
    Cell,
    Change,
    Count,
    Definition,
    Formula,
    Mean,
    Place,
    Ratio,
    Share,
    Span,
    Subject,
    Unit,
    Window,
    cell,
)
from harbour.work.missing.vocabulary import Population

__all__ = (
    "ADULT_BANDS",
    "BY_ID",
    "BY_SLUG",
    "CHILD_BANDS",
    "IMPERSONAL",
    "OLDEST",
    "REGISTER",
    "Cell",
    "Change",
    "Count",
    "Definition",
    "Formula",
    "Mean",
    "Place",
    "Ratio",
    "Share",
    "Span",
    "Subject",
    "Unit",
    "Window",
    "cell",
)

REGISTER: tuple[Definition, ...] = (
    *missing.means(),
    *(each for population in Population for each in missing.of_population(population)),
    *missing.interviews(),
    *concerns.named(),
    *concerns.every(),
    *concerns.exploitation(),
    *surroundings.adults(),
    surroundings.lines(),
    *surroundings.area(),
)
BY_ID = {each.id: each for each in REGISTER}
BY_SLUG = {each.slug: each for each in REGISTER}
