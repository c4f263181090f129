"""What is asked when somebody asks for what is held."""

from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.ui.forms import ChoiceField, DateField, Form, TextField
from harbour.hub.subject_access.vocabulary import Asker, Ground


class RequestForm(Form):
    """Who asks, how that was made sure, and since when."""

    asker = ChoiceField(label="Who asks?", choices=Asker.choices)
    authority = TextField(
        label="Why may they ask for the child?",
        rows=2,
        max_length=500,
        help_text="Parental responsibility and that it is in the child's interests; or the "
        "authority the representative was given. What the child wants counts.",
    )
    asker_name = forms.CharField(label="Their name", max_length=200)
    identity_checked = TextField(label="How was it made sure who they are?", rows=2, max_length=500)
    received_on = DateField(label="When did the request come?")
    identity_on = DateField(
        label="When was it sure who asks?",
        required=False,
        help_text="The clock begins then. Leave it empty if it was sure at once.",
    )
    names: ClassVar[dict[str, str]] = {
        "asker": "who asks",
        "authority": "why they may ask for the child",
        "asker_name": "their name",
        "identity_checked": "how it was made sure who they are",
        "received_on": "the day on which it came",
        "identity_on": "the day on which it was sure",
    }
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {
        "asker": {
            Asker.PARENT.value: ("authority",),
            Asker.REPRESENTATIVE.value: ("authority",),
        }
    }

    @override
    def clean(self) -> dict[str, Any]:
        """Ask the days to stand in their order."""
        found = super().clean()
        received, sure = found.get("received_on"), found.get("identity_on")
        if received and sure and sure < received:
            self.add_error("identity_on", "It cannot have been sure before the request came")
        return found


class ReasonForm(Form):
    """Why."""

    reason = TextField(label="Why?", rows=3, max_length=500, min_length=10)
    names: ClassVar[dict[str, str]] = {"reason": "why"}


class TakeOutForm(Form):
    """Words to take out wherever they stand."""

    words = forms.CharField(
        label="Words to take out",
        max_length=300,
        strip=True,
        help_text="As they stand in the text. They are taken out everywhere.",
    )
    ground = ChoiceField(label="Why?", choices=Ground.choices)
    names: ClassVar[dict[str, str]] = {"words": "the words", "ground": "why"}
