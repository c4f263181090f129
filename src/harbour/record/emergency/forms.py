"""What is asked before glass is broken, and of who reviews it."""

from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.ui.forms import ChoiceField, DateField, Form, TextField
from harbour.record.emergency.actions import Sought
from harbour.record.emergency.vocabulary import SHORTEST_REASON, Verdict


class LookForm(Form):
    """Why, and exactly which child."""

    reason = TextField(
        label="What is happening, and why can it not wait?",
        rows=3,
        max_length=1000,
        min_length=SHORTEST_REASON,
        help_text="A team manager reads this on the next working day.",
    )
    given = forms.CharField(label="First name", max_length=100, required=False)
    family = forms.CharField(label="Family name", max_length=100, required=False)
    born_on = DateField(label="Date of birth", required=False)
    number = forms.CharField(
        label="Or a number",
        max_length=30,
        required=False,
        help_text="An NHS number, pupil number, PNC ID or the authority's own number.",
    )
    names: ClassVar[dict[str, str]] = {
        "reason": "what is happening and why it cannot wait",
        "born_on": "the date of birth",
    }

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for the whole name with the day of birth, or for a number."""
        found = super().clean()
        named = [found.get(each) for each in ("given", "family", "born_on")]
        if not found.get("number") and not all(named) and "born_on" not in self.errors:
            self.add_error(
                "family", "Enter first name, family name and date of birth, or enter a number"
            )
        return found

    @property
    def sought(self) -> Sought:
        """Return exactly whom the person looks for."""
        found = self.cleaned_data
        return Sought(
            given=found["given"],
            family=found["family"],
            born_on=found["born_on"],
            number=found["number"],
        )


class ReviewForm(Form):
    """What the lead found."""

    verdict = ChoiceField(label="Was it justified?", choices=Verdict.choices)
    note = TextField(label="What did you find, and what follows from it?", rows=4, max_length=1000)
    names: ClassVar[dict[str, str]] = {
        "verdict": "whether it was justified",
        "note": "what you found",
    }
