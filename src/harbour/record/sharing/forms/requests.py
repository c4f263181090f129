"""What is asked of an agency that asks for a child's record, and of who answers it."""

from typing import Any, ClassVar, cast

from django import forms

from harbour.foundation.agencies.models import Agency
from harbour.foundation.ui.forms import ChoiceField, DateField, Form, ManyField, TextField
from harbour.record.sharing.forms.shares import SHARED_PARTS
from harbour.record.sharing.vocabulary import Purpose


class AskForm(Form):
    """Whom to ask, about which child, for what and why."""

    authority = forms.ChoiceField(
        label="Which authority do you ask?",
        help_text="The one responsible for the child, or in whose area the child lives.",
    )
    given = forms.CharField(label="First name", max_length=100, required=False)
    family = forms.CharField(label="Family name", max_length=100)
    born_on = DateField(label="Date of birth", required=False, help_text="If you know it.")
    facets = ManyField(label="Which parts of the record do you need?", choices=SHARED_PARTS)
    purpose = ChoiceField(label="What for?", choices=Purpose.choices)
    what = TextField(label="What do you need to know?", rows=3, max_length=1000)
    reason = TextField(
        label="Why does your agency need it?",
        rows=3,
        max_length=500,
        help_text="The authority decides by what you write here.",
    )
    names: ClassVar[dict[str, str]] = {
        "authority": "the authority",
        "family": "the child's family name",
        "born_on": "the date of birth",
        "facets": "at least one part of the record",
        "purpose": "what it is for",
        "what": "what you need to know",
        "reason": "why your agency needs it",
    }

    def __init__(
        self, *args: Any, authorities: list[Agency], known: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if known:
            for name in ("given", "family", "born_on"):
                del self.fields[name]
        self.authorities = {str(each.pk): each for each in authorities}
        field = cast("forms.ChoiceField", self.fields["authority"])
        choices = [(key, each.name) for key, each in self.authorities.items()]
        field.choices = [("", "Choose an authority"), *choices]


class NobodyForm(Form):
    """What is said where no child of the partnership is meant."""

    words = TextField(
        label="What do you say to the agency?",
        rows=3,
        max_length=500,
        help_text="Do not say whether the child is known if the agency must not know.",
    )
    names: ClassVar[dict[str, str]] = {"words": "what you say to the agency"}
