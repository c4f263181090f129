"""Forms of witnesses."""

from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.agencies import queries as agencies
from harbour.foundation.audit import policy
from harbour.foundation.audit.vocabulary import WitnessKind
from harbour.foundation.ui.forms import ChoiceField, Form, TextField

HINTS = {
    WitnessKind.ENDPOINT: "An https:// address of the agency; each root arrives as a JSON object.",
    WitnessKind.MAILBOX: "Each root arrives as one letter. Best a mailbox that nobody cleans up.",
    WitnessKind.FILE: "A plain name in the operator's folder for witnesses, such as police.jsonl. "
    "It proves something only where that folder lies on another host.",
}


class AddWitness(Form):
    """Where an agency keeps signed roots."""

    names: ClassVar = {"agency": "the agency", "kind": "the kind", "address": "the address"}

    # The class takes no type at run time, only in the stubs.
    agency = forms.ModelChoiceField(label="Agency", queryset=agencies.partner_agencies())
    kind = ChoiceField(
        label="How the roots reach it",
        choices=WitnessKind.choices,
        hints={each.value: hint for each, hint in HINTS.items()},
    )
    address = forms.CharField(
        label="Address", max_length=300, help_text="The web address, mailbox or file name."
    )

    @override
    def clean(self) -> dict[str, Any]:
        """Say at the field what is wrong with an address of this kind."""
        cleaned = super().clean()
        kind, address = self.cleaned_data.get("kind"), self.cleaned_data.get("address")
        if kind and address and (problem := policy.problem_with(WitnessKind(kind), address)):
            self.add_error("address", problem)
        return cleaned or self.cleaned_data


class EndWitness(Form):
    """Why a witness gets no more roots."""

    names: ClassVar = {"reason": "the reason"}

    reason = TextField(label="Why does it get no more roots?", max_length=500, rows=3)
