"""What is asked to send the sheet of a missing child, and to open it."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator

from harbour.foundation.ui.forms import ChoiceField, Form, TextField
from harbour.work.missing.actions import Sending

HOURS = (("2", "2 hours"), ("6", "6 hours"), ("12", "12 hours"), ("24", "24 hours"))


class SendSheet(Form):
    """To whom the sheet goes, why, and for how long."""

    names: ClassVar[dict[str, str]] = {
        "given_to": "who receives it",
        "reason": "why they need it",
        "hours": "for how long",
    }
    given_to = forms.CharField(
        label="Who receives it?",
        help_text="Name, number and force, or who else looks for the child.",
        max_length=200,
    )
    reason = TextField(label="Why do they need it?", validators=[MaxLengthValidator(1000)], rows=2)
    hours = ChoiceField(label="For how long may it be opened?", choices=HOURS, initial="12")

    @property
    def sending(self) -> Sending:
        """Return what was said."""
        said: dict[str, Any] = self.cleaned_data
        return Sending(given_to=said["given_to"], reason=said["reason"], hours=int(said["hours"]))


class OpenSheet(Form):
    """The passphrase that was told by telephone."""

    names: ClassVar[dict[str, str]] = {"passphrase": "the passphrase"}
    passphrase = forms.CharField(
        label="Passphrase",
        help_text="Three groups of four letters and digits. Whoever sent the link tells you.",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-20",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
