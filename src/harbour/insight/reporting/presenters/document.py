"""A quarter's figures as one document that needs nothing else to be read."""

from collections.abc import Sequence
from itertools import groupby

from django.template.loader import render_to_string

from harbour.foundation.kernel import clock
from harbour.insight.reporting.presenters import files
from harbour.insight.reporting.presenters.wording import shown_value
from harbour.insight.reporting.queries import Figure


def as_html(figures: Sequence[Figure]) -> str:
    """Return the figures as a standalone page."""
    whose = [
        {
            "name": name,
            "subjects": [
                {"title": subject.value, "rows": [_row(each) for each in of_subject]}
                for subject, of_subject in groupby(
                    of_scope, key=lambda each: each.definition.subject
                )
            ],
        }
        for name, of_scope in groupby(figures, key=lambda each: each.scope.name)
    ]
    first = figures[0]
    context = {
        "label": first.quarter.period.label,
        "period": first.quarter.period,
        "as_at": clock.london(first.as_at),
        "whose": whose,
    }
    return render_to_string("reporting/document.html", context)


def _row(figure: Figure) -> dict[str, str]:
    return {
        "title": figure.definition.title,
        "value": shown_value(figure),
        "period": figure.period.label,
        "base": figure.base.text if figure.base else "",
        "population": figure.definition.population,
        "definition": files.definition(figure),
    }
