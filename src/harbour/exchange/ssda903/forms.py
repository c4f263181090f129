"""Which findings of a file to show."""

from collections.abc import Sequence
from typing import Any

from django import forms

from harbour.exchange.ssda903.queries import Kind
from harbour.exchange.ssda903.rules.findings import Severity


class Narrow(forms.Form):
    """Which findings to show."""

    severity = forms.ChoiceField(
        label="Weight",
        required=False,
        choices=[
            ("", "All"),
            (Severity.REFUSED.value, "Refused"),
            (Severity.FLAGGED.value, "Look at it"),
        ],
    )
    problem = forms.ChoiceField(label="Problem", required=False)

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        problems = sorted({each.problem for each in kinds})
        offered = [("", "All"), *((each, each) for each in problems)]
        self.fields["problem"].choices = offered  # type: ignore[attr-defined]  # a choice field
