"""A quarter's figures as JSON and as a table for a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from harbour.foundation.documents.tables import safe_cell
from harbour.insight.reporting.queries import Base, Figure

COLUMNS = (
    "id",
    "title",
    "value",
    "unit",
    "population",
    "authority",
    "period",
    "from",
    "to",
    "base",
    "definition",
    "as_at",
)


def number(value: int | Decimal | str | None) -> int | float | str | None:
    """Return a value as JSON has it: whole numbers without a point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def population(figure: Figure) -> str:
    """Return whom a figure counts, and whose they are."""
    return f"{figure.definition.population}; {figure.scope.name}"


def _base(base: Base | None) -> dict[str, Any] | None:
    if base is None:
        return None
    return {
        "numerator": number(base.numerator),
        "denominator": number(base.denominator),
        "text": base.text,
    }


def as_rows(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Return the figures in the form that the command promises."""
    return [
        {
            "id": each.id,
            "title": each.definition.title,
            "value": number(each.value),
            "unit": each.definition.unit.value,
            "population": population(each),
            "period": {
                "from": each.period.starts_on.isoformat(),
                "to": each.period.last_day.isoformat(),
                "label": each.period.label,
            },
            "base": _base(each.base),
            "definition": definition(each),
            "as_at": (each.as_at - timedelta(microseconds=each.as_at.microsecond)).isoformat(),
        }
        for each in figures
    ]


def definition(figure: Figure) -> str:
    """Return the definition with everything that must be said beside the value."""
    said = (figure.definition.definition, *figure.notes)
    return " ".join((*said, CLOSED) if figure.closed else said)


CLOSED = "The value is between 1 and 5, or would give such a value away: shown as c."


def as_json(figures: Iterable[Figure]) -> str:
    """Return the figures as JSON."""
    return json.dumps(as_rows(figures), ensure_ascii=False, indent=2)


def as_csv(figures: Iterable[Figure]) -> str:
    """Return the figures as CSV, one a line; texts are guarded, numbers are numbers."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for figure, row in zip(found := list(figures), as_rows(found), strict=True):
        value = row["value"]
        period, base = row["period"], row["base"]
        writer.writerow(
            [
                safe_cell(row["id"]),
                safe_cell(row["title"]),
                safe_cell(value) if isinstance(value, str) else value,
                safe_cell(row["unit"]),
                safe_cell(figure.definition.population),
                safe_cell(figure.scope.name),
                safe_cell(period["label"]),
                period["from"],
                period["to"],
                safe_cell(base["text"]) if base else "",
                safe_cell(row["definition"]),
                row["as_at"],
            ]
        )
    return file.getvalue()
