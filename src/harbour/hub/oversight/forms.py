"""Narrow the ledger."""

from collections.abc import Sequence
from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.approvals.vocabulary import SHORTEST_REASON
from harbour.foundation.audit.vocabulary import Act, Answer
from harbour.foundation.ui.forms import DateField, Form, TextField


class LedgerFilter(Form):
    """Which rows to read. Holds ids and fixed words, no personal data: it stays in the address."""

    names: ClassVar = {
        "act": "the kind of act",
        "who": "a person",
        "agency": "an agency",
        "since": "the first day",
        "until": "the last day",
    }

    act = forms.ChoiceField(
        label="What was done", choices=[("", "Anything"), *Act.choices], required=False
    )
    who = forms.ChoiceField(label="By whom", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    since = DateField(label="From", required=False)
    until = DateField(label="To and including", required=False)

    def __init__(
        self,
        *given: Any,
        agencies: Sequence[tuple[str, str]],
        staff: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.fields["agency"].choices = [("", "Any"), *agencies]  # type: ignore[attr-defined]  # a choice
        self.fields["who"].choices = [("", "Anybody"), *staff]  # type: ignore[attr-defined]  # a choice


class DecideForm(Form):
    """The second person's decision on exactly what she was shown."""

    names: ClassVar = {"decision": "approve or refuse", "note": "why"}

    note = TextField(
        label="A note",
        help_text="Needed to refuse: the person who asked reads it.",
        max_length=500,
        rows=3,
        required=False,
    )
    decision = forms.ChoiceField(choices=[("approve", "Approve"), ("refuse", "Refuse")])
    mark = forms.CharField(max_length=64)

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for words where the answer is no."""
        cleaned: dict[str, Any] = super().clean() or {}
        short = len(cleaned.get("note", "").strip()) < SHORTEST_REASON
        if cleaned.get("decision") == "refuse" and short:
            self.add_error("note", "Say in a sentence why you refuse")
        return cleaned


class AnswerForm(Form):
    """What a lead says to an alert of unusual breadth."""

    names: ClassVar = {"answer": "an answer", "note": "what you found"}

    note = TextField(
        label="What you found",
        help_text="You have spoken to the person, or looked at what they opened and why.",
        max_length=500,
        rows=3,
        min_length=SHORTEST_REASON,
    )
    answer = forms.ChoiceField(choices=Answer.choices)


class WhyNames(Form):
    """Why the names of many children leave the hub."""

    names: ClassVar = {"reason": "why the names are needed"}

    reason = TextField(
        label="Why the names are needed, and for whom",
        max_length=500,
        min_length=SHORTEST_REASON,
    )
