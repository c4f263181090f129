"""How a value is written for a person."""

from harbour.insight.reporting.queries import Figure, plain
from harbour.insight.reporting.vocabulary import Unit
from harbour.work.cases.vocabulary import Model

NOT_AVAILABLE = "Not available"


def shown_value(figure: Figure) -> str:
    """Return a value with its sign: 590, 106.7%, Online, c."""
    value = figure.value
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, str):
        return (
            Model(value).label
            if figure.definition.unit is Unit.MODEL and value in Model.values
            else str(value)
        )
    return f"{plain(value)}%" if figure.definition.unit is Unit.PERCENT else plain(value)
