"""Read figures: what the database counts, and what follows from it."""

from harbour.insight.reporting.queries.facts import Facts
from harbour.insight.reporting.queries.figures import (
    Base,
    Figure,
    Report,
    Scope,
    broken_between,
    is_number,
    one_figure,
    plain,
    quarter_report,
    quarters_with_figures,
    scope_named,
    scopes,
)
from harbour.insight.reporting.queries.populations import Counted, Populations, populations

__all__ = (
    "Base",
    "Counted",
    "Facts",
    "Figure",
    "Populations",
    "Report",
    "Scope",
    "broken_between",
    "is_number",
    "one_figure",
    "plain",
    "populations",
    "quarter_report",
    "quarters_with_figures",
    "scope_named",
    "scopes",
)
