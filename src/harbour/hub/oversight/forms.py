"""Narrow the ledger."""

from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.approvals.vocabulary import SHORTEST_REASON
from harbour.foundation.audit.vocabulary import Act, Answer
from harbour.foundation.ui.forms import DateField, Form, TextField


class LedgerFilter(Form):
    """Which rows to read. Holds no personal data: people are chosen from the rows themselves."""

    names: ClassVar = {"act": "the kind of act", "since": "the first day", "until": "the last day"}

    act = forms.ChoiceField(
        label="What was done", choices=[("", "Anything"), *Act.choices], required=False
    )
    since = DateField(label="From", required=False)
    until = DateField(label="To and including", required=False)


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
