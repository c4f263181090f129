"""What is asked about the police's prevention check."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.kernel import clock
from harbour.foundation.ui.forms import ChoiceField, DateTimeField, TextField
from harbour.work.missing import vocabulary as v
from harbour.work.missing.actions import Check
from harbour.work.missing.forms.asked import SHORT, Versioned, past

MADE = ("checked_at", "officer", "found")


class Prevention(Versioned):
    """The police's prevention check, or why none was made."""

    reveals: ClassVar = {
        "outcome": {
            v.CheckOutcome.SAFE: MADE,
            v.CheckOutcome.CONCERN: MADE,
            v.CheckOutcome.HARM: MADE,
            v.CheckOutcome.NOT_MADE: ("reason",),
        }
    }
    names: ClassVar = {
        "outcome": "what the police found",
        "checked_at": "when the police saw the child",
        "reason": "why no check was made",
    }
    outcome = ChoiceField(label="What did the police find?", choices=v.CheckOutcome.choices)
    checked_at = DateTimeField(label="When did they see the child?")
    officer = forms.CharField(
        label="Which officer?",
        help_text="Name or number, as the police give it.",
        max_length=100,
        required=False,
    )
    found = TextField(
        label="How was the child, and what did they say?",
        help_text="A home does not read this: it may be about the home.",
        **SHORT,
    )
    reason = TextField(
        label="Why was no check made?", validators=[MaxLengthValidator(1000)], rows=2
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["checked_at"].initial = clock.london_date(at)

    def clean_checked_at(self) -> datetime | None:
        """Refuse what has not happened yet."""
        return past(self.cleaned_data["checked_at"], self.at, "The check")

    @property
    def check(self) -> Check:
        """Return what was said of the check."""
        said = self.cleaned_data
        return Check(
            outcome=said["outcome"],
            checked_at=said["checked_at"] or None,
            officer=said["officer"] or "",
            found=said["found"] or "",
            reason=said["reason"] or "",
        )
